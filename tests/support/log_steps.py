"""Run several `stewardship log` commands in one process, and what happens between them: FOLDER STEPS, as JSON.

A step is ["log", word, …], ["sql", statement], ["sessions"] or ["append", events]. Prints for each the
exit code and all that was said.
"""

import contextlib
import io
import json
import sqlite3
import sys
from pathlib import Path

from stewardship.cli import main


def run(folder, words):
    out = io.StringIO()
    sys.argv = ["stewardship", "log", *words, "--system", str(folder)]
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return code, " ".join(out.getvalue().split())


def change(folder, statement):
    with contextlib.closing(sqlite3.connect(folder / "workspace" / "access.sqlite3")) as database, database:
        for name in ("update", "delete", "insert"):
            database.execute(f"DROP TRIGGER IF EXISTS access_event_{name}")
        database.execute(statement)
    return 0, ""


def append(events):
    from stewardship.access.log import Action, command_line_actor, record

    for _ in range(events):
        record(by=command_line_actor(), did=Action.BREAK_GLASS, about=[7])
    return 0, ""


def sessions():
    """How many there are, after one that is over was made the first time."""
    from datetime import UTC, datetime

    from django.contrib.sessions.models import Session

    if not getattr(sessions, "made", False):
        sessions.made = True
        long_ago = datetime(2026, 1, 1, tzinfo=UTC)
        Session.objects.create(session_key="over", session_data="what was typed", expire_date=long_ago)
    many = Session.objects.count()
    return 0, "1 session" if many == 1 else f"{many} sessions"


def step(folder, kind, *words):
    if kind == "log":
        return run(folder, words)
    if kind == "sessions":
        return sessions()
    return change(folder, *words) if kind == "sql" else append(*words)


if __name__ == "__main__":
    folder, steps = Path(sys.argv[1]), json.loads(sys.argv[2])
    print(json.dumps([step(folder, *one) for one in steps]))
