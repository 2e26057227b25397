"""Measures added up: place by characteristic by year, in integers only.

Measures of few people, those that facts tell, are added up together, and so are those of most residents: the facts
of all of them are set beside the people, and one pass for each kind of lowest place and characteristic adds them
all up, each over its own people. Higher places are sums of the lowest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from stewardship.measures.chosen import NUMBERED, Chosen
from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts, facts_in
from stewardship.measures.measure import Measure
from stewardship.measures.published import EVERYONE
from stewardship.people.expressions import Answer
from stewardship.people.table import PLACE_COLUMNS
from stewardship.records.engines import ExpressionEngine

WHOLE_SYSTEM = "system"
BY = {
    "everyone": None,
    "sex": "sex_number",
    "age band": "age_band",
    "ethnic group": "ethnic_group_number",
    "deprivation fifth": "fifth",
}
HIERARCHIES = (("practice", "network", "alliance"), ("neighbourhood", "local_authority"))
_KEYS = ("period", "group", "band")


@dataclass(frozen=True)
class Sums:
    """A measure's sums, one row a place, characteristic, group and year (and age band, if it is standardised).

    people: residents counted; days: their days; added: the numerator; behind: residents who add anything to it.
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


Population = tuple[Answer, bool]  # who, and whether only those there at the year's end


@dataclass
class Batch:
    """Measures that are added up in one pass: of few people or of most, with or without ages told apart."""

    measures: list[Measure]
    banded: bool

    @property
    def populations(self) -> list[Population]:
        """Whom the measures are about, each once."""
        return list(dict.fromkeys((measure.who, measure.at_end) for measure in self.measures))


def batches(measures: Sequence[Measure]) -> list[Batch]:
    """The measures, those together whose people are told by facts, and so are few, and those of most residents."""
    found: dict[tuple[bool, bool], Batch] = {}
    for measure in measures:
        banded = measure.statistic == "standardised rate"
        key = (bool(facts_in(measure.who)), banded)
        found.setdefault(key, Batch([], banded)).measures.append(measure)
    return list(found.values())


def add_up(chosen: Chosen, facts: Facts, batch: Batch, engine: ExpressionEngine) -> dict[Measure, Sums]:
    """The sums of each measure of a batch."""
    populations = batch.populations
    residents = chosen.of_any([who for who, _ in populations])
    row = with_facts(residents, facts, [m.numerator for m in batch.measures if m.numerator is not None])
    there = {
        _there(number): row.table[chosen.holds(who)] & (row.table.at_end if at_end else True)
        for number, (who, at_end) in enumerate(populations)
    }
    table = row.table.mutate(**there)
    added = {
        _column(number): ibis.ifelse(
            table[_there(populations.index((measure.who, measure.at_end)))], row.added(measure.numerator), 0
        )
        for number, measure in enumerate(batch.measures)
        if measure.numerator is not None
    }
    rows = engine.keep("to_add_up", table.select(*NUMBERED, "days", *there, **added))
    wanted = {**_of_populations(rows, list(there)), **_of_measures(rows, list(added))}
    lowest = engine.keep("added_up", _by_lowest_place(rows, wanted, banded=batch.banded))
    return _per_measure(engine.ibis.to_pyarrow(_by_every_place(lowest, list(wanted))), batch, chosen.names)


def _of_populations(rows: Any, there: Sequence[str]) -> dict[str, Any]:
    """People, and their days, of each population."""
    people = {_people(name): rows[name].sum() for name in there}
    return people | {_days(name): ibis.ifelse(rows[name], rows.days, 0).sum() for name in there}


def _of_measures(rows: Any, added: Sequence[str]) -> dict[str, Any]:
    """What was added, and by how many, of each measure."""
    behind = {_behind(name): (rows[name] != 0).sum() for name in added}
    return behind | {name: rows[name].sum() for name in added}


def _there(population: int) -> str:
    return f"there_{population}"


def _people(there: str) -> str:
    return f"people_{there}"


def _days(there: str) -> str:
    return f"days_{there}"


def _column(number: int) -> str:
    return f"added_{number}"


def _behind(column: str) -> str:
    return f"behind_{column}"


def _by_lowest_place(rows: Any, wanted: Mapping[str, Any], *, banded: bool) -> Any:
    """One grouping for each hierarchy of places and each characteristic, all in one table, names as numbers.

    Each row names its place at every level of its hierarchy, so that higher levels are sums of a few rows.
    """
    groupings = []
    for number, levels in enumerate(HIERARCHIES):
        for by, column in BY.items():
            if column is None or (banded and by == "age band"):
                continue
            keys = {"period": rows.period, "group": rows[column]}
            keys |= {level: rows[f"{level}_number"] for level in levels}
            if banded:
                keys["band"] = rows.age_band
            sums = rows.group_by(**keys).aggregate(**wanted)
            none = {name: ibis.null("int16") for name in PLACE_COLUMNS if name not in keys}
            band = {} if banded else {"band": ibis.literal(-1, "int16")}
            sums = sums.mutate(**none, **band, by=ibis.literal(by), hierarchy=ibis.literal(number))
            groupings.append(sums.select("hierarchy", "by", *_KEYS, *PLACE_COLUMNS, *wanted))
    return ibis.union(*groupings)


def _by_every_place(lowest: Any, columns: Sequence[str]) -> Any:
    """Every level of place, and everyone, from the sums by lowest place."""
    everyone = lowest.filter(lowest.by == "sex")
    everyone = everyone.mutate(by=ibis.literal("everyone"), group=ibis.literal(-1, "int16"))
    rows = lowest.union(everyone)
    levels = []
    for level in (WHOLE_SYSTEM, *PLACE_COLUMNS):
        of = rows.filter(rows.hierarchy == (1 if level in HIERARCHIES[1] else 0))
        place = ibis.literal(-1, "int16") if level == WHOLE_SYSTEM else of[level]
        sums = of.group_by("by", *_KEYS, place=place).aggregate(**{name: of[name].sum() for name in columns})
        sums = sums.mutate(level=ibis.literal(level))
        levels.append(sums.select("level", "by", "place", *_KEYS, *columns))
    return ibis.union(*levels).filter(ibis._.place.notnull())


def _per_measure(table: pa.Table, batch: Batch, names: Mapping[str, Sequence[str]]) -> dict[Measure, Sums]:
    level, by = _array(table, "level"), _array(table, "by")
    groups = {"sex": names["sex"], "ethnic group": names["ethnic_group"]}
    where = {
        "level": level,
        "by": by,
        "place": _named(level, _array(table, "place"), {name: names[name] for name in PLACE_COLUMNS}),
        "group": _named(by, _array(table, "group", null=-1), groups),
        **{name: _array(table, name) for name in ("period", "band")},
    }
    found = {}
    for number, measure in enumerate(batch.measures):
        there = _there(batch.populations.index((measure.who, measure.at_end)))
        sums = {"people": _array(table, _people(there)), "days": _array(table, _days(there))}
        counted = measure.numerator is None
        sums["added"] = sums["people"] if counted else _array(table, _column(number))
        sums["behind"] = sums["people"] if counted else _array(table, _behind(_column(number)))
        somebody = sums["people"] > 0
        found[measure] = Sums(**{name: values[somebody] for name, values in (where | sums).items()})
    return found


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
    """A column as text, or as whole numbers even where there are no rows."""
    column = table[name]
    if pa.types.is_string(column.type):
        return np.asarray(column.to_numpy(zero_copy_only=False), dtype=object)
    return np.asarray(column.cast(pa.int64()).fill_null(null).to_numpy(), dtype=np.int64)
