"""Measures added up: place by characteristic by year, in integers only.

Measures about the same people are added up together: those people are picked out once, the facts of these
measures are set beside them, and one pass for each kind of place and characteristic adds up all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts
from stewardship.measures.measure import Measure
from stewardship.people.expressions import Answer
from stewardship.people.table import PLACE_COLUMNS

WHOLE_SYSTEM = "system"
BY = {
    "everyone": None,
    "sex": "sex",
    "age band": "age_band",
    "ethnic group": "ethnic_group",
    "deprivation fifth": "fifth",
}


@dataclass(frozen=True)
class Sums:
    """A measure's sums, one row a place, characteristic, group and year (and age band, if it is standardised).

    people: residents counted; days: their days; added: the numerator. All int64, one element a row.
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


@dataclass
class Batch:
    """Measures about the same people, judged at the same time, with or without ages told apart."""

    who: Answer
    at_end: bool
    banded: bool
    measures: list[Measure] = field(default_factory=list)


def batches(measures: Sequence[Measure]) -> list[Batch]:
    """The measures, those about the same people together."""
    found: dict[tuple[Answer, bool, bool], Batch] = {}
    for measure in measures:
        key = (measure.who, measure.at_end, measure.statistic == "standardised rate")
        found.setdefault(key, Batch(*key)).measures.append(measure)
    return list(found.values())


def add_up(people: Any, facts: Facts, batch: Batch, engine: Any) -> dict[str, Sums]:
    """The sums of each measure of a batch, by its key. people: the people table, kept in the engine."""
    residents = people.filter(people.at_end) if batch.at_end else people
    asked = with_facts(residents, facts, [batch.who])
    chosen = engine.keep("chosen", asked.table.filter(asked.asked(batch.who)).select(*people.columns))
    numerators = [measure.numerator for measure in batch.measures if measure.numerator is not None]
    row = with_facts(chosen, facts, numerators)
    added = {
        _column(number): row.added(measure.numerator)
        for number, measure in enumerate(batch.measures)
        if measure.numerator is not None
    }
    rows = engine.keep("to_add_up", row.table.select(*_KEYS, "days", **added))
    table = engine.ibis.to_pyarrow(_by_place_and_characteristic(rows, list(added), banded=batch.banded))
    return _per_measure(table, batch)


_KEYS = ("period", "age_band", "sex", "ethnic_group", "fifth", *PLACE_COLUMNS)


def _column(number: int) -> str:
    return f"added_{number}"


def _by_place_and_characteristic(rows: Any, added: Sequence[str], *, banded: bool) -> Any:
    """One grouping for each level of place and each characteristic, all in one table."""
    groupings = []
    for level in (WHOLE_SYSTEM, *PLACE_COLUMNS):
        for by, column in BY.items():
            if banded and by == "age band":
                continue
            keys = {
                "period": rows.period,
                "place": ibis.literal(WHOLE_SYSTEM) if level == WHOLE_SYSTEM else rows[level],
                "group": ibis.literal("everyone") if column is None else rows[column].cast("string"),
                "band": rows.age_band if banded else ibis.literal(-1, "int64"),
            }
            grouped = rows.group_by(**keys).aggregate(
                people=rows.count(),
                days=rows.days.sum(),
                **{name: rows[name].sum() for name in added},
            )
            groupings.append(grouped.mutate(level=ibis.literal(level), by=ibis.literal(by)))
    return ibis.union(*groupings).filter(ibis._.place.notnull())


def _per_measure(table: pa.Table, batch: Batch) -> dict[str, Sums]:
    common = {
        name: _array(table, name)
        for name in ("level", "place", "by", "group", "period", "band", "people", "days")
    }
    return {
        measure.key: Sums(
            **common,
            added=common["people"] if measure.numerator is None else _array(table, _column(number)),
        )
        for number, measure in enumerate(batch.measures)
    }


def _array(table: pa.Table, name: str) -> np.ndarray:
    """A column as text, or as whole numbers even where there are no rows."""
    column = table[name]
    kind = object if pa.types.is_string(column.type) else np.int64
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=kind)
