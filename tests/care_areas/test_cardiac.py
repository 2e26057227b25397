"""Cardiac care asks what it says it asks: worked residents, one for each side of each rule."""

import pytest

from stewardship.care_areas import vocabulary as v
from stewardship.care_areas.cardiac import AT_RISK, STROKE_RISK, WITH_HEART_DISEASE, care_area
from support.evaluator import answer, number
from support.one_resident import ON, by_id, counted, of_events, resident, stay

MEASURES = by_id(care_area)
LONG_AGO, AUTUMN = "2015-01-01", "2025-10-01"


def test_all_numbered_measures_stand_once():
    assert list(MEASURES) == [f"CAR{number:02}" for number in range(1, 10)]


@pytest.mark.parametrize("who, ill, at_risk", [
    (resident(conditions=[(v.CORONARY_HEART_DISEASE, LONG_AGO)]), True, False),
    (resident(conditions=[(v.HEART_FAILURE, LONG_AGO)]), True, False),
    (resident(conditions=[(v.ATRIAL_FIBRILLATION, LONG_AGO)]), True, False),
    (resident(conditions=[(v.PERIPHERAL_ARTERIAL_DISEASE, LONG_AGO)]), True, False),
    (resident(conditions=[(v.HYPERTENSION, LONG_AGO)]), False, True),
    (resident(conditions=[(v.HYPERTENSION, LONG_AGO), (v.HEART_FAILURE, LONG_AGO)]), True, False),
    (resident(readings=[(v.CARDIOVASCULAR_RISK, LONG_AGO, 10)]), False, True),
    (resident(readings=[(v.CARDIOVASCULAR_RISK, LONG_AGO, 9.9)]), False, False),
    (resident(readings=[(v.CARDIOVASCULAR_RISK, LONG_AGO, 12), (v.CARDIOVASCULAR_RISK, AUTUMN, 8)]), False, False),
    (resident(), False, False),
])  # fmt: skip
def test_who_is_ill_and_who_at_risk(who, ill, at_risk):
    assert (answer(WITH_HEART_DISEASE, who, ON), answer(AT_RISK, who, ON)) == (ill, at_risk)


@pytest.mark.parametrize("died, expected", [
    ((AUTUMN, "I219", "Home"), 1), ((AUTUMN, "I639", "Home"), 1), ((AUTUMN, "J449", "Home"), 0), (None, 0),
])  # fmt: skip
def test_deaths_from_cardiovascular_disease(died, expected):
    assert counted(MEASURES["CAR01"], resident(died=died)) == (True, expected)


@pytest.mark.parametrize("born, systolic, diastolic, day, expected", [
    ("1960-01-01", 140, 90, AUTUMN, (True, 1)),
    ("1960-01-01", 141, 90, AUTUMN, (True, 0)),
    ("1960-01-01", 140, 91, AUTUMN, (True, 0)),
    ("1960-01-01", 130, 80, "2025-03-31", (True, 0)),  # not measured in the year
    ("1946-03-31", 130, 80, AUTUMN, (False, 0)),  # 80
])  # fmt: skip
def test_blood_pressure_at_target(born, systolic, diastolic, day, expected):
    who = resident(
        born=born, conditions=[(v.HYPERTENSION, LONG_AGO)],
        readings=[(v.SYSTOLIC, day, systolic), (v.DIASTOLIC, day, diastolic)],
    )  # fmt: skip
    assert counted(MEASURES["CAR02"], who) == expected


def test_nobody_without_hypertension_is_asked_for_a_target():
    assert counted(MEASURES["CAR02"], resident()) == (False, 0)


@pytest.mark.parametrize("born, sex, conditions, score", [
    ("1980-01-01", "male", [], 0),
    ("1980-01-01", "female", [], 1),
    ("1961-03-31", "male", [], 1),  # 65
    ("1951-03-31", "male", [], 2),  # 75
    ("1980-01-01", "male", [v.STROKE], 2),
    ("1980-01-01", "male", [v.STROKE, v.TRANSIENT_ISCHAEMIC_ATTACK], 2),
    ("1980-01-01", "male", [v.HEART_FAILURE, v.HYPERTENSION, v.DIABETES, v.PERIPHERAL_ARTERIAL_DISEASE], 4),
    ("1940-01-01", "female",
     [v.HEART_FAILURE, v.HYPERTENSION, v.DIABETES, v.CORONARY_HEART_DISEASE, v.STROKE], 9),
])  # fmt: skip
def test_the_score_of_stroke_risk(born, sex, conditions, score):
    who = resident(born=born, sex=sex, conditions=[(codes, LONG_AGO) for codes in conditions])
    assert number(STROKE_RISK, who, ON) == score


@pytest.mark.parametrize("born, issued, expected", [
    ("1950-01-01", [AUTUMN], (True, 1)),
    ("1950-01-01", ["2025-03-31"], (True, 0)),
    ("1950-01-01", [], (True, 0)),
    ("1985-01-01", [], (False, 0)),  # a score of 1
])  # fmt: skip
def test_anticoagulants_are_for_a_score_of_2_or_more(born, issued, expected):
    medicines = [(v.ANTICOAGULANT, day) for day in issued]
    who = resident(born=born, conditions=[(v.ATRIAL_FIBRILLATION, LONG_AGO)], medicines=medicines)
    assert counted(MEASURES["CAR04"], who) == expected


@pytest.mark.parametrize("diagnoses, expected", [
    (("I500",), 1), (("I110",), 1), (("I119",), 0), (("J181", "I500"), 0), (("I214",), 0),
])  # fmt: skip
def test_emergency_admissions_for_heart_failure(diagnoses, expected):
    assert counted(MEASURES["CAR05"], resident(stays=[stay(AUTUMN, *diagnoses)])) == (True, expected)


@pytest.mark.parametrize("who, expected", [
    (resident(conditions=[(v.STROKE, LONG_AGO)], medicines=[(v.LIPID_LOWERING_MEDICINES, AUTUMN)]), (True, 1)),
    (resident(conditions=[(v.STROKE, LONG_AGO)]), (True, 0)),
    (resident(readings=[(v.CARDIOVASCULAR_RISK, LONG_AGO, 15)]), (True, 0)),
    (resident(medicines=[(v.LIPID_LOWERING_MEDICINES, AUTUMN)]), (False, 0)),
])  # fmt: skip
def test_lipid_lowering_at_high_risk(who, expected):
    assert counted(MEASURES["CAR06"], who) == expected


FAILING = stay("2025-10-01", "I500", end="2025-10-11")


@pytest.mark.parametrize("stays, expected", [
    ([FAILING], (0, 1)),
    ([FAILING, stay("2025-11-10", "J181")], (1, 1)),  # 30 days after discharge, for whatever reason
    ([FAILING, stay("2025-11-11", "J181")], (0, 1)),
    ([FAILING, stay("2025-10-20", "I251", point="planned_admission")], (0, 1)),
    ([FAILING, stay("2025-10-20", "I214")], (1, 2)),  # the second is one of them too
    ([stay("2025-10-01", "J181"), stay("2025-10-05", "J181")], (0, 0)),
])  # fmt: skip
def test_readmitted_after_heart_failure_or_heart_attack(stays, expected):
    assert of_events(MEASURES["CAR07"], resident(stays=stays)) == expected
