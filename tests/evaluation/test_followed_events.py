"""What came of events within days, as the rules of calls count it."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.evaluation.followed import STILL_THERE, Stays, followed
from stewardship.rules.frailty.calls import Result, Since, Stay, outcome
from support.studies import pool_with

CALL = 20_000
KNOWN_TO = CALL + 40


def day(number):
    return date(1970, 1, 1) + timedelta(days=number)


def stays_of(stays):
    person, first, last = (np.array(column, dtype=np.int64) for column in zip(*stays, strict=True)) if stays else (
        np.zeros(0, dtype=np.int64),
    ) * 3  # fmt: skip
    return Stays(person, first, last)


def after_one_call(stays, died=STILL_THERE, days=7, known_to=KNOWN_TO):
    pool = pool_with(person=[1], exposed=[1], index=[CALL])
    return followed(pool, stays_of(stays), np.array([died]), days=days, known_to=known_to)


@pytest.mark.parametrize("first, last, admitted, before, counted", [
    (0, 3, True, False, True),         # the day of the call counts
    (7, 9, True, False, True),         # and so does day 7, to its last minute
    (8, 9, False, False, True),
    (-1, 0, False, True, True),        # home again on the day of the call
    (-1, 1, False, True, False),       # in hospital when the call came
    (-8, -2, False, True, True),       # as many days before
    (-9, -2, False, False, True),
    (-30, STILL_THERE, False, False, False),
])  # fmt: skip
def test_days_are_counted_from_the_day_of_the_call(first, last, admitted, before, counted):
    came = after_one_call([(1, CALL + first, CALL + last if last < STILL_THERE else last)])
    assert (came.admitted[0], came.before[0], came.counted[0]) == (admitted, before, counted)


def test_stays_of_others_are_not_theirs():
    came = after_one_call([(2, CALL - 3, CALL + 3), (0, CALL + 1, CALL + 2)])
    assert (came.admitted[0], came.before[0], came.counted[0]) == (False, False, True)


def test_what_is_not_told_yet_is_not_counted():
    assert after_one_call([], known_to=CALL + 7).counted[0]
    assert not after_one_call([], known_to=CALL + 6).counted[0]


def test_nights_are_those_of_the_first_stay_as_far_as_the_data_tell():
    assert after_one_call([(1, CALL + 2, CALL + 6), (1, CALL + 6, CALL + 9)]).nights[0] == 4
    assert after_one_call([(1, CALL + 2, STILL_THERE)]).nights[0] == 38
    assert after_one_call([(1, CALL + 9, CALL + 12)]).nights[0] == 0


one_stay = st.tuples(st.integers(1, 2), st.integers(-20, 40), st.one_of(st.integers(0, 30), st.none()))


@given(st.lists(one_stay, max_size=5), st.integers(-1, 45), st.sampled_from([7, 30]), st.integers(0, 45))
def test_it_agrees_with_the_rules_of_calls(stays, died, days, known):
    arrays = [
        (who, CALL + first, STILL_THERE if nights is None else CALL + first + nights)
        for who, first, nights in stays
    ]
    came = after_one_call(arrays, CALL + died if died >= 0 else STILL_THERE, days, CALL + known)
    since = Since(
        stays=tuple(
            Stay(start=day(CALL + first), end=None if nights is None else day(CALL + first + nights))
            for who, first, nights in stays
            if who == 1
        ),
        died=day(CALL + died) if died >= 0 else None,
        known_to=day(CALL + known),
    )
    rule = outcome(day(CALL), since, days)
    assert came.counted[0] == (rule.result not in (Result.NOT_COUNTED, Result.NOT_YET_KNOWN))
    if came.counted[0]:
        assert came.admitted[0] == (rule.result is Result.ADMITTED)
        assert came.died[0] == rule.died
