"""Whether a measure differs between two places: by the interval of the difference, for every count shown alike."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.measures import statistics
from stewardship.measures.derived.between import (
    HIDDEN,
    MANY_EACH,
    MISSING,
    NO_CHANCE,
    NO_INTERVAL,
    NO_LIMITS,
    ROUNDING,
    Between,
    between,
)
from stewardship.measures.published import EVERYONE, Card, Figure

YEAR = (date(2025, 4, 1), date(2026, 3, 31))


def card(statistic, unit, better="higher", **more):
    return Card("m", "M", "made", "outcomes", statistic, unit, better, "", "", "", **more)


SHARE, LESS = card("proportion", "%"), card("proportion", "%", "lower")
RATE = card("rate", "per 1,000", "lower")
AGED = card("standardised rate", "per 100,000", "neither")
PUBLISHED = card("published", "%")
EXPECTED = card("against expected", "%")


def figure(numerator=None, denominator=None, *, value=None, **more):
    if value is None:
        value = 100 * numerator / denominator
    told = {
        "lower95": value * 0.9,
        "upper95": value * 1.1,
        "lower99_8": value * 0.8,
        "upper99_8": value * 1.2,
    }
    told |= {"state": "shown", "reason": "", "caution": "", "compared": "", "change": ""} | more
    return Figure("m", "P", EVERYONE, EVERYONE, *YEAR, numerator, denominator, value, **told)


SUPPRESSED = figure(10, 20, state="suppressed", value=0.0)


@pytest.mark.parametrize(
    "of, first, second, word",
    [
        (SHARE, figure(300, 500), figure(200, 500), "better"),
        (SHARE, figure(200, 500), figure(300, 500), "worse"),
        (LESS, figure(300, 500), figure(200, 500), "worse"),
        (SHARE, figure(205, 500), figure(200, 500), "similar"),
        (RATE, figure(200, 1_000), figure(100, 1_000), "worse"),
        (RATE, figure(0, 1_000), figure(100, 1_000), "better"),  # nobody is exactly nobody
        (AGED, figure(80, value=400.0), figure(80, value=200.0), "higher"),
        (PUBLISHED, figure(value=60.0), figure(value=40.0), "better"),
        (EXPECTED, figure(900, value=90.0), figure(600, value=60.0), "better"),
    ],
)
def test_the_first_is_told_against_the_second_in_the_direction_of_good(of, first, second, word):
    assert between(of, first, second) == Between(word)


@pytest.mark.parametrize(
    "of, first, second, why",
    [
        (SHARE, SUPPRESSED, figure(200, 500), HIDDEN),
        (SHARE, figure(200, 500), SUPPRESSED, HIDDEN),
        (SHARE, None, figure(200, 500), MISSING),
        (replace(SHARE, missing="no unit was sent"), figure(2, 5), figure(3, 5), MISSING),
        (replace(RATE, repeats=True), figure(200, 1_000), figure(100, 1_000), MANY_EACH),
        (card("count", "people"), figure(200, value=200.0), figure(100, value=100.0), NO_INTERVAL["count"]),
        (card("amount", "£"), figure(200, value=200.0), figure(100, value=100.0), NO_INTERVAL["amount"]),
        (PUBLISHED, figure(value=60.0, lower95=None), figure(value=40.0), NO_LIMITS),
        (EXPECTED, figure(0, value=0.0), figure(600, value=60.0), NO_CHANCE),
    ],
)
def test_what_cannot_be_told_says_why(of, first, second, why):
    assert between(of, first, second) == Between("", why)


def test_a_difference_that_rounding_alone_may_have_made_cannot_be_told():
    first, second = figure(60, 100), figure(45, 100)
    exact = statistics.difference_of_proportions([60], [100], [45], [100])
    assert exact.lower95[0] > 0
    assert between(SHARE, first, second) == Between("", ROUNDING)
    assert between(replace(SHARE, rounded_to=1), first, second) == Between("better")


def test_a_place_within_another_is_held_against_its_value_as_fixed():
    part, whole = figure(60, 120, lower95=45.0, upper95=56.0), figure(4_500, 10_000)
    assert between(SHARE, part, whole).word == "similar"
    assert between(replace(SHARE, rounded_to=1), part, whole, within="first").word == "similar"
    large, fixed = figure(5_500, 10_000), figure(50_000, 100_000)
    assert between(SHARE, large, fixed, within="first") == Between("better")
    assert between(SHARE, fixed, large, within="second") == Between("worse")


counts = (
    st.integers(20, 400)
    .map(lambda each: 5 * each)
    .flatmap(
        lambda people: st.tuples(st.integers(0, people // 5).map(lambda each: 5 * each), st.just(people))
    )
)
TURNED = {"better": "worse", "worse": "better", "similar": "similar", "": ""}


@settings(max_examples=100, deadline=None)
@given(counts, counts)
def test_turned_round_the_two_are_told_alike(one, two):
    there, back = between(SHARE, figure(*one), figure(*two)), between(SHARE, figure(*two), figure(*one))
    assert (TURNED[there.word], there.why) == (back.word, back.why)


@settings(max_examples=100, deadline=None)
@given(counts, counts, st.lists(st.integers(-2, 2), min_size=4, max_size=4))
def test_what_is_told_holds_for_every_count_that_is_shown_alike(one, two, moved):
    said = between(SHARE, figure(*one), figure(*two)).word
    if said not in ("better", "worse"):
        return
    x, n, y, m = (shown + (by if shown else 0) for shown, by in zip((*one, *two), moved, strict=True))
    true = statistics.difference_of_proportions([min(x, n)], [n], [min(y, m)], [m])
    assert np.sign(true.lower95[0]) == np.sign(true.upper95[0]) == (1 if said == "better" else -1)
