"""Many write the log at once, and some die at it: numbers stay without a gap, and nothing told is lost."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.logs import new_database

TESTS = Path(__file__).resolve().parents[1]
PROCESSES, THREADS, EVENTS = 3, 4, 8


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request, tmp_path):
    """That of a site of its own, whose tables are made."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("STEWARDSHIP_", "DJANGO_"))
    }
    kept |= {"PYTHONPATH": str(TESTS), "STEWARDSHIP_LOG_KEY": "a key for the log of a site under test"}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_server")
        kept |= {"STEWARDSHIP_DATABASE_URL": new_database(server)}
    site = (
        "from pathlib import Path; import sys; "
        "from stewardship.site.serve import migrate; migrate(Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", site, str(tmp_path)], env=kept, check=True)
    return kept


@contextmanager
def writers(environment, workspace, processes, events):
    """Processes that are ready to append, each with several threads."""
    command = [
        sys.executable,
        str(TESTS / "support" / "appending.py"),
        str(workspace),
        str(THREADS),
        str(events),
    ]
    running = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    try:
        assert [one.stdout.readline().strip() for one in running] == ["ready"] * processes
        yield running
    finally:
        for one in running:
            one.kill()
            one.wait(timeout=20)


def verified(environment, workspace):
    said = (
        "from pathlib import Path; import sys; from stewardship.site.serve import prepare; "
        "prepare(Path(sys.argv[1])); from stewardship.access.site_log import site_log; found = site_log().verify(); "
        "print(found.events, found.fault, sep='|')"
    )
    done = subprocess.run(
        [sys.executable, "-c", said, str(workspace)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    events, fault = done.stdout.strip().split("|")
    return int(events), fault


def told(output):
    return [int(line) for line in output.split("\n")[:-1]]


def test_processes_and_threads_that_append_at_once_leave_no_gap(environment, tmp_path):
    with writers(environment, tmp_path, PROCESSES, EVENTS) as running:
        for one in running:
            one.stdin.write("\n")
            one.stdin.flush()
        numbers = [number for one in running for number in told(one.communicate(timeout=90)[0])]
    assert [one.returncode for one in running] == [0] * PROCESSES
    assert sorted(numbers) == list(range(1, PROCESSES * THREADS * EVENTS + 1))
    assert verified(environment, tmp_path) == (len(numbers), "")


def test_a_process_killed_while_it_appends_loses_nothing_that_it_told(environment, tmp_path):
    with writers(environment, tmp_path, 1, 1000) as (one,):
        one.stdin.write("\n")
        one.stdin.flush()
        before = [one.stdout.readline() for _ in range(20)]
        time.sleep(0.05)
        one.kill()
        numbers = told("".join(before) + one.stdout.read())
    events, fault = verified(environment, tmp_path)
    assert fault == ""
    assert events >= max(numbers) >= 20
    with writers(environment, tmp_path, 1, 1) as (another,):
        assert sorted(told(another.communicate("\n", timeout=60)[0])) == list(
            range(events + 1, events + THREADS + 1)
        )
    assert verified(environment, tmp_path) == (events + THREADS, "")
