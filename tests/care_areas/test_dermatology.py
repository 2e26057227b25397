"""Dermatology: who counts in each measure worked out from records, and who does not."""

from datetime import date

import pytest

from stewardship.care_areas.dermatology import care_area
from stewardship.people.pathways import CancerPathways
from stewardship.rules.cancer.judgement import Standard
from support.drawn_residents import counts, drawn, numbered
from support.evaluator import answer

ON = date(2026, 3, 31)
MEASURES = numbered(care_area.measures())
TREATED = "has PSORIASIS 2019-01-01\nitem SYSTEMIC_TREATMENT 2026-01-01\n"
TESTED = (
    TREATED
    + """
    read BLOOD_COUNT 2026-01-01
    read KIDNEY_FUNCTION 2026-02-01
    read ALANINE_AMINOTRANSFERASE 2026-03-01
"""
)


@pytest.mark.parametrize("resident, in_area", [
    ("has PSORIASIS 2001-01-01", True),
    ("has SKIN_CANCER 2001-01-01", True),
    ("has OSTEOARTHRITIS 2001-01-01", False),
])  # fmt: skip
def test_who_the_area_is_about(resident, in_area):
    assert answer(care_area.population, drawn(resident), ON) is in_area


@pytest.mark.parametrize("number, resident, expected", [
    ("DER05", "in outpatient 2025-06-01 specialty 330 attendance first\n"
              "in outpatient 2025-08-01 specialty 330 attendance follow-up\n"
              "in outpatient 2025-10-01 specialty 330 attendance follow-up", (1, 2)),
    ("DER05", "in outpatient 2025-06-01 specialty 330", (0, 0)),  # which attendance it was is not known
    ("DER05", "in outpatient 2025-06-01 specialty 110 attendance first", (0, 0)),
    ("DER07", TESTED, (1, 1)),
    ("DER07", TESTED.replace("BLOOD_COUNT 2026-01-01", "BLOOD_COUNT 2025-12-31"), (1, 0)),  # a count too old
    ("DER07", TREATED, (1, 0)),
    ("DER07", TESTED.replace("item SYSTEMIC_TREATMENT 2026-01-01", "item SYSTEMIC_TREATMENT 2025-09-30"), (0, 0)),
    ("DER07", TESTED.replace("PSORIASIS", "RHEUMATOID_ARTHRITIS"), (0, 0)),  # treated for joints
])  # fmt: skip
def test_who_counts(number, resident, expected):
    assert counts(MEASURES[number], resident, ON) == expected


def test_suspected_skin_cancer_is_counted_by_the_national_rules():
    referrals = CancerPathways(Standard.FASTER_DIAGNOSIS, suspected="08")
    assert [MEASURES[number].over for number in ("DER01", "DER02")] == [referrals, referrals]
    assert [MEASURES[number].numerator.that for number in ("DER01", "DER02")] == ["within", "ruled out"]


def test_every_number_stands_once():
    assert sorted(MEASURES) == [f"DER{n:02}" for n in range(1, 8)]
