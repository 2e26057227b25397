"""Which months a partner's file is about."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.synthetic.lives import Plan
from stewardship.synthetic.sending import periods


def plan(years, last_day):
    return Plan(residents=1, years=years, seed=1, last_day=last_day)


@pytest.mark.parametrize(
    "years, last_day, names",
    [
        (1, date(2026, 3, 31), "2025-04_2026-01 2026-02_2026-02 2026-03_2026-03"),
        (
            3,
            date(2025, 2, 10),
            "2022-03_2024-02 2024-03_2024-12 2025-01_2025-01 2025-02_2025-02",
        ),
    ],
)
def test_the_years_before_then_ten_months_then_month_by_month(years, last_day, names):
    assert " ".join(period.name for period in periods(plan(years, last_day))) == names


@given(st.integers(1, 12), st.dates(date(2005, 1, 1), date(2090, 1, 1)))
def test_there_is_no_gap_and_no_day_twice(years, last_day):
    made = periods(plan(years, last_day))
    assert len(made) == min(years, 2) + 2
    assert all(after.start == before.end + 1 for before, after in pairwise(made))
    assert date(1970, 1, 1) + timedelta(days=made[-1].end) == last_day
