"""Funnels, what differs beyond chance, quantiles and the concentration index."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from stewardship.measures import statistics as st


def test_lines_of_a_funnel_of_proportions_worked_by_hand():
    got = st.proportion_lines(0.5, [100, 0, math.nan], multiplier=100)
    assert got.lower95[0] == pytest.approx(50 - 1.959964 * 5)
    assert got.upper99_8[0] == pytest.approx(50 + 3.090232 * 5)
    assert np.isnan(got.upper95[1:]).all()


def test_upper_lines_are_cut_at_the_whole_whatever_the_multiplier():
    assert st.proportion_lines(0.9, [2], multiplier=1000).upper99_8[0] == 1000


def test_lines_of_a_funnel_of_rates_are_where_a_count_is_just_significant():
    # 5 events against 11.6683 expected are just low, against 1.6235 just high (exact limits of 5)
    got = st.poisson_lines([5], 0.001, years=3, multiplier=1000)
    assert got.across.lower95[0] == pytest.approx(11_668.332 / 3, rel=1e-6)
    assert got.across.upper95[0] == pytest.approx(1_623.486 / 3, rel=1e-6)
    assert got.lines.lower95[0] == pytest.approx(5 / 11.668332, rel=1e-6)
    assert got.lines.upper95[0] == pytest.approx(5 / 1.623486, rel=1e-6)


def test_flags_of_rates_and_ratios():
    events, population = [100, 100, 160, 60, 130, 0, math.nan], [10_000] * 5 + [0, 10_000]
    got = st.funnel_of_rates(events, population, multiplier=1000)
    assert list(got.flag) == [
        "as expected",
        "as expected",
        "high (99.8%)",
        "low (99.8%)",
        "as expected",
        "",
        "",
    ]
    assert got.baseline == pytest.approx(11)
    assert list(got.reason[5:]) == ["no one in the group", "not known"]
    ratios = st.funnel_of_ratios([125, 100, 60], [100, 100, 100])
    assert list(ratios.flag) == ["high (95%)", "as expected", "low (99.8%)"]


def test_many_funnels_at_once_are_each_as_alone():
    x = np.random.default_rng(1).binomial(400, 0.3, (50, 30)).astype(float)
    n = np.full(x.shape, 400.0)
    x[:, 3] = math.nan
    together = st.funnel_of_proportions(x, n)
    alone = st.funnel_of_proportions(x[7], n[7])
    assert list(together.flag[7]) == list(alone.flag)
    assert together.baseline[7] == alone.baseline
    wide = st.overdispersed(x, n, of="proportion")
    one = st.overdispersed(x[7], n[7], of="proportion")
    np.testing.assert_array_equal(wide.lines.upper99_8[7], one.lines.upper99_8)
    assert wide.between[7] == one.between


def test_standardised_rates_are_flagged_by_their_effective_population():
    events = np.full((4, 19), 10.0)
    events[1] *= 3
    events[3] = 0.1
    rates = st.directly_standardised(events, np.full((4, 19), 1000.0))
    got = st.funnel_of_standardised_rates(rates)
    # equal rates in all bands: the effective population is the population
    assert list(got.flag) == ["low (99.8%)", "high (99.8%)", "low (99.8%)", ""]
    assert got.baseline == pytest.approx(100_000 * 950 / 57_000)
    assert st.effective_population(rates)[:3] == pytest.approx([19_000] * 3)
    assert math.isnan(st.effective_population(rates)[3])
    assert got.reason[3] == "fewer than 10 events"


def test_what_differs_beyond_chance_worked_by_hand():
    # ratios of 12 units whose z-scores under the root transform are 2, -2, 2, ...: expected 100 each, phi = 4
    root = 1 + np.tile([0.1, -0.1], 6)
    expected = np.full(12, 100.0)
    observed = 100 * root**2
    scale = observed.sum() / expected.sum()
    got = st.overdispersed(observed, expected, of="rate")
    z = (np.sqrt(observed / (expected * scale)) - 1) * 2 * np.sqrt(expected * scale)
    assert got.dispersion == pytest.approx((z**2).mean())
    weight = 4 * 100 * scale
    between = (12 * got.dispersion - 11) / (12 * weight - weight)
    assert got.between == pytest.approx(between)
    wide = math.sqrt(1 / weight + between)
    assert got.lines.upper95[0] == pytest.approx((1 + 1.959964 * wide) ** 2 * scale, rel=1e-6)
    assert set(got.flag) == {"as expected"}
    assert "high (95%)" in st.funnel_of_ratios(observed, expected).flag


def test_a_planted_outlier_is_named_among_overdispersed_units():
    random = np.random.default_rng(4)
    n = random.integers(500, 4000, 140)
    p = 1 / (1 + np.exp(-random.normal(-1, 0.25, 140)))
    p[17] = 0.75
    x = random.binomial(n, p)
    plain, adjusted = st.funnel_of_proportions(x, n), st.overdispersed(x, n, of="proportion")
    assert (plain.flag != "as expected").mean() > 0.5
    assert (adjusted.flag != "as expected").mean() < 0.1
    assert adjusted.flag[17] == "high (99.8%)"
    assert adjusted.dispersion > 5


def test_chance_alone_and_few_units_are_left_as_they_are():
    random = np.random.default_rng(5)
    n = np.full((200, 40), 900)
    chance = st.overdispersed(random.binomial(n, 0.3), n, of="proportion")
    assert (chance.between == 0).mean() > 0.5  # winsorising makes chance look a little too even
    few = st.overdispersed([10, 90, 40], [100, 100, 100], of="proportion")
    assert few.between == 0
    assert few.dispersion > 1


@given(
    arrays(np.int64, (3, 12), elements=some.integers(0, 300)),
    some.sampled_from(["proportion", "rate", "ratio of counts"]),
)
def test_widened_limits_are_in_order_for_any_counts(x, of):
    n = np.full(x.shape, 300)
    n[0, 0] = 0
    got = st.overdispersed(x, n, of=of)
    lines = [got.lines.lower99_8, got.lines.lower95, got.lines.upper95, got.lines.upper99_8]
    for lower, upper in pairwise(lines):
        assert not (lower > upper + 1e-9).any()
    assert got.flag[0, 0] == ""
    assert (got.between >= 0).all()


def test_quantiles_worked_by_hand_with_ties_and_missing_scores():
    got = st.quantiles([10, 50, 40, 30, 20, math.nan], parts=5)
    assert list(got.quantile[:5]) == [5, 1, 2, 3, 4]
    assert list(got.reason) == ["", "", "", "", "", "no score"]
    assert list(st.quantiles([10, 50, 40, 30, 20], parts=5, highest_first=False).quantile) == [1, 5, 4, 3, 2]
    tied = st.quantiles([9, 9, 9, 1], parts=2)
    assert list(tied.quantile) == [1, 1, 1, 2]


def test_quantiles_are_of_the_group_and_small_groups_have_none():
    group = [0, 2, 0, 2, 0, math.nan]
    got = st.quantiles([1, 1, 2, 2, 3, 9], group, parts=3)
    assert list(got.quantile[[0, 2, 4]]) == [3, 2, 1]
    assert list(got.reason) == ["", "fewer areas than 3", "", "fewer areas than 3", "", "in no group"]
    assert st.quantiles([], parts=5).quantile.shape == (0,)


@given(some.lists(some.integers(0, 50), min_size=5, max_size=60), some.integers(2, 5))
def test_quantiles_keep_the_order_of_scores_and_are_about_equal_in_size(scores, parts):
    got = st.quantiles(scores, parts=parts).quantile
    order = np.argsort(scores)[::-1]
    assert (np.diff(got[order]) >= 0).all()
    assert got.min() >= 1
    assert got.max() <= parts
    distinct = st.quantiles(np.arange(len(scores)), parts=parts).quantile
    sizes = np.bincount(distinct.astype(int))[1:]
    assert sizes.max() - sizes.min() <= 1


def test_the_score_of_a_larger_place_is_weighted_by_people():
    place, score, people = [0, 0, 2, math.nan, 2, 2], [10, 40, 5, 9, math.nan, 8], [300, 100, 10, 10, 10, 0]
    got = st.scores_of_places(place, score, people, places=3)
    np.testing.assert_allclose(got, [17.5, math.nan, 5])


def test_the_concentration_index_worked_by_hand():
    # five equal groups with 1, 2, 3, 4, 5: C = 2 cov / mean = 2 (0.4) / 3
    got = st.concentration_index([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]], [[10] * 5] * 2, error=[[0.5] * 5] * 2)
    assert got.value == pytest.approx([4 / 15, -4 / 15])
    ranks = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
    error = math.sqrt((0.2**2 * 0.25 * (2 * ranks - 1 - 4 / 15) ** 2).sum()) / 3
    assert got.upper95[0] - got.value[0] == pytest.approx(1.959964 * error, rel=1e-6)


def test_erreygers_index_is_the_same_for_having_and_not_having():
    have = np.array([[0.2, 0.3, 0.5, 0.5, 0.9]])
    people = [[10, 20, 30, 20, 20]]
    one = st.concentration_index(have, people, bounds=(0, 1), error=[[0.02] * 5])
    other = st.concentration_index(1 - have, people, bounds=(0, 1), error=[[0.02] * 5])
    assert one.value == pytest.approx(-other.value)
    assert one.lower95 == pytest.approx(-other.upper95)
    plain = st.concentration_index(have, people)
    mean = (have * np.array(people) / 100).sum()
    assert one.value == pytest.approx(4 * mean * plain.value)


@pytest.mark.parametrize(
    "values, people, reason",
    [
        ([1.0, 2], [5, 5], ""),
        ([1.0, math.nan], [5, 0], ""),  # nobody there: nothing missing
        ([1.0, math.nan], [5, 5], "a group has no figure"),
        ([0.0, 0], [5, 5], "the mean is not above zero"),
        ([1.0, 2], [0, 0], "no one in the group"),
        ([1.0, 2], [5, -1], "a count is below zero"),
    ],
)
def test_a_concentration_index_is_withheld_with_its_reason(values, people, reason):
    got = st.concentration_index([values], [people], error=[[0.1, 0.1]])
    assert list(got.reason) == [reason]
    assert math.isnan(got.value[0]) == math.isnan(got.lower95[0]) == (reason != "")
