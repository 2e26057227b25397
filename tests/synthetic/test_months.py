"""Months of events and of presence."""

from datetime import date

import numpy as np
import pytest

from stewardship.synthetic.lives import Plan
from stewardship.synthetic.months import months_of

MONTHS = months_of(Plan(1, 2, 1, date(2026, 3, 31)))


def day(text):
    return np.array([np.datetime64(text).astype(int)], dtype=np.int32)


@pytest.mark.parametrize(
    "written, month",
    [
        ("2024-03-31", -1),
        ("2024-04-01", 0),
        ("2024-04-30", 0),
        ("2024-05-01", 1),
        ("2026-03-31", 23),
        ("2026-04-01", 24),
    ],
)
def test_which_month_a_day_is_in(written, month):
    assert MONTHS.of(day(written)).tolist() == [month]


def test_a_month_that_the_first_or_last_day_cuts_is_left_out():
    cut = months_of(Plan(1, 1, 1, date(2026, 3, 15)))
    assert len(cut) == 11
    assert str(np.datetime64(int(cut.last[-1]), "D")) == "2026-02-28"


def test_events_are_counted_for_those_who_are_wanted():
    who = np.array([0, 1, 1, 2, 2])
    days = np.concatenate(
        [day(t) for t in ("2024-04-02", "2024-04-03", "2024-04-09", "2024-05-01", "2020-01-01")]
    )
    counted = MONTHS.counted(who, days, np.array([1, 2]), 3)
    assert counted[:, :2].tolist() == [[2, 0], [0, 1]]
    assert counted.sum() == 3
