"""Gaps, what they cost in people, means and indirect standardisation, worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from stewardship.measures import statistics as st

Z = 1.959964


def test_a_difference_of_rates_joins_the_limits_of_both():
    # 100 and 64 events among 1,000: limits of the counts by Byar, their distances added in quadrature
    got = st.difference_of_rates([100], [1000], [64], [1000], multiplier=1000)
    one, other = st.byar([100]), st.byar([64])
    down = math.hypot(100 - one.lower[0], other.upper[0] - 64)
    up = math.hypot(one.upper[0] - 100, 64 - other.lower[0])
    assert got.value[0] == pytest.approx(36)
    assert (got.lower95[0], got.upper95[0]) == pytest.approx((36 - down, 36 + up))
    assert (got.numerator[0], got.denominator[0]) == (100, 64)


def test_a_ratio_of_proportions_worked_by_hand():
    # 20 of 100 against 10 of 100: 2 x/÷ exp(1.96 sqrt(1/20 - 1/100 + 1/10 - 1/100))
    got = st.ratio_of_proportions([20], [100], [10], [100])
    factor = math.exp(Z * math.sqrt(0.13))
    assert got.value[0] == pytest.approx(2)
    assert (got.lower95[0], got.upper95[0]) == pytest.approx((2 / factor, 2 * factor), rel=1e-6)


def test_a_ratio_of_counts_worked_by_hand():
    got = st.ratio_of_counts([300, 5], [150, 0])
    factor = math.exp(Z * math.sqrt(1 / 300 + 1 / 150))
    assert got.value[0] == pytest.approx(2)
    assert got.upper95[0] == pytest.approx(2 * factor, rel=1e-6)
    assert list(got.reason) == ["", "no events in one of the two groups"]


def test_a_difference_of_two_estimates_carries_the_first_missing_reason():
    few = st.proportions([1, 3, 4], [0, 10, 10])
    other = st.proportions([1, 5, 4], [10, 10, math.nan])
    got = st.difference_of_estimates(few, other)
    assert list(got.reason) == ["no one in the group", "", "not known"]
    # of proportions it is Newcombe's difference
    newcombe = st.difference_of_proportions([3], [10], [5], [10])
    for field in ("value", "lower95", "upper99_8"):
        assert getattr(got, field)[1] == pytest.approx(getattr(newcombe, field)[0])


def test_absolute_and_relative_gaps_can_move_in_opposite_directions():
    now = st.rates([20], [10_000]), st.rates([10], [10_000])
    before = st.rates([150], [10_000]), st.rates([100], [10_000])
    absolute, relative = st.change_in_gap(now, before)
    assert absolute.value[0] == pytest.approx(100 - 500)
    assert relative.value[0] == pytest.approx(2 / 1.5)
    assert absolute.lower95[0] < absolute.value[0] < absolute.upper95[0]
    same, alike = st.change_in_gap(before, before)
    assert (same.value[0], alike.value[0]) == pytest.approx((0, 1))


def test_attributable_fraction_and_excess_events_worked_by_hand():
    # rates 40, 30, 20, 20, 10 per 1,000: with 10 everywhere 50 events of 120
    got = st.attributable([[40, 30, 20, 20, 10]], [[1000] * 5])
    assert got.fraction.value[0] == pytest.approx(70 / 120)
    assert got.excess.value[0] == pytest.approx(70)
    factor = math.exp(Z * math.sqrt(1 / 10 - 1 / 120))
    assert got.excess.lower95[0] == pytest.approx(120 - 50 * factor, rel=1e-6)
    assert got.excess.upper95[0] == pytest.approx(120 - 50 / factor, rel=1e-6)
    assert (got.fraction.numerator[0], got.fraction.denominator[0]) == (50, 120)


def test_the_error_of_an_attributable_fraction_is_that_of_poisson_counts():
    rates, people = np.array([0.04, 0.03, 0.02, 0.02, 0.015]), np.full(5, 10_000)
    drawn = np.random.default_rng(8).poisson(rates * people, (40_000, 5))
    logs = np.log(1 - st.attributable(drawn, np.broadcast_to(people, drawn.shape)).fraction.value)
    exact = st.attributable([rates * people], [people]).fraction
    width = np.log((1 - exact.lower95[0]) / (1 - exact.upper95[0]))
    assert logs.std() == pytest.approx(width / (2 * Z), rel=0.03)


def test_people_to_reach_for_a_target():
    got = st.shortfall([50, 90, 5], [100, 100, 0], 0.8)
    assert list(got.value[:2]) == pytest.approx([30, 0])
    assert list(got.reason) == ["", "", "no one in the group"]


@pytest.mark.parametrize(
    "events, population, reason",
    [
        ([4, 2], [10, 10], ""),
        ([4, 0], [10, 10], "no events in the group to compare with"),
        ([0, 0], [10, 10], "no events"),
        ([4, 2], [10, 0], "no one in the group to compare with"),
        ([math.nan, 2], [10, 10], "not known"),
        ([-1, 2], [10, 10], "a count is below zero"),
    ],
)
def test_an_attributable_fraction_is_withheld_with_its_reason(events, population, reason):
    got = st.attributable([events], [population])
    assert list(got.fraction.reason) == list(got.excess.reason) == [reason]
    assert math.isnan(got.excess.value[0]) == math.isnan(got.fraction.lower95[0]) == (reason != "")


@given(
    arrays(np.int64, (4, 5), elements=some.integers(1, 500)),
    arrays(np.int64, (4, 5), elements=some.integers(1, 900)),
)
def test_excess_is_the_sum_over_groups_of_events_beyond_the_last_ones_rate(events, population):
    rate = events[:, -1:] / population[:, -1:]
    expected = (events - rate * population).sum(axis=1)
    got = st.attributable(events, population).excess
    np.testing.assert_allclose(got.value, expected, atol=1e-6)
    assert (got.lower99_8 <= got.lower95 + 1e-9).all()
    assert (got.lower95 <= got.value + 1e-9).all()
    assert (got.value <= got.upper95 + 1e-9).all()


@pytest.mark.parametrize(
    "total, deviation, people, reason",
    [
        (10, 1, 4, ""),
        (10, 0, 4, ""),
        (10, math.nan, 1, "fewer than 2 people"),
        (0, math.nan, 0, "no one in the group"),
        (math.nan, 1, 4, "not known"),
        (10, math.nan, 4, "not known"),
        (10, 1, -4, "a count is below zero"),
    ],
)
def test_a_mean_is_withheld_with_its_reason(total, deviation, people, reason):
    got = st.means([total], [deviation], [people])
    assert list(got.reason) == [reason]
    assert math.isnan(got.value[0]) == math.isnan(got.upper95[0]) == (reason != "")


def test_means_of_rows_are_steady_for_large_values_and_leave_unknown_rows_out():
    values = np.array([1, 2, 3, 4]) + 1e9
    got = st.means_of_rows([0, 0, 0, 0, 0, math.nan, 7], [*values, math.nan, 5, 5], groups=2)
    half = 3.182446 * math.sqrt(5 / 3) / 2  # t(3) at 0.975
    assert got.value[0] == pytest.approx(1e9 + 2.5, abs=1e-6)
    assert got.upper95[0] - got.value[0] == pytest.approx(half, abs=1e-5)
    assert list(got.reason) == ["", "no one in the group"]


@pytest.mark.parametrize(
    "observed, population, reference, reason",
    [
        ([5, 5], [10, 10], [100, 100], ""),
        ([0, 0], [10, 10], [100, 100], ""),
        ([5, math.nan], [10, 0], [100, 0], ""),
        ([5, 5], [10, 10], [100, 0], "no one in a band of the reference"),
        ([5, 5], [10, math.nan], [100, 100], "population not known"),
        ([5, 5], [0, 0], [100, 100], "no one in the group"),
        ([-5, 15], [10, 10], [100, 100], ""),  # only the total of the observed is used
        ([5, -15], [10, 10], [100, 100], "a count is below zero"),
    ],
)
def test_an_indirect_ratio_is_withheld_with_its_reason(observed, population, reference, reason):
    got = st.indirectly_standardised_ratio([observed], [population], [20, 20], reference)
    assert list(got.reason) == [reason]
    assert math.isnan(got.value[0]) == math.isnan(got.upper95[0]) == (reason != "")


def test_a_reference_without_events_expects_none():
    got = st.indirectly_standardised_rate([[5, 5]], [[10, 10]], [0, 0], [100, 100])
    assert list(got.reason) == ["no events are expected"]


@given(
    arrays(np.int64, (3, 4), elements=some.integers(0, 400)),
    arrays(np.int64, (3, 4), elements=some.integers(1, 900)),
)
def test_a_group_that_is_its_own_reference_has_ratio_one_hundred_and_its_crude_rate(events, people):
    got = st.indirectly_standardised_ratio(events, people, events, people)
    crude = st.rates(events.sum(axis=1), people.sum(axis=1))
    rate = st.indirectly_standardised_rate(events, people, events, people)
    known = got.reason == ""
    assert (known == (events.sum(axis=1) > 0)).all()
    assert got.value[known] == pytest.approx(100)
    for field in ("value", "lower95", "upper99_8"):
        np.testing.assert_allclose(getattr(rate, field)[known], getattr(crude, field)[known])
