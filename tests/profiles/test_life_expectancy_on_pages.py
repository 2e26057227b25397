"""Life expectancy and its slope on the pages of the strategy and in files: in years, and without counts."""

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
from support.snapshots import PERIODS, PLACES, card, snapshot

RULE = "No count of a life table is shown (life tables rule, version 1)"
LIFE = card("life", "outcomes", "life expectancy", "years", "higher", name="Life expectancy", scheme=RULE)
SLOPE = card(
    "slope", "outcomes", "slope of life expectancy", "years", "lower", name="Inequality in it", scheme=RULE
)
DIABETES = card("people", "population", "count", "people", name="People")
ADDRESS = "/care-areas/strategy/measures/{0}/?place={1}"


@pytest.fixture
def browser(tmp_path):
    """A steward before a snapshot with a care area and the strategy."""
    folder = tmp_path / "2026-01-01" / "results"
    folder.mkdir(parents=True)
    measures = tuple(replace(one, care_area="strategy") for one in (LIFE, SLOPE))
    published = replace(
        snapshot("2026-01-01"),
        areas=(AreaCard("thin", "Thin", 3, "Few.", (replace(DIABETES, care_area="thin"),)),),
        strategy=AreaCard("strategy", "Strategy", 0, "Everyone.", measures),
    )
    write_snapshot(folder, published)
    write_figures(folder, "strategy", pa.Table.from_pylist(list(rows()), schema=FIGURES))
    counted = [figure("people", place.code, 500, period=PERIODS[-1], value=500.0) for place in PLACES]
    write_figures(folder, "thin", pa.Table.from_pylist(counted, schema=FIGURES))
    with override_settings(SNAPSHOTS=tmp_path):
        yield signed_in(Steward)


def rows():
    def years(measure, place, value, by="everyone", group="everyone", **more):
        told = figure(measure, place, 0, by=by, group=group, period=PERIODS[-1])
        limits = {} if value is None else {"value": value, "lower95": value - 1, "upper95": value + 1}
        return told | limits | {"numerator": None, "denominator": None} | more

    yield years("life", "SYS", 81.9)
    yield years("life", "A1", 80.4, compared="worse", caution="Few deaths: rounded to half a year")
    for fifth, value in zip("12345", (78.0, 80.5, 81.0, 83.0, 85.0), strict=True):
        yield years("life", "SYS", value, "deprivation fifth", fifth)
    yield years("life", "N4", None, state="suppressed", reason="Hidden: too few deaths")
    yield years("slope", "SYS", 8.0)


def words(browser, address):
    reply = browser.get(address)
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def test_the_page_says_years_with_their_limits_and_no_counts(browser):
    page = words(browser, ADDRESS.format("life", "SYS"))
    assert '81.9 <span class="sw-unit">years</span>' in page
    assert "80.9 to 82.9" in page
    assert "person-years" not in page and "None" not in page
    assert RULE in page


def test_the_gap_of_the_fifths_is_told_in_years(browser):
    page = words(browser, ADDRESS.format("life", "SYS"))
    assert "7 years lower, most (Core20) against least deprived fifth (5.6 to 8.4)" in page
    assert (
        "By deprivation fifth: 7 years lower in the most deprived fifth than in the least (5.6 to 8.4)"
        in page
    )


def test_a_place_is_held_against_the_system_and_its_rounding_is_told(browser):
    page = words(browser, ADDRESS.format("life", "A1"))
    assert "than the whole system: 81.9" in page
    assert "Few deaths: rounded to half a year." in page


def test_a_hidden_figure_says_why(browser):
    assert "Hidden: too few deaths" in words(browser, ADDRESS.format("life", "N4"))


def test_the_slope_is_of_everyone_and_has_no_gap_of_its_own(browser):
    page = words(browser, ADDRESS.format("slope", "SYS"))
    assert '8 <span class="sw-unit">years</span>' in page
    assert "against least deprived fifth" not in page


def test_the_strategy_has_a_page_without_the_parts_of_a_care_area(browser):
    assert 'href="/care-areas/strategy/?place=SYS">the strategy</a>' in words(browser, "/care-areas/")
    page = words(browser, "/care-areas/strategy/")
    assert "Life expectancy" in page and "Clearest gap: life expectancy, 7 years lower" in page
    assert "No measure of this part" not in page and "The five parts" not in page
    assert "Compare with another place" not in page


def test_the_strategy_is_no_care_area_among_the_others(browser):
    assert browser.get("/care-areas/side-by-side/?area=strategy").status_code == 404
    assert 'value="strategy"' not in words(browser, "/care-areas/side-by-side/?area=thin")


@pytest.mark.parametrize(
    "address", ["definitions/", "tables/all.csv", "measures/life/tables/all.csv", "pack.pdf", "workbook.xlsx"]
)
def test_everything_of_it_can_be_taken_away(browser, address):
    assert browser.get(f"/care-areas/strategy/{address}?place=SYS").status_code == 200


def test_files_hold_the_years_and_nothing_counted(browser):
    text = browser.get("/care-areas/strategy/tables/outcomes.csv?place=SYS").content.decode("utf-8-sig")
    table = [line for line in csv.reader(io.StringIO(text)) if "81.9" in line]
    assert table and all("80.9" in line and "82.9" in line for line in table)
