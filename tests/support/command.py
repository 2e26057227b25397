"""The installed command, run in a process of its own as a person would run it."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

COMMAND = Path(sys.executable).with_name("stewardship.exe" if os.name == "nt" else "stewardship")
LIMIT = 900  # seconds, after which a command has hung: a busy machine is no fault of it
PROGRESS = re.compile(r"\d\d:\d\d:\d\d +\d+%  .+")


def stewardship(*words: object, columns: int = 80, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run it to its end, with nobody watching. typed: what stands on standard input."""
    return subprocess.run(
        [str(COMMAND), *map(str, words)],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        env=environment(columns),
        check=False,
    )


def started(*words: object) -> subprocess.Popen[str]:
    """Start it; the caller ends it. Both its outputs come in one stream."""
    return subprocess.Popen(
        [str(COMMAND), *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment(),
        # Started in the background, as a job of CI may be, it would not hear Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def environment(columns: int = 80) -> dict[str, str]:
    """That of this process without the site's settings, printing so many characters a line."""
    of_site = ("STEWARDSHIP_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(of_site)}
    return kept | {"COLUMNS": str(columns), "PYTHONIOENCODING": "utf-8"}


def mistakes(text: str) -> list[str]:
    """The lines of standard error but those that tell how far the work is."""
    return [line for line in text.splitlines() if not PROGRESS.fullmatch(line)]


def joined(text: str) -> str:
    """A printed text as one line, wherever it was broken."""
    return " ".join(text.split())
