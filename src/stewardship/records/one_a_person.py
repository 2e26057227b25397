"""What several sources know of a person, made one row: for each attribute, the first source that knows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from stewardship.records.model import PROVENANCE

_ORIGIN = tuple(column.name for column in PROVENANCE)


@dataclass(frozen=True)
class _Together:
    """Columns that come from one row; knows: whether a row knows them."""

    columns: tuple[str, ...]
    knows: Callable[[Any], Any]


_ANY_ROW = ibis.literal(True)

_ATTRIBUTES: dict[str, tuple[_Together, ...]] = {
    "person": (
        _Together(("birth_date", "birth_precision", *_ORIGIN), lambda rows: _ANY_ROW),
        _Together(("sex",), lambda rows: rows.sex != "unknown"),
        _Together(("ethnic_group",), lambda rows: rows.ethnic_group != "Not known"),
    ),
    "death": (
        _Together(("date", *_ORIGIN), lambda rows: _ANY_ROW),
        _Together(("system", "code", "contributory_1", "contributory_2"), lambda rows: rows.code.notnull()),
        _Together(("place",), lambda rows: rows.place.notnull()),
    ),
}
ONE_A_PERSON = tuple(_ATTRIBUTES)


def one_a_person(name: str, by_source: Sequence[Any]) -> Any:
    """The table of that name (person or death) with one row a person.

    by_source: the table of each source, the first to be believed first. Within a source the row that comes first is
    believed.
    """
    ranked = [rows.mutate(rank=ibis.literal(rank, "int64")) for rank, rows in enumerate(by_source)]
    rows = ibis.union(*ranked)
    together = {f"known_{number}": each for number, each in enumerate(_ATTRIBUTES[name])}
    order = {column: rows[column] for column in ("rank", "source_file", "source_row")}
    firsts = {
        known: ibis.struct(
            {"lacks": ~each.knows(rows)}
            | {f"by_{column}": value for column, value in order.items()}
            | {column: rows[column] for column in each.columns}
        ).min()
        for known, each in together.items()
    }
    found = rows.group_by("person_id").aggregate(**firsts)
    return found.select(
        "person_id",
        **{column: found[known][column] for known, each in together.items() for column in each.columns},
    )


def first_of(key: Sequence[str], by_source: Sequence[Any]) -> Any:
    """The rows of several sources without those whose key an earlier source has: it is believed about them."""
    ranked = [rows.mutate(rank=ibis.literal(rank, "int64")) for rank, rows in enumerate(by_source)]
    rows = ibis.union(*ranked)
    first = rows["rank"].min().over(ibis.window(group_by=list(key)))
    return (
        rows.mutate(first=first).filter(lambda ranked: ranked["rank"] == ranked.first).drop("rank", "first")
    )
