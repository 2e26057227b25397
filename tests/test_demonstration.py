"""`stewardship demo` for real: from nothing to a care-area page, and its end."""

import json
import re
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from copy import copy
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from stewardship.cancer.filling import MARK
from stewardship.measures.published import Published
from stewardship.records.manifest import read_about
from stewardship.records.snapshot import latest_snapshot
from stewardship.synthetic.asked import LAST_DAY, planned
from stewardship.synthetic.cancer.tracked import FAMILIES
from stewardship.synthetic.partners import PARTNERS
from stewardship.synthetic.synthesise import made_with
from support.command import LIMIT, joined, mistakes, started, stewardship


class Demo:
    """`stewardship demo`, as a newcomer starts it, until its pages are up."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.workspace = folder, folder / "workspace"
        words = ("--residents", 5000, "--years", 2, "--port", 0, "-f", folder)
        self.process = started("demo", *words)
        watch = threading.Timer(LIMIT, self.process.kill)
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
            rest, _ = self.process.communicate(timeout=120)
        finally:
            self.process.kill()
        self.printed += rest
        return self.process.returncode


def test_made_up_residents_live_in_places_of_their_own(tmp_path):
    ended = stewardship("demo", "--places", tmp_path, "--only-build", "-f", tmp_path / "demo")
    assert ended.returncode == 2
    (sentence,) = mistakes(ended.stderr)
    assert sentence.startswith("Residents who are made up live in places of their own")
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize(
    "words, said",
    [
        (("--residents", 0), "A system of 0 residents cannot be made"),
        (("--extracts", "nowhere"), "nowhere is not a folder that `stewardship synthesise` made"),
        (
            ("--extracts", "x", "--residents", 5, "--seed", 9),
            "--seed and --residents cannot be given with --extracts",
        ),
        (("--extracts", "x", "--omop", "y"), "--omop cannot be given with --extracts"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_sentence(tmp_path, words, said):
    ended = stewardship("demo", "--only-build", "-f", tmp_path / "demo", *words)
    assert ended.returncode == 2
    (sentence,) = mistakes(ended.stderr)
    assert sentence.startswith(said)
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("truth", [None, "[]"])
def test_what_was_not_made_up_is_never_taken_away(tmp_path, truth):
    kept = tmp_path / "demo" / "extracts" / "patients.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("somebody's own")
    if truth is not None:
        (kept.parent / "truth.json").write_text(truth)
    ended = stewardship("demo", "--only-build", "--residents", 2000, "-f", tmp_path / "demo")
    assert ended.returncode == 2
    (sentence,) = mistakes(ended.stderr)
    assert "holds something that `stewardship synthesise` did not make" in sentence
    assert kept.read_text() == "somebody's own"
    assert not (tmp_path / "demo" / "system.toml").exists()


@pytest.mark.parametrize("own", [True, False], ids=["in a folder of its own", "where residents are made up"])
def test_files_with_a_number_that_may_be_somebodys_are_never_shown_as_made_up(tmp_path, own):
    folder = tmp_path / "demo"
    files = tmp_path / "files" if own else folder / "extracts"
    for partner in PARTNERS:
        (files / partner).mkdir(parents=True)
    truth = {
        "made_with": made_with(planned(residents=2000, years=1, seed=1, last_day=LAST_DAY, today=LAST_DAY))
    }
    (files / "truth.json").write_text(json.dumps(truth))
    people = files / "general-practice" / "patients.csv"
    people.write_text("NHSNumber,DateOfBirth,Sex\n4000000004,1950-05-06,F\n")  # of a valid form, and nobody's
    asked = ("--extracts", files) if own else ("--residents", 2000, "--years", 1)
    ended = stewardship("demo", "--only-build", *asked, "-f", folder)
    assert ended.returncode == 2
    (sentence,) = mistakes(ended.stderr)
    assert sentence.startswith(
        f"{people} holds an NHS number that does not begin with 9, so it may be a real person's"
    )
    assert "4000000004" not in ended.stdout + ended.stderr
    assert not (folder / "system.toml").exists()


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    running = Demo(tmp_path_factory.mktemp("demo"))
    yield running
    running.ends()


def test_the_demo_tells_who_may_sign_in_and_that_everybody_is_made_up(demo):
    assert set(demo.passwords) == {
        "steward", "analyst", "data-manager", "administrator", "privacy-officer", "cancer-tracker", "mdt-coordinator",
        "cancer-manager", "cancer-steward",
    }  # fmt: skip
    assert "Note. Everybody here is made up" in joined(demo.printed)
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
    assert "Everybody here is made up" in page


def test_the_strategy_is_published_beside_the_care_areas(demo):
    published = Published(latest_snapshot(demo.workspace) / "results")
    assert "strategy" not in {area.key for area in published.snapshot.areas}
    (aims,) = re.findall(r"Strategy: (\d+) of (\d+) measures could be made", joined(demo.printed))
    assert 0 < int(aims[0]) <= int(aims[1]) == len(published.snapshot.strategy.measures)
    latest = published.figures(
        "strategy", measure="life-expectancy-at-birth", place=published.system.code, by="everyone"
    )[-1]
    assert latest.numerator is latest.denominator is None
    assert latest.state in ("shown", "suppressed", "missing") and (latest.value is None) != (
        latest.reason == ""
    )


def another(demo, username):
    """A browser of their own for somebody else."""
    other = copy(demo)
    other.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    return other, *other.signs_in(username)


def test_the_tracking_list_fills_while_the_pages_are_up_and_names_the_invented(demo):
    tracker, url, page = another(demo, "cancer-tracker")
    assert url == demo.address + "cancer/"
    until = time.monotonic() + 300
    while "The tracking list is being filled" in page:
        assert time.monotonic() < until, "the list is not filled in five minutes"
        time.sleep(1)
        _, page = tracker.opens("cancer/")
    assert "could not be filled" not in page
    assert int(re.search(r"Everybody open: (\d+)", page)[1]) > 5
    assert "Exampleshire Hospitals (ZZT01)" in page
    assert any(family.upper() in page for family in FAMILIES)
    assert (demo.workspace / MARK).is_file()


@pytest.mark.parametrize("username", ["mdt-coordinator", "cancer-manager"])
def test_who_cares_for_them_sees_the_tracking_list(demo, username):
    _, url, page = another(demo, username)
    assert url == demo.address + "cancer/" and "Cancer tracking list" in page


def test_a_cancer_steward_reads_figures_and_is_refused_the_list(demo):
    steward, url, page = another(demo, "cancer-steward")
    assert url == demo.address + "care-areas/" and "Cancer" in page
    with pytest.raises(urllib.error.HTTPError, match="403"):
        steward.opens("cancer/")


def test_opt_outs_of_made_up_people_are_applied(demo):
    assert re.search(r"leaves? out|left out", joined(demo.printed))
    about = read_about(latest_snapshot(demo.workspace) / "records")
    assert (about.ruled.row, about.opt_outs.file) == (5, "opt-outs-2026-03-31.csv")


def test_a_second_run_starts_with_what_is_there(demo):
    before = latest_snapshot(demo.workspace)
    ended = stewardship("demo", "--only-build", "-f", demo.folder)
    assert ended.returncode == 0, ended.stderr
    assert "Nothing has changed since this was built" in joined(ended.stdout)
    assert "--anew" in ended.stdout
    assert latest_snapshot(demo.workspace) == before


def test_ctrl_c_ends_it_without_a_fuss(demo):
    """Last in this file: the demonstration is over then."""
    assert demo.ends() in (0, 130)
    assert "Traceback" not in demo.printed
    with pytest.raises(OSError, match="refused"):
        demo.opens("sign-in/")
