"""Ophthalmology: who counts in each measure worked out from records, and who does not."""

from datetime import date

import pytest

from stewardship.care_areas.ophthalmology import AT_RISK, care_area
from support.drawn_residents import counts, drawn, numbered
from support.evaluator import answer

ON = date(2026, 3, 31)
MEASURES = numbered(care_area.measures())


@pytest.mark.parametrize("resident, in_area, at_risk", [
    ("has CATARACT 2001-01-01", True, False),
    ("has DIABETIC_EYE_DISEASE 2001-01-01", True, False),
    ("has TYPE_2_DIABETES 2001-01-01", False, True),
    ("has TYPE_2_DIABETES 2020-01-01\nborn 2014-04-01", False, False),  # 11: screening begins at 12
    ("has TYPE_2_DIABETES 2001-01-01\nhas GLAUCOMA 2020-01-01", True, False),
    ("has DEMENTIA 2001-01-01", False, False),
])  # fmt: skip
def test_who_the_area_is_about_and_who_is_at_risk(resident, in_area, at_risk):
    assert answer(care_area.population, drawn(resident), ON) is in_area
    assert answer(AT_RISK, drawn(resident), ON) is at_risk


@pytest.mark.parametrize("number, resident, expected", [
    ("OPH04", "done CATARACT_SURGERY 2025-06-01\ndone CATARACT_SURGERY 2025-09-01", (1, 2)),  # one eye, then the other
    ("OPH04", "done CATARACT_SURGERY 2025-03-31", (1, 0)),
    ("OPH04", "done EYE_INJECTION 2025-06-01", (1, 0)),
    ("OPH07", "has TYPE_2_DIABETES 2019-01-01\nread RETINAL_SCREENING 2025-04-01", (1, 1)),
    ("OPH07", "has TYPE_2_DIABETES 2019-01-01\nread RETINAL_SCREENING 2025-03-31", (1, 0)),
    ("OPH07", "has TYPE_2_DIABETES 2019-01-01\nborn 2014-04-01\nread RETINAL_SCREENING 2025-04-01", (0, 0)),
    ("OPH07", "read RETINAL_SCREENING 2025-04-01", (0, 0)),
    ("OPH08", "in outpatient 2025-06-01 specialty 130 attendance first", (1, 1)),
    ("OPH08", "in outpatient 2025-06-01 specialty 130 attendance follow-up", (1, 0)),
    ("OPH08", "in outpatient 2025-06-01 specialty 655 attendance first", (1, 0)),  # an orthoptist is no eye doctor
])  # fmt: skip
def test_who_counts(number, resident, expected):
    assert counts(MEASURES[number], resident, ON) == expected


def test_cataract_operations_are_of_those_aged_65_and_over():
    assert MEASURES["OPH04"].ages == (65, None)


def test_an_operation_on_a_cataract_counts_once_though_it_has_two_codes():
    taken_out, put_in = ("OPCS4", "C712"), ("OPCS4", "C751")
    codes = MEASURES["OPH04"].numerator.events.codes
    assert codes.covers(*put_in) and not codes.covers(*taken_out)


def test_every_number_stands_once():
    assert sorted(MEASURES) == [f"OPH{n:02}" for n in range(1, 9)]
