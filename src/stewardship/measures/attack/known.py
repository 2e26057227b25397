"""What a snapshot's published figures say of each count by itself: the smallest and largest that it can be.

Only what anybody can read goes in: the figures and the cards. A shown count is known to within its rounding; a
hidden one is at least 1, unless its whole group is hidden or so are all that it adds up with: then it may be 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stewardship.measures.layout import places_that_add_up
from stewardship.measures.published import EVERYONE, SHARES, Card, PlaceCard, Published
from stewardship.measures.quantities import Quantity

UNLIMITED = 1e12
STANDARDISED_FROM = 10  # events: a standardised rate of fewer is never shown
THOUSAND_POUNDS = 100_000  # in pence

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Steps = NDArray[np.int64]
Sum = tuple[str, NDArray[np.int64], NDArray[np.int64], bool]
"""By which step, the numbers of parts (a row a total), of the totals, and whether parts may come to less."""

STEPS = (
    "groups added up",
    "places added up",
    "years added up",
    "those counted and the rest",
    "a percentage inverted",
    "limits inverted",
    "nothing else is hidden beside it",
    "shown by another measure",
    "exact programming",
    "months added up",
    "care areas added up",
    "lines added up",
    "told again by another figure",
)


OTHERS = "others"


@dataclass
class Known:
    """What is known of one quantity in every cell: years x places x groups, flat.

    low, high: bounds of the true number; hidden: some measure hides it; shown: some measure shows it. steps: by
    which STEPS the bounds were narrowed, as bits. measures: those that show it. largest_hidden: of its rule.
    """

    quantity: Quantity
    low: Numbers
    high: Numbers
    hidden: Flags
    shown: Flags
    steps: Steps
    measures: list[str]
    largest_hidden: int

    def narrow(self, low: Numbers, high: Numbers, step: str) -> bool:
        """Narrow the bounds to these as well; whether that told anything. What contradicts them tells nothing."""
        return self.narrow_at(np.arange(len(self.low)), low, high, step)

    def narrow_at(self, cells: NDArray[np.int64], low: Numbers, high: Numbers, step: str) -> bool:
        """The same in some cells, each given once: so many as a sum has, and not all that there are."""
        low, high = np.maximum(self.low[cells], low), np.minimum(self.high[cells], high)
        told = ((low > self.low[cells] + 1e-6) | (high < self.high[cells] - 1e-6)) & (low <= high + 1e-3)
        if not told.any():
            return False
        self.low[cells[told]], self.high[cells[told]] = low[told], high[told]
        self.steps[cells[told]] |= 1 << STEPS.index(step)
        return True


@dataclass(frozen=True)
class Inverted:
    """A measure's shown values with what they were divided from, to be worked back; arrays of one entry a row.

    cells: their cell numbers. values: value and limits at 95% and 99.8%, 5 x rows.
    """

    measure: Card
    numerator: Known
    denominator: Known
    cells: NDArray[np.int64]
    values: Numbers
    shown_numerator: Numbers
    shown_denominator: Numbers


@dataclass
class Reading:
    """All that is known from one snapshot."""

    id: str
    places: tuple[PlaceCard, ...]
    years: int
    groups: list[tuple[str, str]]
    sums: list[Sum]
    known: dict[str, Known] = field(default_factory=dict)
    pairs: list[tuple[Known, Known]] = field(default_factory=list)
    inverted: list[Inverted] = field(default_factory=list)
    ends: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many cells each quantity has."""
        return self.years * len(self.places) * len(self.groups)

    def where(self, cell: int) -> tuple[str, str, str, str]:
        """Place code, characteristic, group and the last day of the period of a cell."""
        year, rest = divmod(cell, len(self.places) * len(self.groups))
        place, group = divmod(rest, len(self.groups))
        return self.places[place].code, *self.groups[group], self.ends[year]


