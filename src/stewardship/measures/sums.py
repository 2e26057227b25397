"""Measures added up: place by characteristic by year, in integers only.

Measures of few people, those that facts tell, are added up together, and so are those of most residents: the facts
of all of them are set beside the people, and one pass for each kind of lowest place and characteristic adds them
all up, each over its own people. Higher places are sums of the lowest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.measures.chosen import NUMBERED, Chosen
from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts, facts_in
from stewardship.measures.lowest import (
    BY_NUMBER,
    HIERARCHIES,
    KEYS,
    Adding,
    alike_together,
    all_of,
    all_who_add,
    by_lowest_place,
    days_of,
)
from stewardship.measures.measure import Measure
from stewardship.measures.published import EVERYONE
from stewardship.people.expressions import Answer
from stewardship.people.table import PLACE_COLUMNS
from stewardship.records.engines import ExpressionEngine


@dataclass(frozen=True)
class Sums:
    """A measure's sums, one row a place, characteristic, group and year (and age band, if it is standardised).

    people: residents counted; days: their days; added: the numerator; behind: residents who add anything to it.
    Of a measure over events, people are those who had any of them, and in place of their days stand those events.
    All int64, one element a row.
    level, place, by, group: text; period: int64; band: int64, -1 where ages are not told apart.
    """

    level: np.ndarray
    place: np.ndarray
    by: np.ndarray
    group: np.ndarray
    period: np.ndarray
    band: np.ndarray
    people: np.ndarray
    days: np.ndarray
    added: np.ndarray
    behind: np.ndarray


WHOLE_SYSTEM = "system"
IN_A_GROUP, IN_NONE = "recorded in an inclusion group", "not recorded in one"
_LEVELS = (WHOLE_SYSTEM, *PLACE_COLUMNS)
AT_ONCE = 32  # measures: each is a column, and a million residents of five years are five million rows

Population = tuple[Answer, bool]  # who, and whether only those there at the year's end


@dataclass
class Batch:
    """Measures that are added up in one pass: of few people or of most."""

    measures: list[Measure]

    @property
    def populations(self) -> list[Population]:
        """Whom the measures are about, each once."""
        return list(dict.fromkeys((measure.who, measure.at_end) for measure in self.measures))

    @property
    def banded(self) -> bool:
        """Whether ages are told apart for any of them."""
        return any(_is_banded(measure) for measure in self.measures)


def batches(measures: Sequence[Measure]) -> list[Batch]:
    """The measures, those together whose people are told by facts, and so are few, and those of most residents.

    Those of few people are apart again by whether ages are told apart, because ages make twenty sums of each. Those
    about the same people stand together, and no batch is wider than memory has room for beside every resident's year.
    """
    kinds: dict[tuple[bool, bool], dict[Answer, list[Measure]]] = {}
    for measure in measures:
        few = bool(facts_in(measure.who))
        kinds.setdefault((few, few and _is_banded(measure)), {}).setdefault(measure.who, []).append(measure)
    found = []
    for by_who in kinds.values():
        of_kind = [measure for those in by_who.values() for measure in those]
        found += [Batch(of_kind[first : first + AT_ONCE]) for first in range(0, len(of_kind), AT_ONCE)]
    return found


def _is_banded(measure: Measure) -> bool:
    return measure.statistic == "standardised rate"


@dataclass(frozen=True, eq=False)
class Asked:
    """What the engine is asked of a batch: the sums of residents' years that are alike, and what they are called."""

    alike: Any
    names: tuple[str, ...]
    banded: bool


