"""Years and windows, day by day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.people.periods import EVER, YEAR, Window, months, months_before, until, years, years_ending


@pytest.mark.parametrize("day, back, result", [
    ("2024-03-31", 12, "2023-03-31"),
    ("2024-02-29", 12, "2023-02-28"),
    ("2024-02-29", 48, "2020-02-29"),
    ("2025-02-28", 12, "2024-02-28"),
    ("2024-03-31", 1, "2024-02-29"),
    ("2023-03-31", 1, "2023-02-28"),
    ("2024-01-15", 1, "2023-12-15"),
    ("2024-12-31", 18, "2023-06-30"),
    ("2024-12-31", 0, "2024-12-31"),
])  # fmt: skip
def test_months_before_a_day(day, back, result):
    assert months_before(date.fromisoformat(day), back) == date.fromisoformat(result)


@pytest.mark.parametrize("as_of, years", [
    ("2026-03-31", [("2024-04-01", "2025-03-31"), ("2025-04-01", "2026-03-31")]),  # financial years
    ("2024-02-29", [("2022-03-01", "2023-02-28"), ("2023-03-01", "2024-02-29")]),
    ("2025-02-28", [("2023-03-01", "2024-02-28"), ("2024-02-29", "2025-02-28")]),
    ("2024-12-31", [("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-12-31")]),
])  # fmt: skip
def test_years_end_on_the_as_of_date(as_of, years):
    found = years_ending(date.fromisoformat(as_of), 2)
    assert [(str(year.start), str(year.end)) for year in found] == years


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_exactly_one_of_five_years(as_of):
    found = years_ending(as_of)
    assert len(found) == 5
    assert found[-1].end == as_of
    assert all(after.start == before.end + timedelta(days=1) for before, after in pairwise(found))
    assert all(year.days in (365, 366) for year in found)


@pytest.mark.parametrize("window, words", [
    (EVER, "ever"),
    (YEAR, "in 12 months"),
    (months(15), "in 15 months"),
    (years(3), "in 3 years"),
    (until(12), "up to 12 months before"),
])  # fmt: skip
def test_a_window_says_what_it_is(window, words):
    assert str(window) == words


def test_a_window_of_months_that_closes_early():
    window = Window(24, ending=6)
    assert window.opens_after(date(2024, 12, 31)) == date(2022, 12, 31)
    assert window.closes(date(2024, 12, 31)) == date(2024, 6, 30)
