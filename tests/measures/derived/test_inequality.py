"""Slopes, gaps and excess events by deprivation, from published figures, against values worked out by hand."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.measures.controlled import CAUTION_WORDS
from stewardship.measures.derived.inequality import HIDDEN, NO_LIMITS, NOT_SHOWN, TOO_SMALL, inequality
from support.shown_figures import (
    AGED,
    ALLIANCE,
    NETWORK,
    NOW,
    PERIODS,
    RATE,
    REPEATED,
    SHARE,
    SMOKING,
    SYSTEM,
    THEN,
    fifths,
    figure,
    hidden,
    table,
)

MIDDLES = (0.1, 0.3, 0.5, 0.7, 0.9)
FALLING = [(count, 1_000) for count in (300, 250, 200, 150, 100)]


def unequal(card, rows, place=SYSTEM, end=NOW[1]):
    made = inequality(table(rows), [card], [SYSTEM, ALLIANCE, NETWORK], PERIODS).to_pylist()
    return next(row for row in made if (row["place"], row["period_end"]) == (place.code, end))


def planted(card, curve):
    """Fifths of a thousand people each whose values lie exactly on a curve along the ranks."""
    return [
        figure(card, SYSTEM, 200, 1_000, group=str(number))
        | {"value": curve(at), "lower95": 0.9 * curve(at), "upper95": 1.1 * curve(at)}
        for number, at in enumerate(MIDDLES, start=1)
    ]


def logistic(at):
    return 100 / (1 + math.exp(-(0.4 - 1.5 * at)))


def exponential(at):
    return 60 * math.exp(-1.2 * at)


@pytest.mark.parametrize(
    "card, curve", [(SMOKING, logistic), (SHARE, logistic), (RATE, exponential), (AGED, exponential)]
)
def test_a_planted_gradient_gives_its_slope(card, curve):
    """Proportions lie on a line on the logistic scale and rates on the logarithmic: the ends come back exactly."""
    found = unequal(card, planted(card, curve))
    assert found["most"] == pytest.approx(curve(0))
    assert found["least"] == pytest.approx(curve(1))
    assert found["slope"] == pytest.approx(curve(0) - curve(1))
    assert found["relative_index"] == pytest.approx(curve(0) / curve(1))
    assert found["slope_lower95"] < found["slope"] < found["slope_upper95"]
    assert found["relative_index_lower95"] > 1
    assert found["slope_reason"] == ""


def test_limits_are_the_same_every_time():
    rows = fifths(SMOKING, SYSTEM, FALLING)
    assert unequal(SMOKING, rows) == unequal(SMOKING, rows)


def test_a_gap_has_newcombes_interval():
    # Newcombe 1998, table II, example (a): 56/70 against 48/80
    rows = fifths(SHARE, SYSTEM, [(48, 80), (50, 80), (50, 80), (50, 80), (56, 70)])
    found = unequal(SHARE, rows)
    assert found["absolute_gap"] == pytest.approx(-20.0)
    limits = found["absolute_gap_lower95"], found["absolute_gap_upper95"]
    assert limits == pytest.approx((-33.39, -5.24), abs=0.01)
    assert found["relative_gap"] == pytest.approx(0.75)
    assert found["caution"] == ""


def test_the_excess_is_what_the_rate_of_the_least_deprived_would_spare():
    """1,000 counted; at 10% of 5,000 there would be 500."""
    found = unequal(SMOKING, fifths(SMOKING, SYSTEM, FALLING))
    assert found["excess"] == pytest.approx(500)
    assert found["fraction"] == pytest.approx(0.5)
    assert found["excess_lower95"] < 500 < found["excess_upper95"]
    assert not found["of_the_rest"]


def test_where_more_is_better_the_excess_is_of_those_who_go_without():
    """4,000 of 5,000 go without; at 70% there would be 3,500."""
    rising = [(count, 1_000) for count in (100, 150, 200, 250, 300)]
    found = unequal(SHARE, fifths(SHARE, SYSTEM, rising))
    assert found["excess"] == pytest.approx(500)
    assert found["fraction"] == pytest.approx(500 / 4_000)
    assert found["of_the_rest"]


def test_the_excess_of_a_standardised_rate_is_at_rates_made_alike_in_age():
    """60 events in each fifth, at rates of 6, 5, 4, 3 and 2: at 2, 20 + 24 + 30 + 40 + 60."""
    rows = [
        row | {"value": value, "lower95": 0.8 * value, "upper95": 1.2 * value}
        for row, value in zip(fifths(AGED, SYSTEM, [(60, 1_000)] * 5), (6.0, 5.0, 4.0, 3.0, 2.0), strict=True)
    ]
    assert unequal(AGED, rows)["excess"] == pytest.approx(300 - 174)


def test_absolute_and_relative_gap_may_move_in_opposite_directions():
    """20 against 10 per cent, then 6 against 2: 10 points become 4, and twice as high becomes three times."""
    before = fifths(SMOKING, SYSTEM, [(4_000, 20_000), *[(3_000, 20_000)] * 3, (2_000, 20_000)], period=THEN)
    now = fifths(SMOKING, SYSTEM, [(1_200, 20_000), *[(800, 20_000)] * 3, (400, 20_000)])
    found = unequal(SMOKING, before + now)
    assert found["absolute_change"] == pytest.approx(4 - 10)
    assert found["absolute_change_upper95"] < 0
    assert found["relative_change"] == pytest.approx(3 / 2)
    assert found["relative_change_lower95"] > 1
    first = unequal(SMOKING, before + now, end=THEN[1])
    assert first["absolute_change"] is None


@pytest.mark.parametrize("place, line", [(SYSTEM, True), (ALLIANCE, True), (NETWORK, False)])
def test_lines_are_for_large_places_and_gaps_for_all(place, line):
    found = unequal(SMOKING, fifths(SMOKING, place, FALLING), place)
    assert (found["slope"] is not None) == line
    assert found["slope_reason"] == ("" if line else TOO_SMALL)
    assert found["absolute_gap"] == pytest.approx(20)
    assert found["excess"] == pytest.approx(500)


def test_a_hidden_fifth_hides_what_needs_it_and_no_more():
    rows = fifths(SMOKING, SYSTEM, FALLING)
    found = unequal(SMOKING, [*rows[:2], hidden(SMOKING, SYSTEM, group="3"), *rows[3:]])
    assert (found["slope"], found["slope_reason"]) == (None, HIDDEN)
    assert (found["excess"], found["excess_reason"]) == (None, HIDDEN)
    assert found["absolute_gap"] == pytest.approx(20)
    found = unequal(SMOKING, [hidden(SMOKING, SYSTEM, group="1"), *rows[1:]])
    assert (found["absolute_gap"], found["gap_reason"]) == (None, HIDDEN)


def test_a_fifth_without_a_figure_is_said_to_have_none():
    found = unequal(SMOKING, fifths(SMOKING, SYSTEM, FALLING)[1:])
    assert {found["slope_reason"], found["gap_reason"], found["excess_reason"]} == {NOT_SHOWN}


def test_a_fifth_without_events_has_no_place_on_the_scale_of_rates():
    found = unequal(RATE, fifths(RATE, SYSTEM, [*FALLING[:4], (0, 1_000)]))
    assert found["slope_reason"].startswith("A rate of 0")
    assert found["excess_reason"] == "No events in the group to compare with"
    assert found["absolute_gap"] == pytest.approx(300)


def test_events_that_come_more_than_once_have_no_limits():
    found = unequal(REPEATED, fifths(REPEATED, SYSTEM, FALLING))
    assert found["caution"] == NO_LIMITS
    assert found["slope"] > 0
    assert {value for name, value in found.items() if name.endswith(("lower95", "upper95"))} == {None}


def test_small_ends_carry_a_caution():
    rows = fifths(SMOKING, NETWORK, [(20, 45), *[(20, 100)] * 3, (10, 100)])
    assert unequal(SMOKING, rows, NETWORK)["caution"] == CAUTION_WORDS


def test_years_put_together_are_said_from_their_first_day():
    start = THEN[0].replace(year=2022)
    rows = [row | {"period_start": start} for row in fifths(RATE, SYSTEM, FALLING)]
    assert unequal(RATE, rows)["period_start"] == start


def test_a_measure_without_counts_has_no_row():
    mean = replace(RATE, statistic="mean", unit="£ a person")
    assert inequality(table([]), [mean], [SYSTEM], PERIODS).num_rows == 0


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.randoms())
def test_what_is_not_shown_and_the_order_of_rows_change_nothing(secret, random):
    rows = fifths(SMOKING, SYSTEM, FALLING) + fifths(SMOKING, NETWORK, FALLING)[1:]
    beside = hidden(SMOKING, NETWORK, group="1")
    where = [SMOKING], [SYSTEM, ALLIANCE, NETWORK], PERIODS
    known = inequality(table([*rows, beside]), *where)
    mixed = [*rows, beside | {"numerator": secret, "denominator": 2 * secret + 1, "value": float(secret)}]
    random.shuffle(mixed)
    assert inequality(table(mixed), *where).equals(known)
