"""Control charts: limits and tests worked by hand, gaps in the data, phases, assurance."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from stewardship.measures import statistics as st

CALM = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12]  # mean 11, moving ranges 2: limits 11 -/+ 5.32


def causes(values: list[float], **options: object) -> list[str]:
    return list(st.xmr([values], **options).signals.cause[0])


def test_limits_worked_by_hand():
    chart = st.xmr([CALM])
    assert chart.centre[0, 0] == 11
    assert (chart.lower[0, 5], chart.upper[0, 5]) == pytest.approx((11 - 2.66 * 2, 11 + 2.66 * 2))
    assert not chart.trial.any()
    assert set(chart.signals.cause[0]) == {""}
    assert set(st.readings(chart, better="higher")[0]) == {"common cause"}


@pytest.mark.parametrize(
    "after, cause, sign",
    [
        ([16.4], "outside the limits", 1),
        ([5.6], "outside the limits", -1),
        ([16.32], "", 0),  # on the limit is inside it
        ([12, 15, 15], "two of three", 1),
        ([15, 15], "", 0),  # the one before is on the other side
        ([15, 11.5, 15], "two of three", 1),
        ([15, 10.9, 15], "", 0),  # not all on one side
        ([11.5, 11.6, 11.5, 11.6, 11.5, 11.6, 11.5], "shift", 1),
        ([11.5, 11.6, 11.5, 11, 11.5, 11.6, 11.5], "", 0),  # a point on the mean ends the run
        ([9.5, 10, 10.5, 10.9, 11.5, 12, 12.1], "trend", 1),
        ([9.5, 10, 10.5, 10.5, 11.5, 12, 12.1], "", 0),  # two alike are no rise
        ([12.5, 12, 11.9, 11.5, 11.4, 10, 9.9], "trend", -1),
    ],
)
def test_a_special_cause_is_found_after_a_calm_baseline(after, cause, sign):
    # a point on the other side stands between, so that no run begins in the baseline
    values = [*CALM, 10.9 if after[0] > 11 else 11.1, *after]
    chart = st.xmr([values], baseline=12)
    assert chart.centre[0, -1] == 11
    assert chart.signals.cause[0, -1] == cause
    assert chart.signals.sign[0, -1] == sign


def test_all_points_of_a_run_are_flagged_and_the_first_test_names_a_point():
    values = [*CALM, 9, 10, 10.5, 11.2, 12, 13, 16.4]
    assert causes(values, baseline=12)[12:] == ["trend"] * 6 + ["outside the limits"]
    assert causes([*CALM, 11.5, 15, 12, 15], baseline=12)[12:] == ["", "two of three", "", "two of three"]


def test_readings_follow_the_direction_of_good():
    chart = st.xmr([[*CALM, 17], [*CALM, 5]], baseline=12)
    for better, words in (
        ("higher", ["improving", "worsening"]),
        ("lower", ["worsening", "improving"]),
        ("neither", ["higher", "lower"]),
    ):
        assert list(st.readings(chart, better=better)[:, -1]) == words


@pytest.mark.parametrize(
    "target, better, words",
    [
        (5, "higher", "consistently passes"),
        (5, "lower", "consistently fails"),
        (17, "higher", "consistently fails"),
        (17, "lower", "consistently passes"),
        (12, "higher", "hit and miss"),
        (5.68, "higher", "hit and miss"),  # on the limit
        (5, "neither", ""),
        (math.nan, "higher", ""),
    ],
)
def test_assurance(target, better, words):
    assert list(st.assurance(st.xmr([CALM]), target, better=better)) == [words]


def test_missing_points_are_passed_over():
    full = [*CALM, 16.4, 12]
    with_gaps = [math.nan, *CALM[:5], math.nan, math.nan, *CALM[5:], 16.4, math.nan, 12]
    whole, gaps = st.xmr([full]), st.xmr([with_gaps])
    assert gaps.upper[0, 0] == pytest.approx(whole.upper[0, 0])
    known = ~np.isnan(with_gaps)
    assert list(gaps.signals.cause[0, known]) == list(whole.signals.cause[0])
    assert set(gaps.signals.cause[0, ~known]) == {""}
    assert st.readings(gaps, better="higher")[0, 0] == ""


def test_a_changed_process_starts_new_limits_and_new_runs():
    values = np.array([*CALM, *(20 + np.array(CALM))])
    phases = np.repeat([0, 1], 12)
    one, two = st.xmr([values]), st.xmr([values], phases=phases)
    assert "" not in one.signals.cause[0]
    assert set(two.signals.cause[0]) == {""}
    assert (two.centre[0, 0], two.centre[0, -1]) == (11, 31)
    each = st.xmr(np.stack([values, values]), phases=np.stack([phases, np.zeros(24, int)]))
    assert list(each.centre[:, -1]) == [31, 21]


def test_a_screened_chart_leaves_a_great_jump_out_of_the_mean_range():
    values = [*CALM, 60, *CALM]
    plain, screened = st.xmr([values]), st.xmr([values], screened=True)
    ranges = np.abs(np.diff(values))
    assert plain.upper[0, 0] - plain.centre[0, 0] == pytest.approx(2.66 * ranges.mean())
    assert screened.upper[0, 0] - screened.centre[0, 0] == pytest.approx(2.66 * 2)
    assert st.xmr([[5, 5, 5]], screened=True).upper[0, 0] == 5


def test_few_points_give_trial_limits_or_a_reason():
    chart = st.xmr([[4, math.nan, math.nan], [math.nan] * 3, [4, 6, 4]])
    assert list(chart.reason) == ["fewer than 2 points", "no values", ""]
    assert chart.trial[2].all()
    assert list(st.assurance(chart, 5, better="higher")) == ["", "", "hit and miss"]
    none = st.xmr(np.zeros((2, 0)))
    assert list(none.reason) == ["no values"] * 2
    assert list(st.assurance(none, 1, better="higher")) == ["", ""]


SERIES = arrays(np.float64, (4, 20), elements=some.sampled_from([math.nan, *range(12)]))


@given(SERIES, some.integers(1, 9), some.integers(-50, 50))
def test_signals_are_the_same_in_any_unit_and_reversed_upside_down(values, times, more):
    chart = st.xmr(values)
    other = st.xmr(values * 2.0**times + more)
    upside = st.xmr(-values)
    np.testing.assert_array_equal(upside.signals.sign, -chart.signals.sign)
    np.testing.assert_allclose(other.upper, chart.upper * 2.0**times + more, equal_nan=True)


@given(SERIES)
def test_many_series_at_once_are_each_as_alone(values):
    together = st.xmr(values)
    for row, one in enumerate(values):
        alone = st.xmr([one])
        assert list(together.signals.cause[row]) == list(alone.signals.cause[0])


def one_by_one(x: list[float], centre: float, lower: float, upper: float) -> list[str]:
    """The four tests written out point by point."""
    near = (centre - (centre - lower) * 2 / 3, centre + (upper - centre) * 2 / 3)
    flagged = {name: set() for name in st.CAUSES}
    flagged["outside the limits"] = {t for t, v in enumerate(x) if v > upper or v < lower}
    for t in range(len(x) - 6):
        seven = x[t : t + 7]
        steps = np.diff(seven)
        if (steps > 0).all() or (steps < 0).all():
            flagged["trend"] |= set(range(t, t + 7))
        if min(seven) > centre or max(seven) < centre:
            flagged["shift"] |= set(range(t, t + 7))
    for t in range(len(x) - 2):
        three = x[t : t + 3]
        if min(three) > centre:
            outer = {t + i for i, v in enumerate(three) if near[1] < v <= upper}
        elif max(three) < centre:
            outer = {t + i for i, v in enumerate(three) if lower <= v < near[0]}
        else:
            continue
        if len(outer) >= 2:
            flagged["two of three"] |= outer
    return [next((name for name in st.CAUSES if t in flagged[name]), "") for t in range(len(x))]


@given(some.lists(some.integers(0, 30), min_size=2, max_size=40))
def test_tests_on_arrays_are_the_tests_written_out(values):
    chart = st.xmr([values])
    expected = one_by_one(values, chart.centre[0, 0], chart.lower[0, 0], chart.upper[0, 0])
    assert list(chart.signals.cause[0]) == expected


def test_laneys_chart_widens_by_what_points_differ_and_by_their_own_numbers():
    n = np.array([[400.0, 100] * 8])
    x = n * np.array([[0.2, 0.3, 0.24, 0.26] * 4])
    chart = st.laney(x, n, multiplier=100)
    p = x.sum() / n.sum()
    error = np.sqrt(p * (1 - p) / n[0])
    sigma = np.abs(np.diff((x / n)[0] / error - p / error)).mean() / 1.128
    assert chart.upper[0, 0] == pytest.approx(100 * (p + 3 * error[0] * sigma))
    assert chart.upper[0, 1] - chart.centre[0, 1] == pytest.approx(
        2 * (chart.upper[0, 0] - chart.centre[0, 0])
    )
    odd = st.laney([[5, 3, math.nan, 4]], [[4, 9, 9, 9]])
    assert np.isnan(odd.values[0]).sum() == 2
    assert st.laney([[5, 3]], [[4, 9]], of="rate").reason[0] == ""
    assert st.laney([[5, 3]], [[4, 0]]).reason[0] == "no values"


def test_charts_of_rare_events():
    days = [[30, 40, 25, 35, 30, 45, 30, 38, 29, 33, 41, 36, 400]]
    chart = st.days_between(days)
    assert st.readings(chart, better="higher")[0, -1] == "improving"
    bent = np.array(days[0]) ** (1 / 3.6)
    upper = bent.mean() + 2.66 * np.abs(np.diff(bent)).mean()
    assert chart.upper[0, 0] == pytest.approx(upper**3.6)
    cases = st.cases_between([[20, 30, 25, 25], [math.nan, 5, math.nan, math.nan]])
    assert cases.upper[0, 0] == pytest.approx(25 + 3 * math.sqrt(25 * 26))
    assert cases.lower[0, 0] == 0
    assert list(cases.reason) == ["", "fewer than 2 points"]
