"""Deaths and time lived by the ages of life tables, at every place: what life expectancy is worked out from.

The time of a year that somebody lived before their birthday counts at the age that they had then. Described as on
their last day alone, children under one would have half of their time, and the oldest too much.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stewardship.measures.chosen import Chosen
from stewardship.measures.columns import DAYS_A_YEAR
from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts
from stewardship.measures.layout import GROUPS, Layout
from stewardship.measures.lowest import HIERARCHIES
from stewardship.measures.measure import Measure
from stewardship.measures.published import EVERYONE
from stewardship.measures.statistics import LIFE_BANDS
from stewardship.measures.stretches import small_table
from stewardship.measures.sums import WHOLE_SYSTEM
from stewardship.people.expressions import Answer
from stewardship.people.joins import fan_out
from stewardship.people.table import PLACE_COLUMNS
from stewardship.records.engines import ExpressionEngine

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

OLDEST = 90
LIFE_GROUPS = ("sex", "deprivation fifth")
LIFE_CELLS: tuple[tuple[str, str], ...] = (
    (EVERYONE, EVERYONE),
    *((by, group) for by in LIFE_GROUPS for group in GROUPS[by]),
)
"""Of whom there are life tables, at each place: everyone, each sex, each fifth of deprivation."""


@dataclass(frozen=True)
class Lives:
    """Deaths, and person-years, of each year, place, group of LIFE_CELLS and band of LIFE_BANDS.

    Arrays of years x places x cells x bands. Nothing of them is shown: see `life_figures`.
    """

    deaths: Numbers
    years: Numbers

    def together(self, years: int) -> "Lives":
        """Each year with the years before it that are put together with it; fewer of the first."""

        def pooled(values: Numbers) -> Numbers:
            each = [values[max(0, last - years + 1) : last + 1].sum(axis=0) for last in range(len(values))]
            return np.stack(each)

        return Lives(pooled(self.deaths), pooled(self.years))


def lives_of(
    measures: Iterable[Measure], chosen: Chosen, facts: Facts, layout: Layout, engine: ExpressionEngine
) -> dict[Answer, Lives]:
    """The deaths and person-years of whom each measure is about, by its `who`.

    measures: of life expectancy; each who's death is asked of the same people's records, all causes together.
    """
    dying = {measure.who: measure.numerator for measure in measures}
    found = {}
    for who, died in dying.items():
        assert isinstance(died, Answer)
        row = with_facts(chosen.of(who), facts, [died])
        rows = row.table.mutate(died=row.added(died))
        found[who] = _laid_out(engine.ibis.to_pyarrow(_by_lowest_place(rows)), chosen.names, layout)
    return found


def _by_lowest_place(rows: Any) -> Any:
    """Days and deaths by year, band, sex, fifth and the lowest place of each hierarchy.

    enters: whether the age is the first of its band, so that the days before the birthday are of the band before.
    """
    ways = small_table([(0, 0), (0, 1)], ("every", "hierarchy"), ("int8", "int8"))
    age = rows.age.cast("int32")
    five_years = (ibis.least(age, OLDEST) // 5 + 1).cast("int32")
    rows = rows.mutate(
        every=ibis.literal(0, "int8"),
        band=ibis.cases((age < 1, 0), (age < 5, 1), else_=five_years).cast("int32"),
        enters=(age == 1) | ((age >= 5) & (age <= OLDEST) & (age % 5 == 0)),
    )
    each = fan_out(rows, ways, ["every"])
    levels = {
        level: ibis.ifelse(each.hierarchy == number, each[f"{level}_number"], None)
        for number, of_it in enumerate(HIERARCHIES)
        for level in of_it
    }
    keys = {name: each[name] for name in ("hierarchy", "period", "band", "enters", "sex_number", "fifth")}
    sums = each.group_by(**keys, **levels).aggregate(
        days=each.days.cast("int64").sum(),
        younger=each.younger.cast("int64").sum(),
        died=each.died.sum(),
    )
    return sums.select(*keys, *levels, "days", "younger", "died")


def _laid_out(found: pa.Table, names: Mapping[str, Sequence[str]], layout: Layout) -> Lives:
    """The sums by lowest place added up at every place and for every group."""
    column = {
        name: found[name].cast(pa.int64()).fill_null(-1).to_numpy()
        for name in (
            "period",
            "band",
            "enters",
            "sex_number",
            "fifth",
            "days",
            "younger",
            "died",
            "hierarchy",
        )
    }
    before = column["band"] - column["enters"]
    shape = (layout.years, len(layout.places), len(LIFE_CELLS), len(LIFE_BANDS))
    deaths, days = np.zeros(int(np.prod(shape))), np.zeros(int(np.prod(shape)))
    for level in (WHOLE_SYSTEM, *PLACE_COLUMNS):
        place = _places_at(level, names, found, layout)
        rows = np.flatnonzero((place >= 0) & (column["hierarchy"] == (level in HIERARCHIES[1])))
        for cell in _cells(column):
            of_cell = (column["period"][rows] * shape[1] + place[rows]) * shape[2] + cell[rows]
            now, then = (of_cell * shape[3] + each[rows] for each in (column["band"], before))
            deaths += np.bincount(now, column["died"][rows], len(deaths))
            days += np.bincount(now, (column["days"] - column["younger"])[rows], len(days))
            days += np.bincount(then, column["younger"][rows], len(days))
    return Lives(deaths.reshape(shape), days.reshape(shape) / DAYS_A_YEAR)


def _cells(column: Mapping[str, Counts]) -> list[Counts]:
    """The number of each row's cell among LIFE_CELLS: of everyone, of its sex, and of its fifth."""
    sexes, fifths = (len(GROUPS[by]) for by in LIFE_GROUPS)
    sex = np.where(column["sex_number"] < 0, sexes - 1, column["sex_number"])
    fifth = np.where(column["fifth"] < 1, fifths, column["fifth"]) - 1
    return [np.zeros_like(sex), 1 + sex, 1 + sexes + fifth]


def _places_at(level: str, names: Mapping[str, Sequence[str]], found: pa.Table, layout: Layout) -> Counts:
    """The number of each row's published place at a level, -1 where it has none."""
    if level == WHOLE_SYSTEM:
        return np.full(len(found), layout.place_numbers[WHOLE_SYSTEM], np.int64)
    known = np.array([*(layout.place_numbers.get(code, -1) for code in names[level]), -1], np.int64)
    return np.asarray(known[found[level].fill_null(-1).to_numpy()])
