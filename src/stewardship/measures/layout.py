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

from stewardship.measures.cell_sums import CellSums, by_basis, open_sums, together, where_they_hold
from stewardship.measures.differencing import Partition
from stewardship.measures.published import EVERYONE, PlaceCard
from stewardship.measures.sums import IN_A_GROUP, IN_NONE, WHOLE_SYSTEM, Sums
from stewardship.people.table import AGE_BANDS
from stewardship.records.model import ETHNIC_GROUPS, SEXES

NOT_KNOWN = "Not known"
AGE_GROUPS = {
    "0-4": 1, "5-14": 2, "15-24": 2, "25-44": 4, "45-64": 4, "65-74": 2, "75-84": 2, "85+": 2,
}  # fmt: skip
"""The ages that figures are published by, and of how many bands of five years: in narrower ones most practices' counts
would be hidden."""
GROUPS: dict[str, tuple[str, ...]] = {
    EVERYONE: (EVERYONE,),
    "sex": SEXES,
    "age band": tuple(AGE_GROUPS),
    "ethnic group": ETHNIC_GROUPS,
    "deprivation fifth": ("1", "2", "3", "4", "5", NOT_KNOWN),
    "inclusion health": (IN_A_GROUP, IN_NONE),
}
NOWHERE = frozenset({("inclusion health", IN_NONE)})
"""Groups of which nothing is published: who is not recorded as in an inclusion group may be in one all the same. They
are laid out because sums of them tell of the others."""
PUBLISHED_GROUPS = {
    by: [name for name in groups if (by, name) not in NOWHERE] for by, groups in GROUPS.items()
}
CELLS: tuple[tuple[str, str], ...] = tuple((by, group) for by, groups in GROUPS.items() for group in groups)

MONTHS = 12  # of a year

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
    def place_numbers(self) -> dict[str, int]:
        """The number of each published place, by its code; that of the whole system by WHOLE_SYSTEM."""
        return {
            WHOLE_SYSTEM if place.level == "system" else place.code: number
            for number, place in enumerate(self.places)
        }

    def lay_out(self, sums: Sums, *, banded: bool) -> Grid:
        """The sums on the grid. Places that are not published are left out."""
        place, codes = _told_apart(sums.place)
        place = np.array([self.place_numbers.get(code or "", -1) for code in codes], np.int64)[place]
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

    def published(self, *, by_age: bool) -> NDArray[np.bool_]:
        """Where a figure stands, shown or hidden. by_age: whether groups by age have figures."""
        each = [cell not in NOWHERE and (by_age or cell[0] != "age band") for cell in CELLS]
        return np.broadcast_to(np.array(each), self.shape).copy()

    def partitions(self, *counts: Counts) -> list[Partition]:
        """What adds up to what, wherever that is so for all the counts: groups to everyone of their place and
        year, and places to the place above them."""
        return where_they_hold(self._whole, counts)

    def partitions_of_months(self, counts: Counts) -> list[Partition]:
        """The same of months: places to the place above them."""
        return where_they_hold(self._whole_of_months, [counts])

    @cached_property
    def _whole(self) -> list[CellSums]:
        return [*(together([sums]) for sums in self._sums_of_groups), *by_basis(self._sums_of_places)]

    @cached_property
    def _whole_of_months(self) -> list[CellSums]:
        return by_basis(self._sums_of_places_by_month)

    def open_sums(self, *counts: Counts) -> list[tuple[Counts, Counts]]:
        """Places (sums x parts) and the totals above them, where some people lie in none of the parts.

        Each way to divide a place is an entry of its own. Where the parts are more than the total for any of the
        counts there is no sum at all.
        """
        return open_sums(self._sums_of_places, counts)

    def open_sums_of_months(self, counts: Counts) -> list[tuple[Counts, Counts]]:
        """The same of months."""
        return open_sums(self._sums_of_places_by_month, [counts])

    @cached_property
    def everyone(self) -> Counts:
        """The cells of everyone, one a year and place."""
        return self._numbers[:, :, 0]

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
        return self._places_in(self._numbers)

    @cached_property
    def _sums_of_places_by_month(self) -> list[tuple[str, Counts, Counts]]:
        shape = (self.years, len(self.places), MONTHS)
        return self._places_in(np.arange(np.prod(shape)).reshape(shape))

    def _places_in(self, numbers: Counts) -> list[tuple[str, Counts, Counts]]:
        return [
            (self.places[parts[0]].basis, np.moveaxis(numbers[:, parts], 1, -1), numbers[:, above])
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
        return _OF_BAND[int(name)]
    return NOT_KNOWN if name is None else name


_OF_BAND = [name for name, bands in AGE_GROUPS.items() for _ in range(bands)]
_CELL_NUMBERS = {cell: number for number, cell in enumerate(CELLS)}
_RANGES = {
    by: (_CELL_NUMBERS[by, groups[0]], _CELL_NUMBERS[by, groups[-1]] + 1) for by, groups in GROUPS.items()
}
