"""Cancer asks what it says it asks: worked residents, one for each side of each rule."""

import pytest

from stewardship.care_areas import vocabulary as v
from stewardship.care_areas.cancer import NEWLY_DIAGNOSED, OF_SCREENING_AGE, WITH_CANCER, care_area
from stewardship.measures.schemes import NATIONAL_CANCER_WAITS
from stewardship.people.pathways import CancerPathways, WaitingOver
from stewardship.rules.cancer.judgement import Standard
from support.evaluator import answer
from support.one_resident import ON, by_id, counted, resident, stay

MEASURES = by_id(care_area)
AUTUMN = "2025-10-01"


def test_all_numbered_measures_stand_once():
    assert list(MEASURES) == [f"CAN{number:02}" for number in range(1, 11)]


@pytest.mark.parametrize("number, standard", [
    ("CAN01", Standard.FASTER_DIAGNOSIS),
    ("CAN02", Standard.REFERRAL_TO_TREATMENT),
    ("CAN04", Standard.DECISION_TO_TREATMENT),
])  # fmt: skip
def test_waiting_times_are_counted_by_the_national_rules(number, standard):
    measure = MEASURES[number]
    assert (measure.over, measure.numerator) == (
        CancerPathways(standard),
        CancerPathways(standard, "within"),
    )
    assert measure.scheme is NATIONAL_CANCER_WAITS


def test_the_backlog_is_whoever_waits_over_62_days():
    assert MEASURES["CAN03"].who == WaitingOver(62)


@pytest.mark.parametrize(
    "code, is_cancer", [("C509", True), ("C439", True), ("C443", False), ("D059", False)]
)
def test_skin_cancer_other_than_melanoma_and_early_forms_are_no_cancer_here(code, is_cancer):
    assert v.CANCER.covers("ICD10", code) is is_cancer


@pytest.mark.parametrize("day, ever, in_the_year", [
    ("2025-04-01", True, True),
    ("2025-03-31", True, False),
    ("2010-01-01", True, False),
])  # fmt: skip
def test_who_has_cancer_and_who_is_newly_diagnosed(day, ever, in_the_year):
    who = resident(conditions=[(v.CANCER, day)])
    assert (answer(WITH_CANCER, who, ON), answer(NEWLY_DIAGNOSED, who, ON)) == (ever, in_the_year)


def test_a_second_cancer_is_no_new_person():
    who = resident(conditions=[(v.CANCER, "2015-01-01"), (v.CANCER, AUTUMN)])
    assert not answer(NEWLY_DIAGNOSED, who, ON)


@pytest.mark.parametrize("born, sex, expected", [
    ("1976-03-31", "male", True), ("1976-04-01", "male", False), ("1976-04-01", "female", True),
    ("2001-03-31", "female", True), ("2001-04-01", "female", False), ("1951-03-31", "male", False),
])  # fmt: skip
def test_screening_ages(born, sex, expected):
    assert answer(OF_SCREENING_AGE, resident(born=born, sex=sex), ON) is expected


@pytest.mark.parametrize("died, born, expected", [
    ((AUTUMN, "C349", "Home"), "1960-01-01", 1),
    ((AUTUMN, "C443", "Home"), "1960-01-01", 1),  # the published figure counts skin cancer of any kind
    ((AUTUMN, "I219", "Home"), "1960-01-01", 0),
    (("2025-03-31", "C349", "Home"), "1960-01-01", 0),
])  # fmt: skip
def test_deaths_from_cancer(died, born, expected):
    assert counted(MEASURES["CAN06"], resident(died=died, born=born)) == (True, expected)
    assert MEASURES["CAN06"].ages == (0, 74)


@pytest.mark.parametrize("born, screened, expected", [
    ("1960-01-01", ["2023-10-01"], (True, 1)),
    ("1960-01-01", ["2023-09-30"], (True, 0)),  # thirty months and a day
    ("1960-01-01", [], (True, 0)),
    ("1966-04-01", [AUTUMN], (False, 0)),  # 59
    ("1951-03-31", [AUTUMN], (False, 0)),  # 75
])  # fmt: skip
def test_bowel_screening(born, screened, expected):
    readings = [(v.BOWEL_CANCER_SCREENING, day) for day in screened]
    assert counted(MEASURES["CAN07"], resident(born=born, readings=readings)) == expected


@pytest.mark.parametrize("diagnosed, stays, expected", [
    (AUTUMN, [stay("2025-09-20", "C349")], (True, 1)),
    (AUTUMN, [stay("2025-09-20", "J181", "C349")], (True, 0)),  # cancer was not what brought them in
    (AUTUMN, [stay("2025-09-20", "C349", point="planned_admission")], (True, 0)),
    (AUTUMN, [], (True, 0)),
    ("2024-10-01", [stay("2025-09-20", "C349")], (False, 0)),
])  # fmt: skip
def test_cancer_found_in_an_emergency(diagnosed, stays, expected):
    who = resident(conditions=[(v.CANCER, diagnosed)], stays=stays)
    assert counted(MEASURES["CAN08"], who) == expected


@pytest.mark.parametrize("diagnosed, reviewed, expected", [
    ("2024-10-01", ["2025-06-01"], (True, 1)),
    ("2024-10-01", [], (True, 0)),
    (AUTUMN, ["2026-01-01"], (False, 0)),  # a year to be reviewed in has not passed
    ("2024-03-31", ["2025-06-01"], (False, 0)),
])  # fmt: skip
def test_cancer_care_review(diagnosed, reviewed, expected):
    readings = [(v.CANCER_CARE_REVIEW, day) for day in reviewed]
    assert (
        counted(MEASURES["CAN09"], resident(conditions=[(v.CANCER, diagnosed)], readings=readings))
        == expected
    )
