"""Slope and relative index: worked lines, invariants, and what many places at once need."""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from stewardship.measures import statistics as st

FIFTHS = np.array([0.1, 0.3, 0.5, 0.7, 0.9])  # middles of five groups of one size
RATES = arrays(np.float64, (3, 5), elements=some.floats(1, 1000))
PEOPLE = arrays(np.int64, (3, 5), elements=some.integers(1, 10_000))


def test_values_on_a_straight_line_give_its_slope_and_ends():
    line = 70 + 8 * FIFTHS
    got = st.slope_index([line], [[100] * 5], error=[[0.0] * 5])
    assert got.slope.value[0] == pytest.approx(8)
    assert got.relative.value[0] == pytest.approx(78 / 70)
    assert (got.slope.numerator[0], got.slope.denominator[0]) == pytest.approx((78, 70))
    assert (got.slope.lower95[0], got.slope.upper99_8[0]) == pytest.approx((8, 8))


def test_groups_of_other_sizes_are_ranked_by_their_people():
    people = np.array([10.0, 40, 20, 20, 10])
    middle = np.array([0.05, 0.3, 0.6, 0.8, 0.95])
    assert st.slope_index([3 - 2 * middle], [people]).slope.value[0] == pytest.approx(-2)
    # not on a line: numpy's own weighted least squares
    y = np.array([5.0, 9, 2, 7, 1])
    expected = np.polyfit(middle, y, 1, w=np.sqrt(people))
    got = st.slope_index([y], [people]).slope
    assert (got.value[0], got.denominator[0]) == pytest.approx(tuple(expected))


def test_a_curved_gradient_is_fitted_on_its_own_scale():
    doubling = 100 * 2**FIFTHS
    got = st.slope_index([doubling], [[50] * 5], kind="rate", curved=True)
    assert (got.slope.value[0], got.relative.value[0]) == pytest.approx((100, 2))
    logits = -1 + 2 * FIFTHS
    got = st.slope_index([1 / (1 + np.exp(-logits))], [[50] * 5], kind="proportion", curved=True)
    low, high = 1 / (1 + math.e), 1 / (1 + 1 / math.e)
    assert (got.slope.value[0], got.relative.value[0]) == pytest.approx((high - low, high / low))


def test_simulated_limits_of_means_are_those_of_the_normal_slope():
    # a sum of independent normals with known weights: its error is exact
    error = np.array([1.0, 2, 1.5, 1, 0.5])
    weights = FIFTHS - 0.5
    exact = np.sqrt(((weights / (weights**2).sum()) ** 2 * error**2).sum())
    got = st.slope_index([70 + 8 * FIFTHS], [[100] * 5], error=[error], draws=100_000).slope
    for field, z in (
        ("lower95", -1.959964),
        ("upper95", 1.959964),
        ("lower99_8", -3.0902),
        ("upper99_8", 3.0902),
    ):
        assert getattr(got, field)[0] == pytest.approx(8 + z * exact, abs=0.08 * exact)


def test_a_negative_multiplier_turns_the_gap_and_the_ratio_over_with_their_limits():
    y, n = [[50.0, 42, 39, 33, 20]], [[100] * 5]
    plain = st.slope_index(y, n, error=[[2.0] * 5])
    turned = st.slope_index(y, n, error=[[2.0] * 5], multiplier=-10)
    assert turned.slope.value[0] == pytest.approx(-10 * plain.slope.value[0])
    assert turned.slope.lower95[0] == pytest.approx(-10 * plain.slope.upper95[0])
    assert turned.relative.value[0] == pytest.approx(1 / plain.relative.value[0])
    assert turned.relative.upper99_8[0] == pytest.approx(1 / plain.relative.lower99_8[0])


def test_a_multiplier_between_0_and_1_leaves_limits_in_order():
    got = st.slope_index(
        [[50.0, 42, 39, 33, 20]], [[9] * 5], error=[[0.1] * 5], kind="rate", curved=True, multiplier=0.5
    )
    assert got.slope.lower95[0] < got.slope.value[0] < got.slope.upper95[0]


@given(RATES, PEOPLE, some.sampled_from([("mean", False), ("rate", False), ("rate", True)]))
def test_limits_stand_around_the_index_and_the_same_seed_gives_the_same(rates, people, how):
    kind, curved = how
    width = {"lower95": rates * 0.9, "upper95": rates / 0.9, "kind": kind, "curved": curved}
    first, again = (st.slope_index(rates, people, **width).slope for _ in range(2))
    assert (first.lower99_8 <= first.lower95).all()
    assert (first.lower95 <= first.value).all()
    assert (first.value <= first.upper95).all()
    assert (first.upper95 <= first.upper99_8).all()
    np.testing.assert_array_equal(first.lower99_8, again.lower99_8)


