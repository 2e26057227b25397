"""People recorded stand beside people expected in the population part, and what an expected number is on its page."""

from dataclasses import replace

import pyarrow as pa
import pytest
from django.test import override_settings

from stewardship.measures.published import FIGURES, AreaCard, Published, write_figures, write_snapshot
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.recorded_expected import WHAT_IT_IS, WHAT_IT_IS_NOT, recorded_and_expected
from stewardship.site.roles import Steward
from support.published_by_hand import figure
from support.site import signed_in
from support.snapshots import PERIODS, card, snapshot

SOURCE = "A bureau, published 1 May 2026, for 1 April 2025 to 31 March 2026"
DEMENTIA = card("dementia", "outcomes", "against expected", "%", "higher", name="Dementia found",
                numerator="people with dementia recorded")  # fmt: skip
FRAILTY = card("frailty", "outcomes", "against expected", "%", "higher", name="Frailty found",
               numerator="people with frailty recorded")  # fmt: skip
PEOPLE = card("people", "population", "count", "people", name="People in need", headline=True)
REASON = "Missing: no expected number is published of this place for a period that ends in the year"
NOT_SENT = {"state": "missing", "numerator": None, "denominator": None, "reason": REASON}


def shown(key, **more):
    of = {"value": 82.4, "lower95": 80.6, "upper95": 84.2, "source": f"15,000 expected: {SOURCE}"}
    return figure(key, "SYS", 12_360, period=PERIODS[-1]) | of | {"denominator": None} | more


def not_sent(key):
    return figure(key, "SYS", 0, period=PERIODS[-1]) | NOT_SENT


@pytest.fixture
def published(tmp_path):
    """A snapshot of an area with these measures and rows."""

    def write(cards, rows):
        folder = tmp_path / "2026-01-01" / "results"
        folder.mkdir(parents=True)
        measures = tuple(replace(one, care_area="thin") for one in (PEOPLE, *cards))
        write_snapshot(
            folder, replace(snapshot("2026-01-01"), areas=(AreaCard("thin", "Thin", 3, "Few.", measures),))
        )
        every = [figure("people", "SYS", 12_500, period=PERIODS[-1]) | {"value": 12_500.0}, *rows]
        write_figures(folder, "thin", pa.Table.from_pylist(every, schema=FIGURES))
        found = Published(folder)
        return AreaFigures(found, found.area("thin"), found.system)

    return write


@pytest.fixture
def page(tmp_path):
    """The text of a page of the snapshot."""
    browser = signed_in(Steward)

    def read(address):
        with override_settings(SNAPSHOTS=tmp_path):
            return " ".join(browser.get(address).content.decode().split())

    return read


def test_recorded_stand_beside_expected_with_whose_number_it_is(published):
    found = recorded_and_expected(published([DEMENTIA], [shown("dementia")]))
    assert [one.said for one in found.recorded] == [
        f"12,360 recorded; 15,000 expected ({SOURCE}): 82 of 100 found (95% interval 81 to 84)."
    ]
    assert found.without == ""


def test_of_several_without_an_expected_number_it_is_said_once(published):
    found = recorded_and_expected(published([DEMENTIA, FRAILTY], [not_sent("dementia"), not_sent("frailty")]))
    assert found.recorded == ()
    assert found.without == (
        "No expected number of people with dementia and people with frailty was sent for this place and year, so how "
        "many are not found yet is not known."
    )


def test_one_may_be_known_and_the_other_not(published):
    found = recorded_and_expected(published([DEMENTIA, FRAILTY], [shown("dementia"), not_sent("frailty")]))
    assert [one.card.key for one in found.recorded] == ["dementia"]
    assert found.without.startswith("No expected number of people with frailty was sent")


def test_a_hidden_number_is_told_as_hidden(published):
    hidden = shown("dementia", state="suppressed", reason="Hidden: small numbers", value=None, numerator=None)
    found = recorded_and_expected(published([DEMENTIA], [hidden]))
    assert [one.said for one in found.recorded] == ["Hidden: small numbers."]


def test_an_area_without_such_a_measure_says_nothing_of_it(published, page):
    assert recorded_and_expected(published([], [])) is None
    assert "recorded-and-expected" not in page("/care-areas/thin/")


def test_the_page_of_the_area_shows_it_in_its_population_part(published, page):
    published([DEMENTIA, FRAILTY], [shown("dementia"), not_sent("frailty")])
    text = page("/care-areas/thin/")
    population = text[text.index('id="population"') :].partition("</section>")[0]
    assert "12,360 recorded; 15,000 expected" in population
    assert population.count("No expected number of people with frailty was sent") == 1


def test_the_page_of_the_measure_says_what_an_expected_number_is_and_is_not(published, page):
    published([DEMENTIA], [shown("dementia")])
    text = page("/care-areas/thin/measures/dementia/")
    assert f"<dt>It is</dt><dd>{WHAT_IT_IS}</dd><dt>It is not</dt><dd>{WHAT_IT_IS_NOT}</dd>" in text
    assert "What an expected number is" not in page("/care-areas/thin/measures/people/")
