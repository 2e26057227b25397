"""Funnels of networks and practices, from published figures: who is named, who is not, and why."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.measures.derived.variation import (
    HIDDEN,
    MANY_EACH,
    NO_FIGURE,
    NO_TARGET,
    TOO_FEW,
    TOO_FEW_PLACES,
    variation,
)
from support.shown_figures import (
    AGED,
    EXACT,
    NOW,
    PERIODS,
    RATE,
    REPEATED,
    SHARE,
    SMOKING,
    SYSTEM,
    figure,
    hidden,
    practices,
    table,
)

COUNTS = (150, 145, 155, 150, 160, 140, 150, 150, 145, 155, 150, 150)


def funnels(card, counts, *, system=(3_000, 10_000), people=500, more=()):
    """The latest rows of practices with these numerators, by place."""
    units = practices(len(counts))
    rows = [figure(card, SYSTEM, *system), *more] if system else [*more]
    told = {row["place"] for row in more}
    rows += [
        figure(card, unit, count, people)
        for unit, count in zip(units, counts, strict=True)
        if unit.code not in told
    ]
    made = variation(table(rows), [card], [SYSTEM, *units], PERIODS).to_pylist()
    return {row["place"]: row for row in made if row["period_end"] == NOW[1]}


def positions(card, counts, **more):
    return {place: row["position"] for place, row in funnels(card, counts, **more).items()}


@pytest.mark.parametrize(
    "card, count, said",
    [
        (SHARE, 250, "much better than expected"),
        (SMOKING, 250, "much worse than expected"),
        (replace(SHARE, better="neither"), 250, "much higher than expected"),
        (SHARE, 60, "much worse than expected"),
        (SMOKING, 60, "much better than expected"),
        (replace(SHARE, better="neither"), 60, "much lower than expected"),
        (RATE, 250, "much worse than expected"),
        (RATE, 60, "much better than expected"),
    ],
)
def test_a_practice_with_an_unusual_figure_is_the_one_that_is_named(card, count, said):
    found = positions(card, (*COUNTS, count))
    assert found.pop("P12") == said
    assert set(found.values()) == {"as expected"}


def test_limits_are_widened_by_what_practices_differ_beyond_chance():
    """Spiegelhalter's additive variance, worked out one practice after the other."""
    counts = (90, 210, 120, 180, 150, 100, 200, 140, 160, 110, 190, 150)
    people, target = 500, 0.3
    error = 1 / (2 * math.sqrt(people))
    z = [(math.asin(math.sqrt(x / people)) - math.asin(math.sqrt(target))) / error for x in counts]
    low, high = np.quantile(z, [0.1, 0.9])
    phi = sum(min(max(one, low), high) ** 2 for one in z) / len(z)
    weight = 1 / error**2
    tau2 = (len(z) * phi - (len(z) - 1)) / (len(z) * weight - weight)
    side = 1.959963984540054 * math.sqrt(error**2 + tau2)
    found = funnels(SHARE, counts)["P00"]
    assert phi > 5
    assert found["dispersion"] == pytest.approx(phi)
    assert found["between"] == pytest.approx(tau2)
    assert found["adjusted"]
    assert found["upper95"] == pytest.approx(100 * math.sin(math.asin(math.sqrt(target)) + side) ** 2)
    assert found["lower95"] == pytest.approx(100 * math.sin(math.asin(math.sqrt(target)) - side) ** 2)
    assert set(positions(SHARE, counts).values()) == {"as expected"}


def test_practices_that_differ_no_more_than_chance_have_limits_of_chance_alone():
    found = funnels(SHARE, COUNTS)["P00"]
    assert not found["adjusted"]
    assert found["between"] == 0
    assert found["dispersion"] < 1


def test_the_whole_system_is_what_they_are_set_against_not_their_own_mean():
    found = funnels(SHARE, (*COUNTS, 200), system=(4_000, 10_000))
    assert found["P00"]["target"] == pytest.approx(40)
    assert found["P00"]["lower95"] < 40 < found["P00"]["upper95"]
    assert found["P12"]["position"] == "as expected"


def test_rounding_names_nobody():
    """173 of 500 is above the limit of 34.1%; once both may be rounded it may be 171 of 502, which is not."""
    counts = (*COUNTS, 173)
    assert positions(EXACT, counts)["P12"] == "better than expected"
    assert positions(SHARE, counts)["P12"] == "as expected"


@pytest.mark.parametrize(
    "card, counts, more, why",
    [
        (SHARE, COUNTS, {"more": [hidden(SHARE, practices(1)[0])]}, HIDDEN),
        (SHARE, COUNTS, {"more": [figure(SHARE, practices(1)[0], 0, 0, state="missing")]}, NO_FIGURE),
        (SHARE, COUNTS, {"system": None}, NO_TARGET),
        (SHARE, COUNTS[:2], {}, TOO_FEW_PLACES),
        (RATE, (5, *COUNTS), {"system": (10, 10_000)}, TOO_FEW),
        (SHARE, (495, *COUNTS), {"system": (9_900, 10_000)}, TOO_FEW),
        (REPEATED, COUNTS[:9], {}, MANY_EACH),
    ],
    ids=["hidden", "missing", "no system", "two places", "few events", "few without", "many each"],
)
def test_a_place_of_which_nothing_can_be_told_says_why(card, counts, more, why):
    found = funnels(card, counts, **more)["P00"]
    assert (found["position"], found["reason"]) == ("", why)


def test_events_that_come_more_than_once_are_told_where_enough_places_show_how_they_differ():
    found = positions(REPEATED, (*COUNTS, 300))
    assert found["P12"] == "much worse than expected"


def test_no_events_where_many_are_expected_is_a_position_and_not_too_few():
    assert positions(RATE, (*COUNTS, 0))["P12"] == "much better than expected"


def test_a_standardised_rate_stands_at_the_people_that_its_events_would_need():
    found = funnels(AGED, COUNTS, more=[figure(AGED, practices(1)[0], 150, 500, value=600.0)])["P00"]
    assert found["size"] == pytest.approx(150 / 0.6)
    assert found["position"] == "much worse than expected"


def test_a_measure_without_counts_and_a_missing_one_have_no_funnel():
    mean = replace(RATE, statistic="mean", unit="£ a person")
    missing = replace(SHARE, missing="nothing was sent")
    assert variation(table([]), [mean, missing], [SYSTEM, *practices(3)], PERIODS).num_rows == 0


def test_nothing_orders_the_places():
    """Whoever reads the file finds places in the order they are given: there is no column of ranks."""
    found = funnels(SHARE, (*COUNTS, 250))
    assert list(found) == sorted(found)
    assert not [name for name in next(iter(found.values())) if "rank" in name]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 100), min_size=12, max_size=12), st.integers(0, 10_000), st.randoms())
def test_what_is_not_shown_and_the_order_of_rows_change_nothing(counts, secret, random):
    units = practices(14)
    rows = [figure(SHARE, SYSTEM, 3_000, 10_000)]
    rows += [figure(SHARE, unit, 5 * count, 500) for unit, count in zip(units, counts, strict=False)]
    beside = [figure(SHARE, unit, 5, 100, state="suppressed") for unit in units[12:]]
    known = variation(table([*rows, *beside]), [SHARE], [SYSTEM, *units], PERIODS)
    other = [
        row | {"numerator": secret, "denominator": 2 * secret + 1, "value": float(secret)} for row in beside
    ]
    mixed = [*rows, *other]
    random.shuffle(mixed)
    assert variation(table(mixed), [SHARE], [SYSTEM, *units], PERIODS).equals(known)
