"""People are looked for, found, refused and reported on in a real browser; afterwards everything that was written on
the way, on either side, is searched for who they are and what was typed."""

import base64
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from playwright.sync_api import sync_playwright

from browser.conftest import BROWSERS, QUIET
from support.journey import Journey
from support.people import number, row_of, written

TESTS = Path(__file__).resolve().parents[1]
MINE = row_of(0, number(3111)) | {
    "family_name": "Zeb\u00e4d-Quillfeather", "given_names": "Oswaldina", "birth_date": "1941-09-17",
    "address": "17 Marmalade Crescent", "postcode": "ZZ99 7QX", "phone": "01632 960817",
}  # fmt: skip
THEIRS = row_of(0, number(4222)) | {
    "family_name": "Thrumblewick", "given_names": "Perpetua", "birth_date": "1938-02-11", "practice": "P81002",
    "address": "3 Gooseberry Wharf", "postcode": "ZZ99 8QY", "phone": "01632 960818",
}  # fmt: skip
NOBODY = "Nonsuchperson"
WORDS_OF_AN_ALERT = "Asked on the telephone about Tiddlywinkle, who knew of it"
PLANTED = [
    MINE["nhs_number"], THEIRS["nhs_number"], number(5333), "Zeb\u00e4d", "Quillfeather", "Oswaldina", "Marmalade",
    "ZZ99 7QX", "960817", "Thrumblewick", "Perpetua", "Gooseberry", "ZZ99 8QY", "960818", NOBODY, "Tiddlywinkle",
    "1941-09-17", "17 September 1941",
]  # fmt: skip


def spellings(planted):
    """How a word may be written down: as it is, without spaces, in groups, in an address, in other encodings."""
    shown = f"{planted[:3]} {planted[3:6]} {planted[6:]}" if planted.isdigit() else planted
    for text in {planted, planted.replace(" ", ""), shown, quote(shown), quote_plus(shown)}:
        low = text.lower()
        yield from (low.encode(), low.encode("utf-16-le"), low.encode("latin-1"))
        for shift in range(3):  # inside a longer text, base64 depends on where a word begins
            inner = base64.b64encode(b"\0" * shift + text.encode())[shift + (shift > 0) : -4]
            if len(inner) > 7:
                yield inner.lower()


def leaks(content):
    """The planted words in it, in any spelling."""
    content = content.encode("utf-8", "replace") if isinstance(content, str) else content
    low = content.lower()
    return [one for one in PLANTED if any(spelling in low for spelling in spellings(one))]


def leaking(folder):
    """The files below a folder that hold a planted word, with the words."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    found = {
        path.relative_to(folder): leaks(path.name.encode() + b"\n" + path.read_bytes()) for path in files
    }
    return {str(path): words for path, words in found.items() if words}


class Watched(Journey):
    """A journey of which everything is kept that goes out and comes back, but for what the pages themselves say."""

    def __init__(self, context, address):
        super().__init__(context, address)
        self.said, self.titles = [], []
        self.page.on("request", lambda one: self.said.extend([one.url, str(one.headers)]))
        self.page.on("response", lambda one: self.said.extend([one.url, str(one.headers)]))
        self.page.on("console", lambda one: self.said.append(one.text))

    def _arrives(self):
        """Pages of the access log are checked as on any journey, each once; other journeys check the rest."""
        title = self.page.title()
        if "/access/" in self.page.url and title not in self.titles:
            super()._arrives()
        else:
            self.checked[self._where(self.page.url)] += 1
        self.titles.append(title)

    def looks_for(self, *, born="", **typed):
        self.opens("/people/")
        for label, text in (typed | dict(zip(("Day", "Month", "Year"), born.split(), strict=False))).items():
            self.page.get_by_label(label.replace("_", " ")).first.fill(text)
        self.presses("Find")

    def stored(self):
        """What a script of the site could find in the browser afterwards."""
        return self.page.evaluate(
            """async () => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage),
            await indexedDB.databases(), await caches.keys(), document.cookie, history.state])"""
        )


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Everything that was written on the way: by the browser, by the server, in the workspace."""
    chromium = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if chromium is None:
        pytest.skip("No Chromium was found on this machine.")
    folder = tmp_path_factory.mktemp("leaks")
    people = written(folder / "people.csv", [MINE, THEIRS])
    workspace, profile, log = folder / "workspace", folder / "profile", folder / "server.log"
    with served(workspace, people, log) as address, sync_playwright() as play:
        context = play.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=QUIET, accept_downloads=True
        )
        person = Watched(context, address)
        shown = "".join(walk(person))
        cookies = str(context.cookies())
        stored = person.stored()
        wrong = person.ends()
        context.close()
    return {
        "shown": shown, "addresses and headers": "\n".join(person.said), "titles": "\n".join(person.titles),
        "cookies": cookies, "stored": stored, "wrong": wrong, "profile": profile, "workspace": workspace,
        "server": log.read_text(), "people": people,
    }  # fmt: skip


