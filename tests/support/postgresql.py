"""Run a command beside a PostgreSQL server of its own: python postgresql.py COMMAND …

The server is made with initdb in a folder that is thrown away, listens on a free loopback port, and is stopped when
the command ends. The command finds its address in STEWARDSHIP_TEST_POSTGRESQL.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADDRESS = "STEWARDSHIP_TEST_POSTGRESQL"
USER = "stewardship"
CONNECTIONS = 400  # fifty people at once, in several test files at once: three databases each


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives its address without a database."""
    folder = Path(tempfile.mkdtemp(prefix="stewardship-postgresql-"))
    password = secrets.token_hex(16)
    try:
        secret = folder / "password"
        secret.write_text(password)
        _hand_over(folder)
        data = folder / "data"
        _run("initdb", "-D", data, "-U", USER, "--auth=scram-sha-256", f"--pwfile={secret}", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync", "-N")  # fmt: skip
        port = _free_port()
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off"
        options += f" -c max_connections={CONNECTIONS}"
        _run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://{USER}:{password}@127.0.0.1:{port}"
        finally:
            _run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hand_over(folder: Path) -> None:
    """PostgreSQL refuses to run as root: there the folder is given to the user that it runs as."""
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, _someone_else())


def _someone_else() -> str:
    import pwd

    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(program: str, *arguments: object) -> None:
    as_whom = ["runuser", "-u", _someone_else(), "--"] if os.geteuid() == 0 else []
    command = [*as_whom, _found(program), *map(str, arguments)]
    done = subprocess.run(
        command, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{program} failed:\n{done.stdout}")


def _found(program: str) -> str:
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)
    found = shutil.which(program) or (str(debian[0]) if debian else None)
    if found is None:
        raise SystemExit(f"There is no {program} on this machine: install PostgreSQL.")
    return found


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


if __name__ == "__main__":
    with server() as address:
        raise SystemExit(
            subprocess.run(sys.argv[1:], env=os.environ | {ADDRESS: address}, check=False).returncode
        )
