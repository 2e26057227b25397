"""The grid on which every measure is laid out: year by place by group of residents.

Sums come from the engine as rows in any order, only where there is somebody. On the grid every place and every
group has its cell, so that nobody is a 0 and not a gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stewardship.measures.differencing import Partition
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
        place, codes = _told_apart(sums.place)
        place = np.array([self._place_numbers.get(code or "", -1) for code in codes], np.int64)[place]
        cell = _cells(sums)
        known = place >= 0
        at = [sums.period[known], place[known], cell[known]]
        shape: tuple[int, ...] = self.shape
        if banded:
            at.append(sums.band[known])
            shape = (*shape, len(AGE_BANDS))

        cells, row = int(np.prod(shape)), np.ravel_multi_index(at, shape)

        def laid_out(values: Counts) -> Counts:
            # As floats, which are exact far beyond the pence of any system.
            added = np.bincount(row, weights=values[known], minlength=cells)
            return np.asarray(added.astype(np.int64).reshape(shape))

        return Grid(*(laid_out(values) for values in (sums.people, sums.days, sums.added, sums.behind)))

    @cached_property
    def undivided(self) -> NDArray[np.bool_]:
        """The cells of everyone in the whole system."""
        cells = np.zeros(self.shape, np.bool_)
        cells[:, 0, 0] = True
        return cells.reshape(-1)

    def year_of(self, cell: int) -> int:
        """The number of the year that a cell lies in, the oldest being 0."""
        return cell // (self.shape[1] * self.shape[2])

    def cells_by(self, by: str) -> slice:
        """The cells of a characteristic's groups, along the last axis."""
        return slice(*_RANGES[by])

    def partitions(self, *counts: Counts) -> list[Partition]:
        """What adds up to what, wherever that is so for all the counts: groups to everyone of their place and
        year, and places to the place above them."""
        found = []
        for whole, sums in self._whole:
            holds = [_holds(parts, totals, counts) for parts, totals in sums]
            if all(each.all() for each in holds):  # as nearly always: what is made of it is made once
                found.append(whole)
            else:
                found.append(_together([(p[h], t[h]) for (p, t), h in zip(sums, holds, strict=True)]))
        return [partition for partition in found if len(partition.part)]

    @cached_property
    def _whole(self) -> list[tuple[Partition, list[tuple[Counts, Counts]]]]:
        """Every partition if all its sums hold, with the sums (parts along the last axis, totals) that it is of.

        A place is a part once and a total once among all places of one basis: one partition is of all their levels.
        """
        by_basis: dict[str, list[tuple[Counts, Counts]]] = {}
        for basis, parts, totals in self._sums_of_places:
            by_basis.setdefault(basis, []).append((parts, totals))
        each = [*([sums] for sums in self._sums_of_groups), *by_basis.values()]
        return [(_together(sums), sums) for sums in each]

    def open_sums(self, *counts: Counts) -> list[tuple[Counts, Counts]]:
        """Places (sums x parts) and the totals above them, where some people lie in none of the parts.

        Each way to divide a place is an entry of its own. Where the parts are more than the total for any of the
        counts there is no sum at all.
        """
        found = []
        for _, parts, totals in self._sums_of_places:
            missing = [count[totals] - count[parts].sum(axis=-1) for count in counts]
            fits = np.all([each >= 0 for each in missing], axis=0) & np.any(
                [each > 0 for each in missing], axis=0
            )
            if fits.any():
                found.append((parts[fits], totals[fits]))
        return found

    @cached_property
    def _numbers(self) -> Counts:
        return np.arange(np.prod(self.shape)).reshape(self.shape)

    @cached_property
    def _sums_of_groups(self) -> list[tuple[Counts, Counts]]:
        """Cell numbers of parts, along the last axis, and of their totals."""
        ranges = [each for each in _RANGES.values() if each[1] - each[0] > 1]
        return [(self._numbers[:, :, first:last], self._numbers[:, :, 0]) for first, last in ranges]

    @cached_property
    def _sums_of_places(self) -> list[tuple[str, Counts, Counts]]:
        """The same of places, with what they are counted by."""
        return [
            (
                self.places[parts[0]].basis,
                np.moveaxis(self._numbers[:, parts], 1, -1),
                self._numbers[:, above],
            )
            for above, parts in places_that_add_up(self.places)
        ]

    def of_years(self, years: int) -> list[Partition]:
        """Each year's cells as parts of the years put together, one partition for each year that these end with.

        The totals are numbered from the end of the grid: they stand in a second one behind it.
        """
        numbers = np.arange(np.prod(self.shape)).reshape(self.years, -1)
        return [
            Partition(
                numbers[end - years + 1 : end + 1].reshape(-1), np.tile(numbers[end] + numbers.size, years)
            )
            for end in range(years - 1, self.years)
        ]


def places_that_add_up(places: Sequence[PlaceCard]) -> list[tuple[int, list[int]]]:
    """Which places (by number) make up which: those of one basis under their parent, the highest under the system.

    An alliance counted by GP practice is not the sum of local authorities, which are counted by home.
    """
    number = {place.code: index for index, place in enumerate(places) if place.level != "system"}
    below: dict[tuple[int, str], list[int]] = {}
    for index, place in enumerate(places):
        if place.level == "system":
            continue
        above = number.get(place.parent, 0)
        if places[above].basis != place.basis:
            above = 0
        below.setdefault((above, place.basis), []).append(index)
    return [(above, parts) for (above, _), parts in below.items()]


def _holds(parts: Counts, totals: Counts, counts: Sequence[Counts]) -> NDArray[np.bool_]:
    """Which of the sums among cell numbers (parts along the last axis) hold exactly in every one of the counts."""
    holds = np.ones(totals.shape, np.bool_)
    for count in counts:
        holds &= count[parts].sum(axis=-1) == count[totals]
    return holds


def _together(sums: Sequence[tuple[Counts, Counts]]) -> Partition:
    """Sums among cell numbers as one partition."""
    return Partition(
        np.concatenate([parts.reshape(-1) for parts, _ in sums]),
        np.concatenate([np.repeat(totals.reshape(-1), parts.shape[-1]) for parts, totals in sums]),
    )


def _cells(sums: Sums) -> Counts:
    """The number of the cell of each row, among CELLS."""
    by, kinds = _told_apart(sums.by)
    group, names = _told_apart(sums.group)
    known = [
        [
            _CELL_NUMBERS.get((kind or "", _group(kind or "", name)), -1) if _is_of(kind, name) else -1
            for name in names
        ]
        for kind in kinds
    ]
    cells: Counts = np.array(known, np.int64).reshape(len(kinds), len(names))[by, group]
    return cells


def _told_apart(words: NDArray[np.object_]) -> tuple[Counts, list[str | None]]:
    """The number of each row's word among the words that occur, and these words; None is one of them."""
    encoded = pa.array(words, pa.string()).dictionary_encode(null_encoding="encode")
    return np.asarray(encoded.indices, np.int64), encoded.dictionary.to_pylist()


def _is_of(by: str | None, name: str | None) -> bool:
    """Whether a name can be that of a group of a characteristic: ages are numbers."""
    return by != "age band" or name is None or name.isdigit()


def _group(by: str, name: str | None) -> str:
    if by == "age band" and name is not None:
        return AGE_BANDS[int(name)]
    return NOT_KNOWN if name is None else name


_CELL_NUMBERS = {cell: number for number, cell in enumerate(CELLS)}
_RANGES = {
    by: (_CELL_NUMBERS[by, groups[0]], _CELL_NUMBERS[by, groups[-1]] + 1) for by, groups in GROUPS.items()
}
