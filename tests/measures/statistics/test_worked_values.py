"""Values worked by hand or quoted in the methods page."""

import math

import numpy as np
import pytest

from stewardship.measures import statistics as st


def test_normal_quantiles():
    assert st.normal_quantile(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert st.normal_quantile(0.998) == pytest.approx(3.090232, abs=1e-6)


@pytest.mark.parametrize(
    "limits, events, lower, upper",
    [
        (st.byar, 65, 50.163188, 82.849139),
        (st.exact_poisson, 0, 0, 3.688879),
        (st.exact_poisson, 5, 1.623486, 11.668332),
        (st.poisson, 9, 4.115373, 17.084803),  # exact: one event short of Byar's
        (st.poisson, 10, 4.787450, 18.391459),  # Byar's
    ],
)
def test_limits_of_a_count(limits, events, lower, upper):
    got = limits([events])
    assert (got.lower[0], got.upper[0]) == pytest.approx((lower, upper), abs=1e-5)


def test_byar_has_no_lower_limit_below_zero():
    assert math.isnan(st.byar([1], 0.998).lower[0])
    assert math.isnan(st.byar([0]).lower[0])


def test_newcombe_worked_example():
    # Newcombe 1998, table II, example (a): 56/70 less 48/80 is 0.2, from 0.0524 to 0.3339
    gap = st.difference_of_proportions([56], [70], [48], [80])
    assert gap.value[0] == pytest.approx(0.2)
    assert (gap.lower95[0], gap.upper95[0]) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert (gap.numerator[0], gap.denominator[0]) == pytest.approx((0.8, 0.6))


def test_ratio_of_rates_worked_by_hand():
    # 20 per 1,000 against 10 per 1,000: 2 x/÷ exp(1.959964 x sqrt(1/20 + 1/10))
    ratio = st.ratio_of_rates([20], [1000], [10], [1000])
    factor = math.exp(1.959964 * math.sqrt(0.15))
    assert ratio.value[0] == pytest.approx(2)
    assert (ratio.lower95[0], ratio.upper95[0]) == pytest.approx((2 / factor, 2 * factor), rel=1e-6)


def test_percentages_and_percentage_points_scale_everything():
    one, hundred = st.proportions([13], [27]), st.proportions([13], [27], multiplier=100)
    for field in ("value", "lower95", "upper99_8"):
        assert getattr(hundred, field)[0] == pytest.approx(100 * getattr(one, field)[0])
    gap = st.difference_of_proportions([56], [70], [48], [80], multiplier=100)
    assert gap.value[0] == pytest.approx(20)


@pytest.mark.parametrize(
    "from_age, under_age, total",
    [(0, None, 100_000), (35, None, 60_000), (65, None, 19_500), (0, 75, 91_000), (90, None, 1000)],
)
def test_weights_of_restricted_ages(from_age, under_age, total):
    assert st.standard_weights(from_age, under_age).sum() == total


def test_ages_that_cut_a_band_are_refused_in_words():
    with pytest.raises(ValueError, match="cut a five-year band in two"):
        st.standard_weights(18)


def test_restricted_ages_are_renormalised_and_leave_other_ages_out():
    events, population = np.full((1, 19), 5.0), np.full((1, 19), 1000.0)
    events[0, :13] = 900  # under 65: not asked for
    over_65 = st.directly_standardised(events, population, weights=st.standard_weights(65))
    assert over_65.value[0] == pytest.approx(500)  # 5 per 1,000 in every band
    assert (over_65.numerator[0], over_65.denominator[0]) == (30, 6000)


def test_an_empty_band_gives_its_weight_to_the_band_below_or_above():
    bands = ["young", "middle", "old"]
    weights = [50, 30, 20]
    got = st.directly_standardised(
        [[10, 20, 0], [0, 20, 10]],
        [[100, 400, 0], [0, 400, 50]],
        weights=weights,
        bands=bands,
        multiplier=100,
    )
    assert got.value == pytest.approx([0.5 * 10 + 0.5 * 5, 0.8 * 5 + 0.2 * 20])
    assert list(got.reason) == ["", ""]


ROW = [3.0] * 19
PEOPLE = [100.0] * 19


@pytest.mark.parametrize(
    "events, population, reason",
    [
        (ROW, PEOPLE, ""),
        ([math.nan] * 15 + [3.0] * 4, PEOPLE, ""),  # unknown events count as none
        ([0.0] * 10 + [1.0] * 9, PEOPLE, "fewer than 10 events"),
        (ROW, [100.0] * 17 + [0.0, 100.0], "events but nobody in ages 85-89"),
        (ROW, [100.0] * 18 + [math.nan], "population not known"),
        (ROW, [100.0] * 18 + [-1.0], "a count is below zero"),
        ([0.0] * 19, [0.0] * 19, "no one in the group"),
    ],
)
def test_a_standardised_rate_is_withheld_with_its_reason(events, population, reason):
    got = st.directly_standardised([ROW, events], [PEOPLE, population])
    assert list(got.reason) == ["", reason]
    assert math.isnan(got.value[1]) == math.isnan(got.lower95[1]) == (reason != "")


@pytest.mark.parametrize(
    "numerator, denominator, proportion_reason, rate_reason",
    [
        (0, 0, "no one in the group", "no one in the group"),
        (0, 12, "", ""),
        (12, 12, "", ""),
        (13, 12, "more people counted than are in the group", ""),
        (None, 12, "not known", "not known"),
        (3, math.nan, "not known", "not known"),
        (-1, 12, "a count is below zero", "a count is below zero"),
    ],
)
def test_ordinary_gaps_in_the_data_never_raise(numerator, denominator, proportion_reason, rate_reason):
    for statistic, reason in ((st.proportions, proportion_reason), (st.rates, rate_reason)):
        got = statistic([numerator, 5], [denominator, 10])
        assert list(got.reason) == [reason, ""]
        assert math.isnan(got.value[0]) == math.isnan(got.upper99_8[0]) == (reason != "")


@pytest.mark.parametrize(
    "pair, difference_reason, ratio_reason",
    [
        ((0, 10, 5, 10), "", "no events in one of the two groups"),
        ((5, 0, 5, 10), "no one in one of the two groups", "no one in one of the two groups"),
        ((5, 10, math.nan, 10), "not known", "not known"),
        ((12, 10, 5, 10), "more people counted than are in the group", ""),
        ((-5, 10, 5, 10), "a count is below zero", "a count is below zero"),
    ],
)
def test_a_gap_is_withheld_with_its_reason(pair, difference_reason, ratio_reason):
    columns = [[value] for value in pair]
    assert st.difference_of_proportions(*columns).reason[0] == difference_reason
    assert st.ratio_of_rates(*columns).reason[0] == ratio_reason


def test_a_count_of_zero_has_a_rate_of_zero_with_an_upper_limit():
    got = st.rates([0], [1000], multiplier=1000)
    assert (got.value[0], got.lower95[0], got.upper95[0]) == pytest.approx((0, 0, 3.688879), abs=1e-6)


def test_groups_of_any_number_and_none():
    for shape in ((0,), (1,), (3, 2)):
        assert st.proportions(np.zeros(shape), np.ones(shape)).value.shape == shape
        assert st.rates(np.zeros(shape), np.ones(shape)).value.shape == shape
    assert st.directly_standardised(np.zeros((0, 19)), np.zeros((0, 19))).value.shape == (0,)
    assert st.directly_standardised_rows([], [], [], [], groups=2).reason[1] == "no one in the group"


def test_arrays_that_do_not_fit_are_refused_in_words():
    with pytest.raises(ValueError, match="one entry a group"):
        st.rates([1, 2, 3], [10, 20])


@pytest.mark.parametrize(
    "better, words",
    [
        ("neither", ["higher", "similar", "lower", ""]),
        ("higher", ["better", "similar", "worse", ""]),
        ("lower", ["worse", "similar", "better", ""]),
    ],
)
def test_words_of_a_comparison(better, words):
    got = st.compared(st.proportions([80, 52, 20, 0], [100, 100, 100, 0]), 0.5, better=better)
    assert list(got.at95) == words
    assert list(got.at99_8) == words


def test_the_stricter_tier_may_differ_and_a_missing_comparator_says_nothing():
    got = st.compared(st.proportions([61, 61], [100, 100]), [0.5, math.nan])
    assert list(got.at95) == ["higher", ""]
    assert list(got.at99_8) == ["similar", ""]


def test_ratio_of_two_estimates_known_by_their_limits():
    # limits that are x/÷ 1.5 and x/÷ 1.2 of values 30 and 20: the logarithms' errors add in quadrature
    got = st.ratio_of_estimates([30, 30], [20, 0], [45, 45], [20, 20], [20 / 1.2, 15], [24, 24])
    factor = math.exp(math.hypot(math.log(1.5), math.log(1.2)))
    assert got.value[0] == pytest.approx(1.5)
    assert (got.lower95[0], got.upper95[0]) == pytest.approx((1.5 / factor, 1.5 * factor))
    assert list(got.reason) == ["", "a limit is not above zero"]
