"""Musculoskeletal: who counts in each measure worked out from records, and who does not."""

from datetime import date

import pytest

from stewardship.care_areas.musculoskeletal import AT_RISK, care_area
from support.drawn_residents import counts, drawn, numbered
from support.evaluator import answer

ON = date(2026, 3, 31)
MEASURES = numbered(care_area.measures())
BROKEN_HIP = "born 1940-01-01\nin emergency_admission 2025-06-01 to 2025-06-20 first HIP_FRACTURE\n"
REGISTER = "has FRAGILITY_FRACTURE 2024-01-01\nhas OSTEOPOROSIS 2024-01-01\n"


@pytest.mark.parametrize("resident, in_area, at_risk", [
    ("has OSTEOARTHRITIS 2001-01-01", True, False),
    ("has 279039007 2001-01-01", True, False),  # low back pain
    ("has 161891005 2001-01-01", False, False),  # backache: a symptom that may pass
    ("has FRAGILITY_FRACTURE 2020-01-01", True, True),
    (REGISTER, True, False),
    ("has FRAGILITY_FRACTURE 2020-01-01\nborn 1976-04-01", True, False),  # 49
    ("has CATARACT 2001-01-01", False, False),
])  # fmt: skip
def test_who_the_area_is_about_and_who_is_at_risk(resident, in_area, at_risk):
    assert answer(care_area.population, drawn(resident), ON) is in_area
    assert answer(AT_RISK, drawn(resident), ON) is at_risk


@pytest.mark.parametrize("number, resident, expected", [
    ("MSK04", BROKEN_HIP, (1, 0)),
    ("MSK04", BROKEN_HIP + "died 2025-07-01", (1, 1)),  # the thirtieth day counts
    ("MSK04", BROKEN_HIP + "died 2025-07-02", (1, 0)),
    ("MSK04", BROKEN_HIP.replace("first", "then") + "died 2025-07-01", (0, 0)),
    ("MSK04", BROKEN_HIP.replace("1940", "1970") + "died 2025-07-01", (0, 0)),  # 55
    ("MSK05", REGISTER + "item BONE_SPARING_MEDICINES 2025-06-01", (1, 1)),
    ("MSK05", REGISTER + "item BONE_SPARING_MEDICINES 2025-03-31", (1, 0)),
    ("MSK05", "has OSTEOPOROSIS 2024-01-01\nitem BONE_SPARING_MEDICINES 2025-06-01", (0, 0)),  # no fracture
    ("MSK05", REGISTER + "born 1976-04-01\nitem BONE_SPARING_MEDICINES 2025-06-01", (0, 0)),
    ("MSK08", "done SPINAL_INJECTION 2025-06-01", (1, 1)),
    ("MSK08", "done EYE_INJECTION 2025-06-01", (1, 0)),
    ("MSK09", "item STRONG_OPIOIDS 2025-06-01\nitem STRONG_OPIOIDS 2025-07-01", (1, 2)),
    ("MSK09", "item STATIN 2025-06-01", (1, 0)),
    ("MSK09", "item STRONG_OPIOIDS 2025-06-01\nhas CANCER 2020-01-01", (0, 0)),
    ("MSK09", "item STRONG_OPIOIDS 2025-06-01\nborn 2008-04-01", (0, 0)),
])  # fmt: skip
def test_who_counts(number, resident, expected):
    assert counts(MEASURES[number], resident, ON) == expected


@pytest.mark.parametrize("resident, expected", [
    ("item STRONG_OPIOIDS 2025-06-01\nitem STRONG_OPIOIDS 2025-07-01", (1, 2)),
    ("item STRONG_OPIOIDS 2025-03-31", (0, 0)),  # none in the year
    ("item STATIN 2025-06-01", (0, 0)),
    ("item STRONG_OPIOIDS 2025-06-01\nhas CANCER 2020-01-01", (0, 0)),
    ("item STRONG_OPIOIDS 2025-06-01\nborn 2008-04-01", (0, 0)),
])  # fmt: skip
def test_items_of_strong_opioids_are_set_against_the_people_who_have_any(resident, expected):
    (each,) = [measure for _, measure in care_area.measures() if "issued any" in measure.name]
    assert counts(each, resident, ON) == expected


def test_every_number_stands_once():
    assert sorted(MEASURES) == [f"MSK{n:02}" for n in range(1, 10)]
