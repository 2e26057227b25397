"""Respiratory care asks what it says it asks: worked residents, one for each side of each rule."""

import pytest

from stewardship.care_areas import vocabulary as v
from stewardship.care_areas.respiratory import AT_RISK, WITH_LUNG_DISEASE, care_area
from support.evaluator import answer
from support.one_resident import ON, by_id, counted, resident, stay

MEASURES = by_id(care_area)
LONG_AGO, AUTUMN = "2015-01-01", "2025-10-01"
ASTHMA, COPD = (v.ASTHMA, LONG_AGO), (v.COPD, LONG_AGO)


def test_all_numbered_measures_stand_once():
    assert list(MEASURES) == [f"RES{number:02}" for number in range(1, 9)]


@pytest.mark.parametrize("who, ill, at_risk", [
    (resident(conditions=[ASTHMA]), True, False),
    (resident(conditions=[COPD]), True, False),
    (resident(conditions=[(v.BRONCHIECTASIS_OR_INTERSTITIAL_DISEASE, LONG_AGO)]), True, False),
    (resident(readings=[(v.CURRENT_SMOKER, AUTUMN)]), False, True),
    (resident(readings=[(v.CURRENT_SMOKER, AUTUMN)], conditions=[ASTHMA]), True, False),
    (resident(readings=[(v.CURRENT_SMOKER, AUTUMN)], born="1991-04-01"), False, False),  # 34
    (resident(), False, False),
])  # fmt: skip
def test_who_is_ill_and_who_at_risk(who, ill, at_risk):
    assert (answer(WITH_LUNG_DISEASE, who, ON), answer(AT_RISK, who, ON)) == (ill, at_risk)


@pytest.mark.parametrize("cause, expected", [("J449", 1), ("J189", 1), ("U071", 0), ("C349", 0)])
def test_deaths_from_respiratory_disease(cause, expected):
    assert counted(MEASURES["RES01"], resident(died=(AUTUMN, cause, "Home"))) == (True, expected)


@pytest.mark.parametrize("diagnoses, copd, asthma", [
    (("J441",), 1, 0), (("J40",), 1, 0), (("J459",), 0, 1), (("J46",), 0, 1),
    (("J181", "J449"), 0, 0),  # pneumonia in someone with COPD
])  # fmt: skip
def test_emergency_admissions(diagnoses, copd, asthma):
    who = resident(stays=[stay(AUTUMN, *diagnoses)])
    assert counted(MEASURES["RES02"], who) == (True, copd)
    assert counted(MEASURES["RES03"], who) == (True, asthma)
    assert MEASURES["RES02"].ages == (35, None)


@pytest.mark.parametrize("conditions, day, expected", [
    ([COPD], AUTUMN, (True, 1)), ([COPD], "2024-11-01", (True, 0)), ([ASTHMA], AUTUMN, (False, 0)),
])  # fmt: skip
def test_influenza_vaccination(conditions, day, expected):
    who = resident(conditions=conditions, readings=[(v.INFLUENZA_VACCINATION, day)])
    assert counted(MEASURES["RES04"], who) == expected


GRADE_3 = v.BREATHLESSNESS_GRADE_3_OR_MORE


@pytest.mark.parametrize("readings, expected", [
    ([(GRADE_3, AUTUMN), (v.PULMONARY_REHABILITATION, AUTUMN)], (True, 1)),
    ([(GRADE_3, AUTUMN)], (True, 0)),
    ([(GRADE_3, AUTUMN), (v.PULMONARY_REHABILITATION, "2024-10-01")], (True, 0)),
    ([(GRADE_3, "2024-10-01"), (v.PULMONARY_REHABILITATION, AUTUMN)], (False, 0)),
    ([(v.PULMONARY_REHABILITATION, AUTUMN)], (False, 0)),
])  # fmt: skip
def test_rehabilitation_is_for_breathless_people(readings, expected):
    assert counted(MEASURES["RES05"], resident(conditions=[COPD], readings=readings)) == expected


PARTS = (v.ASTHMA_REVIEW, v.ASTHMA_CONTROL_ASSESSED, v.INHALER_TECHNIQUE_CHECKED)


@pytest.mark.parametrize("left_out", [None, *PARTS], ids=lambda codes: codes.name if codes else "none")
def test_a_review_of_asthma_is_whole(left_out):
    readings = [(codes, AUTUMN) for codes in PARTS if codes is not left_out]
    who = resident(conditions=[ASTHMA], readings=readings)
    assert counted(MEASURES["RES06"], who) == (True, left_out is None)


def test_children_under_6_are_not_reviewed():
    assert counted(MEASURES["RES06"], resident(conditions=[(v.ASTHMA, AUTUMN)], born="2020-04-01")) == (
        False,
        0,
    )


@pytest.mark.parametrize("relievers, others, expected", [
    (6, 1, (True, 1)), (5, 1, (True, 0)), (0, 1, (True, 0)), (6, 0, (True, 1)),
    (0, 0, (False, 0)),  # nothing was issued
])  # fmt: skip
def test_too_many_relievers(relievers, others, expected):
    medicines = [(v.SHORT_ACTING_RELIEVER, AUTUMN)] * relievers
    medicines += [(v.MEDICINES_FOR_ASTHMA_AND_COPD, AUTUMN)] * others
    assert counted(MEASURES["RES07"], resident(conditions=[ASTHMA], medicines=medicines)) == expected


@pytest.mark.parametrize("found, tested, expected", [
    ("2025-01-15", ["2025-02-01"], (True, 1)),
    ("2025-01-15", [], (True, 0)),
    ("2025-01-15", ["2024-03-31"], (True, 0)),  # over two years ago
    ("2025-10-01", ["2025-10-01"], (False, 0)),  # under six months ago
    ("2024-09-30", ["2024-10-05"], (False, 0)),
])  # fmt: skip
def test_copd_is_confirmed_by_spirometry(found, tested, expected):
    readings = [(v.SPIROMETRY, day) for day in tested]
    assert counted(MEASURES["RES08"], resident(conditions=[(v.COPD, found)], readings=readings)) == expected
