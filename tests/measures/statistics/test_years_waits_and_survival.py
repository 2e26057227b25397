"""Years of life lost, quantiles of waits, and Kaplan-Meier curves."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from stewardship.measures import statistics as st

# Freireich and others 1963 (Blood 21:699): weeks in remission on 6-mercaptopurine and on placebo, as in every
# textbook of survival since; who was still in remission when last seen is marked 0.
TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def both() -> tuple[list[int], list[int], list[int]]:
    return [0] * 21 + [1] * 21, TREATED + PLACEBO, RELAPSED + [1] * 21


def test_years_of_life_lost_worked_by_hand():
    # 3 deaths with 40 years to go and 12 with 10: 240 years; variance 3 x 1600 + 12 x 100
    got = st.years_of_life_lost([[3, 12]], [40, 10])
    limits = st.byar([15])
    scale = math.sqrt(6000 / 15)
    assert got.value[0] == 240
    assert (got.numerator[0], got.denominator[0]) == (240, 15)
    assert got.lower95[0] == pytest.approx(240 + scale * (limits.lower[0] - 15))
    assert got.upper95[0] == pytest.approx(240 + scale * (limits.upper[0] - 15))


@pytest.mark.parametrize(
    "deaths, remaining, value, reason",
    [
        ([0, 0], [40, 10], 0, ""),
        ([math.nan, 2], [40, 10], 20, ""),
        ([0, 2], [math.nan, 10], 20, ""),
        ([1, 2], [math.nan, 10], None, "years of life not known in some ages"),
        ([1, 2], [-1, 10], None, "years of life not known in some ages"),
        ([-1, 2], [40, 10], None, "a count is below zero"),
    ],
)
def test_years_of_life_lost_with_gaps_in_the_data(deaths, remaining, value, reason):
    got = st.years_of_life_lost([deaths], [remaining])
    assert list(got.reason) == [reason]
    assert math.isnan(got.value[0]) if value is None else got.value[0] == value


def test_no_deaths_lose_no_years_with_an_upper_limit():
    got = st.years_of_life_lost([[0, 0]], [40, 10])
    assert (got.lower95[0], got.upper95[0]) == pytest.approx((0, 40 * 3.688879), rel=1e-6)


def test_disability_adjusted_years_are_both_kinds_together():
    lost = st.years_of_life_lost([[3, 12], [3, 12]], [40, 10])
    lived = st.years_lived_with_disability([[100, 50], [-1, 0]], [0.2, 0.5])
    got = st.disability_adjusted_years(lost, lived)
    assert got.value[0] == pytest.approx(240 + 45)
    up = math.hypot(lost.upper95[0] - 240, lived.upper95[0] - 45)
    assert got.upper95[0] == pytest.approx(285 + up)
    assert list(got.reason) == ["", "a count is below zero"]


def test_median_and_ninety_second_percentile_of_waits_worked_by_hand():
    waits = np.arange(101.0)
    shuffled = np.random.default_rng(1).permutation(waits)
    median = st.waits_of_rows(np.zeros(101), shuffled, groups=1)
    late = st.waits_of_rows(np.zeros(101), shuffled, groups=1, share=0.92)
    assert (median.value[0], late.value[0]) == (50, 92)
    # ranks 50.5 -/+ 1.96 sqrt(25.25) are 40.65 and 61.35 (with the 1): the 41st and 61st wait
    assert (median.lower95[0], median.upper95[0]) == (40, 60)
    assert (late.numerator[0], late.denominator[0]) == (93, 101)


def test_waits_of_groups_in_any_order_with_unknown_rows():
    group = [1, 0, 1, math.nan, 1, 9, 0, 2, 2]
    wait = [30, 7, 10, 5, 20, 5, 9, math.nan, -4]
    got = st.waits_of_rows(group, wait, groups=3)
    assert list(got.value[:2]) == [8, 20]
    assert list(got.reason) == ["", "", "no one in the group"]
    assert math.isnan(got.lower95[0])  # two waits tell no limits
    assert st.waits_of_rows([], [], groups=1).reason[0] == "no one in the group"


@given(
    some.lists(some.tuples(some.integers(0, 2), some.integers(0, 90)), min_size=1),
    some.sampled_from([0.5, 0.92]),
)
def test_quantiles_of_waits_are_numpys_and_limits_stand_around_them(rows, share):
    group, wait = np.array(rows).T
    got = st.waits_of_rows(group, wait, groups=3, share=share)
    for one in set(group):
        own = wait[group == one]
        assert got.value[one] == pytest.approx(np.quantile(own, share))
        assert not got.lower95[one] > got.value[one] + 1e-9
        assert not got.upper95[one] < got.value[one] - 1e-9


def test_waits_from_published_bands_worked_by_hand():
    starts = [0, 1, 2, 3]  # weeks; the last is 3 and more
    waiting = [[10, 20, 10, 0], [1, 1, 1, 97], [0, 0, 0, 0], [-1, 5, 5, 5], [math.nan, 4, 0, 0]]
    got = st.waits_of_bands(waiting, starts)
    assert got.value[0] == pytest.approx(1.5)
    assert got.value[4] == pytest.approx(1.5)
    half = 1.959964 * math.sqrt(10)
    assert got.upper95[0] == pytest.approx(1 + (10 + half) / 20)
    assert list(got.reason[1:4]) == [
        "the wait is in the last, open band",
        "no one in the group",
        "a count is below zero",
    ]


def test_starts_that_do_not_fit_the_bands_are_refused_in_words():
    with pytest.raises(ValueError, match="2 bands of waits have 3 starts"):
        st.waits_of_bands([[1, 2]], [0, 1, 2])


def test_the_textbook_curve_of_remission():
    got = st.survival(*both(), at=[5, 6, 7, 10, 13, 16, 22, 23, 35, 36], groups=2)
    published = [1, 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448, 0.448]
    assert got.value[0, :9] == pytest.approx(published, abs=5e-4)
    assert got.reason[0, 9] == "nobody is followed for so long"
    assert (got.lower95[0, 1], got.upper95[0, 1]) == pytest.approx((0.620, 0.952), abs=5e-4)
    assert (got.numerator[0, 2], got.denominator[0, 2]) == (4, 21)
    # on placebo all relapse, so that the curve is the part still in remission, and 0 for ever after
    assert got.value[1, [1, 3, 9]] == pytest.approx([12 / 21, 8 / 21, 0])
    assert got.reason[1, 9] == ""


def test_the_textbook_medians_of_remission():
    got = st.time_until(*both(), groups=2)
    assert list(got.value) == [23, 8]
    assert (got.lower95[1], got.upper95[1]) == (4, 11)
    assert got.lower95[0] == 13
    assert math.isnan(got.upper95[0])
    assert list(got.numerator) == [9, 21]
    assert st.time_until(*both(), groups=2, share=0.9).reason[0] == "it has not happened to so many"


def test_survival_with_unknown_rows_empty_groups_and_any_order():
    plain = st.survival(*both(), at=[10], groups=3)
    group, time, happened = (list(column) for column in both())
    order = np.random.default_rng(2).permutation(42)
    rows = [[column[i] for i in order] for column in (group, time, happened)]
    rows[0] += [math.nan, 7, 0, 0]
    rows[1] += [4, 4, math.nan, 4]
    rows[2] += [1, 1, 1, None]
    mixed = st.survival(*rows, at=[10], groups=3)
    np.testing.assert_array_equal(plain.value, mixed.value)
    assert plain.reason[2, 0] == "no one in the group"
    assert st.time_until([], [], [], groups=1).reason[0] == "no one in the group"


@given(some.lists(some.tuples(some.integers(0, 30), some.booleans()), min_size=1, max_size=40))
def test_a_curve_never_rises_and_its_limits_stand_around_it(rows):
    time, happened = np.array(rows).T
    got = st.survival(np.zeros(len(rows)), time, happened, at=np.arange(31), groups=1)
    known = got.reason[0] == ""
    assert (np.diff(got.value[0, known]) <= 1e-12).all()
    assert not (got.lower95 > got.value + 1e-9).any()
    assert not (got.upper95 < got.value - 1e-9).any()
    if all(happened):
        expected = [(time > t).mean() for t in range(31)]
        assert got.value[0] == pytest.approx(expected)
