"""What the months of a measure say now: planted changes are found, noise is common cause, and winter is no change."""

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.measures import statistics
from stewardship.measures.derived.trend import (
    COMMON_CAUSE,
    FEWEST_MONTHS,
    HIDDEN,
    OF_THE_SYSTEM,
    READINGS,
    SHORT,
    TOO_FEW_EVENTS,
    TOO_FEW_MONTHS,
    TREND,
    trend,
)
from stewardship.measures.months import MONTHS
from support.shown_figures import RATE, SHARE, SYSTEM, practices
from support.shown_months import LATEST, as_published, before, months, table

LOW_IS_GOOD = RATE
HIGH_IS_GOOD = replace(RATE, better="higher")
NEITHER = replace(RATE, better="neither")
CALM = [100, 110] * 10  # mean 105, moving ranges 10
LONG = [100, 110, 105, 95, 115] * 12  # no multiple of five months is a year
PLACE = practices(1)[0]


def made(counts, card=LOW_IS_GOOD, place=PLACE):
    """The one reading and the points of a hand-made series."""
    points, readings = trend(table(months(card.key, place.code, counts)), [card], [SYSTEM, PLACE])
    (reading,) = readings.to_pylist()
    return reading, points.to_pylist()


def read(counts, card=LOW_IS_GOOD):
    return made(counts, card)[0]["reading"]


def test_lines_are_the_mean_and_its_moving_ranges_of_all_months():
    reading, points = made(CALM)
    assert (reading["mean"], reading["months"], reading["first"]) == (105, 20, before(LATEST, 19))
    assert {point["mean"] for point in points} == {105}
    assert {round(point["lower"], 9) for point in points} == {round(105 - 26.6, 9)}
    assert {round(point["upper"], 9) for point in points} == {round(105 + 26.6, 9)}
    assert (reading["reading"], reading["signal"], reading["since"]) == (COMMON_CAUSE, "", None)


# What is read of the latest month, by what is good: (lower is better, higher is better, neither).
@pytest.mark.parametrize(
    "after, signal, since, words",
    [
        ([105], "", None, (COMMON_CAUSE,) * 3),
        ([200], "outside the limits", 0, ("getting worse", "improving", "rising")),
        ([20], "outside the limits", 0, ("improving", "getting worse", "falling")),
        ([120] * 7, "shift", 6, ("getting worse", "improving", "rising")),
        ([120] * 6 + [90], "", None, (COMMON_CAUSE,) * 3),
        ([90] * 7, "shift", 6, ("improving", "getting worse", "falling")),
        ([95, 100, 105, 110, 115, 120, 125], "trend", 6, ("getting worse", "improving", "rising")),
        ([95, 100, 105, 105, 115, 120, 110], "", None, (COMMON_CAUSE,) * 3),
        ([105, 135, 110, 135], "two of three", 0, ("getting worse", "improving", "rising")),
    ],
)
def test_each_special_cause_is_read_by_the_direction_of_good_and_dated(after, signal, since, words):
    for card, word in zip((LOW_IS_GOOD, HIGH_IS_GOOD, NEITHER), words, strict=True):
        reading, points = made([*CALM, *after], card)
        assert (reading["reading"], reading["signal"]) == (word, signal)
        assert reading["since"] == (None if since is None else before(LATEST, since))
        assert points[-1]["signal"] == signal
        assert points[-1]["side"] == {
            "improving": "better", "getting worse": "worse", "rising": "higher", "falling": "lower", COMMON_CAUSE: "",
        }[word]  # fmt: skip


def test_a_change_in_the_latest_year_does_not_move_the_lines_of_four_years_or_more():
    calm = LONG[:48]
    for after, word in ((LONG[48:60], COMMON_CAUSE), ([100] * 5 + [300] * 7, "getting worse")):
        reading, points = made([*calm, *after])
        assert {round(point["mean"], 6) for point in points} == {round(reading["mean"], 6)}
        assert reading["mean"] == pytest.approx(np.mean(calm))
        assert reading["reading"] == word
    assert all(point["signal"] == "" for point in points[:48])


def test_more_events_of_a_share_are_neither_better_nor_worse():
    assert read([*CALM, *[130] * 7], replace(SHARE, key=RATE.key)) == "rising"


