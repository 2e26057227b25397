"""Pictures: drawn by a process of their own, kept, fit for a page, and never needed for the figures."""

import os
import re
import threading
import time
from dataclasses import replace

import pytest

from stewardship.profiles import pictures, plates
from stewardship.profiles.drawings import FITTED, INNER, LINES, NARROW, OUTER, WIDE, Drawing, Point
from stewardship.profiles.pictures import Draughtsman, NotDrawnError, Studio, picture
from stewardship.profiles.svg import cleaned, inline, standalone
from stewardship.site.roles import Steward
from support.site import signed_in, workspace

YEARS = ("2024/25", "2025/26")
DRAWINGS = {
    "gap": Drawing(
        "gap",
        tuple(
            Point(year, 40.0 + int(fifth) + i, "end" if i else "", series=fifth)
            for fifth in "12345"
            for i, year in enumerate(YEARS)
        ),
        "%",
    ),
    "intervals": Drawing(
        "intervals",
        (
            Point(
                "A place with a very long name, by the sea and beyond", 50.0, "50", 48.0, 52.0, word="better"
            ),
            Point("Hidden place", None, "hidden"),
            Point("Third <&> place", 44.0, "44", 41.0, 47.0, word="worse"),
        ),
        "%",
        49.0,
        "the whole system",
    ),
    "trend": Drawing(
        "trend",
        (Point("2024/25", 0.0, "0.0", 0.0, 5.0, "here"), Point("2025/26", 0.0, "0.0", 0.0, 5.0, "here")),
        "per 1,000",
    ),
    "bars": Drawing("bars", (Point("One", 2_100_000.0, "£2.1m"), Point("Two", None, "hidden")), "£"),
    "slope": Drawing(
        "slope",
        (
            *(
                Point(str(n), 40.0 + 4 * n, "", 38.0 + 4 * n, 42.0 + 4 * n, at=0.2 * n - 0.1)
                for n in range(1, 6)
            ),
            *(
                Point("", 40.0 + 22 * at, f"{40 + 22 * at}%" if at != 0.5 else "", series=FITTED, at=at)
                for at in (0.0, 0.5, 1.0)
            ),
        ),
        "%",
    ),
    "funnel": Drawing(
        "funnel",
        (
            *(Point("", None, "", 40.0, 60.0, OUTER, at=at) for at in (100.0, 900.0)),
            *(Point("", None, "", 45.0, 55.0, INNER, at=at) for at in (100.0, 900.0)),
            Point("One", 51.0, at=500.0, word="similar"),
            Point("Two", 62.0, "Second <&> place", series="named", at=900.0, word="better"),
            Point("Three", 62.0, "Third place", series="named", at=880.0, word="better"),
            Point("Four", 30.0, "Fourth place by the sea", series="named", at=100.0, word="worse"),
        ),
        "%",
        50.0,
        "the whole system",
        "People",
    ),
    "months": Drawing(
        "months",
        (
            *(Point("", 50.0, "", 30.0, 70.0, LINES, at=float(at)) for at in range(3, 30)),
            *(Point(f"M{at}", 40.0 + at % 7, at=float(at)) for at in range(25)),
            Point("M25", None, at=25.0),
            *(
                Point(f"M{26 + at}", value, word=word, at=26.0 + at)
                for at, (word, value) in enumerate(
                    {"better": 20.0, "worse": 90.0, "higher": 85.0, "lower": 25.0}.items()
                )
            ),
        ),
        "events",
    ),
    "shares": Drawing(
        "pairs",
        (
            Point("Cancer", 31.2, series="Years of life lost"),
            Point("Cancer", 3.3, series="Money"),
            Point("A very <&> long name of a care area", None, "years hidden", series="Years of life lost"),
            Point("A very <&> long name of a care area", 6.6, series="Money"),
        ),
        "%",
    ),
    "two places": Drawing(
        "pairs",
        (
            Point("Checks (better)", 60.0, "", 58.0, 62.0, series="Draft Green"),
            Point(
                "Checks (better)",
                50.0,
                "",
                47.0,
                53.0,
                series="A place with a name of many more letters than fit",
            ),
        ),
        "%",
    ),
    "all zero": Drawing(
        "trend", (Point("1", 0.0, "0", series="here"), Point("2", 0.0, "0", series="here")), "x"
    ),
}


