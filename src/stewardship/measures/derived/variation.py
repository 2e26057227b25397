"""Which networks and which practices differ from the whole system by more than chance and what is usual explain.

Each place is set against a funnel around the system's figure: limits that are wide for few people and narrow for many.
Where places differ from each other by more than chance, as they do for reasons of age, need or coding, the limits are
widened by as much (Spiegelhalter 2005). A place is named only where every count that is shown alike would be outside:
rounding names nobody. The order of places inside the limits means nothing, and none is given.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import numpy as np
import pyarrow as pa

from stewardship.measures import statistics
from stewardship.measures.derived.shown import PERIOD, Numbers, Shown, Where, Words, by_kind, spread
from stewardship.measures.published import EVERYONE, Card, PlaceCard
from stewardship.measures.rounding import least_and_most
from stewardship.measures.statistics import FunnelLines
from stewardship.measures.statistics.overdispersion import FEWEST_UNITS

FUNNEL_LEVELS = ("network", "practice")
FEWEST_PLACES = 3  # fewer make no funnel
FEWEST_EVENTS = 10

AS_EXPECTED = "as expected"
HIDDEN = "Hidden: small numbers"
NO_FIGURE = "No figure of this place"
NO_TARGET = "The whole system has no figure to compare with"
TOO_FEW = f"Too few events to tell: fewer than {FEWEST_EVENTS}, and fewer than {FEWEST_EVENTS} expected"
TOO_FEW_PLACES = f"Fewer than {FEWEST_PLACES} places have a figure"
MANY_EACH = (
    f"One person often has several of these, and with fewer than {FEWEST_UNITS} places it cannot be told how far such "
    "counts differ anyway"
)

VARIATION = pa.schema(
    [
        ("measure", pa.string()),
        ("level", pa.string()),  # network or practice
        ("place", pa.string()),
        *PERIOD,
        ("size", pa.float64()),  # people or person-years; of a standardised rate, events over the rate
        ("value", pa.float64()),  # this and all limits in the measure's unit
        ("target", pa.float64()),  # the system's figure
        ("lower95", pa.float64()),  # the funnel's limits for a place of this size
        ("upper95", pa.float64()),
        ("lower99_8", pa.float64()),
        ("upper99_8", pa.float64()),
        ("places", pa.int64()),  # how many make this funnel
        ("dispersion", pa.float64()),  # phi: 1 where places differ as chance makes them differ
        (
            "between",
            pa.float64(),
        ),  # tau squared, on the transformed scale: by how much the limits are widened
        ("adjusted", pa.bool_()),  # whether they are
        (
            "position",
            pa.string(),
        ),  # as expected, better than expected, much higher than expected, ...; or empty
        ("reason", pa.string()),  # why there is no position; empty where there is one
    ]
)

_SIDES = {"higher": ("worse", "better"), "lower": ("better", "worse"), "neither": ("lower", "higher")}


def variation(
    table: pa.Table,
    cards: Sequence[Card],
    places: Sequence[PlaceCard],
    periods: Sequence[tuple[date, date]],
) -> pa.Table:
    """Every network's and practice's place in the funnel (VARIATION) of each measure that has counts, each year.

    table: the published figures of a care area (FIGURES). periods: oldest first.
    """
    system = [place for place in places if place.level == "system"]
    found = []
    for level in FUNNEL_LEVELS:
        units = [place for place in places if place.level == level]
        where = Where(periods, [*system, *units], EVERYONE, (EVERYONE,))
        laid_out = by_kind(table, cards, where) if units else []
        found += [_rows(shown, level, units, periods) for shown in laid_out]
    return pa.concat_tables(found) if found else VARIATION.empty_table()


def _rows(
    shown: Shown, level: str, units: Sequence[PlaceCard], periods: Sequence[tuple[date, date]]
) -> pa.Table:
    size, target = shown.population[:, :, 1:, 0], shown.value[:, :, 0, 0]
    events = np.where(np.isnan(size), np.nan, shown.numerator[:, :, 1:, 0])
    funnel = statistics.overdispersed(
        events, size, of="proportion" if shown.kind == "proportion" else "rate", target=target
    )
    places = np.sum(funnel.reason == "", axis=-1, keepdims=True)
    reason = _reasons(shown, events, size, target[..., None], places)
    position = np.where(reason == "", _positions(shown, funnel.lines), "")
    shape, per = size.shape, shown.per
    whole = {"target": target, "dispersion": funnel.dispersion, "between": funnel.between}
    across = {name: np.broadcast_to(each[..., None], shape) for name, each in whole.items()}
    columns = {
        "measure": spread(shape, [card.key for card in shown.cards], 0),
        "level": np.full(shape, level, object),
        "place": spread(shape, [place.code for place in units], 2),
        "period_start": np.broadcast_to(shown.start[..., None], shape),
        "period_end": spread(shape, np.array([end for _, end in periods], "datetime64[D]"), 1),
        "size": size,
        "value": shown.value[:, :, 1:, 0] * per,
        **across,
        "target": across["target"] * per,
        **{line.name: getattr(funnel.lines, line.name) * per for line in fields(FunnelLines)},
        "places": np.broadcast_to(places, shape),
        "adjusted": across["between"] > 0,
        "position": position,
        "reason": reason,
    }
    return pa.table(
        {name: pa.array(np.asarray(columns[name]).reshape(-1), from_pandas=True) for name in VARIATION.names}
    ).cast(VARIATION)


def _reasons(shown: Shown, events: Numbers, size: Numbers, target: Numbers, places: Numbers) -> Words:
    """Why each place has no position in the funnel; '' where it has one."""
    few = np.fmax(events, size * target) < FEWEST_EVENTS
    if shown.kind == "proportion":  # of whatever is rarer, those counted or the rest
        few |= np.fmax(size - events, size * (1 - target)) < FEWEST_EVENTS
    none = np.isnan(size + events)
    reasons = [
        (shown.hidden[:, :, 1:, 0], HIDDEN),
        (none, NO_FIGURE),
        (np.isnan(target), NO_TARGET),
        (places < FEWEST_PLACES, TOO_FEW_PLACES),
        (shown.repeats & (places < FEWEST_UNITS), MANY_EACH),
        (few, TOO_FEW),
    ]
    flags = [np.broadcast_to(flag, size.shape) for flag, _ in reasons]
    return np.select(flags, [why for _, why in reasons], "").astype(object)


def _positions(shown: Shown, lines: FunnelLines) -> Words:
    """In words where each place is: outside only if the lowest, or the highest, that its figure can be is."""
    least, most = least_and_most(
        shown.kind,
        shown.numerator,
        shown.denominator,
        shown.estimates(),
        per=1,
        rounded_by=shown.rounded_by,
    )
    low, high = least.value[:, :, 1:, 0], most.value[:, :, 1:, 0]
    above = (low > lines.upper95).astype(np.int64) + (low > lines.upper99_8)
    below = (high < lines.lower95).astype(np.int64) + (high < lines.lower99_8)
    sides = np.array([_words(card) for card in shown.cards], dtype=object).reshape(-1, 5)
    return np.asarray(sides[np.arange(len(sides))[:, None, None], above - below + 2], dtype=object)


def _words(card: Card) -> list[str]:
    low, high = _SIDES[card.better]
    return [
        f"much {low} than expected", f"{low} than expected", AS_EXPECTED,
        f"{high} than expected", f"much {high} than expected",
    ]  # fmt: skip
