"""`stewardship log`: verify, resume and watch, as a person would run them one after the other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.system_folder import system_folder

TESTS = Path(__file__).resolve().parents[1]
GONE = "DELETE FROM access_event WHERE sequence = 3"
EDITED = "UPDATE access_event SET name = 'Nobody' WHERE sequence = 1"
BEFORE = "3:" + "a" * 64
STEPS = {
    "empty": ["log", "verify"],
    "typed long ago": ["sessions"],
    "nothing unusual": ["log", "watch"],
    "typed and gone": ["sessions"],
    "events": ["append", 3],
    "whole": ["log", "verify"],
    "cut": ["sql", GONE],
    "cut is found": ["log", "verify"],
    "resumed": ["log", "resume", "--reason", "Last night's back-up was put back."],
    "whole again": ["log", "verify"],
    "another head": ["log", "verify", "--holds", BEFORE],
    "no head": ["log", "verify", "--holds", "120:abc"],
    "nothing to resume": ["log", "resume", "--reason", "Once more."],
    "unusual": ["log", "watch"],
    "edited": ["sql", EDITED],
    "edit is found": ["log", "verify"],
    "edit is not resumed": ["log", "resume", "--reason", "Once more."],
}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What each step ended with: exit code and words."""
    folder = system_folder(tmp_path_factory.mktemp("system"))
    (folder / "stewardship.env").write_text("STEWARDSHIP_LOG_KEY=a key for the log of a system under test\n")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("STEWARDSHIP_", "DJANGO_"))
    }
    script = [sys.executable, str(TESTS / "support" / "log_steps.py"), str(folder)]
    done = subprocess.run(
        [*script, json.dumps(list(STEPS.values()))], env=kept | {"PYTHONPATH": str(TESTS)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(zip(STEPS, map(tuple, json.loads(done.stdout)), strict=True))


@pytest.mark.parametrize(
    ("step", "code", "words"),
    [
        (
            "empty",
            0,
            "The access log is whole: 0 events are as they were written. Head to keep elsewhere: 0:000",
        ),
        ("nothing unusual", 0, "Nothing unusual waits."),
        ("typed long ago", 0, "1 session"),
        ("typed and gone", 0, "0 sessions"),
        (
            "whole",
            0,
            "The access log is whole: 3 events are as they were written. Head to keep elsewhere: 3:",
        ),
        (
            "cut is found",
            1,
            "Event 3 is gone: the log ends at event 2, but event 3 was sealed. The 2 events before",
        ),
        ("resumed", 0, "The access log goes on with event 3, which says why."),
        (
            "whole again",
            0,
            "3 events are as they were written. The log was resumed after a loss, last at event 3.",
        ),
        ("another head", 1, "Event 3 is not the one that was sealed outside the log: the log was replaced."),
        ("no head", 2, "--holds 120:abc is not a head."),
        ("nothing to resume", 2, "The access log is whole: there is nothing to resume."),
        (
            "unusual",
            0,
            "A record opened in an emergency without a relationship (2 events) 1 alert waits to be judged",
        ),
        ("edit is found", 1, "Event 1 is not what was written: a field of it was changed."),
        ("edit is not resumed", 2, "The access log cannot be resumed. Event 1 is not what was written"),
    ],
)
def test_a_command_says_in_a_sentence_what_it_found(said, step, code, words):
    assert said[step][0] == code
    assert words in said[step][1]