def read(published: Published) -> Reading:
    """All that the figures and cards of a snapshot say, cell by cell."""
    snapshot = published.snapshot
    groups = [(EVERYONE, EVERYONE)]
    told = {by: names for by, names in snapshot.groups.items() if by != EVERYONE}
    groups += [(by, name) for by, names in told.items() for name in names]
    # Beside a group that stands alone are those who are not in it, of whom nothing is published.
    groups += [(by, OTHERS) for by, names in told.items() if len(names) == 1]
    reading = Reading(
        id=snapshot.id,
        places=snapshot.places,
        years=len(snapshot.periods),
        groups=groups,
        sums=list(_sums(snapshot.places, groups, len(snapshot.periods))),
        ends=tuple(end.isoformat() for _, end in snapshot.periods),
    )
    for area in snapshot.with_strategy:
        table = published.table(area.key)
        cells = _cells(table, reading)
        measure = np.asarray(table["measure"].to_numpy(zero_copy_only=False), dtype=object)
        for card in area.measures:
            rows = np.flatnonzero((measure == card.key) & (cells >= 0))
            if card.of_people and not card.missing and len(rows):
                _read_measure(reading, card, table.take(pa.array(rows)), cells[rows])
    _where_it_may_be_none(reading)
    return reading


def _sums(places: tuple[PlaceCard, ...], groups: list[tuple[str, str]], years: int) -> Iterator[Sum]:
    """Step, parts (sums x parts), totals and whether the parts may be less than the total."""
    number = np.arange(years * len(places) * len(groups)).reshape(years, len(places), len(groups))
    for by in dict.fromkeys(by for by, _ in groups if by != EVERYONE):
        of = [index for index, (each, _) in enumerate(groups) if each == by]
        yield STEPS[0], number[:, :, of].reshape(-1, len(of)), number[:, :, 0].reshape(-1), False
    for above, parts in places_that_add_up(places):
        below = np.moveaxis(number[:, parts], 1, -1).reshape(-1, len(parts))
        yield STEPS[1], below, number[:, above].reshape(-1), above == 0


def _cells(table: pa.Table, reading: Reading) -> NDArray[np.int64]:
    """The cell number of each row, -1 where it lies in no cell."""
    place = _numbers(table, "place", {card.code: index for index, card in enumerate(reading.places)})
    ends = {end: index for index, end in enumerate(reading.ends)}
    year = _numbers(table, "period_end", ends)
    number = {pair: index for index, pair in enumerate(reading.groups)}
    bys, names = table["by"].to_pylist(), table["group"].to_pylist()
    group = np.array([number.get(pair, -1) for pair in zip(bys, names, strict=True)], np.int64)
    cell = (year * len(reading.places) + place) * len(reading.groups) + group
    return np.where((place < 0) | (year < 0) | (group < 0), -1, cell)


def _numbers(table: pa.Table, column: str, number: dict[str, int]) -> NDArray[np.int64]:
    encoded = table[column].cast(pa.string()).combine_chunks().dictionary_encode()
    known = np.array([number.get(name, -1) for name in encoded.dictionary.to_pylist()], np.int64)
    return np.asarray(known[np.asarray(encoded.indices)], np.int64)


def _read_measure(reading: Reading, card: Card, table: pa.Table, cells: NDArray[np.int64]) -> None:
    suppressed = np.array([state == "suppressed" for state in table["state"].to_pylist()], np.bool_)
    numerator, denominator = _column(table, "numerator"), _column(table, "denominator")
    names = card.numerator_is or f"events:1:{card.key}-n", card.denominator_is or f"events:1:{card.key}-d"
    top = _take(reading, card, names[0], cells, numerator, suppressed & np.isnan(numerator))
    if names[0] == names[1]:
        return
    below = _take(reading, card, names[1], cells, denominator, suppressed & np.isnan(denominator))
    if card.statistic in SHARES and not any(pair == (top, below) for pair in reading.pairs):
        reading.pairs.append((top, below))
    limits = ("value", "lower95", "upper95", "lower99_8", "upper99_8")
    values = np.stack([_column(table, name) for name in limits])
    with_limits = ~np.isnan(values).any(axis=0)
    if card.statistic in (*SHARES, "rate", "standardised rate", "ratio of events") and with_limits.any():
        reading.inverted.append(
            Inverted(card, top, below, cells[with_limits], values[:, with_limits], numerator[with_limits],
                     denominator[with_limits])
        )  # fmt: skip


