"""A snapshot's canonical tables, opened for reading, and what is in them at a glance."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import ibis

from stewardship.records.engines import EngineError, ExpressionEngine
from stewardship.records.model import ADDRESS, OF_SOURCES, SHARED, SUPPLIED, TABLES
from stewardship.records.one_a_person import ONE_A_PERSON, first_of, one_a_person
from stewardship.records.seen import Seen, Who, who_also
from stewardship.records.superseded import moved, same_person_in, superseded_in


@dataclass(frozen=True)
class CodeUse:
    """How often a code stands in a canonical table, and how often with a value in a unit, and with a cost."""

    table: str
    system: str
    code: str
    unit: str
    rows: int
    valued: int
    costed: int


class Records:
    """The canonical tables of one snapshot, as far as one use may see them. The gate alone makes one.

    sources: the first to be believed first. shared: folder of what is about places and organisations.
    """

    def __init__(self, sources: Sequence[Seen], shared: Path, engine: ExpressionEngine) -> None:
        self._superseded, same = superseded_in(shared), same_person_in(shared)
        known = {each.who: who_also(each.who, self._superseded, same) for each in sources}
        self._sources, self._shared = [replace(each, who=known[each.who]) for each in sources], shared
        self.engine = engine
        self.reads: Counter[str] = Counter()
        self._uses: dict[str, list[CodeUse]] = {}
        self._known: dict[tuple[str, tuple[str, ...], tuple[str, ...]], dict[str, int]] = {}
        self._opened: dict[tuple[Path, ...], Any] = {}
        self._unmoved: dict[Who, Who] = {}
        self._merged: dict[str, Any] = {}

    def table(self, name: str) -> Any:
        """The canonical table of that name as an Ibis table; every call is one read of it.

        `person` and `death` have one row a person, whatever the sources, worked out once; of homes since one day those
        of the first source that knows one are told. KeyError for a table that is not there.
        """
        self.reads[name] += 1
        if name in SHARED:
            path = self._shared / f"{name}.parquet"
            if name in SUPPLIED and not path.is_file():
                return ibis.memtable(TABLES[name].empty())  # a snapshot from before there was such a table
            return self._parquet(name, [path])
        if name not in OF_SOURCES:
            raise KeyError(name)
        telling = [source for source in self._sources if source.file(name)]
        if name in ONE_A_PERSON and (len(telling) > 1 or self._superseded is not None):
            if name not in self._merged:
                merged = one_a_person(name, [self._of([source], name) for source in telling])
                kept = merged.select(list(TABLES[name].schema.names))
                self._merged[name] = self.engine.keep(ibis.util.gen_name(name), kept)
            return self._merged[name]
        if name == "address" and len(telling) > 1:
            return first_of(ADDRESS.key, [self._of([source], name) for source in telling])
        return self._of(telling, name)

    def _of(self, sources: Sequence[Seen], name: str) -> Any:
        """The rows of some sources, each person's under the newest number."""
        ruled: dict[Who, list[Seen]] = {}
        for source in sources:
            if source.files(name):
                ruled.setdefault(source.who, []).append(source)
        parts = [rows for who, those in ruled.items() for rows in self._under(who, those, name)]
        if not parts:
            return ibis.memtable(TABLES[name].empty())
        return ibis.union(*parts) if len(parts) > 1 else parts[0]

    def _under(self, who: Who, sources: Sequence[Seen], name: str) -> list[Any]:
        """The rows of sources in which the same people are seen, all files in one scan; then those that moved."""
        rows = self._parquet(name, [path for source in sources for path in source.files(name)])
        if self._superseded is None or "person_id" not in TABLES[name].schema.names:
            return [who.of(rows)]
        if who not in self._unmoved:
            self._unmoved[who] = who.also_without(self._superseded["person_id"])
        found = [source.moved(name) for source in sources]
        written = [path for files in found if files for path in files]
        moved_now = [
            moved(self._parquet(name, source.files(name)), self._superseded)
            for source, files in zip(sources, found, strict=True)
            if files is None  # a snapshot from before they were written
        ]
        moved_before = [self._parquet(name, written)] if written else []
        return [self._unmoved[who].of(rows), *(who.of(each) for each in (*moved_before, *moved_now))]

    def _parquet(self, name: str, paths: Sequence[Path]) -> Any:
        files = tuple(paths)
        if files not in self._opened:
            self._opened[files] = self.engine.parquet(files, TABLES[name].schema)
        return self._opened[files]

    @cached_property
    def present(self) -> frozenset[str]:
        """The tables that a source filled, or that were supplied beside the sources; a table that is not present is
        empty because nobody sent it.

        Rows that are not seen fill nothing.
        """
        filled = {table for source in self._sources for table in source.filled if self._fills(source, table)}
        return frozenset({*filled, *(name for name in SUPPLIED if self._holds(name))})

    def _holds(self, name: str) -> bool:
        """Whether a supplied table has rows; one that cannot be read is there, and whoever reads it says so."""
        path = self._shared / f"{name}.parquet"
        if not path.is_file():
            return False
        try:
            with self.engine.failures():
                return bool(self.engine.ibis.to_pyarrow(self._parquet(name, [path]).limit(1)).num_rows)
        except EngineError:
            return True

    def _fills(self, source: Seen, table: str) -> bool:
        if table not in OF_SOURCES:
            return table in SHARED
        if source.who.everyone:
            return source.file(table) is not None
        return bool(self.engine.ibis.to_pyarrow(self._of([source], table).limit(1)).num_rows)

    def people_by_source(self) -> dict[str, int]:
        """How many people are seen of each source, by its key: exact numbers, to be published after disclosure
        control alone."""
        seen = {
            source.folder.name: self._of([source] if source.file("person") else [], "person")
            for source in self._sources
        }
        return {
            key: int(self.engine.ibis.to_pyarrow(p.person_id.nunique()).as_py()) for key, p in seen.items()
        }

    def left_out(self) -> int:
        """How many people some source knows whose rows are not seen, of that source or of any: an exact number, to
        be published after disclosure control alone."""
        held = [
            rows.select("person_id")
            for source in self._sources
            if source.who.without is not None and source.files("person")
            for rows in self._under(Who(only=source.who.without), [source], "person")
        ]
        if not held:
            return 0
        everyone = ibis.union(*held) if len(held) > 1 else held[0]
        return int(self.engine.ibis.to_pyarrow(everyone.person_id.nunique()).as_py())

    @cached_property
    def code_uses(self) -> list[CodeUse]:
        """Every code of every coded table, with its counts: one pass over each, kept beside the tables."""
        return [use for name in _CODED for use in self.uses_in(name)]

    def uses_in(self, name: str) -> list[CodeUse]:
        """Every code of one coded table, with its counts."""
        if name not in self._uses:
            self._uses[name] = self._count_uses(name, *_CODED[name])
        return self._uses[name]

    def _count_uses(
        self, name: str, valued: str | None, unit: str | None, costed: str | None
    ) -> list[CodeUse]:
        table = self.table(name)
        keys = {"system": table.system.fill_null(""), "code": table.code.fill_null("")}
        if unit:
            keys["unit"] = table[unit].fill_null("")
        counts = table.group_by(**keys).aggregate(
            rows=table.count(),
            valued=table[valued].count() if valued else table.count(),
            costed=table[costed].count() if costed else table.count(),
        )
        rows = self.engine.ibis.to_pyarrow(counts).to_pylist()
        return [CodeUse(table=name, **{"unit": "", **row}) for row in rows]

    @cached_property
    def activity_kinds(self) -> list[dict[str, Any]]:
        """Each pair of point of delivery and specialty that occurs: with rows, and rows that carry a cost."""
        activity = self.table("activity")
        kinds = activity.group_by("point_of_delivery", specialty=activity.specialty.fill_null("")).aggregate(
            rows=activity.count(), costed=activity.cost_pence.count()
        )
        rows: list[dict[str, Any]] = self.engine.ibis.to_pyarrow(kinds).to_pylist()
        return rows

    def known_in(self, name: str, columns: Sequence[str], of: Sequence[str] = ()) -> dict[str, int]:
        """How many rows of a table have a value in each of some columns, and how many `rows` there are.

        of: the points of delivery whose contacts are looked at; empty: all rows.
        """
        asked = (name, tuple(columns), tuple(of))
        if asked not in self._known:
            table = self.table(name)
            rows = table.filter(table.point_of_delivery.isin(list(of))) if of else table
            counts = rows.aggregate(rows=rows.count(), **{column: rows[column].count() for column in columns})
            (self._known[asked],) = self.engine.ibis.to_pyarrow(counts).to_pylist()
        return self._known[asked]


# coded table -> its columns of value, unit and cost
_CODED: dict[str, tuple[str | None, str | None, str | None]] = {
    "condition": (None, None, None),
    "observation": ("value", "unit", None),
    "medication": (None, None, "cost_pence"),
    "activity_code": ("position", None, None),
    "death": (None, None, None),
}
