"""Run a command beside a Spark cluster of its own: python spark.py COMMAND …

A master and two workers, as they stand alone, from PySpark's own package: they listen on the loopback interface, work
in a folder that is thrown away, and are ended when the command ends. The command finds the master's address in
STEWARDSHIP_TEST_SPARK.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyspark

ADDRESS = "STEWARDSHIP_TEST_SPARK"
WORKERS = 2
STARTED_WITHIN = 60  # seconds
MASTER, WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"


@contextmanager
def cluster(secret: str = "") -> Iterator[str]:
    """A running master with its workers; gives its address. secret: if any, nobody speaks to it without."""
    folder = Path(tempfile.mkdtemp(prefix="stewardship-spark-"))
    (folder / "spark-defaults.conf").write_text(secured(secret) if secret else "", encoding="utf-8")
    address = f"spark://127.0.0.1:{_free_port()}"
    try:
        with ExitStack() as running:
            port = address.rpartition(":")[2]
            log = folder / "master.log"
            running.enter_context(
                _started(log, MASTER, "--host", "127.0.0.1", "--port", port, "--webui-port", "0")
            )
            _wait_for(log, "I have been elected leader")
            for number in range(WORKERS):
                given = ("--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0")
                work = ("--work-dir", str(folder / f"work-{number}"))
                running.enter_context(
                    _started(folder / f"worker-{number}.log", WORKER, *given, *work, address)
                )
            for number in range(WORKERS):
                _wait_for(folder / f"worker-{number}.log", "Successfully registered with master")
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def secured(secret: str) -> str:
    """What the configuration of a cluster says that authenticates and encrypts."""
    return (
        f"spark.authenticate true\nspark.authenticate.secret {secret}\nspark.network.crypto.enabled true\n"
        "spark.network.crypto.saslFallback false\n"
    )


@contextmanager
def _started(log: Path, *command: str) -> Iterator[None]:
    """One of the cluster's processes, with what it says in a file."""
    home = Path(pyspark.__file__).parent
    here = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1", "SPARK_LOCAL_DIRS": str(log.parent)}
    here["SPARK_CONF_DIR"] = str(log.parent)
    with log.open("w") as said:
        process = subprocess.Popen(
            [str(home / "bin" / "spark-class"), *command],
            env=os.environ | here | {"SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "512m"},
            cwd=log.parent, stdout=said, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(log: Path, words: str) -> None:
    last = time.monotonic() + STARTED_WITHIN
    while words not in log.read_text():
        if time.monotonic() > last:
            raise SystemExit(f"Spark did not start:\n{log.read_text()}")
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    with cluster() as address:
        raise SystemExit(
            subprocess.run(sys.argv[1:], env=os.environ | {ADDRESS: address}, check=False).returncode
        )
