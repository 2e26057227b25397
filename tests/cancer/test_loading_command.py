"""`stewardship cancer load`, as a data manager runs it each night."""

import subprocess
import sys

import pytest

from stewardship.system.environment import new_key
from support.command import environment, joined
from support.nightly_files import event_row, files, pathway_row
from support.system_folder import system_folder

# Several commands in one process, each with what it printed and how it ended: starting one takes longest.
COMMANDS = """
import sys
from stewardship.cli import main
for words in {commands!r}:
    sys.argv = ["stewardship", "cancer", *words]
    try:
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code or 0
    print("ended", code, flush=True)
    print("-----", flush=True)
"""


@pytest.fixture
def system(tmp_path):
    folder = system_folder(tmp_path)
    (folder / "stewardship.env").write_text(
        f"STEWARDSHIP_PSEUDONYM_KEY={new_key()}\nSTEWARDSHIP_LOG_KEY={new_key()}\n"
        f"STEWARDSHIP_VAULT_KEYS={new_key()}\n"
    )
    treated_twice = [pathway_row(place) for place in range(3)] + [pathway_row(3, referral_type="99")]
    sent = files(treated_twice, [event_row(0, "REF", done="2026-05-01")])
    (folder / "pathways.csv").write_bytes(sent.pathways)
    (folder / "events.csv").write_bytes(sent.events)
    (folder / "half.csv").write_bytes(sent.pathways[:-20])
    return folder


def run(system, *commands):
    words = [["load", *map(str, command), "-s", str(system)] for command in commands]
    ran = subprocess.run(
        [sys.executable, "-c", COMMANDS.format(commands=words)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=environment(), check=True,
    )  # fmt: skip
    return [joined(one) for one in ran.stdout.split("-----")[:-1]]


def test_a_night_is_shown_then_loaded_and_a_second_time_changes_nothing(system):
    both = (system / "pathways.csv", system / "events.csv")
    shown, loaded, again, half = run(
        system, both, (*both, "--apply"), (*both, "--apply"), (system / "half.csv", both[1], "--apply")
    )
    assert "New: 3." in shown and "Nothing was changed." in shown
    assert "pathways.csv, row 5, column URGENT CANCER" in shown and "unknown code" in shown
    assert "New: 3." in loaded and "The files are loaded." in loaded
    assert "New: 0. Changed: 0." in again and "Unchanged: 3." in again and "ended 0" in again
    assert "half.csv ends in the middle of a line" in half and "ended 2" in half
    assert "Brien" not in shown + loaded + again + half
