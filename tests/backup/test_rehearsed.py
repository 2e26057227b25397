"""A back-up of a system in use is put back elsewhere: the same figures, the same people, the log whole."""

import base64
import filecmp
import re
import shutil
import stat
import subprocess
import sys

import pytest

from stewardship.backup.files import check_list
from support.codes import code_of
from support.command import environment, joined, stewardship
from support.databases import databases
from support.people import rows, written
from support.site import PASSWORD

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


LET_IN = """
from pathlib import Path
from stewardship.system.opened import open_system
from stewardship.site import serve
serve.migrate(open_system(Path({folder!r})).workspace)
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone
from stewardship.site import invitations, members
from stewardship.site.roles import Administrator, Steward
made = [
    members.create_member(
        username=name, display_name=name, password={password!r}, roles=[role], by=None, email=name + "@example.org"
    )
    for name, role in (("keeper", Administrator), ("asteward", Steward))
]
TOTP.activate(made[1], {secret!r})
print(invitations.invite(member_id=made[1].pk, by=made[0], seen_version=made[1].version, now=timezone.now()))
Client().force_login(made[0], backend="stewardship.site.standing.Accounts")
"""
SIGN_IN = """
from pathlib import Path
from stewardship.system.opened import open_system
from stewardship.site import serve
serve.prepare(open_system(Path({folder!r})).workspace)
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from stewardship.site.invitations import invited
print(settings.DEMONSTRATION, Session.objects.count(), invited({link!r}, timezone.now()))
browser = Client(SERVER_NAME="localhost")
print(browser.post("/sign-in/", {{"login": "asteward", "password": {password!r}}}).headers["Location"])
print(browser.get("/care-areas/").status_code)
print(browser.post("/sign-in/code/", {{"code": {code!r}}}).headers["Location"])
print(browser.get("/care-areas/").status_code)
"""
SECRET = base64.b32encode(b"a secret of a phone!").decode()


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
    assert (
        stewardship("demo", "-f", folder, "--residents", 5000, "--years", 2, "--only-build").returncode == 0
    )
    settings = folder / "stewardship.env"
    settings.write_text(with_databases(settings.read_text()))
    real = (
        (folder / "system.toml").read_text().replace("demonstration = true\n", "")
    )  # so that second factors count
    (folder / "system.toml").write_text(real)
    link = python(LET_IN.format(folder=str(folder), password=PASSWORD, secret=SECRET)).splitlines()[-1]
    written(place / "people.csv", rows(20))
    made = run(
        ("vault", "load", place / "people.csv", "-s", folder),
        ("backup", "--to", place / "backups", "-s", folder),
        ("log", "verify", "-s", folder),
        ("vault", "load", place / "people.csv", "-s", folder),  # work goes on after the back-up
    )
    (backup,) = (place / "backups").iterdir()
    (place / "link").write_text(link)
    return place, folder, backup, made


@pytest.fixture(scope="module")
def back(there):
    place, folder, backup, _ = there
    (place / "keys.env").write_text(with_databases((folder / "stewardship.env").read_text()))
    again = place / "again"
    told = run(("restore", backup, again, "--keys", place / "keys.env"))
    told += run(
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
    assert len(secrets) == 4
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
        "The access log is whole: 8 events are as they were written." in told[1]
    )  # two accounts, their roles, a link, a sign-in, the load, the back-up
    assert "ended 0" in told[1]
    assert "The access log is whole" in made[2]


def test_a_member_signs_in_with_their_second_factor_and_nobody_else_by_what_was_open(there, back):
    place, _, _, _ = there
    again, told = back
    signed_in = python(
        SIGN_IN.format(
            folder=str(again), password=PASSWORD, code=code_of(SECRET), link=(place / "link").read_text()
        )
    )
    assert signed_in.splitlines()[-5:] == ["False 0 None", "/sign-in/code/", "302", "/", "200"]
    assert "Accounts, roles and the flags that hide an address are those of 20" in told[0]


def test_what_was_put_back_is_its_owners_only(back):
    again, _ = back
    for path in (again, again / "workspace", again / "stewardship.env"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_what_fails_half_way_leaves_nothing_and_says_why(there, tmp_path):
    _, _, backup, _ = there
    (tmp_path / "keys.env").write_text("STEWARDSHIP_DATABASE_URL=postgresql://nobody@127.0.0.1:1/none\n")
    (told,) = run(("restore", backup, tmp_path / "again", "--keys", tmp_path / "keys.env"))
    assert "ended 2" in told and "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["keys.env"]


def test_a_log_that_was_cut_is_backed_up_all_the_same_with_a_warning(there, tmp_path):
    _, folder, _, _ = there
    head = folder / "workspace" / "access-log.head"
    kept = head.read_bytes()
    head.unlink()
    try:
        (told,) = run(("backup", "--to", tmp_path, "-s", folder))
    finally:
        head.write_bytes(kept)
    (made,) = tmp_path.iterdir()
    assert "does not reach its sealed head" in told and "ended 0" in told
    assert "does not reach its sealed head" in check_list(made)["warning"]


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
