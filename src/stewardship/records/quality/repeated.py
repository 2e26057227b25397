"""Rows whose key another row has."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from stewardship.records.engines import EngineError
from stewardship.records.model import TABLES
from stewardship.records.quality.gathered import EVENT_DAY, Gathered

AT_ONCE = 130_000_000  # numbers compared at a time, in 24 bytes each


def repeated(gathered: Gathered, table: str) -> dict[str, tuple[int, int]]:
    """By source: rows whose key an earlier row has, and rows."""
    number = [name for name in TABLES[table].key if name in ("event_id", "activity_id")]
    if table in EVENT_DAY and number:
        return _of_events(gathered, table, number[0])
    return _by_whole_key(gathered, gathered.table(table), TABLES[table].key)


def _of_events(gathered: Gathered, table: str, number: str) -> dict[str, tuple[int, int]]:
    """The same of events, which are many and seldom share a number: only those that do are looked at by their whole
    key. Part by part, so that memory is bounded."""
    counted, again = _rows_by_source(gathered, table), Counter[str]()
    parts = -(-counted.total() // AT_ONCE)
    for part in range(parts):
        rows = gathered.table(table)
        if parts > 1:
            rows = rows.filter(rows[number].abs() % parts == part)
        shared = gathered.records.engine.repeated(rows.select(number))
        if gathered.rows(shared.limit(1)):
            found = _by_whole_key(gathered, rows.semi_join(shared, number), TABLES[table].key)
            again.update({source: times for source, (times, _) in found.items()})
    return {source: (again[source], rows) for source, rows in counted.items()}


def _rows_by_source(gathered: Gathered, table: str) -> Counter[str]:
    """As they are counted for other checks; alone where those lack their people."""
    try:
        with gathered.records.engine.failures():
            found = gathered.events(table)
    except EngineError:
        rows = gathered.table(table)
        found = gathered.rows(rows.group_by("source").aggregate(rows=rows.count()))
    counted = Counter[str]()
    for row in found:
        counted[row["source"]] += row["rows"]
    return counted


def _by_whole_key(gathered: Gathered, rows: Any, key: Sequence[str]) -> dict[str, tuple[int, int]]:
    keys = [rows[name].fill_null(date.min) if name == "start" else rows[name] for name in key]
    once = rows.group_by(keys).aggregate(n=rows.count(), from_source=rows.source.min())
    found = once.group_by("from_source").aggregate(repeated=(once.n - 1).sum(), rows=once.n.sum())
    return {row["from_source"]: (row["repeated"], row["rows"]) for row in gathered.rows(found)}
