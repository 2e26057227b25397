"""What came of calls: index calls, calendar days, claimed and observed avoidance, bed days, and the line itself."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.frailty.calls import (
    Advice,
    Intended,
    Result,
    Since,
    Stay,
    bed_days,
    claimed,
    index_calls,
    observed,
    outcome,
    unplanned_attendance_after_staying,
    was_in_hospital,
)
from stewardship.rules.frailty.telephony import Status, answer_rate, completeness, is_complete, waits

CALL = date(2026, 2, 2)


def on(days):
    return CALL + timedelta(days=days)


def stay(start, end=None, *, emergency=True):
    return Stay(start=on(start), end=None if end is None else on(end), emergency=emergency)


def since(*stays, attended=(), died=None, known_to=60):
    return Since(
        stays=stays, attended=tuple(on(each) for each in attended), died=None if died is None else on(died),
        known_to=on(known_to),
    )  # fmt: skip


@pytest.mark.parametrize("days, called", [
    ([0, 3, 7], [0]),             # the seventh day still belongs to the first call
    ([0, 8], [0, 8]),
    ([0, 7, 8, 15, 16], [0, 8, 16]),  # counted from the last index call, not from the last call
    ([5, 0], [0]),
    ([0, 0], [0]),
])  # fmt: skip
def test_one_call_a_person_in_seven_days_is_an_index_call(days, called):
    assert [day for _, day in index_calls([("a", on(each)) for each in days])] == [
        on(each) for each in called
    ]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 60)), max_size=40))
def test_index_calls_of_a_person_lie_more_than_seven_days_apart_and_cover_every_call(drawn):
    calls = [(person, on(day)) for person, day in drawn]
    found = index_calls(calls)
    for person in "abc":
        days = [day for who, day in found if who == person]
        assert all((later - earlier).days > 7 for earlier, later in itertools.pairwise(days))
        assert all(any(0 <= (day - index).days <= 7 for index in days) for who, day in calls if who == person)


@pytest.mark.parametrize("known, at_7, at_30", [
    (since(), Result.NOT_ADMITTED, Result.NOT_ADMITTED),
    (since(stay(0, 3)), Result.ADMITTED, Result.ADMITTED),
    (since(stay(7, 9)), Result.ADMITTED, Result.ADMITTED),       # at 23:59 on day 7 too: days are calendar days
    (since(stay(8, 9)), Result.NOT_ADMITTED, Result.ADMITTED),
    (since(stay(30)), Result.NOT_ADMITTED, Result.ADMITTED),
    (since(stay(31)), Result.NOT_ADMITTED, Result.NOT_ADMITTED),
    (since(stay(3, 4, emergency=False)), Result.NOT_ADMITTED, Result.NOT_ADMITTED),
    (since(stay(-2, 4)), Result.NOT_COUNTED, Result.NOT_COUNTED),  # a current inpatient
    (since(died=5), Result.DIED, Result.DIED),
    (since(stay(2, 5), died=5), Result.ADMITTED, Result.ADMITTED),
    (since(died=8), Result.NOT_ADMITTED, Result.DIED),
    (since(known_to=29), Result.NOT_ADMITTED, Result.NOT_YET_KNOWN),
    (since(known_to=6), Result.NOT_YET_KNOWN, Result.NOT_YET_KNOWN),
])  # fmt: skip
def test_what_came_of_a_call_by_day_7_and_day_30(known, at_7, at_30):
    assert [outcome(CALL, known, day).result for day in (7, 30)] == [at_7, at_30]


@pytest.mark.parametrize("known, at_home, attended", [
    (since(), True, False),
    (since(stay(2, 7)), True, False),     # went home on day 7
    (since(stay(2, 8)), False, False),
    (since(stay(2)), False, False),
    (since(stay(5, 20, emergency=False)), False, False),
    (since(died=7), False, False),
    (since(attended=(7,)), True, True),
    (since(attended=(-1, 8)), True, False),
])  # fmt: skip
def test_who_is_still_at_home_and_who_attended(known, at_home, attended):
    found = outcome(CALL, known, 7)
    assert (found.at_home, found.attended) == (at_home, attended)


def test_an_inpatient_is_who_was_admitted_before_the_call_and_stayed_past_it():
    cases = [stay(-1, 1), stay(-1, 0), stay(0, 4), stay(-3), stay(-3, -1)]
    assert [was_in_hospital(CALL, [each]) for each in cases] == [True, False, False, True, False]


def test_deaths_and_inpatients_stand_apart_from_the_share_not_admitted():
    known = [since(), since(), since(stay(1, 2)), since(died=3), since(stay(-1, 1)), since(known_to=3)]
    found = observed(outcome(CALL, each, 7) for each in known)
    assert (found.calls, found.not_admitted, found.admitted) == (6, 2, 1)
    assert (found.died, found.in_hospital, found.not_yet_known) == (1, 1, 1)
    assert found.share_not_admitted == pytest.approx(2 / 3)
    assert observed([]).share_not_admitted is None


@pytest.mark.parametrize("intended, advice, expected", [
    (Intended.CONVEY, [Advice.STAY], True),
    (Intended.ADMIT, [Advice.VIRTUAL_WARD, Advice.TESTS], True),
    (Intended.ADMIT, [Advice.STAY, Advice.ADMISSION], False),
    (Intended.CONVEY, [Advice.ED], False),
    (Intended.ED, [Advice.STAY], False),       # an attendance, not an admission
    (Intended.GP, [Advice.STAY], False),
    (Intended.UNSURE, [Advice.STAY], False),
    (None, [Advice.STAY], None),
    (Intended.CONVEY, [], None),
])  # fmt: skip
def test_avoidance_is_claimed_when_they_meant_to_send_somebody_in_and_the_advice_kept_them_out(
    intended, advice, expected
):
    assert claimed(intended, advice) is expected


@pytest.mark.parametrize("advice, attended, known_to, expected", [
    (Advice.STAY, (0,), 9, True), (Advice.STAY, (1,), 9, True), (Advice.STAY, (2,), 9, False),
    (Advice.TREAT_AT_HOME, (), 1, False), (Advice.STAY, (), 0, None), (Advice.ED, (0,), 9, None),
])  # fmt: skip
def test_who_was_told_to_stay_and_came_all_the_same(advice, attended, known_to, expected):
    known = since(attended=attended, known_to=known_to)
    assert unplanned_attendance_after_staying([advice], CALL, known) is expected


def test_bed_days_are_avoided_admissions_times_the_mean_stay_of_like_patients_with_their_assumptions():
    found = bed_days((10.0, -2.0, 22.0), [4, 8, 12])
    assert (found.days, found.mean_stay) == (80.0, 8.0)
    margin = 1.96 * 4 / 3**0.5
    assert found.least == pytest.approx(-2 * (8 + margin))
    assert found.most == pytest.approx(22 * (8 + margin))
    assert "3 emergency stays of like patients" in found.assumptions[0]
    assert bed_days((10.0, 5.0, 15.0), [4]) is None


def test_calls_answered_waits_and_complete_records():
    statuses = [Status.ANSWERED, Status.ANSWERED, Status.TRANSFERRED, Status.CALLED_BACK, Status.MISSED]
    assert answer_rate(statuses) == pytest.approx(0.6)
    assert answer_rate([]) is None
    found = waits([30, 10, 20, 600])
    assert (found.median, found.centile_95) == (25, 600)
    assert waits(list(range(1, 101))).centile_95 == 95
    assert waits([]) is None
    assert is_complete(patient=True, reason=True, advice=True)
    assert not is_complete(patient=True, reason=False, advice=True)
    assert completeness(3, 4) == 0.75
    assert completeness(0, 0) is None
