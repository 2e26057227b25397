"""A back-up of a system in use is put back elsewhere: the same figures, the same people, the log whole."""

import filecmp
import re
import shutil
import subprocess
import sys

import pytest

from support.command import environment, joined, stewardship
from support.databases import databases
from support.people import rows, written

# Several commands in one process, each with what it printed and how it ended: starting one takes longest.
COMMANDS = """
import sys
from stewardship.cli import main
for words in {commands!r}:
    sys.argv = ["stewardship", *words]
    try:
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code or 0
    print("ended", code, flush=True)
    print("-----", flush=True)
"""
PEOPLE = """
from pathlib import Path
from stewardship.system.opened import open_system
from stewardship.site import serve
serve.prepare(open_system(Path({folder!r})).workspace)
from stewardship.vault.keys import Keyring
from stewardship.vault.models import Identity
from stewardship.vault.person import opened_who
keys = Keyring.from_environment()
print(sorted(opened_who(keys, row).nhs_number for row in Identity.objects.all()))
from stewardship.site.models import Member
print(sorted(Member.objects.values_list("username", flat=True)))
"""


def run(*commands):
    """What each command printed, one after the other."""
    words = [[*map(str, command)] for command in commands]
    told = python(COMMANDS.format(commands=words))
    return [joined(one) for one in told.split("-----")[:-1]]


def python(text):
    done = subprocess.run(
        [sys.executable, "-c", text], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        env=environment(200), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


def with_databases(text):
    """Settings of a system, with new databases of its own where the tests run beside PostgreSQL."""
    kept = [
        line
        for line in text.splitlines()
        if not line.startswith("STEWARDSHIP_") or "DATABASE_URL" not in line
    ]
    return "\n".join([*kept, *(f"{name}={url}" for name, url in databases().items())]) + "\n"


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """A system that was built, knows people and accounts, was backed up, and went on."""
    place = tmp_path_factory.mktemp("rehearsed")
    folder = place / "system"
    assert stewardship("demo", "-f", folder, "--residents", 5000, "--only-build").returncode == 0
    settings = folder / "stewardship.env"
    settings.write_text(with_databases(settings.read_text()))
    written(place / "people.csv", rows(20))
    made = run(
        ("vault", "load", place / "people.csv", "-s", folder),
        ("backup", "--to", place / "backups", "-s", folder),
        ("log", "verify", "-s", folder),
        ("vault", "load", place / "people.csv", "-s", folder),  # work goes on after the back-up
    )
    (backup,) = (place / "backups").iterdir()
    return place, folder, backup, made


@pytest.fixture(scope="module")
def back(there):
    place, folder, backup, _ = there
    (place / "keys.env").write_text(with_databases((folder / "stewardship.env").read_text()))
    again = place / "again"
    told = run(
        ("restore", backup, again, "--keys", place / "keys.env"),
        ("log", "verify", "-s", again),
        ("snapshots", "-s", again),
    )
    return again, told


def test_the_back_up_says_where_it_is_and_that_the_keys_are_not_in_it(there):
    _, folder, backup, made = there
    assert f"Backed up to {backup}." in made[1]
    secrets = re.findall(
        r"^STEWARDSHIP_\w*KEYS?=(\S+)$", (folder / "stewardship.env").read_text(), re.MULTILINE
    )
    assert len(secrets) == 3
    held = b"".join(path.read_bytes() for path in backup.rglob("*") if path.is_file())
    for secret in secrets:
        assert secret.encode() not in held


def test_every_figure_is_back_to_the_byte(there, back):
    _, folder, _, _ = there
    again, _ = back
    before, after = (place / "workspace" / "snapshots" for place in (folder, again))
    files = [path.relative_to(before) for path in before.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert filecmp.cmpfiles(before, after, files, shallow=False) == (files, [], [])


def test_people_and_accounts_are_back(there, back):
    _, folder, _, _ = there
    again, _ = back
    assert python(PEOPLE.format(folder=str(again))) == python(PEOPLE.format(folder=str(folder)))


def test_the_access_log_is_whole_as_it_was_then(there, back):
    _, _, _, made = there
    _, told = back
    assert (
        "The access log is whole: 2 events are as they were written." in told[1]
    )  # the load, and the back-up
    assert "ended 0" in told[1]
    assert "The access log is whole" in made[2]


def test_the_snapshots_are_listed_as_before(back):
    again, told = back
    (snapshot,) = [path.name for path in (again / "workspace" / "snapshots").iterdir()]
    assert snapshot in told[2]


def test_a_back_up_that_was_changed_is_refused(there, tmp_path):
    _, folder, backup, _ = there
    spoilt = tmp_path / backup.name
    shutil.copytree(backup, spoilt)
    (spoilt / "system.toml").write_text("name = 'Another'")
    (told,) = run(("restore", spoilt, tmp_path / "again", "--keys", folder / "stewardship.env"))
    assert "system.toml is not as it was when the back-up was made" in told
    assert "ended 2" in told
    assert not (tmp_path / "again").exists()


def test_nothing_is_put_back_over_a_system_that_is_there(there):
    _, folder, backup, _ = there
    (told,) = run(("restore", backup, folder, "--keys", folder / "stewardship.env"))
    assert "holds a system already" in told
