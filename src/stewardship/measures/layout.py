"""The grid on which every measure is laid out: year by place by group of residents.

Sums come from the engine as rows in any order, only where there is somebody. On the grid every place and every
group has its cell, so that nobody is a 0 and not a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.differencing import Partition, exact_total_is_safe
from stewardship.measures.published import EVERYONE, PlaceCard
from stewardship.measures.sums import WHOLE_SYSTEM, Sums
from stewardship.people.table import AGE_BANDS
from stewardship.records.model import ETHNIC_GROUPS, SEXES

NOT_KNOWN = "Not known"
GROUPS: dict[str, tuple[str, ...]] = {
    EVERYONE: (EVERYONE,),
    "sex": SEXES,
    "age band": AGE_BANDS,
    "ethnic group": ETHNIC_GROUPS,
    "deprivation fifth": ("1", "2", "3", "4", "5", NOT_KNOWN),
}
CELLS: tuple[tuple[str, str], ...] = tuple((by, group) for by, groups in GROUPS.items() for group in groups)

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Grid:
    """A measure's sums laid out; see Sums."""

    people: Counts
    days: Counts
    added: Counts
    behind: Counts


@dataclass(frozen=True)
class Layout:
    """The grid: years (oldest first), the published places (the system first), and CELLS.

    A laid-out array has the shape (years, places, cells), or with ages told apart (years, places, cells, bands).
    """

    years: int
    places: Sequence[PlaceCard]

    @property
    def shape(self) -> tuple[int, int, int]:
        """How many years, places and cells."""
        return self.years, len(self.places), len(CELLS)

    @cached_property
    def _place_numbers(self) -> dict[str, int]:
        return {
            WHOLE_SYSTEM if place.level == "system" else place.code: number
            for number, place in enumerate(self.places)
        }

    def lay_out(self, sums: Sums, *, banded: bool) -> Grid:
        """The sums on the grid. Places that are not published are left out."""
        place = np.array([self._place_numbers.get(code, -1) for code in sums.place], np.int64)
        cells = [_CELL_NUMBERS[by, _group(by, name)] for by, name in zip(sums.by, sums.group, strict=True)]
        cell = np.array(cells, np.int64)
        known = place >= 0
        at = [sums.period[known], place[known], cell[known]]
        shape: tuple[int, ...] = self.shape
        if banded:
            at.append(sums.band[known])
            shape = (*shape, len(AGE_BANDS))

        def laid_out(values: Counts) -> Counts:
            grid = np.zeros(shape, np.int64)
            np.add.at(grid, tuple(at), values[known])
            return grid

        return Grid(*(laid_out(values) for values in (sums.people, sums.days, sums.added, sums.behind)))

    def undivided(self, counts: Counts) -> NDArray[np.bool_]:
        """The cells of everyone in the whole system, where an exact count gives no place in it away.

        counts: people, one a cell of the grid.
        """
        grid = counts.reshape(self.shape)[:, :, 0]
        cells = np.zeros(self.shape, np.bool_)
        levels = np.array([place.level for place in self.places])
        for year in range(self.years):
            parts = [grid[year, levels == level] for level in set(levels[1:])]
            cells[year, 0, 0] = all(exact_total_is_safe(int(grid[year, 0]), part) for part in parts)
        return cells.reshape(-1)

    def partitions(self, *counts: Counts) -> list[Partition]:
        """Which groups add up to everyone of their place and year, wherever that is so for all the counts."""
        numbers = np.arange(np.prod(self.shape)).reshape(self.shape)
        sums = [
            _sums_that_hold(numbers[:, :, first:last], numbers[:, :, 0], counts)
            for first, last in _RANGES.values()
            if last - first > 1
        ]
        return [partition for partition in sums if len(partition.part)]


def _sums_that_hold(parts: Counts, totals: Counts, counts: Sequence[Counts]) -> Partition:
    """The sums among cell numbers (parts along the last axis) that hold exactly in every one of the counts."""
    holds = np.ones(totals.shape, np.bool_)
    for count in counts:
        holds &= count[parts].sum(axis=-1) == count[totals]
    chosen = parts[holds]
    return Partition(chosen.reshape(-1), np.repeat(totals[holds], chosen.shape[-1]))


def _group(by: str, name: str | None) -> str:
    if by == "age band" and name is not None:
        return AGE_BANDS[int(name)]
    return NOT_KNOWN if name is None else name


_CELL_NUMBERS = {cell: number for number, cell in enumerate(CELLS)}
_RANGES = {
    by: (_CELL_NUMBERS[by, groups[0]], _CELL_NUMBERS[by, groups[-1]] + 1) for by, groups in GROUPS.items()
}
