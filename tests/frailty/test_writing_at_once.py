"""Fifty people write on the register at the same moment, each with a connection of their own, and nothing is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
MANY = 50


@pytest.fixture(scope="module")
def written():
    script = str(TESTS / "support" / "writers_at_once.py")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in {"STEWARDSHIP_TEST_POSTGRESQL", "PATH", "HOME"}
    }
    done = subprocess.run(
        [sys.executable, script, str(MANY)],
        capture_output=True,
        text=True,
        timeout=400,
        env=kept,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_that_was_written_is_lost(written):
    assert written["problems"] == [f"problem {place:02}" for place in range(MANY)]
    assert written["contacts"] == [f"contact {place:02}" for place in range(MANY)]


def test_each_change_is_a_version_of_its_own_and_an_event_of_its_own(written):
    first, last = written["start"], written["start"] + 2 * MANY
    assert written["versions"][-2 * MANY - 1 :] == list(range(first, last + 1))
    assert written["told"] == 2 * MANY


def test_of_fifty_edits_from_one_version_one_is_saved_and_the_rest_keep_what_was_typed(written):
    assert written["plans"] == 1
    assert len(set(written["refused"])) == MANY - 1


def test_somebody_whom_fifty_meet_at_once_has_one_entry_with_fifty_reasons(written):
    assert (written["met"], written["met_reasons"], written["met_versions"]) == (1, MANY, MANY + 1)