@pytest.mark.parametrize(
    "counts, reason",
    [
        (CALM[: FEWEST_MONTHS - 1], TOO_FEW_MONTHS),
        ([*CALM, None], HIDDEN),
        ([*CALM, None, *CALM[: FEWEST_MONTHS - 1]], HIDDEN),
        ([*CALM, "Not sent in this month"], "Not sent in this month"),
        ([*CALM, "Not sent in this month", *CALM[: FEWEST_MONTHS - 1]], TOO_FEW_MONTHS),
        ([10, 0] * 10, TOO_FEW_EVENTS),
        ([0] * 20, TOO_FEW_EVENTS),
    ],
)
def test_where_nothing_is_read_there_is_a_reason_and_no_line(counts, reason):
    reading, points = made(counts)
    assert (reading["reading"], reading["reason"]) == ("", reason)
    assert (reading["first"], reading["since"], reading["mean"], reading["months"]) == (None, None, None, 0)
    assert all(point["mean"] is None and point["signal"] == "" for point in points)
    assert [point["count"] for point in points] == [c if isinstance(c, int) else None for c in counts]


def test_a_month_that_is_not_shown_ends_the_chart_and_is_not_passed_over():
    reading, points = made([*[500] * 6, None, *CALM])
    assert (reading["months"], reading["mean"], reading["first"]) == (20, 105, before(LATEST, 19))
    assert [point["mean"] for point in points[:7]] == [None] * 7
    assert reading["reading"] == COMMON_CAUSE


def test_a_month_without_a_row_is_a_month_not_shown():
    rows = months(RATE.key, "P00", CALM)
    _, readings = trend(table([*rows[:10], *rows[11:]]), [RATE], [SYSTEM, PLACE])
    assert readings["reason"].to_pylist() == [TOO_FEW_MONTHS]


def test_a_month_nearer_to_a_line_than_rounding_is_not_outside():
    exact = replace(RATE, rounded_to=1)
    points = {card.rounded_to: made([*CALM, 105, 137], card)[1] for card in (exact, RATE)}
    upper = points[1][-1]["upper"]
    assert upper < 137 < upper + 2
    assert (points[1][-1]["signal"], points[5][-1]["signal"]) == ("outside the limits", "")


def test_rounding_alone_makes_no_trend():
    exact = replace(RATE, rounded_to=1)
    rising = [*CALM, 98, 99, 101, 103, 105, 107, 109]
    assert made(rising, exact)[0]["signal"] == "trend"
    assert made(rising)[0]["signal"] == ""


@pytest.mark.parametrize("level, least", [(60, 0.85), (400, 1.0)])
@pytest.mark.parametrize("factor, word", [(0.7, "improving"), (1.4, "getting worse")])
def test_a_planted_shift_of_seven_months_is_found_and_dated(level, least, factor, word):
    mean = np.where(np.arange(60) >= 53, level * factor, level)
    readings = noise(mean, places=200, seed=4)
    found = [row for row in readings if row["reading"] == word]
    assert len(found) >= least * 200
    planted = [row for row in found if before(LATEST, 8) <= row["since"] <= before(LATEST, 5)]
    assert len(planted) >= 0.8 * len(found)


@pytest.mark.parametrize("number", [12, 24, 48, 60])
@pytest.mark.parametrize("level", [16, 60, 5_000])
def test_of_noise_at_most_three_series_in_a_hundred_are_called_a_change(number, level):
    readings = noise(np.full(number, level), places=2_000, seed=number + level)
    told = [row["reading"] for row in readings if row["reading"]]
    assert len(told) > 1_500
    alarms = sum(word != COMMON_CAUSE for word in told) / len(told)
    print(f"{number} months of {level}: {alarms:.2%} of {len(told)} called a change")
    assert alarms <= 0.03


def test_winters_that_come_every_year_are_no_change_and_a_change_on_top_of_them_is():
    month = np.arange(60)
    winter = 400 * (1 + 0.3 * np.cos(2 * np.pi * (month - 58) / 12))  # highest in the month before the latest
    calm = noise(winter, places=1_000, seed=7)
    assert all(row["yearly"] for row in calm)
    assert sum(row["reading"] != COMMON_CAUSE for row in calm) <= 0.05 * 1_000
    changed = noise(np.where(month >= 53, winter * 1.3, winter), places=200, seed=8)
    assert all(row["reading"] == "getting worse" for row in changed)


def test_lines_follow_a_yearly_pattern_and_say_so():
    year = [200, 180, 150, 120, 100, 100, 100, 110, 130, 150, 180, 200]
    uneven = [count + (5 if at % 3 else -5) for at, count in enumerate(year * 4 + year)]
    reading, points = made(uneven)
    assert (reading["yearly"], reading["caution"], reading["reading"]) == (True, "", COMMON_CAUSE)
    assert points[-1]["mean"] - points[-7]["mean"] > 80
    assert points[-1]["mean"] == pytest.approx(points[-13]["mean"])


