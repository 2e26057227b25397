"""Whether a measure's months have changed: a control chart of each measure and place, and how it reads now.

Months are read by the rules of Making Data Count on an XmR chart: the mean of the months, limits 2.66 mean moving
ranges from it, four tests of special causes. What the latest month shows is the reading. No change of a process is
documented here, so that lines start anew nowhere. Of four years or more the months before the latest twelve set them,
so that a change in this year does not move the lines it is judged by; of fewer, all months do.

- A month that is not shown ends the chart: what it hides is small, and to pass over it would raise the mean. The chart
  is of the months shown in an unbroken row up to the latest.
- A month counts as outside, near a limit or on one side only where every count that is shown alike would.
- Where three years or more show a yearly pattern that chance does not explain, the lines follow it: each calendar
  month has its own mean, and winter alone is no special cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stewardship.measures import statistics
from stewardship.measures.derived.shown import Flags, Numbers, Words
from stewardship.measures.derived.yearly import YEARS_OF_A_PATTERN, yearly_pattern
from stewardship.measures.published import Card, PlaceCard
from stewardship.measures.statistics import Chart, Signals

FEWEST_MONTHS = 12
FEWEST_FOR_A_YEAR = 48  # months, before the latest year is judged by the years before it alone
FEWEST_EVENTS = 10  # a month, on average: fewer do not lie evenly around a mean, and rounding moves them
COUNTED = (
    "count",
    "amount",
    "rate",
    "standardised rate",
)  # of others more events are neither better nor worse

COMMON_CAUSE = "common cause"
HIDDEN = (
    f"Hidden: small numbers, so that fewer than {FEWEST_MONTHS} months are shown in a row up to the latest"
)
TOO_FEW_MONTHS = f"Fewer than {FEWEST_MONTHS} months are shown in a row up to the latest"
TOO_FEW_EVENTS = f"Too few events for a control chart: fewer than {FEWEST_EVENTS} a month"
SHORT = (
    f"Fewer than {YEARS_OF_A_PATTERN} years of months are shown: a yearly pattern would look like a change"
)
OF_THE_SYSTEM = (
    "The whole system has a yearly pattern, for which the months of this place are too few or too uneven"
)

TREND = pa.schema(
    [
        ("measure", pa.string()),
        ("place", pa.string()),
        ("month", pa.date32()),  # its first day
        ("count", pa.int64()),  # events as published; null where not shown
        ("mean", pa.float64()),  # this and the limits in events; null outside the chart
        ("lower", pa.float64()),
        ("upper", pa.float64()),
        ("signal", pa.string()),  # outside the limits, trend, two of three, shift; empty for common cause
        ("side", pa.string()),  # of a signal: better, worse, higher or lower; else empty
    ]
)
READINGS = pa.schema(
    [
        ("measure", pa.string()),
        ("place", pa.string()),
        ("latest", pa.date32()),  # the latest month, which is read
        ("reading", pa.string()),  # improving, getting worse, rising, falling, common cause; or empty
        ("signal", pa.string()),  # the special cause of the latest month, as in TREND
        ("since", pa.date32()),  # the first month of the unbroken run of months on that side; null without
        ("first", pa.date32()),  # the first month of the chart
        ("months", pa.int64()),  # of the chart; shown in an unbroken row up to the latest
        ("mean", pa.float64()),  # events a month over those that set the lines
        ("yearly", pa.bool_()),  # whether the lines follow a yearly pattern
        ("reason", pa.string()),  # why there is no reading; empty where there is one
        ("caution", pa.string()),
    ]
)

_SIDES = {
    "higher": ("worse", "", "better"),
    "lower": ("better", "", "worse"),
    "neither": ("lower", "", "higher"),
}
_READ = {
    "better": "improving",
    "worse": "getting worse",
    "higher": "rising",
    "lower": "falling",
    "": COMMON_CAUSE,
}


@dataclass(frozen=True)
class Series:
    """Months laid out, series x months: each series is a measure at a place, in the order of the cards.

    count: NaN where not shown. reason: why the latest month is not shown, '' where it is. hidden: whether any month is.
    """

    card: Sequence[Card]
    place: Sequence[str]
    month: NDArray[np.datetime64]
    count: Numbers
    reason: Words
    hidden: Flags


@dataclass(frozen=True)
class Charted:
    """The control charts of series: arrays of series x months, and why there is none.

    count: NaN outside the chart. pattern: what is usual for the month of the year, 0 where none is told. chart: of
    what is left without it. side: better, worse, higher or lower where there is a signal.
    """

    count: Numbers
    pattern: Numbers
    chart: Chart
    signals: Signals
    side: Words
    reason: Words

    @property
    def yearly(self) -> Flags:
        """Which series follow a yearly pattern."""
        return np.asarray(self.pattern.any(axis=1))


def trend(months: pa.Table, cards: Sequence[Card], places: Sequence[PlaceCard]) -> tuple[pa.Table, pa.Table]:
    """The control chart (TREND) and the reading (READINGS) of every measure and place that has months.

    months: the published months of a care area (MONTHS).
    """
    series = _laid_out(months, {card.key: card for card in cards})
    if series is None:
        return TREND.empty_table(), READINGS.empty_table()
    found = _charted(series)
    return _points(series, found), _read(series, found, places)


def _charted(series: Series) -> Charted:
    in_row = _up_to_the_end(~np.isnan(series.count))
    reason = _reasons(series, in_row)
    count = np.where(in_row & (reason == "")[:, None], series.count, np.nan)
    pattern = yearly_pattern(count)
    chart = statistics.xmr(_before_the_latest_year(count - pattern))
    rounded_by = np.array([card.rounded_to // 2 for card in series.card])[:, None]
    signals = _beyond_rounding(count - pattern, chart, rounded_by)
    sides = np.array([_sides(card) for card in series.card], dtype=object)
    side = np.take_along_axis(sides, signals.sign.astype(np.int64) + 1, axis=1)
    return Charted(count, pattern, chart, signals, side, reason)


def _sides(card: Card) -> tuple[str, str, str]:
    return _SIDES[card.better if card.statistic in COUNTED else "neither"]


def _laid_out(months: pa.Table, cards: dict[str, Card]) -> Series | None:
    """Every calendar month from the first to the latest of the table, whether or not it has a row."""
    table = months.filter(pc.is_in(months["measure"], pa.array(list(cards), pa.string())))
    if not table.num_rows:
        return None
    pairs = list(zip(table["measure"].to_pylist(), table["place"].to_pylist(), strict=True))
    number = {pair: at for at, pair in enumerate(dict.fromkeys(pairs))}
    row = np.array([number[pair] for pair in pairs])
    when = table["month"].to_numpy().astype("datetime64[M]")
    month = np.arange(when.min(), when.max() + 1)
    at = (when - month[0]).astype(np.int64)
    state = table["state"].to_numpy()
    count = np.full((len(number), len(month)), np.nan)
    count[row, at] = np.where(state == "shown", table["count"].cast(pa.float64()).to_numpy(), np.nan)
    hidden = np.zeros(len(number), bool)
    hidden[row[state == "suppressed"]] = True
    reason = np.full(len(number), TOO_FEW_MONTHS, dtype=object)
    last = at == len(month) - 1
    reason[row[last]] = np.where(state == "shown", "", table["reason"].to_numpy())[last]
    known = list(number)
    return Series(
        [cards[measure] for measure, _ in known], [place for _, place in known],
        month.astype("datetime64[D]"), count, reason, hidden,
    )  # fmt: skip


def _reasons(series: Series, in_row: Flags) -> Words:
    """Why each series is not read; '' where it is."""
    months = in_row.sum(axis=1)
    events = np.nansum(np.where(in_row, series.count, np.nan), axis=1)
    few = months < FEWEST_MONTHS
    missing = (series.reason != "") & ~series.hidden
    chosen = np.select(
        [missing, few & series.hidden, few, events < FEWEST_EVENTS * months], [0, 1, 2, 3], default=4
    )
    said = np.array(["", HIDDEN, TOO_FEW_MONTHS, TOO_FEW_EVENTS, ""], dtype=object)[chosen]
    return np.where(chosen == 0, series.reason, said).astype(object)


def _up_to_the_end(flags: Flags) -> Flags:
    """Which points are in the unbroken run that ends with the last point."""
    return np.cumprod(flags[:, ::-1], axis=1)[:, ::-1].astype(bool)


def _before_the_latest_year(values: Numbers) -> Numbers:
    """The months that set the lines: of a chart of four years or more those before the latest twelve."""
    latest_year = np.arange(values.shape[1]) >= values.shape[1] - 12
    long = np.sum(~np.isnan(values), axis=1) >= FEWEST_FOR_A_YEAR
    return np.where(latest_year & long[:, None], np.nan, values)


def _beyond_rounding(values: Numbers, chart: Chart, rounded_by: NDArray[np.int64]) -> Signals:
    """The special causes that hold for every count which is shown alike.

    A value is taken as near to the mean as its rounding allows; a step counts in a trend if rounding cannot make it.
    """
    away = values - chart.centre
    nearest = chart.centre + np.sign(away) * np.maximum(np.abs(away) - rounded_by, 0)
    steps = np.diff(values, axis=1, prepend=values[:, :1])
    climbed = np.cumsum(np.where(np.abs(steps) > 2 * rounded_by, np.sign(steps), 0), axis=1)
    lines = (chart.centre, chart.lower, chart.upper)
    rising = statistics.signals(np.where(np.isnan(values), np.nan, climbed), *lines)
    return replace(statistics.signals(nearest, *lines), trend=rising.trend)


def _points(series: Series, found: Charted) -> pa.Table:
    shape = series.count.shape

    def line(level: Numbers) -> Numbers:
        return np.where(np.isnan(found.count), np.nan, level + found.pattern)

    columns = {
        "measure": np.repeat(np.array([card.key for card in series.card], object), shape[1]),
        "place": np.repeat(np.array(series.place, object), shape[1]),
        "month": np.tile(series.month, shape[0]),
        "count": series.count,
        "mean": line(found.chart.centre),
        "lower": np.maximum(line(found.chart.lower), 0),
        "upper": line(found.chart.upper),
        "signal": found.signals.cause,
        "side": found.side,
    }
    return pa.table(
        {name: pa.array(np.asarray(columns[name]).reshape(-1), from_pandas=True) for name in TREND.names}
    ).cast(TREND)


def _read(series: Series, found: Charted, places: Sequence[PlaceCard]) -> pa.Table:
    """What the latest month of each series shows, and since when."""
    sign, told, last = found.signals.sign, found.reason == "", len(series.month) - 1
    special = sign[:, -1] != 0
    same = _up_to_the_end((sign == sign[:, -1:]) & special[:, None]).sum(axis=1)
    months = np.sum(~np.isnan(found.count), axis=1)
    reading = np.array([_READ[word] for word in found.side[:, -1]], dtype=object)
    none = np.datetime64("NaT")
    columns: dict[str, object] = {
        "measure": [card.key for card in series.card],
        "place": series.place,
        "latest": np.full(len(told), series.month[-1]),
        "reading": np.where(told, reading, ""),
        "signal": found.signals.cause[:, -1],
        "since": np.where(special, series.month[np.minimum(last + 1 - same, last)], none),
        "first": np.where(told, series.month[np.minimum(last + 1 - months, last)], none),
        "months": months,
        "mean": found.chart.centre[:, -1],
        "yearly": found.yearly,
        "reason": found.reason,
        "caution": _cautions(series, months, found.yearly, told, places),
    }
    return pa.table({name: pa.array(columns[name], from_pandas=True) for name in READINGS.names}).cast(
        READINGS
    )


def _cautions(
    series: Series, months: NDArray[np.int64], yearly: Flags, told: Flags, places: Sequence[PlaceCard]
) -> Words:
    """Where a yearly pattern may be taken for a change."""
    systems = {place.code for place in places if place.level == "system"}
    of_system = {
        card.key
        for card, place, found in zip(series.card, series.place, yearly, strict=True)
        if place in systems and found
    }
    elsewhere = np.array([card.key in of_system for card in series.card])
    short = months < 12 * YEARS_OF_A_PATTERN
    return np.select([~told | yearly, elsewhere, short], ["", OF_THE_SYSTEM, SHORT], "").astype(object)
