"""Children and young people: who counts in each measure worked out from records, and who does not."""

from datetime import date

import pytest

from stewardship.care_areas.children_and_young_people import IN_CARE_OR_CARING, care_area
from support.drawn_residents import counts, drawn, numbered
from support.evaluator import answer

ON = date(2026, 3, 31)
MEASURES = numbered(care_area.measures())
CHILD = "born 2015-06-01\n"


@pytest.mark.parametrize("born, in_area", [("2008-04-01", True), ("2008-03-31", False)])  # 18 on the last day
def test_the_area_is_about_everyone_under_18(born, in_area):
    assert answer(care_area.population, drawn(f"born {born}"), ON) is in_area


@pytest.mark.parametrize("resident, at_risk", [
    (CHILD + "is young carer since 2024-01-01", True),
    (CHILD + "is looked-after child or care leaver since 2024-01-01", True),
    (CHILD, False),
    ("born 2000-01-01\nis looked-after child or care leaver since 2016-01-01", False),  # grown up
])  # fmt: skip
def test_children_in_care_and_young_carers(resident, at_risk):
    assert answer(IN_CARE_OR_CARING, drawn(resident), ON) is at_risk


@pytest.mark.parametrize("number, resident, expected", [
    ("CYP02", "born 2025-06-01", (1, 0)),
    ("CYP02", "born 2025-06-01\ndied 2025-06-09", (1, 1)),
    ("CYP02", "born 2024-08-01\ndied 2025-06-09", (1, 1)),  # born the year before, died before the first birthday
    ("CYP02", "born 2024-05-01\ndied 2025-06-09", (0, 0)),  # died at one
    ("CYP02", "born 2024-08-01", (0, 0)),  # one by the end of the year
    ("CYP03", CHILD + "in emergency_admission 2025-06-01 first ASTHMA", (1, 1)),
    ("CYP03", CHILD + "in emergency_admission 2025-06-01 then ASTHMA", (1, 0)),
    ("CYP03", "born 2007-04-01\nin emergency_admission 2025-06-01 first ASTHMA", (1, 1)),  # 18
    ("CYP03", "born 2007-03-31\nin emergency_admission 2025-06-01 first ASTHMA", (0, 0)),  # 19
    ("CYP04", "born 2023-06-01\nread MEASLES_MUMPS_AND_RUBELLA_VACCINATION 2024-07-01", (1, 1)),
    ("CYP04", "born 2023-06-01", (1, 0)),
    ("CYP04", "born 2024-06-01\nread MEASLES_MUMPS_AND_RUBELLA_VACCINATION 2025-07-01", (0, 0)),  # still one
    ("CYP05", CHILD + "in mental_health 2025-06-01", (1, 1)),
    ("CYP05", CHILD + "in mental_health 2025-03-31", (1, 0)),
    ("CYP05", CHILD + "in outpatient 2025-06-01", (1, 0)),
    ("CYP05", "born 1990-01-01\nin mental_health 2025-06-01", (0, 0)),
    ("CYP09", "in unclassified_admission 2025-06-01 first CHILDBIRTH\nread CURRENT_SMOKER 2025-05-01", (1, 1)),
    ("CYP09", "in unclassified_admission 2025-06-01 first CHILDBIRTH\nread CURRENT_SMOKER 2022-05-01", (1, 1)),
    ("CYP09", "in unclassified_admission 2025-06-01 first CHILDBIRTH\nread CURRENT_SMOKER 2022-05-01\n"
              "read NON_SMOKER 2025-05-01", (1, 0)),  # has stopped since
    ("CYP09", "in unclassified_admission 2025-06-01 first CHILDBIRTH", (1, 0)),
    ("CYP09", "read CURRENT_SMOKER 2025-05-01", (0, 0)),
    ("CYP10", CHILD + "in emergency_admission 2025-06-01\nin emergency_admission 2025-07-01", (1, 2)),
    ("CYP10", CHILD + "in day_case 2025-06-01", (1, 0)),
    ("CYP10", "in emergency_admission 2025-06-01", (0, 0)),
])  # fmt: skip
def test_who_counts(number, resident, expected):
    assert counts(MEASURES[number], resident, ON) == expected


def test_every_number_stands_once():
    assert sorted(MEASURES) == [f"CYP{n:02}" for n in range(1, 11)]
