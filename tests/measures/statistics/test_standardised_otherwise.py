"""Standardised rates of events that come more than once to a person, and within strata such as the sexes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from stewardship.measures import statistics as st

COUNTS = arrays(np.int64, (3, 19, 3), elements=some.integers(0, 40))


def test_events_that_come_together_worked_by_hand():
    # 2 bands of weight 1 and 3; 20 people with one event and 5 with four, of 100 in each band
    got = st.directly_standardised_by_frequency(
        [[[20, 5], [20, 5]]],
        [[100, 100]],
        frequency=[1, 4],
        weights=[1, 3],
        bands=["young", "old"],
        multiplier=1,
    )
    share = np.array([0.25, 0.75]) / 100
    variance = (share**2 * (20 + 16 * 5)).sum()
    limits = st.byar([80])
    assert got.value[0] == pytest.approx(0.4)
    assert got.numerator[0] == 80
    assert got.upper95[0] == pytest.approx(0.4 + math.sqrt(variance / 80) * (limits.upper[0] - 80))


@given(COUNTS)
def test_the_rate_is_that_of_all_events_and_the_limits_are_wider(people_with):
    population = np.full((3, 19), 500)
    got = st.directly_standardised_by_frequency(people_with, population, frequency=[1, 2, 5])
    events = people_with @ np.array([1, 2, 5])
    independent = st.directly_standardised(events, population)
    np.testing.assert_allclose(got.value, independent.value)
    assert list(got.reason) == list(independent.reason)
    known = got.reason == ""
    wider = (got.upper95 - got.lower95) - (independent.upper95 - independent.lower95)
    assert (wider[known] >= -1e-6).all()
    once = st.directly_standardised_by_frequency(people_with[:, :, :1], population, frequency=[1])
    alone = st.directly_standardised(people_with[:, :, 0], population)
    np.testing.assert_allclose(once.lower99_8, alone.lower99_8)


def test_unknown_people_count_as_none_and_negative_ones_have_a_reason():
    people_with = np.ones((2, 19, 2))
    people_with[0, 3, 1], people_with[1, 3, 1] = math.nan, -1
    got = st.directly_standardised_by_frequency(people_with, np.full((2, 19), 50), frequency=[1, 2])
    assert list(got.reason) == ["", "a count is below zero"]
    assert got.numerator[0] == 3 * 19 - 2


def test_two_sexes_worked_by_hand():
    # women 10 and 40, men 20 and 60 per 100, weights 1 and 3 in each sex
    events, people = [[[10, 40], [20, 60]]], [[[100, 100], [100, 100]]]
    options = {"bands": ["young", "old"], "multiplier": 100}
    got = st.directly_standardised_in_strata(events, people, weights=[1, 3], **options)
    assert got.value[0] == pytest.approx((10 + 3 * 40 + 20 + 3 * 60) / 8)
    flat = st.directly_standardised(
        np.reshape(events, (1, 4)),
        np.reshape(people, (1, 4)),
        weights=[1, 3, 1, 3],
        bands=["a", "b", "c", "d"],
        multiplier=100,
    )
    assert (got.lower95[0], got.upper99_8[0]) == pytest.approx((flat.lower95[0], flat.upper99_8[0]))
    own = st.directly_standardised_in_strata(events, people, weights=[[1, 3], [0, 4]], **options)
    assert own.value[0] == pytest.approx((10 + 3 * 40 + 4 * 60) / 8)
    assert own.numerator[0] == 110  # a cell without weight is outside


def test_an_empty_band_gives_its_weight_to_its_own_sex():
    got = st.directly_standardised_in_strata(
        [[[10, 40], [0, 60]]],
        [[[100, 100], [0, 100]]],
        weights=[1, 3],
        bands=["young", "old"],
        multiplier=100,
    )
    assert got.value[0] == pytest.approx((10 + 3 * 40 + 4 * 60) / 8)


@pytest.mark.parametrize(
    "women, reason",
    [
        ([0.0] * 19, "no one in one of the strata"),
        ([9.0] * 18 + [math.nan], "population not known"),
        ([9.0] * 19, ""),
    ],
)
def test_a_rate_of_two_sexes_is_withheld_with_its_reason(women, reason):
    events = np.stack([[np.where(np.array(women) > 0, 2.0, 0.0), np.full(19, 3.0)]])
    got = st.directly_standardised_in_strata(events, [[women, [9.0] * 19]])
    assert list(got.reason) == [reason]


@given(arrays(np.int64, (2, 2, 19), elements=some.integers(0, 50)))
def test_equal_sexes_of_standard_structure_have_the_crude_rate(events):
    people = np.broadcast_to(st.standard_weights(), events.shape)
    got = st.directly_standardised_in_strata(events, people)
    crude = st.rates(events.sum(axis=(1, 2)), people.sum(axis=(1, 2)))
    known = got.reason == ""
    np.testing.assert_allclose(got.value[known], crude.value[known])
    np.testing.assert_allclose(got.upper95[known], crude.upper95[known])