def asked_of(chosen: Chosen, facts: Facts, batch: Batch) -> Asked:
    """What is to be added up for a batch. Nothing is worked out yet if its facts have been read (`Facts.read`)."""
    populations = batch.populations
    residents = chosen.of_any([who for who, _ in populations])
    row = with_facts(
        residents, facts, [part for measure in batch.measures for part in measure.expressions[1:]]
    )
    there = {
        _there(number): row.table[chosen.holds(who)] & (row.table.at_end if at_end else True)
        for number, (who, at_end) in enumerate(populations)
    }
    table = row.table.mutate(**there)
    added = {
        name: ibis.ifelse(table[_there(populations.index((measure.who, measure.at_end)))], row.added(part), 0)
        for number, measure in enumerate(batch.measures)
        for name, part in ((_column(number), measure.numerator), (_over(number), measure.over))
        if part is not None
    }
    rows = table.select(*NUMBERED, "days", *there, **added)
    several = [name for number, measure in enumerate(batch.measures) for name in _of_several(number, measure)]
    wanted = {**_of_populations(list(there)), **_of_measures(list(added), several)}
    return Asked(alike_together(rows, wanted), tuple(wanted), batch.banded)


def add_up(asked: Asked, engine: ExpressionEngine) -> pa.Table:
    """The sums of a batch by lowest place, as `each_measure` takes them."""
    alike = engine.keep("to_add_up", asked.alike)
    lowest = engine.ibis.to_pyarrow(by_lowest_place(alike, asked.names, banded=asked.banded))
    return pa.table({name: lowest[name].cast(pa.int64()) for name in lowest.column_names})


def _of_populations(there: Sequence[str]) -> dict[str, Adding]:
    """People, and their days, of each population."""
    return {_people(name): all_of(name) for name in there} | {_days(name): days_of(name) for name in there}


def _of_several(number: int, measure: Measure) -> Iterator[str]:
    """The columns of a measure to which one resident may add more than 1."""
    if measure.numerator is not None and not isinstance(measure.numerator, Answer):
        yield _column(number)
    if measure.over is not None:
        yield _over(number)


def _of_measures(added: Sequence[str], several: Sequence[str]) -> dict[str, Adding]:
    """What was added, and by how many where one may add more than 1, of each measure."""
    return {_behind(name): all_who_add(name) for name in several} | {name: all_of(name) for name in added}


def _there(population: int) -> str:
    return f"there_{population}"


def _people(there: str) -> str:
    return f"people_{there}"


def _days(there: str) -> str:
    return f"days_{there}"


def _column(number: int) -> str:
    return f"added_{number}"


def _over(number: int) -> str:
    return f"over_{number}"


def _behind(column: str) -> str:
    return f"behind_{column}"


def _by_every_place(lowest: pa.Table, columns: Sequence[str]) -> pa.Table:
    """Every level of place, and everyone, from the sums by lowest place: level, by, place, group, period, band."""
    of_everyone = lowest.filter(pc.equal(lowest["by"], BY_NUMBER.index("sex")))
    rows = pa.concat_tables([lowest, _all_alike(of_everyone, by=BY_NUMBER.index(EVERYONE), group=-1)])
    found = []
    for number, level in enumerate(_LEVELS):
        of = rows.filter(pc.equal(rows["hierarchy"], 1 if level in HIERARCHIES[1] else 0))
        of = _all_alike(of, place=-1) if level == WHOLE_SYSTEM else of.append_column("place", of[level])
        of = of.filter(of["place"].is_valid())
        keys = ["by", "place", *KEYS]
        sums = of.group_by(keys).aggregate([(name, "sum") for name in columns])
        sums = sums.rename_columns([*keys, *columns])
        found.append(_all_alike(sums, level=number))
    return pa.concat_tables(found)


def _without_bands(lowest: pa.Table) -> pa.Table:
    """Sums with ages told apart as sums without, ages as a characteristic among the others."""
    by_age = lowest.filter(pc.equal(lowest["by"], BY_NUMBER.index("sex")))
    by_age = by_age.set_column(by_age.column_names.index("group"), "group", by_age["band"])
    return _all_alike(pa.concat_tables([lowest, _all_alike(by_age, by=BY_NUMBER.index("age band"))]), band=-1)


