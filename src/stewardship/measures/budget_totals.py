"""Allocated sums on a grid: year by place by deprivation fifth by care area, with heads beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stewardship.measures.allocation import UNALLOCATED, Allocated
from stewardship.measures.allocation_claims import Claimant
from stewardship.measures.allocation_events import POINTS
from stewardship.measures.columns import DAYS_A_YEAR
from stewardship.measures.layout import places_that_add_up
from stewardship.measures.partitions import Partition
from stewardship.measures.published import PlaceCard
from stewardship.people.table import AGE_BANDS, People
from stewardship.records.engines import ExpressionEngine
from stewardship.records.model import SEXES

FIFTHS = ("everyone", "1", "2", "3", "4", "5", "Not known")
OF_PRACTICES, OF_HOMES = "by GP practice", "by home"
ALL, NOBODYS = "all", "unallocated"

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """The rows of a budget: the care areas in their order, then what is nobody's, then everything."""

    areas: Sequence[Claimant]

    @cached_property
    def keys(self) -> list[str]:
        """Their keys."""
        return [*(area.key for area in self.areas), NOBODYS, ALL]

    @property
    def own(self) -> list[int]:
        """The rows that everything is divided into: areas that are no overlays, and what is nobody's."""
        return [number for number, area in enumerate(self.areas) if not area.claims.overlay] + [
            len(self.areas)
        ]

    @property
    def whole(self) -> int:
        """The row of everything."""
        return len(self.areas) + 1


@dataclass(frozen=True)
class Totals:
    """Whole numbers of the shape (years, places, FIFTHS, rows).

    contacts, pence; bits: as in Allocated; days and weighted: person-days of residents, and those weighted by what
    people of their age and sex cost in the last year beside the average, of the shape (years, places, FIFTHS).
    """

    contacts: Counts
    pence: Counts
    bits: Counts
    days: Counts
    weighted: NDArray[np.float64]

    @property
    def heads(self) -> NDArray[np.float64]:
        """Person-years."""
        return self.days / DAYS_A_YEAR

    @property
    def weighted_heads(self) -> NDArray[np.float64]:
        """Weighted person-years; as many as heads in the system and the last year."""
        return self.weighted / DAYS_A_YEAR


class Grid:
    """Where sums of the lowest places go: each is added to the place and to all above it of the same basis."""

    def __init__(self, places: Sequence[PlaceCard], names: Mapping[str, Sequence[str]], years: int) -> None:
        self.places, self.years = places, years
        self._of = {
            level: self._chains(names.get(level, ()), basis)
            for level, basis in (("practice", OF_PRACTICES), ("neighbourhood", OF_HOMES))
        }

    def add(
        self, into: NDArray[Any], table: pa.Table, level: str, name: str, row: Counts | None = None
    ) -> None:
        """Add a column to the grid (with rows, if they are given); bits are joined.

        level: practice or neighbourhood, the lowest place that the table tells; the system is that of practices.
        """
        year, fifth = _array(table, "period"), _array(table, "fifth")
        value, chains = _array(table, name), self._of[level][_array(table, level)]
        at_fifth = np.where(fifth < 1, len(FIFTHS) - 1, fifth)
        joined = np.bitwise_or if name == "bits" else np.add
        for depth in range(chains.shape[1]):
            place = chains[:, depth]
            known = place >= 0
            for cell in (np.zeros_like(at_fifth), at_fifth):
                at = [year[known], place[known], cell[known]]
                joined.at(into, tuple(at if row is None else [*at, row[known]]), value[known])

    def _chains(self, lowest: Sequence[str], basis: str) -> Counts:
        """For each lowest place by its number, and last for none, the numbers of the places it adds to; -1 for none."""
        number = {place.code: index for index, place in enumerate(self.places) if place.level != "system"}
        system = 0 if basis == OF_PRACTICES else -1
        found = []
        for code in lowest:
            chain, step = [system], code
            while step in number and self.places[number[step]].basis == basis:
                chain.append(number[step])
                step = self.places[number[step]].parent
            found.append(chain)
        width = max((len(chain) for chain in found), default=1)
        rows = [chain + [-1] * (width - len(chain)) for chain in (*found, [system])]
        return np.array(rows, np.int64)


def totals_of(
    allocated: Allocated, places: Sequence[PlaceCard], people: People, engine: ExpressionEngine, *, years: int
) -> Totals:
    """The allocated sums of every published place, the system first, and the residents there."""
    rows, grid = Rows(allocated.areas), Grid(places, people.names, years)
    shape = (years, len(places), len(FIFTHS), len(rows.keys))
    sums = {name: np.zeros(shape, np.int64) for name in ("contacts", "pence", "bits")}
    for level, cube, tags in (
        ("practice", allocated.by_practice, allocated.tags_by_practice),
        ("neighbourhood", allocated.by_home, allocated.tags_by_home),
    ):
        for part, row in _of_rows(rows, cube, tags):
            for name, into in sums.items():
                grid.add(into, part, level, name, row)
    days, weighted = _heads(allocated, grid, people, engine)
    return Totals(**sums, days=days, weighted=weighted)