class served:  # noqa: N801
    """The site in a process of its own, with all that it writes kept in a file."""

    def __init__(self, workspace, people, log):
        self.command = [
            sys.executable,
            str(TESTS / "support" / "leak_served.py"),
            str(workspace),
            str(people),
        ]
        self.log = log.open("w")

    def __enter__(self):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("STEWARDSHIP_", "DJANGO_"))
        }
        environment = kept | {"PYTHONPATH": str(TESTS), "PYTHONUNBUFFERED": "1"}
        self.server = subprocess.Popen(
            self.command, env=environment, stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        return self.server.stdout.readline().strip()

    def __exit__(self, *error):
        self.server.terminate()
        self.log.write(self.server.communicate(timeout=20)[0])
        self.log.close()


def walk(person):
    """The way of a practice user and of a privacy officer; what they see, page by page."""

    def seen():
        return person.page.content()

    person.signs_in_as("doctor")
    person.looks_for(NHS_number=MINE["nhs_number"])
    yield seen()
    person.page.get_by_role("link", name="OSWALDINA").or_(person.page.locator(".sw-people a")).first.click()
    person.page.wait_for_load_state()
    person._arrives()
    yield seen()
    person.looks_for(Family_name="Quillfeather", born="17 9 1941")
    yield seen()
    person.looks_for(Family_name=NOBODY, Given_names="Oswaldina", born="1 1 1950")
    person.looks_for(NHS_number=THEIRS["nhs_number"])  # registered elsewhere
    person.looks_for(NHS_number=f"{MINE['nhs_number'][:9]}x")
    person.expected_statuses |= {403, 404, 500}
    person.opens("/access/")
    person.opens("/people/AAAAAAAAAAAAAAAAAAAAAA/")
    fail(person, f"{MINE['nhs_number']} Oswaldina")
    person.opens("/account/")
    person.signs_out()
    person.signs_in_as("officer")
    for typed in (MINE["nhs_number"], "Perpetua Thrumblewick", number(5333), THEIRS["nhs_number"]):
        person.opens("/access/")
        person.page.get_by_label("NHS number or pseudonym").fill(typed)
        person.presses("Show who has looked")
    yield seen()
    person.follows("Answer to print for the person")
    person.opens("/access/unusual/")
    person.follows("Many people opened in a short time")
    person.page.get_by_label("Not justified").check()
    person.page.get_by_label("How you know").fill(WORDS_OF_AN_ALERT)
    person.presses("Close the alert")
    yield seen()
    person.opens("/access/own-record/")
    person.page.get_by_label("Your NHS number").fill(THEIRS["nhs_number"])
    person.presses("Tell it")
    person.signs_out()


def fail(person, typed):
    """Pages that fail with what was typed in their hands."""
    for how in ("in-words", "in-the-database"):
        person.page.evaluate(
            "([how, typed]) => fetch(`/fails/${how}/`, {method: 'post', body: new URLSearchParams({typed})})",
            [how, typed],
        )
    person.opens("/fails/in-a-chain/")


def test_the_way_was_walked_and_the_pages_themselves_showed_the_people(run):
    assert run["wrong"] == []
    assert {MINE["nhs_number"], "Quillfeather", "Oswaldina", "Marmalade"} <= set(leaks(run["shown"]))
    assert "Tiddlywinkle" in leaks(run["shown"])
    assert "Thrumblewick" not in leaks(run["shown"])
    assert run["server"].count("ERROR django.request") == 3
    assert {"ValueError", "KeyError"} <= set(re.findall(r"\w+Error", run["server"]))


def test_what_is_planted_would_be_found(run, tmp_path):
    assert set(leaks(run["people"].read_bytes())) >= {MINE["nhs_number"], "Thrumblewick", "ZZ99 8QY"}
    (tmp_path / "file").write_bytes(b"\0\1" + "Gooseberry".encode("utf-16-le"))
    assert leaking(tmp_path) == {"file": ["Gooseberry"]}
    assert leaks("Thrumblewick".encode("utf-16-le")) == ["Thrumblewick"]
    assert leaks(quote("Zeb\u00e4d")) == ["Zeb\u00e4d"]
    assert leaks(base64.b64encode(b"xy Thrumblewick, Perpetua")) == ["Thrumblewick", "Perpetua"]


@pytest.mark.parametrize("where", ["addresses and headers", "titles", "cookies", "stored", "server"])
def test_nothing_about_a_person_is_in(run, where):
    assert run[where]
    assert leaks(run[where]) == []


def test_nothing_about_a_person_is_in_the_files_of_the_browser(run):
    assert len(list(run["profile"].rglob("*"))) > 20
    assert leaking(run["profile"]) == {}


def test_nothing_about_a_person_is_in_the_files_of_the_workspace(run):
    """Not in the vault's own file either, which is sealed."""
    names = {path.name for path in run["workspace"].rglob("*")}
    assert {"stewardship.sqlite3", "access.sqlite3", "vault.sqlite3", "access-log.head"} <= names
    assert leaking(run["workspace"]) == {}


def test_nothing_about_a_person_is_in_a_session(run):
    with closing(sqlite3.connect(run["workspace"] / "stewardship.sqlite3")) as database:
        kept = [row[0] for row in database.execute("SELECT session_data FROM django_session")]
    for data in kept:
        body = data.lstrip(".").split(":")[0]
        opened = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        assert leaks(zlib.decompress(opened) if data.startswith(".") else opened) == []


def test_every_look_was_logged(run):
    with closing(sqlite3.connect(run["workspace"] / "access.sqlite3")) as database:
        did = [row[0] for row in database.execute("SELECT did || ': ' || result FROM access_event")]
    expected = {"sign in: allowed", "search: allowed", "search: refused", "view: allowed", "view: refused",
                "refused: refused", "read the access log: allowed", "sign out: allowed"}  # fmt: skip
    assert expected <= set(did)