def _all_alike(rows: pa.Table, **said: int) -> pa.Table:
    """With the same number in all rows of a column, in place of what stood there."""
    for name, number in said.items():
        column = pa.array(np.full(rows.num_rows, number, np.int64))
        at = rows.column_names.index(name) if name in rows.column_names else -1
        rows = rows.append_column(name, column) if at < 0 else rows.set_column(at, name, column)
    return rows


def each_measure(lowest: pa.Table, batch: Batch, names: Mapping[str, Sequence[str]]) -> dict[Measure, Sums]:
    """The sums of each measure of a batch. lowest: what `add_up` gave; names: those behind the numbers in it."""
    found: dict[Measure, Sums] = {}
    for banded in (False, True):
        measures = {m: n for n, m in enumerate(batch.measures) if _is_banded(m) == banded}
        if measures:
            rows = _without_bands(lowest) if batch.banded and not banded else lowest
            found |= _of_measures_alike(rows, measures, batch, names)
    return {measure: found[measure] for measure in batch.measures}


def _of_measures_alike(
    lowest: pa.Table, measures: Mapping[Measure, int], batch: Batch, names: Mapping[str, Sequence[str]]
) -> dict[Measure, Sums]:
    """The sums of those of a batch's measures that tell ages apart, or of those that do not, by their number."""
    columns = {measure: _columns_of(measure, number, batch) for measure, number in measures.items()}
    table = _by_every_place(lowest, list(dict.fromkeys(name for each in columns.values() for name in each)))
    level, by = (
        np.array(said, dtype=object)[_array(table, name)]
        for name, said in (("level", _LEVELS), ("by", BY_NUMBER))
    )
    groups = {
        "sex": names["sex"],
        "ethnic group": names["ethnic_group"],
        "inclusion health": (IN_NONE, IN_A_GROUP),
    }
    where = {
        "level": level,
        "by": by,
        "place": _named(level, _array(table, "place"), {name: names[name] for name in PLACE_COLUMNS}),
        "group": _named(by, _array(table, "group", null=-1), groups),
        **{name: _array(table, name) for name in ("period", "band")},
    }
    found = {}
    for measure, those in columns.items():
        sums = {
            what: _array(table, name)
            for what, name in zip(("people", "days", "added", "behind"), those, strict=True)
        }
        somebody = (sums["people"] > 0) | (sums["behind"] > 0)
        found[measure] = Sums(**{name: values[somebody] for name, values in (where | sums).items()})
    return found


def _columns_of(measure: Measure, number: int, batch: Batch) -> tuple[str, str, str, str]:
    """The columns of people, days (or events that it is over), what is added, and those behind it."""
    there = _there(batch.populations.index((measure.who, measure.at_end)))
    if measure.numerator is None:
        return _people(there), _days(there), _people(there), _people(there)
    there, time = _people(there), _days(there)
    if measure.over is not None:
        there, time = _behind(_over(number)), _over(number)
    alone = isinstance(measure.numerator, Answer)  # each who adds anything adds 1
    return there, time, _column(number), _column(number) if alone else _behind(_column(number))


def _named(kind: np.ndarray, number: np.ndarray, names: Mapping[str, Sequence[str] | None]) -> np.ndarray:
    """The names behind numbers, by the kind of each row; where a kind has no names, the number as text.

    -1 is the name of the whole: the system, or everyone; in a characteristic it is None, not known.
    """
    text = np.empty(len(number), dtype=object)
    for each in np.unique(kind):
        rows = kind == each
        known = names.get(each)
        if each in (WHOLE_SYSTEM, EVERYONE):
            text[rows] = each
        elif known is None:
            text[rows] = [None if n < 0 else str(n) for n in number[rows]]
        else:
            text[rows] = np.array([*known, None], dtype=object)[number[rows]]
    return text


def _array(table: pa.Table, name: str, *, null: int = 0) -> np.ndarray:
    """A column as whole numbers, even where there are no rows."""
    return np.asarray(table[name].fill_null(null).to_numpy(), dtype=np.int64)