def _of_rows(rows: Rows, cube: pa.Table, tags: pa.Table) -> list[tuple[pa.Table, Counts]]:
    """Parts of the sums, with the row of each of their lines."""
    area = _array(cube, "area")
    found = [
        (cube, np.where(area == UNALLOCATED, len(rows.areas), area)),
        (cube, np.full(cube.num_rows, rows.whole, np.int64)),
    ]
    for number, claimant in enumerate(rows.areas):
        if claimant.claims.overlay:
            part = of_overlay(claimant, number, cube, tags)
            found.append((part, np.full(part.num_rows, number, np.int64)))
    return found


def of_overlay(claimant: Claimant, number: int, cube: pa.Table, tags: pa.Table) -> pa.Table:
    """What an overlay looks at: care at its points of delivery, or all care of its people."""
    points = [POINTS.index(point) for point in claimant.claims.points_of_delivery]
    if points:
        return cube.filter(np.isin(_array(cube, "point"), points))
    return tags.filter(_array(tags, "area") == number)


def _heads(
    allocated: Allocated, grid: Grid, people: People, engine: ExpressionEngine
) -> tuple[Counts, NDArray[np.float64]]:
    rows = people.table
    shape = (grid.years, len(grid.places), len(FIFTHS))
    days, weighted = np.zeros(shape, np.int64), np.zeros(shape, np.float64)
    for level in ("practice", "neighbourhood"):
        keys = {"period": rows.period, level: rows[f"{level}_number"], "fifth": rows.fifth}
        told = rows.group_by(**keys, age_band=rows.age_band, sex=rows.sex_number).aggregate(
            days=rows.days.sum().cast("int64")
        )
        table = engine.ibis.to_pyarrow(told)
        table = pa.table({
            name: table[name].cast(pa.int64()).fill_null(-1) for name in table.column_names
        })  # fmt: skip
        # Shares are added in the same order on every engine.
        table = table.sort_by([(name, "ascending") for name in table.column_names])
        if level == "practice":
            weights = _weights(allocated, table, grid.years)
        weight = weights[_array(table, "age_band"), _array(table, "sex")]
        heavier = table.append_column("weighted", pa.array(_array(table, "days") * weight))
        grid.add(days, heavier, level, "days")
        grid.add(weighted, heavier, level, "weighted")
    return days, weighted


def _weights(allocated: Allocated, residents: pa.Table, years: int) -> NDArray[np.float64]:
    """What a person-day of each age band and sex costs in the last year, beside that of all: 1 is the average."""
    shape = (len(AGE_BANDS), len(SEXES))
    pence, days = np.zeros(shape), np.zeros(shape)
    of_age = allocated.by_age.filter(_array(allocated.by_age, "age_band") >= 0)
    np.add.at(pence, (_array(of_age, "age_band"), _array(of_age, "sex")), _array(of_age, "pence"))
    last = residents.filter(_array(residents, "period") == years - 1)
    np.add.at(days, (_array(last, "age_band"), _array(last, "sex")), _array(last, "days"))
    if not pence.sum() or not days.sum():
        return np.ones(shape)
    each = np.divide(pence, days, out=np.zeros(shape), where=days > 0)
    return np.asarray(each / (pence.sum() / days.sum()))


def members_of(allocated: Allocated, years: int) -> Counts:
    """Residents of each year (rows) and row of the budget: those in each area, who may be in several, and all."""
    rows = Rows(allocated.areas)
    found = np.zeros((years, len(rows.keys)), np.int64)
    for year, among, people in zip(*(allocated.members[name].to_pylist() for name in _MEMBERS), strict=True):
        for number in range(len(rows.areas)):
            found[year, number] += people * (among >> number & 1)
        found[year, rows.whole] += people
    return found


_MEMBERS = ("period", "among", "people")


def partitions_of(places: Sequence[PlaceCard], rows: Rows, years: int) -> list[Partition]:
    """What adds up to what on the grid: areas to everything, fifths to everyone, places to the place above."""
    shape = (years, len(places), len(FIFTHS), len(rows.keys))
    number = np.arange(np.prod(shape)).reshape(shape)
    own = number[..., rows.own]
    areas = Partition(own.reshape(-1), np.repeat(number[..., rows.whole].reshape(-1), own.shape[-1]))
    fifths = number[:, :, 1:, :]
    everyone = np.broadcast_to(number[:, :, :1, :], fifths.shape)
    found = [areas, Partition(fifths.reshape(-1), everyone.reshape(-1))]
    by_basis: dict[str, list[tuple[Counts, Counts]]] = {}
    for above, parts in places_that_add_up(places):
        part = number[:, parts]
        whole = np.broadcast_to(number[:, above : above + 1], part.shape)
        by_basis.setdefault(places[parts[0]].basis, []).append((part.reshape(-1), whole.reshape(-1)))
    found += [
        Partition(np.concatenate([part for part, _ in of]), np.concatenate([whole for _, whole in of]))
        for of in by_basis.values()
    ]
    return found


def _array(table: pa.Table, name: str) -> NDArray[Any]:
    return np.asarray(table[name].to_numpy())
