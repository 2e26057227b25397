"""Mental health and learning disabilities: who counts in each measure worked out from records, and who does not."""

from datetime import date

import pytest

from stewardship.care_areas.mental_health_and_learning_disabilities import AT_RISK, IN_AREA, care_area
from support.drawn_residents import counts, drawn, numbered
from support.evaluator import answer

ON = date(2026, 3, 31)
MEASURES = numbered(care_area.measures())

SIX_CHECKS = """
    has SEVERE_MENTAL_ILLNESS 2019-01-01
    read ALCOHOL_CONSUMPTION 2025-04-01 3
    read SYSTOLIC 2025-09-01 130
    read BODY_MASS_INDEX 2025-09-01 25
    read HBA1C 2025-09-01 40
    read CHOLESTEROL 2025-09-01 5
    read SMOKING_STATUS 2026-03-31
"""


@pytest.mark.parametrize("resident, in_area", [
    ("has SEVERE_MENTAL_ILLNESS 2001-01-01", True),
    ("has DEPRESSION 2001-01-01", True),
    ("has AUTISM 2001-01-01", True),
    ("is learning disability since 2020-01-01", True),  # told by the practice, though no code is sent
    ("is veteran since 2020-01-01", False),
    ("has DEMENTIA 2020-01-01", False),  # belongs to ageing well
])  # fmt: skip
def test_who_the_area_is_about(resident, in_area):
    assert answer(IN_AREA, drawn(resident), ON) is in_area


@pytest.mark.parametrize("resident, at_risk", [
    ("in emergency_department 2025-06-01 first MENTAL_HEALTH_PRESENTATION", True),
    ("in emergency_department 2025-06-01 then MENTAL_HEALTH_PRESENTATION", True),
    ("in emergency_department 2025-03-31 first MENTAL_HEALTH_PRESENTATION", False),  # the year before
    ("in emergency_department 2025-06-01 first MENTAL_HEALTH_PRESENTATION\nhas DEPRESSION 2020-01-01", False),
    ("in emergency_department 2025-06-01 first BACK_PAIN", False),
])  # fmt: skip
def test_who_is_at_risk(resident, at_risk):
    assert answer(AT_RISK, drawn(resident), ON) is at_risk


@pytest.mark.parametrize("number, resident, expected", [
    ("MHL01", SIX_CHECKS, (1, 1)),
    ("MHL01", SIX_CHECKS.replace("2025-04-01", "2025-03-31"), (1, 0)),  # one check is too old
    ("MHL01", "has SEVERE_MENTAL_ILLNESS 2019-01-01", (1, 0)),
    ("MHL01", SIX_CHECKS.replace("SEVERE_MENTAL_ILLNESS", "35489007"), (0, 0)),  # depression
    ("MHL02", "has LEARNING_DISABILITY 2019-01-01\nread LEARNING_DISABILITY_CHECK 2025-04-01", (1, 1)),
    ("MHL02", "has LEARNING_DISABILITY 2019-01-01\nread LEARNING_DISABILITY_CHECK 2025-03-31", (1, 0)),
    ("MHL02", "has LEARNING_DISABILITY 2019-01-01\nborn 2012-04-01", (0, 0)),  # 13
    ("MHL02", "read LEARNING_DISABILITY_CHECK 2025-04-01", (0, 0)),
    ("MHL03", "died 2025-06-01 of SUICIDE", (1, 1)),
    ("MHL03", "died 2025-06-01 of CANCER", (1, 0)),
    ("MHL04", "in emergency_admission 2025-06-01 then SELF_HARM", (1, 1)),
    ("MHL04", "in emergency_admission 2025-06-01 first SELF_HARM\nin emergency_admission 2025-08-01 then SELF_HARM",
     (1, 2)),
    ("MHL04", "in planned_admission 2025-06-01 then SELF_HARM", (1, 0)),
    ("MHL04", "in emergency_department 2025-06-01 first SELF_HARM", (1, 0)),
    ("MHL05", "has SEVERE_MENTAL_ILLNESS 2019-01-01\ndied 2025-06-01", (1, 1)),
    ("MHL05", "has 35489007 2019-01-01\ndied 2025-06-01", (0, 0)),
    ("MHL08", "has AUTISM 2019-01-01\nin emergency_admission 2025-06-01 specialty 710", (1, 1)),
    ("MHL08", "has AUTISM 2019-01-01\nin emergency_admission 2025-06-01 specialty 300", (1, 0)),  # a medical bed
    ("MHL08", "has AUTISM 2019-01-01\nin outpatient 2025-06-01 specialty 710", (1, 0)),
    ("MHL08", "in emergency_admission 2025-06-01 specialty 710", (1, 0)),
    ("MHL08", "born 2010-01-01\nhas AUTISM 2019-01-01\nin emergency_admission 2025-06-01 specialty 710", (0, 0)),
    ("MHL09", "in emergency_department 2025-06-01 first MENTAL_HEALTH_PRESENTATION minutes 720", (1, 1)),
    ("MHL09", "in emergency_department 2025-06-01 first MENTAL_HEALTH_PRESENTATION minutes 719", (1, 0)),
    ("MHL09", "in emergency_department 2025-06-01 first MENTAL_HEALTH_PRESENTATION", (1, 0)),  # not known
    ("MHL09", "in emergency_department 2025-06-01 first BACK_PAIN minutes 900", (0, 0)),
])  # fmt: skip
def test_who_counts(number, resident, expected):
    assert counts(MEASURES[number], resident, ON) == expected


def test_suicide_is_of_those_aged_10_and_over_and_early_death_of_those_aged_15_to_74():
    assert MEASURES["MHL03"].ages == (10, None)
    assert MEASURES["MHL05"].ages == (15, 74)


def test_every_number_stands_once():
    assert sorted(MEASURES) == [f"MHL{n:02}" for n in range(1, 11)]
