"""A list of opt-outs as it is sent, read whole or not at all.

A row that cannot be read may be the choice of somebody whose data would then be used against it. So one such row stops
the build: with its file, row and column, and never with its value.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.records.identity import IdentifierKind, Identities, settled
from stewardship.records.model import OPT_OUT, OPT_OUT_KINDS

SOURCE = "opt-outs"
_FEW = 10


class OptOutError(Exception):
    """The list of opt-outs cannot be relied on; the message says where it is at fault."""


class Identifier(Protocol):
    """How a list or a source names people: as in a system's settings."""

    @property
    def kind(self) -> IdentifierKind: ...  # noqa: D102

    @property
    def namespace(self) -> str: ...  # noqa: D102

    @property
    def column(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class _Faulty(Exception):  # noqa: N818
    """A cell that cannot be read, and what is wrong with it."""

    column: str
    why: str


def read_opt_outs(file: Path, identities: Identities, identifier: Identifier) -> pa.Table:
    """The opt-outs of a CSV or Parquet file as the canonical table `opt_out`.

    Columns of the file, in any order and letter case: the identifier's, `kind` (one of OPT_OUT_KINDS) and, where they
    are known, `start` and `end`, as 2020-02-28. A file with its heading and no rows says that nobody has opted out.
    Raises OptOutError if any row of it cannot be read, or if it changes meanwhile.
    """
    before = _stamp(file)
    heading, rows = _opened(file)
    columns = _columns(file, heading, identifier.column)
    read: list[tuple[str, str, date | None, date | None, int]] = []
    faults: list[str] = []
    for number, row in rows:
        try:
            read.append((*_read(row, heading, columns, identifier), number))
        except _Faulty as fault:
            faults.append(f"row {number:,}, column {fault.column}: {fault.why}")
    if faults:
        raise OptOutError(_all_at_fault(file, faults))
    people = identities.person_ids(identifier.namespace, [row[0] for row in read])
    if _stamp(file) != before:
        raise OptOutError(
            f"{file.name} changed while it was read: nothing was built. Wait until the list has come whole, then build "
            "again."
        )
    return _canonical(people, read, file)


def check_reach(identifier: Identifier, namespaces: Mapping[str, str], identities: Identities) -> None:
    """Raises OptOutError if the list cannot name the people of a source, so that their choices would be lost.

    namespaces: the namespace of each source's identifiers, by its key. A crosswalk leads from a namespace to NHS
    numbers, so it brings a list by NHS number to the sources of that namespace, and no other list to any source.
    """
    own = identifier.namespace
    reached = {own, *(identities.crosswalk if identifier.kind == "nhs number" else ())}
    lost = [key for key, other in namespaces.items() if other not in reached]
    if lost:
        raise OptOutError(
            f"The list of opt-outs names people by {own}, and these sources do not: {', '.join(lost)}. "
            "Nobody's choice would reach them. Give a list by NHS number and load a crosswalk from their pseudonyms "
            "to NHS numbers, with `stewardship vault load-crosswalk`; or give a list in their namespace."
        )


def _opened(file: Path) -> tuple[list[str], Iterator[tuple[int, Sequence[str]]]]:
    """The headings of a file, and its rows as texts with their numbers; the first row of data is 1."""
    try:
        return _parquet(file) if file.suffix.lower() == ".parquet" else _csv(file)
    except (UnicodeDecodeError, csv.Error, pa.ArrowException) as error:
        raise OptOutError(
            f"{file.name} cannot be read as a CSV or Parquet file. Send it again, as UTF-8 if it is CSV."
        ) from error
    except OSError as error:
        raise OptOutError(
            f"{file.name} cannot be read ({error.strerror or 'its bytes are damaged'}). Send it again."
        ) from error


def _stamp(file: Path) -> tuple[int, ...]:
    """What changes with the file."""
    if not file.is_file():
        raise OptOutError(f"There is no file {file.name} of opt-outs. Put it where `system.toml` says.")
    told = file.stat()
    return told.st_size, told.st_mtime_ns, told.st_ino, told.st_ctime_ns


def _csv(file: Path) -> tuple[list[str], Iterator[tuple[int, Sequence[str]]]]:
    text = file.read_bytes().decode("utf-8-sig")
    separator = max(",;\t|", key=text.partition("\n")[0].count)
    heading, *rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)) or [[]]
    return _tidy(heading), ((number, row) for number, row in enumerate(rows, 1) if row)


