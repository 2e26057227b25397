"""`stewardship demo` for real: from nothing to a care-area page, and its end."""

import os
import re
import signal
import threading
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from stewardship.measures.published import Published
from stewardship.records.snapshot import latest_snapshot
from support.command import joined, started, stewardship


class Demo:
    """`stewardship demo`, as a newcomer starts it, until its pages are up."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.workspace = folder, folder / "workspace"
        words = ("--residents", 5000, "--port", 0, "-f", folder)
        self.process = started("demo", *words)
        watch = threading.Timer(150, self.process.kill)
        watch.start()
        self.printed = ""
        for line in self.process.stdout:
            self.printed += line
            if line.startswith("Open "):
                break
        watch.cancel()
        address = re.search(r"Open (http://\S+)", self.printed)
        assert address, self.printed
        self.address = address[1]
        self.passwords = dict(
            re.findall(r"^[\w ]+? {2,}([\w-]+) +((?:\w{4}-){3}\w{4})$", self.printed, re.MULTILINE)
        )
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def opens(self, path, **form):
        data = urllib.parse.urlencode(form).encode() if form else None
        with self.browser.open(self.address + path, data, timeout=60) as answer:
            return answer.url, answer.read().decode()

    def signs_in(self, username):
        _, page = self.opens("sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        return self.opens(
            "sign-in/", login=username, password=self.passwords[username], csrfmiddlewaretoken=token
        )

    def ends(self):
        """Ctrl and C."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            rest, _ = self.process.communicate(timeout=30)
        finally:
            self.process.kill()
        self.printed += rest
        return self.process.returncode


def test_invented_residents_live_in_the_places_that_are_given(tmp_path):
    folder = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "mse_geography"
    if not folder.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{folder} is not here")
    ended = stewardship("demo", "--residents", 5000, "--places", folder, "--only-build", "-f", tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "no code of a small area" not in joined(ended.stdout)
    published = Published(latest_snapshot(tmp_path / "workspace") / "results")
    (town,) = [place.code for place in published.snapshot.places if place.name == "Southend-on-Sea"]
    assert (
        published.figures("diabetes", measure="people-with-diabetes", place=town, by="everyone")[-1].value
        > 20
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    running = Demo(tmp_path_factory.mktemp("demo"))
    yield running
    running.ends()


def test_the_demo_tells_who_may_sign_in_and_that_everybody_is_invented(demo):
    assert set(demo.passwords) == {"steward", "analyst", "data-manager", "administrator", "privacy-officer"}
    assert "Note. Everybody here is invented" in joined(demo.printed)
    assert "Traceback" not in demo.printed


def test_a_stranger_is_sent_to_sign_in(demo):
    url, page = demo.opens("care-areas/diabetes/")
    assert "/sign-in/" in url
    assert "people with diabetes" not in page.lower()


def test_a_steward_signs_in_and_reads_how_many_people_have_diabetes(demo):
    url, home = demo.signs_in("steward")
    assert url == demo.address + "care-areas/"
    assert "Diabetes" in home
    published = Published(latest_snapshot(demo.workspace) / "results")
    system = published.system
    people = published.figures("diabetes", measure="people-with-diabetes", place=system.code, by="everyone")[
        -1
    ]
    assert people.value > 100
    _, page = demo.opens("care-areas/diabetes/")
    assert f"{people.value:,.0f}" in page
    assert system.name in page
    assert "Everybody here is invented" in page


def test_ctrl_c_ends_it_without_a_fuss(demo):
    """Last in this file: the demonstration is over then."""
    assert demo.ends() in (0, 130)
    assert "Traceback" not in demo.printed
    with pytest.raises(OSError, match="refused"):
        demo.opens("sign-in/")
