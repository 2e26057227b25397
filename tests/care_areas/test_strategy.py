"""The strategy: who counts in each measure worked out from records, and who does not."""

from datetime import date

import pytest

from stewardship.care_areas.strategy import strategy
from support.drawn_residents import counts, numbered

ON = date(2026, 3, 31)
MEASURES = numbered(strategy.measures())


@pytest.mark.parametrize("number, resident, expected", [
    ("STR09", "died 2025-06-01 of SUICIDE", (1, 1)),
    ("STR09", "died 2025-06-01 of DEATHS_FROM_DIABETES", (1, 1)),  # half of it in the published figure
    ("STR09", "died 2025-06-01 of DEMENTIA", (1, 0)),
    ("STR10", "read CURRENT_SMOKER 2025-06-01", (1, 1)),
    ("STR10", "read CURRENT_SMOKER 2022-06-01", (1, 1)),
    ("STR10", "read CURRENT_SMOKER 2022-06-01\nread NON_SMOKER 2024-06-01", (1, 0)),
    ("STR10", "read CURRENT_SMOKER 2025-06-01\nread NON_SMOKER 2024-06-01", (1, 1)),  # has begun again
    ("STR10", "read NON_SMOKER 2025-06-01", (1, 0)),
    ("STR10", "read CURRENT_SMOKER 2021-03-31", (0, 0)),  # not asked for five years
    ("STR10", "read CURRENT_SMOKER 2025-06-01\nborn 2008-04-01", (0, 0)),
    ("STR11", "in emergency_admission 2025-06-01 first AMBULATORY_CARE_SENSITIVE", (1, 1)),
    ("STR11", "in emergency_admission 2025-06-01 then AMBULATORY_CARE_SENSITIVE", (1, 0)),
    ("STR11", "in planned_admission 2025-06-01 first AMBULATORY_CARE_SENSITIVE", (1, 0)),
])  # fmt: skip
def test_who_counts(number, resident, expected):
    assert counts(MEASURES[number], resident, ON) == expected


def test_what_counts_by_half_elsewhere_is_told_on_the_card():
    assert "half" in MEASURES["STR09"].source and MEASURES["STR09"].comparator == ""
