"""Stroke care asks what it says it asks: worked residents, one for each side of each rule."""

import pytest

from stewardship.care_areas import vocabulary as v
from stewardship.care_areas.stroke import AT_RISK, WITH_STROKE_OR_ATTACK, care_area
from support.evaluator import answer
from support.one_resident import ON, by_id, counted, of_events, resident, stay

MEASURES = by_id(care_area)
LONG_AGO, AUTUMN = "2015-01-01", "2025-10-01"


def test_all_numbered_measures_stand_once():
    assert list(MEASURES) == [f"STK{number:02}" for number in range(1, 10)]


@pytest.mark.parametrize("conditions, had_one, at_risk", [
    ([v.STROKE], True, False),
    ([v.TRANSIENT_ISCHAEMIC_ATTACK], True, False),
    ([v.ATRIAL_FIBRILLATION], False, True),
    ([v.ATRIAL_FIBRILLATION, v.TRANSIENT_ISCHAEMIC_ATTACK], True, False),
    ([], False, False),
])  # fmt: skip
def test_who_has_had_a_stroke_and_who_is_at_risk(conditions, had_one, at_risk):
    who = resident(conditions=[(codes, LONG_AGO) for codes in conditions])
    assert (answer(WITH_STROKE_OR_ATTACK, who, ON), answer(AT_RISK, who, ON)) == (had_one, at_risk)


def test_global_amnesia_is_no_transient_ischaemic_attack():
    covered = [
        code
        for code in ("G450", "G453", "G454", "G459")
        if v.TRANSIENT_ISCHAEMIC_ATTACK.covers("ICD10", code)
    ]
    assert covered == ["G450", "G453", "G459"]


@pytest.mark.parametrize("cause, expected", [("I639", 1), ("I619", 1), ("I694", 1), ("I219", 0)])
def test_deaths_from_stroke(cause, expected):
    assert counted(MEASURES["STK01"], resident(died=(AUTUMN, cause, "Hospital"))) == (True, expected)


@pytest.mark.parametrize("diagnoses, expected", [
    (("I639",), 1), (("I619",), 1), (("I64",), 1),
    (("I609",), 0), (("G459",), 0), (("I694",), 0), (("J181", "I639"), 0),
])  # fmt: skip
def test_stroke_admissions(diagnoses, expected):
    assert counted(MEASURES["STK02"], resident(stays=[stay(AUTUMN, *diagnoses)])) == (True, expected)


@pytest.mark.parametrize("died, expected", [
    (("2025-10-31", "I639", "Hospital"), (1, 1)),  # thirty days after admission
    (("2025-11-01", "I639", "Hospital"), (0, 1)),
    (("2025-10-10", "J181", "Home"), (1, 1)),  # whatever they died of
    (None, (0, 1)),
])  # fmt: skip
def test_deaths_within_30_days_of_a_stroke(died, expected):
    who = resident(stays=[stay(AUTUMN, "I639", end="2025-10-08")], died=died)
    assert of_events(MEASURES["STK08"], who) == expected
