"""A snapshot's canonical tables, opened for reading, and what is in them at a glance."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from stewardship.records.engine import Engine, read_from
from stewardship.records.model import TABLES


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
    """The canonical tables of one snapshot.

    present: the tables that a source filled; a table that is not present is empty because nobody sent it.
    """

    def __init__(self, folder: Path, engine: Engine, present: frozenset[str]) -> None:
        self.folder = folder
        self.engine = engine
        self.present = present
        self.reads: Counter[str] = Counter()

    def table(self, name: str) -> Any:
        """The canonical table of that name as an Ibis table; every call is one read of it."""
        self.reads[name] += 1
        path = self.folder / f"{name}.parquet"
        return self.engine.ibis.read_parquet(read_from(path)).select(list(TABLES[name].schema.names))

    @cached_property
    def code_uses(self) -> list[CodeUse]:
        """Every code of every coded table, with its counts: one pass over each, kept beside the tables."""
        return [
            use
            for name, (valued, unit, costed) in _CODED.items()
            for use in self._uses(name, valued, unit, costed)
        ]

    def _uses(self, name: str, valued: str | None, unit: str | None, costed: str | None) -> list[CodeUse]:
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


# coded table -> its columns of value, unit and cost
_CODED: dict[str, tuple[str | None, str | None, str | None]] = {
    "condition": (None, None, None),
    "observation": ("value", "unit", None),
    "medication": (None, None, "cost_pence"),
    "activity_code": ("position", None, None),
    "death": (None, None, None),
}
