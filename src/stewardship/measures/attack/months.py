"""Events by month: whether the months of a year, their year and places above and below tell a hidden one.

The months of a year add up to the year's published count, and places to the place above in each month. A year is known
as well as the attack on years knows it. A hidden count may be 0: it may be hidden for the sake of another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from stewardship.measures.attack.known import STEPS, UNLIMITED, Flags, Known, Reading, Sum
from stewardship.measures.attack.report import Recovery
from stewardship.measures.attack.sums import through
from stewardship.measures.layout import places_that_add_up
from stewardship.measures.months import months_file
from stewardship.measures.published import EVERYONE, Card, Published
from stewardship.measures.quantities import Quantity

WAY = "hidden months"
SHOWN_AS_IT_IS = "shown as it is"
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class _Grid:
    """The cells of one quantity: places, and for each the months (oldest first), the years, and the rest of each year.

    The rest is what days tell that lie in a year and in none of its whole months: nothing is published of it.
    """

    places: tuple[str, ...]
    months: tuple[date, ...]
    years: tuple[tuple[date, date], ...]

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """The number of each cell, places by months, years and rests."""
        return np.arange(len(self.places) * self.width).reshape(len(self.places), self.width)

    @property
    def width(self) -> int:
        """How many cells a place has."""
        return len(self.months) + 2 * len(self.years)

    @property
    def of_years(self) -> slice:
        """The cells of the years among those of a place."""
        return slice(len(self.months), len(self.months) + len(self.years))

    def when(self, cell: int) -> tuple[str, str]:
        """The place of a cell, and its month or the end of its year."""
        place, at = divmod(cell, self.width)
        if at < len(self.months):
            return self.places[place], f"{self.months[at]:%Y-%m}"
        return self.places[place], self.years[at - len(self.months)][1].isoformat()


def attack_months(
    published: Published, reading: Reading, *, everyone_is_placed: bool, enough: int
) -> tuple[int, list[Recovery]]:
    """How many hidden months were tried, and what is told of them, or by them of hidden years.

    reading: what is known of the years, after all their sums. enough: so many values a hidden count keeps.
    """
    grid = _Grid(
        tuple(card.code for card in published.snapshot.places), _months(published), published.snapshot.periods
    )
    sums = list(_sums(grid, published)) if grid.months else []
    tried, found = 0, list[Recovery]()
    for known in _known(published, reading, grid):
        through(known, sums, everyone_is_placed=everyone_is_placed)
        tried += int(known.hidden[grid.numbers[:, : len(grid.months)]].sum())
        found += [_recovery(known, grid, int(cell), WAY) for cell in np.flatnonzero(_told(known, enough))]
        few = known.shown & (known.low >= 1) & (known.high <= known.largest_hidden)
        found += [_recovery(known, grid, int(cell), SHOWN_AS_IT_IS) for cell in np.flatnonzero(few)]
    return tried, found


def _told(known: Known, enough: int) -> Flags:
    """Hidden counts with too few values left; of years only those that their months tell."""
    width = np.floor(known.high + 1e-6) - np.ceil(known.low - 1e-6) + 1
    narrow = known.hidden & (known.high >= known.low - 1e-6) & (known.high >= 1) & (width < enough)
    return np.asarray(narrow & (known.steps > 0))


def _recovery(known: Known, grid: _Grid, cell: int, way: str) -> Recovery:
    place, when = grid.when(cell)
    low, high = float(np.ceil(known.low[cell] - 1e-6)), float(np.floor(known.high[cell] + 1e-6))
    told = int(known.steps[cell])
    steps = "; ".join(step for bit, step in enumerate(STEPS) if told >> bit & 1) or "a count of a few"
    return Recovery(way, known.measures[0], place, EVERYONE, EVERYONE, when, low, high, steps)


def _months(published: Published) -> tuple[date, ...]:
    files = (months_file(published.folder, area.key) for area in published.snapshot.with_strategy)
    held = (pq.read_table(file, columns=["month"]) for file in files if file.is_file())
    return tuple(sorted({month for table in held for month in table["month"].to_pylist()}))


def _sums(grid: _Grid, published: Published) -> Iterator[Sum]:
    """Months of a year, with its rest where it does not begin and end with them; places to the place above."""
    numbers, months = grid.numbers, np.array(grid.months, "datetime64[D]")
    nexts = (months.astype("datetime64[M]") + 1).astype("datetime64[D]")
    for year, (start, end) in enumerate(grid.years):
        within = np.flatnonzero((months >= np.datetime64(start)) & (nexts <= np.datetime64(end) + 1))
        at = len(months) + year
        rest = [] if len(within) == MONTHS_A_YEAR and start.day == 1 else [at + len(grid.years)]
        yield STEPS[9], numbers[:, [*within, *rest]], numbers[:, at], False
    for above, parts in places_that_add_up(published.snapshot.places):
        yield STEPS[1], numbers[parts].T, numbers[above], above == 0


def _known(published: Published, reading: Reading, grid: _Grid) -> Iterator[Known]:
    """What is known of each quantity that is told by month, whatever measure tells it."""
    found: dict[str, Known] = {}
    for area in published.snapshot.with_strategy:
        file = months_file(published.folder, area.key)
        if file.is_file():
            for card, rows in _by_card(area.measures, pq.read_table(file).to_pylist()):
                name = _name(card)
                known = found.setdefault(name, _of_years(reading, name, grid, card))
                _take(known, grid, card, rows)
    yield from found.values()


def _by_card(
    cards: Sequence[Card], rows: list[dict[str, object]]
) -> Iterator[tuple[Card, list[dict[str, object]]]]:
    of: dict[object, list[dict[str, object]]] = {}
    for row in rows:
        of.setdefault(row["measure"], []).append(row)
    for card in cards:
        if card.key in of and card.of_people:
            yield card, of[card.key]


def _name(card: Card) -> str:
    """The name of the quantity of one year: a measure of several years together is told by single months."""
    if not card.numerator_is:
        return f"events:1:{card.key}-n"
    quantity = Quantity.named(card.numerator_is)
    return Quantity(quantity.kind, quantity.of).name


def _of_years(reading: Reading, name: str, grid: _Grid, card: Card) -> Known:
    """A quantity of which nothing is known but its years, as far as these are."""
    shape = grid.numbers.shape
    low, high = np.zeros(shape), np.full(shape, UNLIMITED)
    hidden = np.zeros(shape, np.bool_)
    years = reading.known.get(name)
    if years is not None:
        cells = np.arange(reading.size).reshape(reading.years, len(reading.places), len(reading.groups))
        at = cells[:, :, 0].T
        low[:, grid.of_years], high[:, grid.of_years] = years.low[at], years.high[at]
        hidden[:, grid.of_years] = years.hidden[at]
    none = np.zeros(low.size, np.bool_)
    return Known(
        Quantity.named(name), low.reshape(-1), high.reshape(-1), hidden.reshape(-1), none,
        np.zeros(low.size, np.int64), [], card.largest_hidden,
    )  # fmt: skip


def _take(known: Known, grid: _Grid, card: Card, rows: list[dict[str, object]]) -> None:
    """Add the months that one measure tells."""
    place = {code: number for number, code in enumerate(grid.places)}
    month = {day: number for number, day in enumerate(grid.months)}
    told = [row for row in rows if row["place"] in place and row["state"] != "missing"]
    at = np.array([grid.numbers[place[str(row["place"])], month[row["month"]]] for row in told], np.int64)  # type: ignore[index]
    count = np.array([np.nan if row["count"] is None else row["count"] for row in told], np.float64)
    seen = ~np.isnan(count)
    away = np.where(count % card.rounded_to == 0, card.rounded_to // 2, 0)
    low = np.where(away > 0, np.maximum(count - away, np.minimum(card.largest_hidden + 1, count)), count)
    cells, shown = at[seen], count[seen] > 0
    known.low[cells] = np.maximum(known.low[cells], np.where(shown, low[seen], 0))
    known.high[cells] = np.minimum(known.high[cells], np.where(shown, (count + away)[seen], 0))
    known.shown[cells] = True
    known.hidden[at[~seen]] = True
    known.measures.append(card.key)
