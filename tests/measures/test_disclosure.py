"""What may be shown, and how."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from stewardship.measures import disclosure as dc
from stewardship.measures.controlled import CAUTION_WORDS, HIDDEN_WORDS, MISSING_WORDS, NO_VALUE
from stewardship.measures.statistics import proportions

COUNTS = some.lists(some.integers(0, 400), min_size=1, max_size=40)
PAIRS = some.lists(some.tuples(some.integers(0, 120), some.integers(0, 120)).map(sorted), min_size=1)
HIDDEN = HIDDEN_WORDS


@pytest.mark.parametrize(
    "true, shown",
    [
        (0, 0),
        (1, None),
        (7, None),
        (8, 10),
        (9, 10),
        (12, 10),
        (13, 15),
        (17, 15),
        (18, 20),
        (22, 20),
        (23, 25),
        (1002, 1000),
        (1003, 1005),
    ],
)
def test_a_count_is_hidden_or_rounded(true, shown):
    got = dc.control_counts([true])
    if shown is None:
        assert (got.state[0], got.reason[0], got.value[0]) == ("suppressed", HIDDEN, NO_VALUE)
        assert np.isnan(got.numbers[0])
    else:
        assert (got.state[0], got.reason[0], got.value[0]) == ("shown", "", shown)


@pytest.mark.parametrize(
    "x, n, shown",
    [
        (13, 27, (15, 25)),
        (8, 12, None),  # 4 are left
        (59, 62, None),  # 3 are left
        (7, 30, None),
        (23, 30, None),  # 7 are left
        (0, 30, (0, 30)),
        (30, 30, (30, 30)),
        (0, 7, None),
        (7, 7, None),
        (0, 0, (0, 0)),
        (50, 58, (50, 60)),
    ],
)
def test_a_percentage_is_of_rounded_counts_and_hides_a_few_and_all_but_a_few(x, n, shown):
    got = dc.control_proportions([x], [n])
    if shown is None:
        assert (got.state[0], got.reason[0], got.caution[0]) == ("suppressed", HIDDEN, "")
        assert not got.numerator.shown[0]  # the complement cannot be had from the numerator either
    else:
        assert (got.state[0], got.reason[0]) == ("shown", "")
        assert (got.numerator.value[0], got.denominator.value[0]) == shown


def test_the_same_words_whatever_the_cause():
    got = dc.control_proportions([3, 27, 4, 13], [30, 30, 5, 26])
    assert list(got.reason) == [HIDDEN, HIDDEN, HIDDEN, ""]
    assert list(got.nothing) == [False, False, True, False]


def test_caution_where_rounding_may_move_a_percentage():
    got = dc.control_proportions([13, 30, 13, 0, 3], [26, 60, 52, 0, 30])
    assert list(got.caution) == [CAUTION_WORDS, "", "", "", ""]


def test_controlled_counts_go_into_the_statistics():
    pair = dc.control_proportions([13, 3, 60], [27, 30, 118])
    got = proportions(pair.numerator.numbers, pair.denominator.numbers, multiplier=100)
    assert got.value[0] == pytest.approx(60)
    assert got.value[2] == pytest.approx(50)
    assert np.isnan(got.value[1])


def test_a_rate_is_hidden_by_few_events_or_few_people_and_has_no_complement():
    got = dc.control_rates([3, 40, 5, 118, 0], [200, 6, 5, 120, 0])
    assert list(got.state) == ["suppressed", "suppressed", "suppressed", "shown", "shown"]
    assert list(got.nothing) == [False, True, True, False, False]


@pytest.mark.parametrize("events, state", [(0, "shown"), (1, "suppressed"), (9, "suppressed"), (10, "shown")])
def test_a_standardised_rate_needs_ten_events(events, state):
    got = dc.control_standardised([events], [5000])
    assert got.numerator.state[0] == state


@pytest.mark.parametrize(
    "pence, people, shown",
    [
        (123_456_789, 40, 123_500_000),
        (-123_456_789, 40, -123_500_000),
        (49_999, 40, 0),
        (50_000, 40, 100_000),
        (123_456_789, 7, None),
        (123_456_789, 0, None),  # money that nobody stands behind
        (0, 0, 0),
        (0, 3, None),
    ],
)
def test_money_is_rounded_to_a_thousand_pounds_and_needs_eight_people(pence, people, shown):
    got = dc.control_money([pence], [people])
    assert got.numerator.value[0] == (NO_VALUE if shown is None else shown)
    assert got.state[0] == ("suppressed" if shown is None else "shown")


def test_a_mean_needs_eight_people():
    got = dc.control_rates([93, 93], [7, 8])  # days in hospital of so many people
    assert list(got.state) == ["suppressed", "shown"]
    assert (got.numerator.value[1], got.denominator.value[1]) == (95, 10)


def test_what_is_not_known_is_missing_and_not_hidden():
    got = dc.control_counts([np.nan, 30])
    assert list(got.state) == ["missing", "shown"]
    assert got.reason[0] == MISSING_WORDS
    assert list(dc.control_proportions([np.nan, 4], [30, np.nan]).state) == ["missing", "suppressed"]
    assert list(dc.control_money([5, np.nan], [np.nan, 40]).state) == ["suppressed", "missing"]


def test_mistakes_are_refused_in_words():
    with pytest.raises(ValueError, match="Row 1: a count is below 0"):
        dc.control_counts([3, -1])
    with pytest.raises(ValueError, match="not a whole number"):
        dc.control_counts([3.5])
    with pytest.raises(TypeError, match="both controlled"):
        dc.control_rates(dc.control_counts([30]), [30])


@given(COUNTS, COUNTS)
def test_no_count_of_a_few_people_is_ever_shown(first, second):
    size = min(len(first), len(second))
    x, n = np.minimum(first[:size], second[:size]), np.maximum(first[:size], second[:size])
    pairs = [
        dc.control_proportions(x, n),
        dc.control_rates(n, x),
        dc.control_standardised(x, n),
    ]
    for part in [
        dc.control_counts(x),
        *(side for pair in pairs for side in (pair.numerator, pair.denominator)),
    ]:
        shown = part.value[part.shown]
        assert not ((shown > 0) & (shown < 8)).any()
        assert (shown % 5 == 0).all()
        assert (part.value[~part.shown] == NO_VALUE).all()
        assert ((part.reason == "") == part.shown).all()


@given(PAIRS)
def test_twice_is_as_good_as_once(pairs):
    x, n = np.array(pairs).T
    once = dc.control_counts(n)
    assert dc.control_counts(once) is once
    shown = once.value[once.shown]
    np.testing.assert_array_equal(dc.control_counts(shown).value, shown)
    for control in (dc.control_proportions, dc.control_rates, dc.control_standardised, dc.control_money):
        pair = control(x, n)
        again = control(pair.numerator, pair.denominator)
        assert (again.numerator, again.denominator) == (pair.numerator, pair.denominator)


@given(PAIRS, some.randoms(use_true_random=False))
def test_the_order_of_filters_is_irrelevant(pairs, random):
    x, n = np.array(pairs).T
    kept = np.array([random.random() < 0.5 for _ in pairs])
    for control in (dc.control_proportions, dc.control_rates, dc.control_money):
        before, after = control(x, n), control(x[kept], n[kept])
        np.testing.assert_array_equal(before.numerator.value[kept], after.numerator.value)
        np.testing.assert_array_equal(before.state[kept], after.state)


def test_nothing_given_is_changed():
    x, n = np.array([3, 20, 40]), np.array([30, 40, 44])
    dc.control_proportions(x, n)
    assert (list(x), list(n)) == ([3, 20, 40], [30, 40, 44])
