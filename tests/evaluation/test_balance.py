"""How alike matched groups are, worked by hand."""

import numpy as np
import pytest

from stewardship.evaluation.balance import Line, balance, told
from stewardship.evaluation.matching import matched
from support.studies import pool_with


def line(**changed):
    usual = {
        "name": "age", "mean_exposed_before": 0, "mean_others_before": 0, "difference_before": 0,
        "mean_exposed_after": 0, "mean_others_after": 0, "difference_after": 0.0, "variance_ratio": 1.0,
    }  # fmt: skip
    return Line(**{**usual, **changed})


def test_differences_are_in_standard_deviations_of_before_matching():
    pool = pool_with(
        person=[1, 2, 3, 4, 5, 6],
        exposed=[1, 1, 0, 0, 0, 0],
        exact={"home": [0, 1, 0, 1, 0, 0]},
        near={"age": [80, 90, 80, 90, 60, 60]},
    )
    age, away, home = balance(pool, matched(pool, np.ones(6, dtype=bool)))
    spread = np.sqrt((np.var([80, 90]) + np.var([80, 90, 60, 60])) / 2)
    assert age.difference_before == pytest.approx((85 - 72.5) / spread)
    assert (home.mean_exposed_before, home.mean_others_before) == (0.5, 0.25)
    assert home.difference_after == away.difference_after == 0
    assert np.isnan(home.variance_ratio)


@pytest.mark.parametrize("changed, alike", [
    ({"difference_after": 0.1}, True),
    ({"difference_after": -0.11}, False),
    ({"variance_ratio": 2.0}, True),
    ({"variance_ratio": 2.1}, False),
    ({"variance_ratio": 0.49}, False),
    ({"difference_after": np.nan}, False),
    ({"variance_ratio": np.nan}, True),
])  # fmt: skip
def test_alike_is_a_tenth_of_a_standard_deviation_and_half_to_twice_the_spread(changed, alike):
    assert line(**changed).alike is alike


def test_what_is_left_unlike_is_said_in_words_the_worst_first():
    words = told((
        line(name="age", difference_after=0.12),
        line(name="deficits", difference_after=-0.2),
        line(name="stays", variance_ratio=3.0),
        line(name="sex"),
    ))  # fmt: skip
    assert words == (
        "The groups are still not alike in: deficits (0.20 standard deviations lower in those who had it); age (0.12 "
        "standard deviations higher in those who had it); stays (as high on average, but spread 3.00 times as widely)."
    )
    assert (
        told((line(),))
        == "The groups are alike in all that was known before, within 0.1 standard deviations."
    )
    assert told(()) == "Nothing was known beforehand in which the groups could be compared."
