"""Measures added up: place by characteristic by year, in integers only.

Measures about the same people are added up together: those people are picked out once, the facts of these
measures are set beside them, and one pass for each kind of place and characteristic adds up all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from stewardship.measures.chosen import NUMBERED, Chosen
from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts
from stewardship.measures.measure import Measure
from stewardship.measures.published import EVERYONE
from stewardship.people.expressions import Answer
from stewardship.people.table import PLACE_COLUMNS
from stewardship.records.engine import Engine

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


def add_up(chosen: Chosen, facts: Facts, batch: Batch, engine: Engine) -> dict[Measure, Sums]:
    """The sums of each measure of a batch."""
    residents = chosen.of(batch.who)
    if batch.at_end:
        residents = residents.filter(residents.at_end)
    numerators = [measure.numerator for measure in batch.measures if measure.numerator is not None]
    row = with_facts(residents, facts, numerators)
    added = {
        _column(number): row.added(measure.numerator)
        for number, measure in enumerate(batch.measures)
        if measure.numerator is not None
    }
    rows = engine.keep("to_add_up", row.table.select(*NUMBERED, "days", **added))
    lowest = engine.keep("added_up", _by_lowest_place(rows, list(added), banded=batch.banded))
    columns = [*added, *(_behind(name) for name in added)]
    table = engine.ibis.to_pyarrow(_by_every_place(lowest, columns))
    return _per_measure(table, batch, chosen.names)


def _column(number: int) -> str:
    return f"added_{number}"


def _behind(column: str) -> str:
    return f"behind_{column}"


def _by_lowest_place(rows: Any, added: Sequence[str], *, banded: bool) -> Any:
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
            sums = rows.group_by(**keys).aggregate(
                people=rows.count(),
                days=rows.days.sum(),
                **{name: rows[name].sum() for name in added},
                **{_behind(name): (rows[name] != 0).sum() for name in added},
            )
            none = {name: ibis.null("int16") for name in PLACE_COLUMNS if name not in keys}
            band = {} if banded else {"band": ibis.literal(-1, "int16")}
            sums = sums.mutate(**none, **band, by=ibis.literal(by), hierarchy=ibis.literal(number))
            columns = ("people", "days", *added, *(_behind(name) for name in added))
            groupings.append(sums.select("hierarchy", "by", *_KEYS, *PLACE_COLUMNS, *columns))
    return ibis.union(*groupings)


def _by_every_place(lowest: Any, added: Sequence[str]) -> Any:
    """Every level of place, and everyone, from the sums by lowest place."""
    everyone = lowest.filter(lowest.by == "sex")
    everyone = everyone.mutate(by=ibis.literal("everyone"), group=ibis.literal(-1, "int16"))
    rows = lowest.union(everyone)
    columns = ("people", "days", *added)
    levels = []
    for level in (WHOLE_SYSTEM, *PLACE_COLUMNS):
        of = rows.filter(rows.hierarchy == (1 if level in HIERARCHIES[1] else 0))
        place = ibis.literal(-1, "int16") if level == WHOLE_SYSTEM else of[level]
        sums = of.group_by("by", *_KEYS, place=place).aggregate(**{name: of[name].sum() for name in columns})
        sums = sums.mutate(level=ibis.literal(level))
        levels.append(sums.select("level", "by", "place", *_KEYS, *columns))
    return ibis.union(*levels).filter(ibis._.place.notnull())


def _per_measure(table: pa.Table, batch: Batch, names: dict[str, list[str]]) -> dict[Measure, Sums]:
    level, by = _array(table, "level"), _array(table, "by")
    common = {
        "level": level,
        "by": by,
        "place": _named(level, _array(table, "place"), {name: names[name] for name in PLACE_COLUMNS}),
        "group": _named(
            by,
            _array(table, "group", null=-1),
            {"sex": names["sex"], "ethnic group": names["ethnic_group"]},
        ),
        **{name: _array(table, name) for name in ("period", "band", "people", "days")},
    }
    return {
        measure: Sums(
            **common,
            added=common["people"] if measure.numerator is None else _array(table, _column(number)),
            behind=common["people"] if measure.numerator is None else _array(table, _behind(_column(number))),
        )
        for number, measure in enumerate(batch.measures)
    }


def _named(kind: np.ndarray, number: np.ndarray, names: Mapping[str, list[str] | None]) -> np.ndarray:
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