def test_growth_and_a_step_at_the_turn_of_a_year_are_no_yearly_pattern():
    month = np.arange(60)
    growth = noise(400 * (1 + month / 120), places=200, seed=9)
    step = noise(np.where(month >= 36, 520, 400), places=200, seed=10)
    for found in (growth, step):
        assert sum(row["yearly"] for row in found) <= 2
        assert sum(row["reading"] == "getting worse" for row in found) >= 190


def test_a_place_too_small_for_the_pattern_of_the_system_says_so():
    year = [800, 780, 700, 600, 500, 500, 500, 510, 600, 700, 780, 800]
    rows = months(RATE.key, "SYS", [count + 5 * (at % 2) for at, count in enumerate(year * 5)])
    rows += months(RATE.key, "P00", LONG)
    _, readings = trend(table(rows), [RATE], [SYSTEM, PLACE])
    assert {row["place"]: row["caution"] for row in readings.to_pylist()} == {"SYS": "", "P00": OF_THE_SYSTEM}


def test_fewer_than_three_years_cannot_tell_a_yearly_pattern():
    assert made(CALM)[0]["caution"] == SHORT
    assert made(LONG[:36])[0]["caution"] == ""


def test_of_no_months_nothing_follows():
    points, readings = trend(MONTHS.empty_table(), [RATE], [SYSTEM])
    assert (points.schema, readings.schema) == (TREND, READINGS)
    assert points.num_rows == readings.num_rows == 0


def test_a_measure_without_a_card_is_left_out():
    _, readings = trend(table(months("unknown", "SYS", CALM)), [RATE], [SYSTEM])
    assert readings.num_rows == 0


COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 40).map(lambda n: 5 * n)), min_size=1, max_size=40)


@settings(deadline=None, max_examples=60)
@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_each_reading_is_as_if_the_series_were_alone_and_has_lines_or_a_reason(series):
    rows = [months(RATE.key, f"P{at:02}", counts) for at, counts in enumerate(series)]
    points, readings = trend(table([row for each in rows for row in each]), [RATE], [SYSTEM, *practices(4)])
    whole = {row["place"]: row for row in readings.to_pylist()}
    longest = max(map(len, series))
    for place, counts in zip(whole, series, strict=True):
        alone, _ = made(counts, place=replace(PLACE, code=place))
        assert whole[place] == alone
        assert bool(alone["reading"]) != bool(alone["reason"])
        held = [row for row in points.to_pylist() if row["place"] == place]
        assert len(held) == longest
        charted = [row for row in held if row["mean"] is not None]
        assert len(charted) == alone["months"]
        assert all(row["count"] is not None and 0 <= row["lower"] <= row["upper"] for row in charted)
        assert all(bool(row["signal"]) == bool(row["side"]) for row in held)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(20, 60).map(lambda n: 5 * n), min_size=12, max_size=35))
def test_without_rounding_and_pattern_the_chart_is_that_of_the_library(counts):
    _, points = made(counts, replace(RATE, rounded_to=1))
    chart = statistics.xmr([counts])
    assert [row["signal"] for row in points] == list(chart.signals.cause[0])
    assert [row["mean"] for row in points] == pytest.approx(list(chart.centre[0]))
    assert [row["upper"] for row in points] == pytest.approx(list(chart.upper[0]))


def noise(mean, *, places, seed):
    """The readings of places whose months are Poisson around a mean, shown as they would be published."""
    true = np.random.default_rng(seed).poisson(mean, (places, len(mean)))
    shown = [as_published(counts) for counts in true]
    flat = [count for counts in shown for count in counts]
    each = len(mean)
    made = pa.table(
        {
            "measure": [RATE.key] * len(flat),
            "place": [f"P{at:04}" for at in range(places) for _ in range(each)],
            "month": [before(LATEST, back) for back in range(each - 1, -1, -1)] * places,
            "count": flat,
            "state": ["suppressed" if count is None else "shown" for count in flat],
            "reason": [""] * len(flat),
        },
        schema=MONTHS,
    )
    return trend(made, [RATE], [SYSTEM])[1].to_pylist()


def test_the_latest_month_is_the_latest_of_the_care_area():
    rows = months(RATE.key, "P00", CALM) + months(RATE.key, "P01", CALM, latest=date(2026, 2, 1))
    _, readings = trend(table(rows), [RATE], practices(2))
    assert {row["place"]: row["reason"] for row in readings.to_pylist()} == {"P00": "", "P01": TOO_FEW_MONTHS}