def _parquet(file: Path) -> tuple[list[str], Iterator[tuple[int, Sequence[str]]]]:
    table = pq.read_table(file)
    columns = [column.to_pylist() for column in table.columns]
    texts = (["" if cell is None else str(cell) for cell in row] for row in zip(*columns, strict=True))
    return _tidy(table.column_names), iter(enumerate(texts, 1))


def _tidy(heading: Sequence[str]) -> list[str]:
    return [name.strip().casefold() for name in heading]


def _columns(file: Path, heading: Sequence[str], identifier: str) -> dict[str, str]:
    """What each column is called in messages, by what it is."""
    columns = {"person": identifier, "kind": "kind", "start": "start", "end": "end"}
    missing = [
        name
        for what, name in columns.items()
        if what in ("person", "kind") and name.casefold() not in heading
    ]
    if missing:
        raise OptOutError(
            f"{file.name} has no column {' and no column '.join(missing)}. A list of opt-outs has them in its first "
            "line, even if nobody has opted out."
        )
    twice = [name for name in columns.values() if heading.count(name.casefold()) > 1]
    if twice:
        raise OptOutError(f"{file.name} has more than one column {twice[0]}. Leave one.")
    return columns


def _read(
    row: Sequence[str], heading: Sequence[str], columns: Mapping[str, str], identifier: Identifier
) -> tuple[str, str, date | None, date | None]:
    """Identifier as it is compared, kind, start and end."""
    if len(row) != len(heading):
        raise _Faulty(columns["person"], f"the row has {len(row)} cells, and the heading {len(heading)}")
    cells = dict(zip(heading, (cell.strip() for cell in row), strict=True))
    told = {what: cells.get(name.casefold(), "") for what, name in columns.items()}
    person = settled(identifier.kind, told["person"])
    if person is None:
        wanted = "an NHS number" if identifier.kind == "nhs number" else "an identifier"
        raise _Faulty(columns["person"], f"{_pattern(told['person'])} is not {wanted}")
    kind = " ".join(told["kind"].casefold().split())
    if kind not in OPT_OUT_KINDS:
        raise _Faulty("kind", f"{_pattern(told['kind'])} is none of: {', '.join(OPT_OUT_KINDS)}")
    start, end = _day("start", told["start"]), _day("end", told["end"])
    if start and end and end < start:
        raise _Faulty("end", "the end is before the start")
    return person, kind, start, end


def _day(column: str, text: str) -> date | None:
    """A day, or the day of a time at midnight; None where it is empty."""
    if not text:
        return None
    try:
        return date.fromisoformat(text.removesuffix(" 00:00:00").removesuffix("T00:00:00"))
    except ValueError:
        raise _Faulty(column, f"{_pattern(text)} is not a day: write it as 2020-02-28") from None


def _pattern(text: str) -> str:
    """What a text looks like, without showing it."""
    if not text:
        return "the empty cell"
    return f"({len(text)} {'digits' if text.isdecimal() else 'characters'})"


def _all_at_fault(file: Path, faults: Sequence[str]) -> str:
    more = f"; and {len(faults) - _FEW:,} rows more" if len(faults) > _FEW else ""
    return (
        f"{file.name} cannot be relied on: {'; '.join(faults[:_FEW])}{more}. Nothing is built while a choice "
        "cannot be read: correct the list."
    )


def _canonical(
    people: Sequence[int], read: Sequence[tuple[str, str, date | None, date | None, int]], file: Path
) -> pa.Table:
    columns = {
        "person_id": people,
        "kind": [row[1] for row in read],
        "start": [row[2] for row in read],
        "end": [row[3] for row in read],
        "source": [SOURCE] * len(read),
        "source_file": [file.name] * len(read),
        "source_row": [row[4] for row in read],
    }
    arrays = [pa.array(columns[field.name], field.type) for field in OPT_OUT.schema]
    return pa.table(arrays, schema=OPT_OUT.schema)
