"""Each figure in words against the year before: only what holds for every count that is shown alike."""

from dataclasses import replace

import numpy as np
import pytest

from stewardship.measures import statistics
from stewardship.measures.controlled import ControlledPair, controlled
from stewardship.measures.layout import CELLS, Layout
from stewardship.measures.measure import proportion, rate
from stewardship.measures.published import PlaceCard
from stewardship.measures.schemes import NATIONAL_CANCER_WAITS
from stewardship.measures.words import words
from stewardship.people.language import aged, contacts

SYSTEM = PlaceCard("SYS", "System", "system", "", "")
SHARE = proportion("Share", who=aged(17), achieved=aged(40), better="higher", numerator_in_words="x")
STAYS = contacts(point_of_delivery="emergency_admission")
RATE = rate("Rate", events=STAYS, better="lower", numerator_in_words="x")


def said(measure, numerators, denominators, hidden=()):
    """What is said of everyone in the system, one word a year."""
    layout = Layout(len(numerators), [SYSTEM])

    def spread(values):
        return np.repeat(np.array(values, np.int64), len(CELLS))

    suppressed = np.isin(spread(range(len(numerators))), list(hidden))
    known = np.ones(suppressed.shape, bool)
    pair = ControlledPair(
        controlled(spread(numerators), suppressed, known), controlled(spread(denominators), suppressed, known)
    )
    made = statistics.rates if measure.statistic == "rate" else statistics.proportions
    published = made(pair.numerator.numbers, pair.denominator.numbers, multiplier=measure.per)
    found = words(measure, pair, published, published.reason == "", layout)
    return found["since_year_before"].reshape(layout.shape)[:, 0, 0].tolist()


@pytest.mark.parametrize(
    "measure, now, word",
    [
        (SHARE, 400, "better"), (SHARE, 200, "worse"), (SHARE, 305, "similar"),
        (RATE, 400, "worse"), (RATE, 200, "better"), (RATE, 305, "similar"),
        (replace(SHARE, better="neither"), 400, "higher"),
    ],
)  # fmt: skip
def test_a_year_is_set_against_the_one_before_it(measure, now, word):
    assert said(measure, [500, 300, now], [1_000, 1_000, 1_000])[2] == word


def test_the_first_year_has_none_before_it():
    assert said(SHARE, [300, 400], [1_000, 1_000]) == ["", "better"]


def test_a_hidden_year_is_neither_compared_nor_compared_with():
    assert said(SHARE, [300, 400, 500], [1_000] * 3, hidden=[1]) == ["", "", ""]


def test_rounding_makes_no_difference():
    """30 and 45 of 100 differ beyond chance as they stand; 32 of 102 and 43 of 98 would not."""
    assert said(replace(SHARE, scheme=NATIONAL_CANCER_WAITS), [30, 45], [100, 100])[1] == "better"
    assert said(SHARE, [30, 45], [100, 100])[1] == "similar"


def test_years_put_together_share_years_with_those_before_and_say_nothing():
    assert said(replace(RATE, pool=3), [300, 300, 900], [1_000] * 3) == ["", "", ""]


def test_events_that_come_more_than_once_say_nothing():
    assert said(replace(RATE, repeats=True), [300, 900], [1_000] * 2) == ["", ""]