@given(RATES, PEOPLE)
def test_no_gradient_has_a_slope_of_0_and_a_reversed_one_its_negative(rates, people):
    flat = st.slope_index(np.ones((3, 5)) * 7, people)
    assert flat.slope.value == pytest.approx(np.zeros(3), abs=1e-9)
    assert flat.relative.value == pytest.approx(np.ones(3))
    reversed_ = st.slope_index(rates[:, ::-1], people[:, ::-1]).slope.value
    np.testing.assert_allclose(reversed_, -st.slope_index(rates, people).slope.value, atol=1e-6)


def test_a_place_alone_has_the_limits_it_has_among_others():
    rates = np.random.default_rng(3).uniform(10, 90, (500, 10))
    people = np.full(rates.shape, 100)
    options = {"lower95": rates * 0.9, "upper95": rates * 1.1, "kind": "rate"}
    together = st.slope_index(rates, people, **options)
    alone = st.slope_index(
        rates[77:78], people[77:78], lower95=rates[77:78] * 0.9, upper95=rates[77:78] * 1.1, kind="rate"
    )
    assert together.relative.upper95[77] == pytest.approx(alone.relative.upper95[0], rel=1e-6)


@pytest.mark.parametrize(
    "values, people, kind, reason",
    [
        ([1.0, 2, 3, 4, 5], [9] * 5, "mean", ""),
        ([1.0, 2, 3, 4], [9] * 4, "mean", "fewer than 5 groups to compare"),
        ([1.0] * 101, [9] * 101, "mean", "more than 100 groups to compare"),
        ([1.0, math.nan, 3, 4, 5], [9] * 5, "mean", "a group has no figure"),
        ([1.0, 2, 3, 4, 5], [9, 9, math.nan, 9, 9], "mean", "a group has no figure"),
        ([1.0, 2, 3, 4, 5], [9, 9, -9, 9, 9], "mean", "a count is below zero"),
        ([1.0, 2, 3, 4, 5], [9, 9, 0, 9, 9], "mean", "no one in one of the groups"),
        ([0.0, 2, 2, 2, 2], [9] * 5, "mean", ""),
        (
            [0.0, 2, 3, 4, 5],
            [9] * 5,
            "rate",
            "a rate of 0, or a proportion of 0 or all, has no place on its scale",
        ),
    ],
)
def test_an_index_is_withheld_with_its_reason(values, people, kind, reason):
    got = st.slope_index([values], [people], error=[[0.1] * len(values)], kind=kind)
    assert list(got.slope.reason) == list(got.relative.reason) == [reason]
    assert math.isnan(got.slope.value[0]) == math.isnan(got.slope.lower95[0]) == (reason != "")


def test_a_line_that_falls_to_zero_has_a_slope_and_no_ratio():
    got = st.slope_index([[0.0, 2, 3, 4, 5]], [[9] * 5], error=[[0.1] * 5])
    assert got.slope.reason[0] == ""
    assert got.relative.reason[0] == "the fitted line falls to zero or below"
    assert math.isnan(got.relative.value[0])


def test_without_errors_there_is_a_value_and_no_limits():
    got = st.slope_index([[1.0, 2, 3, 4, 0]], [[9] * 5], kind="rate").slope
    assert not math.isnan(got.value[0])
    assert math.isnan(got.lower95[0])


def test_reliability_is_how_far_limits_move_with_the_seed_and_falls_with_more_draws():
    rates, people = [[50.0, 42, 39, 33, 20], [math.nan, 42, 39, 33, 20]], [[9] * 5] * 2

    def moved(draws: int) -> np.ndarray:
        return st.reliability(
            lambda seed: st.slope_index(rates, people, error=[[2.0] * 5] * 2, draws=draws, seed=seed).slope
        )

    few, many = moved(1000), moved(30_000)
    assert 0 < many[0] < few[0] < 2
    assert math.isnan(few[1])


def test_memory_does_not_grow_with_the_places():
    rates = np.random.default_rng(3).uniform(10, 90, (300, 5))
    peaks = []
    for places in (30, 300):
        values = rates[:places]
        tracemalloc.start()
        st.slope_index(values, np.ones(values.shape), lower95=values * 0.9, upper95=values * 1.1, kind="rate")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]
