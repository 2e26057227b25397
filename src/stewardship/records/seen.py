"""Whose rows of which source one use may see."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from stewardship.records.superseded import MOVED, also_newest, by_all_numbers


@dataclass(frozen=True, eq=False)
class Who:
    """Whose rows are seen: person_ids, each once. without: not these people's; only: only these people's."""

    without: pa.Array | None = None
    only: pa.Array | None = None

    def of(self, rows: Any) -> Any:
        """Those of the rows that are seen."""
        columns = rows.columns
        if self.only is not None:
            # ended by naming its columns: Ibis cannot join what is worked out in an open join
            rows = rows.semi_join(_people(self.only), "person_id").select(columns)
        if self.without is not None:
            rows = rows.anti_join(_people(self.without), "person_id").select(columns)
        return rows

    def also_without(self, people: pa.Array) -> "Who":
        """The same, and not these people's."""
        known = set() if self.without is None else set(self.without.to_pylist())
        return Who(without=pa.array(sorted(known | set(people.to_pylist())), pa.int64()), only=self.only)

    @property
    def everyone(self) -> bool:
        """Whether nobody's rows are held back."""
        return self.without is None and self.only is None


def who_also(who: Who, superseded: pa.Table | None, same: pa.Table | None) -> Who:
    """The same, where some people have several numbers: whoever is left out by one is left out by all, also where it
    is told in a circle or two ways which is the newest; and whoever is let in by one is let in by the newest."""
    without, only = who.without, who.only
    if without is not None and same is not None:
        without = by_all_numbers(without, same)
    if only is not None and superseded is not None:
        only = also_newest(only, superseded)
    return who if without is who.without and only is who.only else Who(without=without, only=only)


@dataclass(frozen=True, eq=False)
class Seen:
    """One source, and whose rows of it are seen.

    folder: its canonical tables. filled: the tables that it filled. registers: whether its registrations are with
    general practices.
    """

    folder: Path
    filled: frozenset[str]
    registers: bool
    who: Who

    def file(self, table: str) -> Path | None:
        """Where its rows of a table stand, a file or a folder of them; None if it has none to tell."""
        path = self.folder / f"{table}.parquet"
        told = self.registers or table != "registration"
        return path if told and (table in self.filled or path.exists()) else None

    def files(self, table: str) -> list[Path]:
        """The files in which its rows of a table stand."""
        path = self.file(table)
        if path is None:
            return []
        return sorted(path.glob("*.parquet")) if path.is_dir() else [path]

    def moved(self, table: str) -> list[Path] | None:
        """The file of its rows under newer numbers, if it has any; None where they are not written."""
        if not (self.folder / MOVED).is_dir():
            return None
        path = self.folder / MOVED / f"{table}.parquet"
        return [path] if self.file(table) and path.is_file() else []


def _people(listed: pa.Array) -> Any:
    return ibis.memtable(pa.table({"person_id": listed}))