@pytest.fixture(scope="module")
def draughtsman():
    one = Draughtsman()
    yield one
    one.stop()


@pytest.mark.parametrize("name", DRAWINGS)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_form_is_drawn_within_its_width(draughtsman, tmp_path, name, width):
    svg = picture(tmp_path, DRAWINGS[name], width, draughtsman)
    page = inline(svg, "gap", "wide")
    drawn = float(page.split('width="')[1].split('"')[0])
    assert drawn <= width
    assert page.startswith('<svg class="sw-chart sw-chart--wide" role="img" aria-labelledby="gap-title"')
    for forbidden in ("style=", "<script", "http://www.w3.org/1999/xlink", "aria-roledescription", "NaN"):
        assert forbidden not in page
    assert page.count("role=") == 1


def test_names_in_a_funnel_lie_neither_over_each_other_nor_over_marks(draughtsman):
    svg = draughtsman.draw(DRAWINGS["funnel"], WIDE)
    assert ">Fourth place by the sea<" in svg
    assert ("Second" in svg) + ("Third" in svg) <= 1
    apart = replace(DRAWINGS["funnel"], points=DRAWINGS["funnel"].points[:6] + DRAWINGS["funnel"].points[7:])
    assert "Second &lt;&amp;&gt; place" in draughtsman.draw(apart, WIDE)


def test_special_causes_are_told_apart_by_shape_as_well_as_colour(draughtsman):
    svg = draughtsman.draw(DRAWINGS["months"], WIDE)
    colours = {"better": "#005eb8", "worse": "#ed8b00", "either": "#7c2855", "common": "#aeb7bd"}
    shapes = {
        word: {
            re.search(r' d="([^"]*)"', mark)[1]
            for mark in re.findall(rf'<path [^>]*fill="{fill}"[^>]*>', svg)
        }
        for word, fill in colours.items()
    }
    assert {word: len(found) for word, found in shapes.items()} == {
        "better": 1, "worse": 1, "either": 2, "common": 1,
    }  # fmt: skip
    assert len(set.union(*shapes.values())) == 5
    for said in ("mean 50", "upper 70", "lower 30"):
        assert said in svg


def test_two_values_in_a_row_are_told_apart_by_shape_and_the_words_above_name_them(draughtsman):
    svg = draughtsman.draw(DRAWINGS["shares"], WIDE)
    assert "\u25cf Years of life lost" in svg and "\u25a1 Money" in svg
    dark, light = (
        {
            re.search(r' d="([^"]*)"', mark)[1]
            for mark in re.findall(rf'<path [^>]*fill="{fill}"[^>]*stroke="[^>]*>', svg)
        }
        for fill in ("#003087", "#ffffff")
    )
    assert len(dark) == len(light) == 1 and not dark & light
    assert ">years hidden<" in svg
    narrow = draughtsman.draw(DRAWINGS["two places"], NARROW)
    assert "A place with a name of many more letters" in narrow and "than fit" in narrow


def test_both_ends_of_a_line_are_told(draughtsman):
    svg = draughtsman.draw(DRAWINGS["slope"], WIDE)
    assert ">40.0%<" in svg
    assert ">62.0%<" in svg


def test_a_year_that_is_not_shown_breaks_the_line(draughtsman):
    values = (40.0, 41.0, None, 43.0, 44.0)
    points = tuple(Point(str(year), value, series="here") for year, value in enumerate(values))
    svg = draughtsman.draw(Drawing("trend", points, "%"), WIDE)
    path = svg.split("mark-line")[1].split(' d="')[1].split('"')[0]
    assert path.count("M") == 2
    assert path.count("L") == 2


