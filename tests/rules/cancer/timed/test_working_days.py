"""Working days of England, and the ladder of escalation."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.cancer.timed.working_days import (
    bank_holidays,
    is_working_day,
    working_days_after,
    working_days_between,
)

YEARS = sorted({day.year for day in bank_holidays()})
EASTER = {  # Sundays, as the churches' tables have them
    2023: date(2023, 4, 9), 2024: date(2024, 3, 31), 2025: date(2025, 4, 20), 2026: date(2026, 4, 5),
    2027: date(2027, 3, 28), 2028: date(2028, 4, 16),
}  # fmt: skip


@pytest.mark.parametrize("year", YEARS)
def test_holidays_stand_where_the_calendar_puts_them(year):
    days = {day: name for day, name in bank_holidays().items() if day.year == year}
    assert {EASTER[year] - timedelta(days=2), EASTER[year] + timedelta(days=1)} <= set(days)
    assert all(day.weekday() < 5 for day in days)
    mondays = [day for day in days if day.month in (5, 8)]
    assert all(day.weekday() == 0 for day in mondays)
    assert {(day + timedelta(days=7)).month for day in mondays if day.month == 8} == {9}  # the last of August
    assert len(days) == 8 + (year == 2023)  # one more for the coronation


@pytest.mark.parametrize("year", YEARS)
def test_a_holiday_on_a_weekend_is_moved_to_the_next_days(year):
    first, christmas = date(year, 1, 1), date(year, 12, 25)
    for usual in (first, christmas, christmas + timedelta(days=1)):
        moved = any(day.year == year and usual < day <= usual + timedelta(days=3) for day in bank_holidays())
        assert usual in bank_holidays() if usual.weekday() < 5 else moved


@pytest.mark.parametrize("day, many, after", [
    ("2026-03-02", 0, "2026-03-02"),
    ("2026-03-02", 1, "2026-03-03"),
    ("2026-03-06", 1, "2026-03-09"),  # Friday to Monday
    ("2026-03-07", 0, "2026-03-07"),  # a Saturday itself
    ("2026-03-07", 1, "2026-03-09"),
    ("2026-04-02", 1, "2026-04-07"),  # over Easter
    ("2026-04-02", 5, "2026-04-13"),
    ("2026-12-24", 1, "2026-12-29"),  # Boxing Day moved to Monday
    ("2023-05-05", 1, "2023-05-09"),  # the coronation
])  # fmt: skip
def test_working_days_leave_out_weekends_and_holidays(day, many, after):
    assert working_days_after(date.fromisoformat(day), many) == date.fromisoformat(after)


def test_working_days_before_a_day_are_refused():
    with pytest.raises(ValueError, match="cannot be -1"):
        working_days_after(date(2026, 3, 2), -1)


@given(st.dates(date(2022, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_counting_and_adding_working_days_agree(day, many):
    after = working_days_after(day, many)
    assert is_working_day(after)
    assert working_days_between(day, after) == many
    assert working_days_between(after, day) == 0
    assert (after - day).days >= many
