"""In which places and groups a pathway is counted: those of its person, as the people table describes them.

A person is described as in the year in which the pathway is counted; one who was no resident in that year, as in the
latest year before, or else the first after. So everyone counted is counted in every way of dividing them.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.cancer.courses import Days, Names, days_of
from stewardship.measures.cancer.reading import Pathways
from stewardship.measures.layout import AGE_GROUPS, CELLS, GROUPS, NOT_KNOWN, Layout
from stewardship.measures.published import EVERYONE
from stewardship.measures.sums import IN_A_GROUP, IN_NONE
from stewardship.people.periods import Period
from stewardship.people.table import PLACE_COLUMNS

Counts = NDArray[np.int64]
_OF_BAND = np.array([name for name, bands in AGE_GROUPS.items() for _ in range(bands)], object)
_CELL = {cell: number for number, cell in enumerate(CELLS)}


class Cells:
    """Where the people of pathways stand, for each pathway and year."""

    def __init__(self, pathways: Pathways, layout: Layout, periods: Sequence[Period]) -> None:
        self._layout = layout
        self._starts = np.array([days_of(period.start) for period in periods], np.int64)
        self._last = days_of(periods[-1].end)
        self._residents, self._names = pathways.residents, pathways.names
        known, who = np.unique(pathways.residents["person_id"].to_numpy(), return_inverse=True)
        self._key = who * len(periods) + pathways.residents["period"].to_numpy().astype(np.int64)
        self._who = who
        self._person = np.searchsorted(known, pathways.rows["person_id"].to_numpy())

    def year(self, day: Days) -> Counts:
        """The number of the year that each day lies in, -1 for none."""
        year = np.searchsorted(self._starts, day, side="right") - 1
        return np.asarray(np.where(day > self._last, -1, year))

    def described(self, row: Days, year: Counts) -> Counts:
        """The row of the people table that describes the person of each pathway in a year."""
        person = self._person[row]
        at = np.searchsorted(self._key, person * len(self._starts) + year, side="right") - 1
        before = (at >= 0) & (self._who[np.maximum(at, 0)] == person)
        return np.asarray(np.where(before, at, at + 1))

    def group(self, by: str, described: Counts) -> Names:
        """The group of each person by a characteristic."""
        if by == EVERYONE:
            return np.full(len(described), EVERYONE, object)
        if by == "age band":
            return _OF_BAND[self._number("age_band", described)]
        if by == "deprivation fifth":
            fifth = self._number("fifth", described)
            return np.where(fifth > 0, fifth.astype(str), NOT_KNOWN).astype(object)
        if by == "inclusion health":
            return np.where(self._number("inclusion", described) > 0, IN_A_GROUP, IN_NONE).astype(object)
        name = {"sex": "sex", "ethnic group": "ethnic_group"}[by]
        return np.array(self._names[name], object)[self._number(f"{name}_number", described)]

    def counted(self, row: Days, year: Counts) -> Counts:
        """How many of these pathways are counted in each cell of the grid, flat. year: of each; none is below 0."""
        described = self.described(row, year)
        grid = np.zeros(self._layout.shape, np.int64)
        cells = [self._cells(by, described) for by in GROUPS]
        for level in ("", *PLACE_COLUMNS):
            place = self._places(level, described)
            known = place >= 0
            for cell in cells:
                np.add.at(grid, (year[known], place[known], cell[known]), 1)
        return grid.reshape(-1)

    def _cells(self, by: str, described: Counts) -> Counts:
        names = self.group(by, described).astype(str)
        known, which = np.unique(names, return_inverse=True)
        return np.array([_CELL[by, str(name)] for name in known], np.int64)[which]

    def _places(self, level: str, described: Counts) -> Counts:
        """The number of each person's published place at a level, -1 where there is none; '' is the whole system."""
        if not level:
            return np.zeros(len(described), np.int64)
        known = [*(self._layout.place_numbers.get(code, -1) for code in self._names[level]), -1]
        return np.array(known, np.int64)[self._number(f"{level}_number", described, nothing=-1)]

    def _number(self, column: str, described: Counts, nothing: int = 0) -> Counts:
        numbers = self._residents[column].fill_null(nothing).to_numpy()
        return np.asarray(numbers, np.int64)[described]
