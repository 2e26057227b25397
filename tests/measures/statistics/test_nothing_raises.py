"""Whatever the numbers: nothing raises or warns, nothing is changed or printed, and what has no value has a reason."""

import math
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from stewardship.measures import statistics as st

ODD = some.sampled_from([math.nan, -1.0, 0.0, 0.3, 1.0, 2.0, 7.0, 40.0, 900.0, 1e9])


def of(*shape: int) -> some.SearchStrategy[np.ndarray]:
    return arrays(np.float64, shape, elements=ODD)


PAIRS: list[Callable[..., st.Estimates]] = [
    st.proportions,
    st.rates,
    st.ratio_of_counts,
    lambda x, n: st.shortfall(x, n, 0.8),
    lambda x, n: st.means(x, n, np.abs(n)),
    lambda x, n: st.difference_of_proportions(x, n, n, x),
    lambda x, n: st.difference_of_rates(x, n, n, x),
    lambda x, n: st.ratio_of_proportions(x, n, n, x),
    lambda x, n: st.ratio_of_rates(x, n, n, x),
    lambda x, n: st.ratio_of_estimates(x, n, n, n, x, x),
    lambda x, n: st.difference_of_estimates(st.rates(x, n), st.rates(n, x)),
    lambda x, n: st.change_in_gap((st.rates(x, n),) * 2, (st.rates(n, x),) * 2)[1],
    lambda x, n: st.means_of_rows(x, n, groups=3),
    lambda x, n: st.waits_of_rows(x, n, groups=3, share=0.92),
    lambda x, n: st.time_until(x, n, n > 1, groups=3),
    lambda x, n: st.survival(x, n, n > 1, at=[0, 5, 1e9], groups=3),
]

BANDED: list[Callable[..., st.Estimates]] = [
    lambda x, n: st.directly_standardised(x, n, weights=[1, 2, 3, 4, 5], bands="abcde"),
    lambda x, n: st.directly_standardised_by_frequency(
        np.stack([x, n], axis=2), n, frequency=[1, 3], weights=[1, 2, 3, 4, 0], bands="abcde"
    ),
    lambda x, n: st.directly_standardised_in_strata(
        np.stack([x, n], axis=1), np.stack([n, x], axis=1), weights=[1, 2, 3, 4, 0], bands="abcde"
    ),
    lambda x, n: st.indirectly_standardised_ratio(x, n, [1, 2, 3, 4, 5], [9, 9, 0, 9, 9]),
    lambda x, n: st.indirectly_standardised_rate(x, n, x, n),
    lambda x, n: st.attributable(x, n).excess,
    lambda x, n: st.concentration_index(x, n, error=n),
    lambda x, n: st.concentration_index(x, n, bounds=(0, 1)),
    lambda x, n: st.years_of_life_lost(x, n),
    lambda x, n: st.disability_adjusted_years(
        st.years_of_life_lost(x, n), st.years_lived_with_disability(n, x)
    ),
    lambda x, n: st.waits_of_bands(x, [0, 1, 2, 3, 4]),
    *(
        lambda x, n, kind=kind, curved=curved, index=index: getattr(
            st.slope_index(
                x, n, lower95=x * 0.9, upper95=x * 1.1, kind=kind, curved=curved, draws=1000, multiplier=-2
            ),
            index,
        )
        for kind in ("mean", "rate", "proportion")
        for curved in (False, True)
        for index in ("slope", "relative")
    ),
]


def quiet(statistic: Callable[..., st.Estimates], *inputs: np.ndarray) -> st.Estimates:
    for given_ in inputs:
        given_.setflags(write=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return statistic(*inputs)


@pytest.mark.parametrize("statistic", PAIRS)
@settings(max_examples=30)
@given(of(9), of(9))
def test_any_pair_of_numbers_has_a_value_or_a_reason(statistic, x, n):
    got = quiet(statistic, x, n)
    assert (np.isnan(got.value) == (got.reason != "")).all()


@pytest.mark.parametrize("statistic", BANDED)
@settings(max_examples=30)
@given(of(4, 5), of(4, 5))
def test_any_bands_have_a_value_or_a_reason(statistic, x, n):
    got = quiet(statistic, x, n)
    assert (np.isnan(got.value) == (got.reason != "")).all()


@settings(max_examples=30)
@given(of(4, 20), of(4, 20), of(4, 20))
def test_any_ages_have_a_life_expectancy_or_a_reason(deaths, people, health):
    for got in (
        quiet(st.life_expectancy, deaths, people),
        quiet(lambda d, p: st.life_expectancy(d + 1, p + 900, from_age=90), deaths, people),
        quiet(lambda d, p, w: st.healthy_life_expectancy(d, p + 900, w, p), deaths, people, health),
    ):
        assert (np.isnan(got.value) == (got.reason != "")).all()


@settings(max_examples=30)
@given(of(3, 9), of(3, 9))
def test_any_units_and_series_are_drawn(x, n):
    quiet(lambda a, b: st.overdispersed(a, b, of="proportion").score, x, n)
    quiet(lambda a, b: st.overdispersed(a, b, of="rate").score, x, n)
    quiet(lambda a, b: st.overdispersed(a, b, of="ratio of counts").score, x, n)
    quiet(lambda a, b: st.funnel_of_proportions(a, b).flag, x, n)
    quiet(lambda a, b: st.funnel_of_rates(a, b).flag, x, n)
    quiet(lambda a, b: st.funnel_of_ratios(a, b).flag, x, n)
    quiet(lambda a, b: st.poisson_lines(a, b).lines, x, n)
    quiet(lambda a, b: st.proportion_lines(np.clip(a, 0, 1), b).lower95, x, n)
    quiet(lambda a, b: st.quantiles(a.ravel(), b.ravel()).reason, x, n)
    quiet(lambda a, b: st.scores_of_places(a.ravel(), b.ravel(), b.ravel(), places=5), x, n)
    for chart in (
        quiet(lambda a, b: st.xmr(a, screened=True), x, n),
        quiet(lambda a, b: st.laney(a, b), x, n),
        quiet(lambda a, b: st.laney(a, b, of="rate"), x, n),
        quiet(lambda a, b: st.days_between(a), x, n),
        quiet(lambda a, b: st.cases_between(a), x, n),
    ):
        assert (np.isnan(chart.lower).all(axis=1) == (chart.reason != "")).all()
        assert st.assurance(chart, 1, better="higher").shape == (3,)
