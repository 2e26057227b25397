"""Agreement with an independent implementation, wherever that one is right.

Zero counts are avoided: it refuses them in rates and ratios. Its multiplier must be a built-in int. Lines of Poisson
funnels are searched for there to about 5e-5, so they are compared to that.
"""

import contextlib
import io

import numpy as np
import pandas as pd
import pytest
from PHStatsMethods import (
    assign_funnel_significance,
    calculate_funnel_limits,
    ph_dsr,
    ph_ISRate,
    ph_ISRatio,
    ph_mean,
    ph_proportion,
    ph_quantile,
    ph_rate,
)

from stewardship.measures import statistics as st

GROUPS = 10_000
FIELDS = {
    "value": "Value",
    "lower95": "lower_95_ci",
    "upper95": "upper_95_ci",
    "lower99_8": "lower_99_8_ci",
    "upper99_8": "upper_99_8_ci",
}


def agree(got: st.Estimates, expected: pd.DataFrame) -> None:
    for field, column in FIELDS.items():
        theirs = expected[column].astype(float)
        np.testing.assert_allclose(getattr(got, field), theirs, rtol=1e-9, err_msg=field)


@pytest.fixture(scope="module")
def random() -> np.random.Generator:
    return np.random.default_rng(20)


def test_proportions_agree(random):
    n = random.integers(1, 5000, GROUPS)
    x = random.binomial(n, random.random(GROUPS))
    expected = ph_proportion(
        pd.DataFrame({"x": x, "n": n}), "x", "n", confidence=[0.95, 0.998], multiplier=100
    )
    agree(st.proportions(x, n, multiplier=100), expected)


def test_rates_agree(random):
    n = random.integers(100, 100_000, GROUPS)
    o = 1 + random.poisson(random.choice([2, 8, 50, 900], GROUPS))
    expected = ph_rate(pd.DataFrame({"o": o, "n": n}), "o", "n", confidence=[0.95, 0.998], multiplier=1000)
    agree(st.rates(o, n, multiplier=1000), expected)


def test_standardised_rates_agree(random):
    n = random.integers(50, 5000, (GROUPS, 19))
    o = random.poisson(n * 0.004)
    weights = np.tile(st.standard_weights(), GROUPS)
    frame = pd.DataFrame(
        {"group": np.repeat(np.arange(GROUPS), 19), "o": o.ravel(), "n": n.ravel(), "w": weights}
    )
    with contextlib.redirect_stdout(io.StringIO()):
        expected = ph_dsr(
            frame, "o", "n", "w", group_cols=["group"], confidence=[0.95, 0.998], euro_standard_pops=False
        )
    got = st.directly_standardised(o, n)
    order = expected["group"].astype(int).to_numpy()
    assert sorted(order) == list(range(GROUPS))
    agree(got, expected.sort_values("group", key=lambda column: column.astype(int)))


def test_means_agree(random):
    group = np.repeat(np.arange(GROUPS), random.integers(2, 12, GROUPS))
    value = random.gamma(4, 15, group.size)  # it refuses values below 0
    frame = pd.DataFrame({"group": group, "value": value})
    with contextlib.redirect_stdout(io.StringIO()):
        expected = ph_mean(frame, "value", ["group"], confidence=[0.95, 0.998])
    order = random.permutation(group.size)
    got = st.means_of_rows(group[order], value[order], groups=GROUPS)
    agree(got, expected.sort_values("group", key=lambda column: column.astype(int)))


@pytest.mark.parametrize("name", ["rate", "ratio"])
def test_indirectly_standardised_rates_and_ratios_agree(random, name):
    bands = 6
    n = random.integers(50, 5000, (GROUPS, bands))
    o = 1 + random.poisson(n * random.choice([0.0001, 0.004, 0.05], (GROUPS, 1)))
    reference = random.integers(100, 900, bands), random.integers(50_000, 90_000, bands)
    group, band = (codes.ravel() for codes in np.indices(n.shape))
    frame = pd.DataFrame({"group": group, "o": o.ravel(), "n": n.ravel()})
    frame["ref_o"], frame["ref_n"] = reference[0][band], reference[1][band]
    columns = ("o", "n", "ref_o", "ref_n")
    with contextlib.redirect_stdout(io.StringIO()):
        if name == "rate":
            expected = ph_ISRate(frame, *columns, ["group"], confidence=[0.95, 0.998], multiplier=1000)
            got = st.indirectly_standardised_rate(o, n, *reference, multiplier=1000)
        else:
            expected = ph_ISRatio(frame, *columns, ["group"], confidence=[0.95, 0.998], refvalue=100)
            got = st.indirectly_standardised_ratio(o, n, *reference)
    ordered = expected.sort_values("group", key=lambda column: column.astype(int))
    agree(got, ordered.rename(columns={"Ratio": "Value", "Rate": "Value"}))


@pytest.mark.parametrize("parts", [5, 10])
@pytest.mark.parametrize("highest_first", [True, False])
def test_quantiles_agree(random, parts, highest_first):
    group = random.integers(0, 400, GROUPS)
    score = random.integers(0, 60, GROUPS)  # many ties
    frame = pd.DataFrame({"group": group, "score": score.astype(float)})
    expected = ph_quantile(frame, "score", ["group"], nquantiles=parts, invert=highest_first)
    got = st.quantiles(score, group, parts=parts, highest_first=highest_first)
    np.testing.assert_array_equal(got.quantile, expected["quantile"].to_numpy(float))


FLAG_WORDS = {
    "High (0.001)": "high (99.8%)",
    "High (0.025)": "high (95%)",
    "Not significant": "as expected",
    "Low (0.025)": "low (95%)",
    "Low (0.001)": "low (99.8%)",
}


@pytest.mark.parametrize("statistic", ["proportion", "ratio", "rate"])
def test_flags_of_funnels_agree(random, statistic):
    n = random.integers(200, 5000, 1000)
    x = 1 + random.binomial(n, 0.02)
    frame = pd.DataFrame({"x": x, "n": n, "e": n * 0.02, "rate": 1000 * x / n})
    if statistic == "proportion":
        got = st.funnel_of_proportions(x, n)
        expected = assign_funnel_significance(frame, "x", "proportion", "n")
    elif statistic == "ratio":
        got = st.funnel_of_ratios(x, n * 0.02)
        expected = assign_funnel_significance(frame, "x", "ratio", "e")
    else:
        got = st.funnel_of_rates(x, n)
        expected = assign_funnel_significance(
            frame, "x", "rate", "n", rate="rate", rate_type="crude", multiplier=1000
        )
    assert list(got.flag) == [FLAG_WORDS[word] for word in expected["significance"]]


def test_lines_of_funnels_of_rates_agree(random):
    n = random.integers(500, 50_000, 40)
    x = 1 + random.poisson(n * 0.004)
    frame = pd.DataFrame({"x": x, "n": n, "rate": 1000 * x / n})
    expected = calculate_funnel_limits(
        frame, "x", "rate", 1000, "n", rate="rate", rate_type="crude", years_of_data=3
    )
    got = st.poisson_lines(expected["Events"], x.sum() / n.sum(), years=3, multiplier=1000)
    for field, name in {
        "lower95": "lower_2s",
        "upper95": "upper_2s",
        "lower99_8": "lower_3s",
        "upper99_8": "upper_3s",
    }.items():
        np.testing.assert_allclose(getattr(got.lines, field), expected[f"{name}_limit"], rtol=5e-5)
        np.testing.assert_allclose(
            getattr(got.across, field), expected[f"{name}_population_1_year"], rtol=5e-5
        )
