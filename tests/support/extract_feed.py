"""A partner's folder of extracts, written row by row and read as a build reads it."""

import csv
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.records.engine import Engine
from stewardship.records.extracts import ExtractOptions, Shelf, read_extracts, tables_of
from stewardship.records.findings import Reading
from stewardship.records.identity import Identities, Naming
from stewardship.records.kept import Kept, hash_of
from stewardship.rules.nhs_number import check_digit

KEYED = Identities(b"a key for tests")
BUILD_DAY = date(2026, 7, 1)


def number(place: int) -> str:
    """An NHS number that nobody has, the same for the same place."""
    stem = f"9{place * 7:08}"
    digit = check_digit(stem)
    return number(place + 1_000_000) if digit is None else f"{stem}{digit}"


def person(place: int) -> int:
    """The person_id of that number."""
    return KEYED.person_ids("nhs-number", [number(place)])[0]


class ExtractFeed:
    """Files of one partner, and a workspace in which what was read of them is kept."""

    def __init__(self, folder: Path, kind: str, **options: Any) -> None:
        self.folder, self.kind, self.options = folder / "feed", kind, options
        self.folder.mkdir(parents=True)
        self.workspace, self.into = folder / "workspace", folder / "into"
        self.shelf = Shelf(folder)

    def write(self, name: str, rows: Sequence[Mapping[str, Any]], ending: str = "csv") -> Path:
        """Write a file; every row has the headings of the first."""
        path = self.folder / f"{name}.{ending}"
        if ending == "parquet":
            pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), path)
        else:
            with path.open("w", newline="", encoding="utf-8") as stream:
                writer = csv.DictWriter(stream, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        return path

    def read(self) -> Reading:
        """Read the folder, as the next build would."""
        naming = self.options.get("naming") or Naming(KEYED, "nhs-number", "NHSNumber", "nhs number")
        given = {"naming": naming, "not_after": BUILD_DAY, "source": "test", "kind": self.kind}
        hashes = {path.name: hash_of(path) for path in self.folder.iterdir() if path.is_file()}
        self.shelf = Shelf(self.workspace, Kept(self.workspace / "staged"), hashes)
        with closing(Engine(scratch=self.workspace / "scratch", threads=2)) as engine:
            options = ExtractOptions(**{**given, **self.options})
            self.reading = read_extracts(self.folder, self.into, options, engine=engine, shelf=self.shelf)
        return self.reading

    def table(self, name: str) -> list[dict[str, Any]]:
        """The rows of a canonical table, without where they came from, in the order of what they hold."""
        files = tables_of(self.into, self.workspace / "staged")[name]
        rows = [row for path in files.values() for row in pq.read_table(path).to_pylist()]
        plain = [{k: v for k, v in row.items() if not k.startswith("source")} for row in rows]
        return sorted(plain, key=lambda row: [str(value) for value in row.values()])

    def aside(self) -> list[tuple[str, int, str, str]]:
        """File, row, column and reason of each row set aside."""
        rows = pq.read_table(self.into / "quarantine.parquet").to_pylist()
        return [(row["file"], row["row"], row["column"], row["reason"]) for row in rows]

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Of each file: rows read, loaded and set aside."""
        return {each.file: (each.read, each.loaded, each.quarantined) for each in self.reading.files}

    def found(self) -> dict[str, int]:
        """The findings that count something."""
        return {each.check: each.count for each in self.reading.findings if each.count}


def rows_of(text: str) -> list[dict[str, str]]:
    """Rows drawn as text: headings, then a line a row, in columns between bars. #1 is the NHS number of place 1."""
    lines = [line.split("|") for line in text.strip().splitlines()]
    heading = [each.strip() for each in lines[0]]
    return [
        {name: _cell(cell.strip()) for name, cell in zip(heading, line, strict=True)} for line in lines[1:]
    ]


def _cell(text: str) -> str:
    return number(int(text[1:])) if text.startswith("#") and text[1:].isdigit() else text


def typed(
    rows: Sequence[Mapping[str, str]], days: Sequence[str], wholes: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The same rows as a program would write them to Parquet: days and whole numbers typed, nothing for nothing."""
    return [
        {
            name: None
            if not cell
            else date.fromisoformat(cell)
            if name in days
            else int(cell)
            if name in wholes
            else cell
            for name, cell in row.items()
        }
        for row in rows
    ]


__all__ = ["BUILD_DAY", "KEYED", "ExtractFeed", "number", "person", "rows_of", "typed"]