def test_ids_of_two_pictures_on_a_page_do_not_meet():
    svg = '<svg width="10" height="10"><clipPath id="clip0"/><g clip-path="url(#clip0)"/></svg>'
    one = cleaned(svg, "c1-")
    assert 'id="c1-clip0"' in one
    assert "url(#c1-clip0)" in one


def test_a_picture_as_a_file_has_its_words_inside():
    svg = standalone('<svg width="10" height="10"><g/></svg>', "Fewer <& better>", "a & b")
    assert "<title>Fewer &lt;&amp; better&gt;</title><desc>a &amp; b</desc>" in svg
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


def test_a_picture_is_drawn_once_for_what_it_shows(draughtsman, tmp_path):
    first = picture(tmp_path, DRAWINGS["bars"], WIDE, draughtsman)

    class Nobody:
        def draw(self, drawing, width):
            raise AssertionError("drawn twice")

    assert picture(tmp_path, DRAWINGS["bars"], WIDE, Nobody()) == first
    other = Drawing("bars", (Point("One", 2_100_001.0, "£2.1m"),), "£")
    assert other.key(WIDE) != DRAWINGS["bars"].key(WIDE)
    assert DRAWINGS["bars"].key(NARROW) != DRAWINGS["bars"].key(WIDE)
    assert not list(tmp_path.glob("*.part"))


def test_one_bad_picture_does_not_stop_the_next(draughtsman, tmp_path):
    bad = Drawing("bars", (), "people")
    with pytest.raises(NotDrawnError):
        draughtsman.draw(bad, WIDE)
    assert "<svg" in draughtsman.draw(DRAWINGS["bars"], WIDE)


def test_a_process_that_died_is_replaced_after_a_rest(monkeypatch):
    monkeypatch.setattr(pictures, "REST", 0.0)
    one = Draughtsman()
    one.draw(DRAWINGS["bars"], WIDE)
    os.kill(one._process.pid, 9)
    one._process.join()
    assert "<svg" in one.draw(DRAWINGS["bars"], WIDE)
    one.stop()


def test_who_takes_too_long_is_stopped_and_the_page_does_not_wait_again():
    one = Draughtsman(patience=0.0)
    with pytest.raises(NotDrawnError, match="longer than"):
        one.draw(DRAWINGS["bars"], WIDE)
    began = time.monotonic()
    with pytest.raises(NotDrawnError, match="a moment ago"):
        one.draw(DRAWINGS["bars"], WIDE)
    assert time.monotonic() - began < 0.1


def test_without_pictures_the_page_still_has_its_figures(monkeypatch):
    def nothing(*args):
        raise NotDrawnError("the process ended")

    browser = signed_in(Steward)
    monkeypatch.setattr(plates, "picture", nothing)
    page = browser.get("/care-areas/diabetes/").content.decode()
    assert "The picture could not be drawn this time. The figures are below." in page
    assert "sw-chart" not in page
    assert page.count('<details class="nhsuk-details" open>') >= 4
    assert "1, most deprived" in page


def test_pictures_are_kept_in_the_workspace():
    signed_in(Steward).get("/care-areas/diabetes/")
    assert len(list((workspace() / "charts").glob("*.svg"))) >= 8


def test_two_pictures_are_drawn_at_once_and_both_draughtsmen_are_free_again():
    drawing, drawn = Drawing("bars", (Point("a", 1.0), Point("b", 2.0)), "people"), []
    hands = [Draughtsman(), Draughtsman()]
    studio = Studio(*hands)
    readers = [threading.Thread(target=lambda: drawn.append(studio.draw(drawing, 350))) for _ in range(4)]
    try:
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        assert len(drawn) == 4
        assert all("<svg" in one for one in drawn)
        assert studio.draw(drawing, 350) in drawn
    finally:
        for one in hands:
            one.stop()


def test_a_draughtsman_who_failed_is_asked_again():
    one = Draughtsman(patience=0.0)
    studio = Studio(one)
    for _ in range(2):
        with pytest.raises(NotDrawnError):
            studio.draw(Drawing("bars", (Point("a", 1.0),), "people"), 350)
    one.stop()
