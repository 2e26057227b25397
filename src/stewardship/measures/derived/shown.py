"""Published figures laid out as arrays: measures of one kind by years, places and groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stewardship.measures.published import SHARES, Card, PlaceCard
from stewardship.measures.statistics import Estimates

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.object_]
Kind = Literal["proportion", "rate", "standardised rate"]

NUMBERS = ("value", "lower95", "upper95", "lower99_8", "upper99_8", "numerator", "denominator")
OF_VALUE = NUMBERS[:5]
PERIOD = [("period_start", pa.date32()), ("period_end", pa.date32())]


@dataclass(frozen=True)
class Where:
    """What figures are laid out by: periods (oldest first), places, and the groups of a characteristic."""

    periods: Sequence[tuple[date, date]]
    places: Sequence[PlaceCard]
    by: str
    groups: Sequence[str]


@dataclass(frozen=True)
class Shown:
    """Published figures of one kind, each array measures x years x places x groups, NaN where one is not shown.

    value and limits are parts of 1, not per cent or per 1,000. hidden: where a figure is suppressed. start: the first
    day of what each measure counts in each year, which begins earlier where years are put together.
    """

    cards: Sequence[Card]
    kind: Kind
    value: Numbers
    lower95: Numbers
    upper95: Numbers
    lower99_8: Numbers
    upper99_8: Numbers
    numerator: Numbers
    denominator: Numbers
    hidden: Flags
    start: NDArray[np.datetime64]

    @property
    def per(self) -> Numbers:
        """What a value is multiplied by to be in the unit of its measure: measures x 1 x 1."""
        return np.array([per_of(card) for card in self.cards], np.float64)[:, None, None]

    @property
    def rounded_by(self) -> Numbers:
        """How far a shown count may be from the true one: measures x 1 x 1 x 1."""
        return np.array([card.rounded_to // 2 for card in self.cards])[:, None, None, None]

    @property
    def repeats(self) -> Flags:
        """Measures of events that one person often has many of: measures x 1 x 1."""
        return np.array([card.repeats for card in self.cards], bool)[:, None, None]

    def estimates(self, group: int | None = None) -> Estimates:
        """The figures of one group, or of all."""
        told = {name: getattr(self, name) for name in NUMBERS}
        if group is not None:
            told = {name: values[..., group] for name, values in told.items()}
        reason = np.where(np.isnan(told["value"]), "not shown", "").astype(object)
        return Estimates(**told, method="as published", reason=reason)

    @property
    def population(self) -> Numbers:
        """People, or person-years, of each figure. Of a standardised rate those that its events would need for it:
        events over rate, so that groups of unlike ages are set side by side as if their ages were alike."""
        if self.kind != "standardised rate":
            return self.denominator
        known = self.value > 0
        return np.divide(self.numerator, self.value, out=np.full_like(self.value, np.nan), where=known)


def spread(shape: tuple[int, ...], values: NDArray[np.datetime64] | Sequence[str], axis: int) -> NDArray[Any]:
    """Values along one axis, in every cell of a shape."""
    known = values if isinstance(values, np.ndarray) else np.array(values, dtype=object)
    alone = [-1 if number == axis else 1 for number in range(len(shape))]
    return np.broadcast_to(known.reshape(alone), shape)


def per_of(card: Card) -> float:
    """What a figure is multiplied by: 100 for per cent, 1,000 for a rate per 1,000."""
    return 100.0 if card.unit == "%" else float(card.unit.removeprefix("per ").replace(",", ""))


def kind_of(card: Card) -> Kind | None:
    """What kind of figure a measure is; None for one without counts to compare."""
    if card.missing:
        return None
    if card.statistic in SHARES:
        return "proportion"
    return card.statistic if card.statistic in ("rate", "standardised rate") else None  # type: ignore[return-value]


def by_kind(table: pa.Table, cards: Sequence[Card], where: Where) -> list[Shown]:
    """A care area's published figures (FIGURES) laid out, one entry for each kind that it has measures of."""
    kinds = {card.key: kind_of(card) for card in cards}
    of_group = table.filter(pc.equal(table["by"], where.by))
    return [
        _laid_out(of_group, [card for card in cards if kinds[card.key] == kind], kind, where)
        for kind in dict.fromkeys(kinds.values())
        if kind is not None
    ]


def _laid_out(table: pa.Table, cards: Sequence[Card], kind: Kind, where: Where) -> Shown:
    axes: dict[str, list[Any]] = {
        "measure": [card.key for card in cards],
        "period_end": [end for _, end in where.periods],
        "place": [place.code for place in where.places],
        "group": list(where.groups),
    }
    numbers = [
        pc.index_in(table[name], pa.array(known, table.schema.field(name).type)).combine_chunks()
        for name, known in axes.items()
    ]
    at = np.array([pc.fill_null(number, -1).to_numpy() for number in numbers])
    known = (at >= 0).all(axis=0)
    shape = tuple(len(each) for each in axes.values())
    cell = tuple(at[:, known])
    state = table["state"].to_numpy()[known]

    def laid_out(name: str) -> Numbers:
        found = np.full(shape, np.nan)
        values = table[name].cast(pa.float64()).to_numpy()[known]
        found[cell] = np.where(state == "shown", values, np.nan)
        return found

    per = np.array([per_of(card) for card in cards], np.float64).reshape(-1, 1, 1, 1)
    columns = {name: laid_out(name) / (per if name in OF_VALUE else 1) for name in NUMBERS}
    hidden = np.zeros(shape, bool)
    hidden[cell] = state == "suppressed"
    start = np.tile(np.array([first for first, _ in where.periods], "datetime64[D]"), (len(cards), 1))
    start[cell[0], cell[1]] = table["period_start"].to_numpy()[known]
    return Shown(cards, kind, **columns, hidden=hidden, start=start)
