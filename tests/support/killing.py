"""Builds in processes that are killed: each is forked from one process in which everything is imported already.

Run as a program it reads lines of JSON: settings of a build, and after how many seconds it dies (null: it does not). It
answers each with whether the build had ended, and how long it took.
"""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import ibis.backends.duckdb  # loaded here once, and not in every process
import ibis.backends.sql.compilers.duckdb  # noqa: F401

from stewardship.build import build
from stewardship.care_areas.registry import care_areas
from support.command import environment
from support.systems import IDENTITIES, system_of

# A process is forked whole only while it has one thread.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}


class Killing:
    """Starts builds, and kills them."""

    def __init__(self, workspace: Path, feed: Path) -> None:
        self.workspace, self.feed = workspace, feed
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=environment() | ONE_THREAD | {"PYTHONPATH": str(Path(__file__).parents[1])},
        )  # fmt: skip

    def build(self, now: datetime, die_after: float | None = None) -> tuple[bool, float]:
        """Whether a build ended before it died, and after how many seconds."""
        asked = {"workspace": str(self.workspace), "feed": str(self.feed), "now": now.isoformat()}
        print(json.dumps({**asked, "die_after": die_after}), file=self._process.stdin, flush=True)
        told = json.loads(self._process.stdout.readline())
        assert told["status"] in (0, -signal.SIGKILL), told
        return told["status"] == 0, told["seconds"]

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(timeout=20)


def serve() -> None:
    care_areas()
    for line in sys.stdin:
        print(json.dumps(one(json.loads(line))), flush=True)


def one(asked: dict[str, Any]) -> dict[str, Any]:
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        built(asked)
    if asked["die_after"] is not None:
        deadline = started + asked["die_after"]
        while time.monotonic() < deadline:
            if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                break
            time.sleep(min(0.002, max(0.0, deadline - time.monotonic())))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return {"status": os.waitstatus_to_exitcode(status), "seconds": time.monotonic() - started}


def built(asked: dict[str, Any]) -> None:
    system = system_of(Path(asked["workspace"]), Path(asked["feed"]), threads=1, keep_snapshots=2)
    build(system, now=datetime.fromisoformat(asked["now"]), identities=IDENTITIES)
    os._exit(0)


if __name__ == "__main__":
    try:
        serve()
    except BaseException:  # a forked process must not go on as its parent
        sys.excepthook(*sys.exc_info())
        os._exit(1)
