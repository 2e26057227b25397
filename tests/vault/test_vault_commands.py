"""`stewardship vault`, as a data manager runs it."""

import subprocess
import sys

import pytest

from stewardship.system.environment import new_key
from support.command import environment, joined, stewardship
from support.people import number, numbers, row_of, rows, written
from support.system_folder import system_folder

# Several commands in one process, each with what it printed and how it ended: starting one takes longest.
COMMANDS = """
import sys
from stewardship.cli import main
for words in {commands!r}:
    sys.argv = ["stewardship", "vault", *words]
    try:
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code or 0
    print("ended", code, flush=True)
    print("-----", flush=True)
"""


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    """A system with a file of five people and a crosswalk, a row of each being wrong."""
    folder = system_folder(tmp_path_factory.mktemp("system"))
    (folder / "stewardship.env").write_text(
        f"STEWARDSHIP_PSEUDONYM_KEY={new_key()}\nSTEWARDSHIP_LOG_KEY={new_key()}\n"
        f"STEWARDSHIP_VAULT_KEYS={new_key()}\n"
    )
    wrong = row_of(5, "9990000019") | {"family_name": "Verysingular"}
    written(folder / "people.csv", [*rows(5), wrong])
    link = {"namespace": "partner", "identifier": "x-1", "nhs_number": number(0), "new_identity": "no"}
    written(folder / "links.csv", [link, link | {"nhs_number": "1"}])
    return folder


def run(system, *commands):
    """What each command printed, one after the other."""
    words = [[*map(str, command), "-s", str(system)] for command in commands]
    ran = subprocess.run(
        [sys.executable, "-c", COMMANDS.format(commands=words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment(),
        check=True,
    )
    return [joined(one) for one in ran.stdout.split("-----")[:-1]]


def test_a_system_is_loaded_linked_swept_and_given_a_new_key(system):
    report = system / "refused.csv"
    said = run(
        system,
        ("load", system / "people.csv", "--report", report),
        ("load-crosswalk", system / "links.csv"),
        ("sweep",),
        ("load", system / "nothing.csv"),
        ("load", system / "people.csv", "--report", report),
    )
    loaded, linked, swept, missing, there = said
    assert "People kept: 5. Rows set aside: 1. 1 nhs_number fails its check digit (row 7) ended 0" in loaded
    assert report.read_text().splitlines() == ["row,reason", "7,nhs_number fails its check digit"]
    assert (
        "Links kept, for the next build: 1." in linked and "nhs_number has 1 digits, not 10 (row 3)" in linked
    )
    assert "Removed, because no work refers to them: 0. ended 0" in swept
    assert "nothing.csv cannot be read: No such file or directory. Nothing was loaded. ended 2" in missing
    assert "refused.csv cannot be made (File exists). Nothing was loaded. ended 2" in there
    assert not [one for one in [*numbers(5), "9990000019", "Verysingular"] if one in " ".join(said)]

    keys = system / "stewardship.env"
    keys.write_text(keys.read_text().replace("VAULT_KEYS=", f"VAULT_KEYS={new_key()},"))
    rotated = stewardship("vault", "rotate-key", "-s", system)
    assert rotated.returncode == 0, rotated.stderr
    assert "any more: take the older key out of STEWARDSHIP_VAULT_KEYS" in joined(rotated.stdout)


LOST = """
from pathlib import Path
from stewardship.cli.building import identities_and_links
from stewardship.system.opened import open_system
from stewardship.vault.errors import VaultError
opened = open_system(Path({folder!r}))
print(identities_and_links(opened).crosswalk)
from django.db import connections
connections.close_all()
for file in opened.workspace.glob("vault.sqlite3*"):
    file.unlink()
try:
    print(identities_and_links(opened))
except VaultError as told:
    print(told)
print([file.name for file in opened.workspace.glob("vault.sqlite3*")])
"""


def test_a_vault_that_was_lost_stops_a_build_and_is_not_replaced_by_an_empty_one(tmp_path):
    folder = system_folder(tmp_path / "system")
    (folder / "stewardship.env").write_text(
        "".join(f"STEWARDSHIP_{name}={new_key()}\n" for name in ("PSEUDONYM_KEY", "LOG_KEY", "VAULT_KEYS"))
    )
    ran = subprocess.run(
        [sys.executable, "-c", LOST.format(folder=str(folder))], capture_output=True, encoding="utf-8",
        env=environment(), check=True,
    )  # fmt: skip
    first, told, left = ran.stdout.splitlines()
    assert (first, left) == ("{}", "[]")
    assert told.startswith("The identity vault cannot be reached: its database is lost")
