"""Who loses: how a measure falls from the least to the most deprived fifth of areas, and what that costs in people.

For the system, alliances and local authorities a line is fitted through all five fifths (the slope index of
inequality); at every place the two ends are set against each other, and what all would have at the rate of the
least deprived fifth is counted. Everything is the most deprived less, or over, the least deprived.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stewardship.measures import statistics
from stewardship.measures.controlled import CAUTION_UNDER, CAUTION_WORDS
from stewardship.measures.derived.shown import PERIOD, Flags, Numbers, Shown, Where, Words, by_kind, spread
from stewardship.measures.published import Card, PlaceCard
from stewardship.measures.statistics import Estimates

SLOPE_LEVELS = ("system", "alliance", "local_authority")
FIFTHS = ("1", "2", "3", "4", "5")
MOST, LEAST = 0, 4

HIDDEN = "Hidden: small numbers in a fifth"
NOT_SHOWN = "A fifth has no figure"
TOO_SMALL = "Not made for a place of this level: its fifths are too small for a line"
NO_LIMITS = "One person often has several of these, so no limits are given"


def _with_limits(name: str) -> list[tuple[str, pa.DataType]]:
    return [(name, pa.float64()), (f"{name}_lower95", pa.float64()), (f"{name}_upper95", pa.float64())]


INEQUALITY = pa.schema(
    [
        ("measure", pa.string()),
        ("place", pa.string()),
        *PERIOD,
        *_with_limits("slope"),  # slope index: the most deprived end of the line less the other, in the unit
        *_with_limits("relative_index"),  # the most deprived end over the other
        ("most", pa.float64()),  # the two ends of the line, in the measure's unit
        ("least", pa.float64()),
        ("slope_reason", pa.string()),  # why there is no line; empty where there is one
        *_with_limits("absolute_gap"),  # the most deprived fifth less the least, in the measure's unit
        *_with_limits("relative_gap"),  # the most deprived fifth over the least
        ("gap_reason", pa.string()),
        *_with_limits("fraction"),  # the part of the excess in all those counted, 0.1 for a tenth
        *_with_limits("excess"),  # how many more there are than if all had the rate of the least deprived
        (
            "of_the_rest",
            pa.bool_(),
        ),  # whether fraction and excess are of those not counted, where more is better
        ("excess_reason", pa.string()),
        *_with_limits("absolute_change"),  # the absolute gap less that of the first year with one; 0: none
        *_with_limits("relative_change"),  # the relative gap over that of the first year; 1: none
        ("caution", pa.string()),
    ]
)


def inequality(
    table: pa.Table,
    cards: Sequence[Card],
    places: Sequence[PlaceCard],
    periods: Sequence[tuple[date, date]],
) -> pa.Table:
    """How each measure that has counts differs by deprivation (INEQUALITY), at every place, each year.

    table: the published figures of a care area (FIGURES). periods: oldest first. Limits are at 95%; those of the
    slope come of 10,000 draws from a fixed seed.
    """
    where = Where(periods, places, "deprivation fifth", FIFTHS)
    found = [_rows(shown, where) for shown in by_kind(table, cards, where)]
    return pa.concat_tables(found) if found else INEQUALITY.empty_table()


def _rows(shown: Shown, where: Where) -> pa.Table:
    shape = shown.value.shape[:3]
    end = np.array([end for _, end in where.periods], "datetime64[D]")
    columns: dict[str, object] = {
        "measure": spread(shape, [card.key for card in shown.cards], 0),
        "place": spread(shape, [place.code for place in where.places], 2),
        "period_start": np.broadcast_to(shown.start[..., None], shape),
        "period_end": spread(shape, end, 1),
        **_slopes(shown, where.places),
        **_gaps(shown),
        **_excess(shown),
        "caution": _cautions(shown),
    }
    return pa.table(
        {name: pa.array(np.asarray(columns[name]).reshape(-1), from_pandas=True) for name in INEQUALITY.names}
    ).cast(INEQUALITY)


def _slopes(shown: Shown, places: Sequence[PlaceCard]) -> dict[str, object]:
    """The fitted line: of rates on the logarithmic scale, of proportions on the logistic, as both have bounds."""
    large = np.array([place.level in SLOPE_LEVELS for place in places])
    flat = [each[:, :, large].reshape(-1, len(FIFTHS)) for each in (shown.value, shown.denominator)]
    limits = {
        name: getattr(shown, name)[:, :, large].reshape(-1, len(FIFTHS)) for name in ("lower95", "upper95")
    }
    index = statistics.slope_index(
        *flat,
        **limits,
        kind="proportion" if shown.kind == "proportion" else "rate",
        curved=True,
        multiplier=-1,
    )
    shape = (*shown.value.shape[:2], int(large.sum()))

    def placed(values: NDArray[Any], empty: object) -> NDArray[Any]:
        whole = np.full(shown.value.shape[:3], empty, dtype=values.dtype)
        whole[:, :, large] = values.reshape(shape)
        return whole

    def estimate(one: Estimates) -> Estimates:
        value, lower, upper = (placed(each, np.nan) for each in _told(one))
        return replace(one, value=value, lower95=lower, upper95=upper)

    reason = placed(_said(index.slope.reason, _hidden(shown)[:, :, large].reshape(-1)), TOO_SMALL)
    kept = reason == ""
    ends = {"most": index.slope.denominator, "least": index.slope.numerator}
    return {
        **_columns("slope", estimate(index.slope), shown, in_unit=True),
        **_columns("relative_index", estimate(index.relative), shown),
        **{name: np.where(kept, placed(end, np.nan) * shown.per, np.nan) for name, end in ends.items()},
        "slope_reason": reason,
    }


def _gaps(shown: Shown) -> dict[str, object]:
    """The two ends against each other, now and against the first year in which the place has both."""
    most, least = shown.estimates(MOST), shown.estimates(LEAST)
    absolute = statistics.difference_of_estimates(most, least)
    relative = _ratio(shown, most, least)
    absolute_then, relative_then = (_first(each) for each in (absolute, relative))
    absolute_change = statistics.difference_of_estimates(absolute, absolute_then)
    relative_change = statistics.ratio_of_estimates(*_told(relative), *_told(relative_then))
    hidden = shown.hidden[..., MOST] | shown.hidden[..., LEAST]
    return {
        **_columns("absolute_gap", absolute, shown, in_unit=True),
        **_columns("relative_gap", relative, shown),
        "gap_reason": _said(absolute.reason, hidden),
        **_columns("absolute_change", absolute_change, shown, in_unit=True),
        **_columns("relative_change", relative_change, shown),
    }


def _ratio(shown: Shown, most: Estimates, least: Estimates) -> Estimates:
    if shown.kind == "standardised rate":
        return statistics.ratio_of_estimates(*_told(most), *_told(least))
    made = statistics.ratio_of_proportions if shown.kind == "proportion" else statistics.ratio_of_rates
    return made(most.numerator, most.denominator, least.numerator, least.denominator)


def _told(one: Estimates) -> tuple[Numbers, Numbers, Numbers]:
    return one.value, one.lower95, one.upper95


def _first(gap: Estimates) -> Estimates:
    """Beside each later year, the gap of the first year that has any; nothing beside that year itself.

    The first year is the first in which the measure has a gap at some place: years put together begin later.
    """
    known = ~np.isnan(gap.value)
    any_place = known.any(axis=2)
    first = any_place.argmax(axis=1)
    later = np.arange(gap.value.shape[1])[None, :] > first[:, None]

    def earlier(values: Numbers) -> Numbers:
        then = values[np.arange(len(values)), first][:, None, :]
        return np.where(later[..., None], then, np.nan)

    value, lower, upper, lower_most, upper_most = (
        earlier(each) for each in (*_told(gap), gap.lower99_8, gap.upper99_8)
    )
    reason = np.where(np.isnan(value), "not known", "").astype(object)
    return Estimates(value, lower, upper, lower_most, upper_most, value, value, gap.method, reason)


def _excess(shown: Shown) -> dict[str, object]:
    """What would be otherwise if every fifth had the rate of the least deprived.

    Of a proportion of which more is better, those who go without are counted, and their excess.
    """
    population = shown.population
    higher = np.array([card.better == "higher" for card in shown.cards], bool)[:, None, None, None]
    of_the_rest = higher & (shown.kind == "proportion")
    events = np.where(of_the_rest, population - shown.numerator, shown.numerator)
    found = statistics.attributable(np.where(np.isnan(population), np.nan, events), population)
    return {
        **_columns("fraction", found.fraction, shown),
        **_columns("excess", found.excess, shown),
        "of_the_rest": np.broadcast_to(of_the_rest[..., 0], shown.value.shape[:3]),
        "excess_reason": _said(found.excess.reason, _hidden(shown)),
    }


def _hidden(shown: Shown) -> Flags:
    return np.asarray(shown.hidden.any(axis=-1))


def _said(reason: Words, hidden: Flags) -> Words:
    """Reasons in words for a page: what is hidden is said to be so, and not that it is not known."""
    unknown = np.isin(reason, ["not known", "not shown", "a group has no figure"])
    other = np.array([f"{why[:1].upper()}{why[1:]}" for why in reason.reshape(-1)], dtype=object)
    said = np.select(
        [reason == "", unknown & hidden, unknown], ["", HIDDEN, NOT_SHOWN], other.reshape(reason.shape)
    )
    return said.astype(object)


def _columns(name: str, one: Estimates, shown: Shown, *, in_unit: bool = False) -> dict[str, object]:
    """An estimate's value and 95% limits as columns; no limits where chance cannot be judged from the counts."""
    per = shown.per if in_unit else 1.0
    limits = {
        f"{name}_{limit}": np.where(shown.repeats, np.nan, getattr(one, limit) * per)
        for limit in ("lower95", "upper95")
    }
    return {name: one.value * per, **limits}


def _cautions(shown: Shown) -> Words:
    ends = shown.denominator[..., [MOST, LEAST]].min(axis=-1)
    return np.select(
        [np.broadcast_to(shown.repeats, ends.shape), ends < CAUTION_UNDER], [NO_LIMITS, CAUTION_WORDS], ""
    ).astype(object)
