"""Every measure of the reference list stands in one care area, and the page of them says what the areas say."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.registry import care_areas, strategy
from stewardship.measures.measure import Measure
from support.measures_page import PAGE, made_from, page

LIST = Path(__file__).resolve().parents[2] / ".." / "shared" / "reference" / "measures.csv"
BETTER = {"high": "higher", "low": "lower", "none": "neither"}
LEAST_FROM_RECORDS = 70

AREAS: list[CareArea] = [*care_areas(), strategy()]
NUMBERED: list[Measure] = [measure for area in AREAS for _, measure in area.measures() if measure.id]


@pytest.fixture(scope="session")
def reference() -> dict[str, dict[str, str]]:
    """The reference list beside the checkout, by number; if missing, a failure on the build machine, else a skip."""
    if not LIST.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "The reference list is not beside the checkout."
        )
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["measure_id"]: row for row in csv.DictReader(file)}


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: cd tests && python -m support.measures_page"
    )


def test_no_number_is_given_twice():
    assert [number for number, times in Counter(each.id for each in NUMBERED).items() if times > 1] == []


def test_every_measure_of_the_reference_list_is_there(reference):
    assert {each.id for each in NUMBERED} == set(reference)


def test_the_good_direction_is_that_of_the_reference_list(reference):
    for each in NUMBERED:
        assert each.better == BETTER[reference[each.id]["direction"]], each.id


def test_most_measures_are_worked_out_from_records():
    assert sum(made_from(each) == "from records" for each in NUMBERED) >= LEAST_FROM_RECORDS


def test_a_comparator_with_a_national_number_has_the_reference_lists_number(reference):
    for each in NUMBERED:
        given = reference[each.id]["comparator_id"]
        if each.comparator.startswith("FT:"):
            assert given.startswith(each.comparator), each.id


@pytest.mark.parametrize("measure", NUMBERED, ids=lambda measure: measure.id)
def test_a_numbered_measure_says_why_it_matters_and_where_it_comes_from(measure):
    assert measure.why.endswith("."), measure.name
    assert measure.source, measure.name
    assert made_from(measure) != "missing" or measure.unavailable[0].islower(), measure.name