def _column(table: pa.Table, name: str) -> Numbers:
    return np.asarray(table[name].cast(pa.float64()).to_numpy(zero_copy_only=False), np.float64)


def _take(
    reading: Reading, card: Card, name: str, cells: NDArray[np.int64], shown: Numbers, hidden: Flags
) -> Known:
    """Add what one measure says of a quantity to what is known of it."""
    quantity = Quantity.named(name)
    known = reading.known.get(name)
    if known is None:
        size = reading.size
        known = reading.known[name] = Known(
            quantity, np.zeros(size), np.full(size, UNLIMITED), np.zeros(size, np.bool_),
            np.zeros(size, np.bool_), np.zeros(size, np.int64), [], card.largest_hidden,
        )  # fmt: skip
    seen = ~np.isnan(shown)
    contradicted = np.zeros(reading.size, np.bool_)
    contradicted[cells] = (known.hidden[cells] & seen) | (known.shown[cells] & hidden)
    known.steps[contradicted] |= 1 << STEPS.index("shown by another measure")
    known.hidden[cells] |= hidden
    known.shown[cells] |= seen
    low, high = _of_shown(shown[seen], quantity.kind, card, exact=_may_be_exact(card, reading, cells[seen]))
    at = cells[seen]
    known.low[at], known.high[at] = np.maximum(known.low[at], low), np.minimum(known.high[at], high)
    known.measures.append(card.key)
    known.largest_hidden = max(known.largest_hidden, card.largest_hidden)
    return known


def _may_be_exact(card: Card, reading: Reading, cells: NDArray[np.int64]) -> Flags:
    """Headline counts of the whole system, which are exact unless they are multiples of 5 by rounding."""
    undivided = cells % (len(reading.places) * len(reading.groups)) == 0
    return np.asarray(undivided & (card.statistic == "count") & card.headline)


def _of_shown(shown: Numbers, kind: str, card: Card, *, exact: Flags) -> tuple[Numbers, Numbers]:
    """Bounds of the true numbers behind shown ones. A count that is no multiple can only be exact."""
    if kind == "pence":
        half = THOUSAND_POUNDS / 2 * (shown % THOUSAND_POUNDS == 0)
        signed = (shown < 0).any()
        return (shown - half if signed else np.maximum(shown - half, 0)), shown + half
    away = np.where(shown % card.rounded_to == 0, card.rounded_to // 2, 0)
    fewest = card.largest_hidden + 1
    if card.statistic == "standardised rate" and kind == "events":
        fewest = max(fewest, STANDARDISED_FROM)
    at_least = np.where((away > 0) & ~exact, np.minimum(fewest, shown), 0)
    half = 0.5 if kind == "person-years" else 0.0
    low = np.where(shown > 0, np.maximum(shown - away, at_least) - half, 0)
    return low, np.where(shown > 0, shown + away + half, half)


def _where_it_may_be_none(reading: Reading) -> None:
    """Raise the lower bound of hidden counts to 1 wherever they cannot be 0."""
    unsure = {id(known): ~known.hidden for known in reading.known.values()}
    for top, below in reading.pairs:
        unsure[id(top)] |= below.hidden
    for each in reading.inverted:
        unsure[id(each.numerator)] |= each.denominator.hidden
    for known in reading.known.values():
        if known.quantity.kind in ("pence", "person-years", "people-in-year", "events"):
            continue
        doubtful = unsure[id(known)]
        for _, parts, totals, _ in reading.sums:
            blank = known.hidden[totals] & ~known.shown[parts].any(axis=1)
            doubtful[parts[blank]] = True
        known.low = np.where(known.hidden & ~doubtful, np.maximum(known.low, 1), known.low)
