"""People's time and the days of contacts: every day told once, and contacts on no other day."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.synthetic.health import health_of
from stewardship.synthetic.lives import NEVER, Plan
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of
from stewardship.synthetic.use.columns import picked, spread_cost
from stewardship.synthetic.use.lists import position, streams
from stewardship.synthetic.use.rates import expected_of, scales_of
from stewardship.synthetic.use.referred import referred
from stewardship.synthetic.use.regular import sessions_expected
from stewardship.synthetic.use.times import LAST_DAYS, Calendar, Happened, happened, repeated, stretches_of

PLAN = Plan(2_000, 3, 4, date(2026, 3, 31))


@pytest.fixture(scope="module")
def people():
    return people_of(PLAN, places_of(PLAN), 0)


def test_every_day_of_a_person_is_in_one_stretch(people):
    stretches = stretches_of(PLAN, people)
    begin = np.maximum(np.maximum(people.start, people.birth), PLAN.first)
    end = np.minimum(np.minimum(people.end, people.death), PLAN.last)
    days = (stretches.last - stretches.first + 1).sum(axis=1)
    assert (days == np.maximum(end - begin + 1, 0)).all()
    of_the_end = (stretches.last - stretches.first + 1)[:, -1]
    assert (of_the_end <= LAST_DAYS).all()
    assert (of_the_end[people.death < NEVER] > 0).any()


@settings(max_examples=50)
@given(st.integers(0, 1094), st.integers(0, 400), st.sampled_from(streams()), st.integers(0, 2**32))
def test_contacts_fall_on_days_of_their_stretch(first, more, stream, seed):
    begin = np.full(200, min(PLAN.first + first, PLAN.last), dtype=np.int32)
    end = np.minimum(begin + more, PLAN.last).astype(np.int32)
    day = Calendar(PLAN, stream).days(np.random.default_rng(seed), begin, end)
    assert (day >= begin).all()
    assert (day <= end).all()


@pytest.mark.parametrize("stream", streams(), ids=lambda stream: stream.key)
def test_a_calendar_has_as_many_years_as_are_told(stream):
    whole = Calendar(PLAN, stream).share(PLAN.first, PLAN.last)
    assert whole == pytest.approx((PLAN.last - PLAN.first + 1) / 365.25)


def test_as_many_contacts_are_drawn_as_are_expected(people):
    stretches = stretches_of(PLAN, people)
    calendar = Calendar(PLAN, streams()[position("appointment")])
    expected = 6 * calendar.years(stretches)
    found = happened(np.random.default_rng(1), expected, stretches, calendar)
    assert len(found) == pytest.approx(expected.sum(), rel=0.02)
    assert (np.diff(found.who) >= 0).all()


@given(st.lists(st.integers(0, 5), max_size=30))
def test_a_position_is_repeated_as_often_as_it_counts(counts):
    assert repeated(np.array(counts, dtype=np.int64)).tolist() == [
        number for number, count in enumerate(counts) for _ in range(count)
    ]


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=50))
def test_cost_is_shared_out_to_the_penny_or_so(weights):
    pence = spread_cost(85, np.array(weights))
    assert pence.sum() == pytest.approx(8500 * len(weights), abs=len(weights))


def test_what_has_no_weight_costs_nothing():
    assert spread_cost(85, np.array([0.0, 2.0])).tolist() == [0, 17_000]
    assert spread_cost(85, np.zeros(3)).tolist() == [0, 0, 0]


def test_things_are_picked_by_weight():
    found = np.bincount(picked(np.random.default_rng(2), (1, 3), 10_000))
    assert found[1] / 10_000 == pytest.approx(0.75, abs=0.02)


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.integers(0, 300))
def test_a_referral_has_its_contacts_and_begins_before_them(people, seed, many):
    rng = np.random.default_rng(seed)
    who = np.sort(rng.integers(0, 50, many)).astype(np.int32)
    begin = np.maximum(np.maximum(people.start, people.birth), PLAN.first)[who]
    end = np.minimum(np.minimum(people.end, people.death), PLAN.last)[who]
    found = Happened(who, np.zeros(many, dtype=np.int32), rng.integers(begin, end + 1).astype(np.int32))
    made = referred(rng, PLAN, people, found, rng.integers(0, 3, many).astype(np.int32))
    assert sorted(made.contact.tolist()) == list(range(many))
    day = found.day[made.contact]
    assert (made.who[made.referral] == who[made.contact]).all()
    assert (made.received[made.referral] <= day).all()
    assert (day <= made.closed[made.referral]).all()
    waiting = np.setdiff1d(np.arange(len(made.who)), made.referral)
    assert (made.closed[waiting] == NEVER).all()
    assert ((made.received[waiting] > PLAN.last - 365) & (made.received[waiting] <= PLAN.last)).all()


def test_referrals_are_told_when_they_are_received_also_of_those_who_wait(people):
    rng, here = (
        np.random.default_rng(5),
        np.flatnonzero((people.start <= PLAN.first) & (np.minimum(people.end, people.death) > PLAN.last)),
    )
    who = np.repeat(here, PLAN.years).astype(np.int32)
    stretch = np.tile(np.arange(PLAN.years), len(here)).astype(np.int32)
    day = (PLAN.first + 365.25 * (stretch + rng.random(len(who)))).astype(np.int32)
    found = Happened(who, stretch, np.minimum(day, PLAN.last).astype(np.int32))
    made = referred(rng, PLAN, people, found, np.zeros(len(who), dtype=np.int32))
    months = [
        int(((made.received > last - 30) & (made.received <= last)).sum())
        for last in (PLAN.last, PLAN.last - 365)
    ]
    assert months[0] == pytest.approx(months[1], rel=0.15)
    at_once = referred(rng, PLAN, people, found, np.zeros(len(who), dtype=np.int32), (0,))
    assert len(at_once.who) == len(found)  # nobody waits


def test_rates_need_people_of_reference_with_frailty():
    with pytest.raises(ValueError, match="frailty"):
        scales_of(PLAN, [])


def test_sessions_of_everybody_who_might_be_treated_are_as_published(people):
    health, stretches = health_of(PLAN, people), stretches_of(PLAN, people)
    stream = streams()[position("regular")]
    scale = scales_of(PLAN, [(people, health)]).by_stream[position("regular"), 0]
    sessions = sessions_expected(people, health, stretches) * Calendar(PLAN, stream).years(stretches)
    assert scale * sessions.sum() / stretches.years.sum() == pytest.approx(stream.per_year, rel=1e-4)


def test_people_of_reference_have_exactly_the_published_rates(people):
    health = health_of(PLAN, people)
    scales = scales_of(PLAN, [(people, health)])
    expected = expected_of(PLAN, places_of(PLAN), people, health, scales)
    years = expected.stretches.years.sum()
    for stream in streams():
        if stream.planned or stream.of == "adults" or stream.key == "emergency":
            continue  # those of the under-served, of adults and the last stays of the dying are taken into account
        if stream.key == "regular":
            continue  # of the few who are in a programme of treatment
        assert expected.of(stream.key)[0].sum() / years == pytest.approx(stream.per_year, rel=1e-4)
