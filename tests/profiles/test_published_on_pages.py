"""A published figure on pages and in files: its value and limits, whose it is and since when; and that of a nation."""

import csv
import io
from dataclasses import replace

import pyarrow as pa
import pytest
from django.test import override_settings

from stewardship.measures.published import FIGURES, AreaCard, write_figures, write_snapshot
from stewardship.site.roles import Steward
from support.published_by_hand import figure
from support.site import signed_in
from support.snapshots import PERIODS, card, snapshot

SOURCE = "A bureau, published 1 May 2026, for 1 April 2025 to 31 March 2026"
NATION = {
    "place": "Notional nation",
    "value": 67.7,
    "lower": 67.6,
    "upper": 67.8,
    "source": f"Nation: {SOURCE}",
}
READY = card(
    "ready",
    "outcomes",
    "published",
    "%",
    "higher",
    name="Ready for school",
    of_people=False,
    comparator=NATION,
)
FOUND = card("found", "outcomes", "against expected", "%", "higher", name="Dementia found")
ADDRESS = "/care-areas/thin/measures/{0}/?place={1}"


@pytest.fixture
def browser(tmp_path):
    """A steward before a snapshot with a figure that others published, and one of people against such a number."""
    folder = tmp_path / "2026-01-01" / "results"
    folder.mkdir(parents=True)
    measures = tuple(replace(one, care_area="thin") for one in (READY, FOUND))
    write_snapshot(
        folder, replace(snapshot("2026-01-01"), areas=(AreaCard("thin", "Thin", 3, "Few.", measures),))
    )
    write_figures(folder, "thin", pa.Table.from_pylist(list(rows()), schema=FIGURES))
    with override_settings(SNAPSHOTS=tmp_path):
        yield signed_in(Steward)


def rows():
    for place, value in (("SYS", 68.4), ("A1", 71.2)):
        limits = {"value": value, "lower95": value - 1.1, "upper95": value + 1.1, "source": SOURCE}
        yield (
            figure("ready", place, 0, period=PERIODS[-1]) | limits | {"numerator": None, "denominator": None}
        )
        of = {"value": 80.0, "lower95": 75.0, "upper95": 85.0, "source": f"400 expected: {SOURCE}"}
        yield figure("found", place, 320, period=PERIODS[-1]) | of | {"denominator": None}
    missing = {"state": "missing", "reason": "Missing: nothing is published of this place", "numerator": None}
    yield figure("ready", "N1", 0, period=PERIODS[-1]) | missing | {"denominator": None}


def page_of(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_its_page_shows_the_value_its_limits_and_whose_it_is(browser):
    page = page_of(browser, ADDRESS.format("ready", "A1"))
    assert '<p class="sw-big">71.2%' in page
    assert "<dt>95% interval</dt><dd>70.1 to 72.3%; as published</dd>" in page
    assert f"<dt>Published by</dt><dd>{SOURCE}</dd>" in page
    assert "From figures that others publish, figures at 31 March 2026." in page
    assert "ledgers" not in page


def test_the_nations_figure_stands_beside_it_with_its_source(browser):
    said = f"<dt>Notional nation</dt><dd>67.7% (67.6 to 67.8%). Nation: {SOURCE}</dd>"
    assert said in page_of(browser, ADDRESS.format("ready", "A1"))
    assert "Notional nation" not in page_of(browser, ADDRESS.format("found", "A1"))  # none was supplied


def test_people_found_stand_beside_the_number_that_was_expected(browser):
    page = page_of(browser, ADDRESS.format("found", "A1"))
    assert "<dt>95% interval</dt><dd>75.0 to 85.0%; 320 found</dd>" in page
    assert f"<dt>Against</dt><dd>400 expected: {SOURCE}</dd>" in page


def test_the_care_area_shows_it_without_counts_and_without_a_gap(browser):
    page = page_of(browser, "/care-areas/thin/?place=A1")
    assert "<strong>71.2%</strong><small>as published</small>" in page
    assert "Not told<small>it is of everyone alone</small>" in page
    assert "nothing is published of this place" in page_of(browser, "/care-areas/thin/?place=N1")


def test_places_are_set_side_by_side(browser):
    page = page_of(browser, ADDRESS.format("ready", "A1"))
    assert "Northshire alliance (here)" in page.split('id="places"')[1]


def test_the_file_has_the_limits_and_the_source_and_no_numerator(browser):
    text = browser.get("/care-areas/thin/tables/outcomes.csv?place=A1").content.decode("utf-8-sig")
    header, *lines = list(csv.reader(io.StringIO(text.split("\r\n\r\n", 1)[-1])))
    told = [dict(zip(header, line, strict=True)) for line in lines]
    latest = next(row for row in told if (row["Measure"], row["Place code"]) == ("Ready for school", "A1"))
    assert (latest["Value"], latest["Lower limit, 95%"], latest["Upper limit, 95%"]) == (
        "71.2",
        "70.1",
        "72.3",
    )
    assert latest["Published by"] == SOURCE
    assert (latest["Numerator (people, events or pounds)"], latest["Denominator (people)"]) == ("", "")
