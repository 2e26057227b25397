"""What one partner sends, written as CSV, and what is made of it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from stewardship.records.engine import Engine
from stewardship.records.extracts.options import ExtractOptions
from stewardship.records.extracts.read import read_extracts, tables_of
from stewardship.records.extracts.shelf import Shelf
from stewardship.records.findings import Finding, Reading
from stewardship.records.identity import Identities, Naming
from support.two_feeds import nhs_numbers

TODAY = date(2026, 7, 1)
ANN, BEN = nhs_numbers(2)
KEYED = Identities(b"a key of a test")
NAMING = Naming(KEYED, "nhs-number", "NHSNumber", "nhs number")
WHO = dict(zip(KEYED.person_ids("nhs-number", [ANN, BEN]), ("Ann", "Ben"), strict=True))


@dataclass(frozen=True)
class Sent:
    """What was made of a partner's files."""

    reading: Reading
    tables: Mapping[str, Sequence[Path]]

    def rows(self, table: str, *columns: str) -> list[tuple[object, ...]]:
        """The rows of a table, these columns of each, in order; person_id as a name."""
        found = [row for path in self.tables[table] for row in pq.read_table(path).to_pylist()]
        told = [tuple(WHO[row[c]] if c == "person_id" else row[c] for c in columns) for row in found]
        return sorted(told, key=lambda row: [str(cell) for cell in row])

    def columns(self, table: str) -> list[str]:
        """The columns that every file of a table has."""
        (names,) = {tuple(pq.read_schema(path).names) for path in self.tables[table]}
        return list(names)

    @property
    def failing(self) -> list[Finding]:
        """What a data manager has to look into."""
        return [finding for finding in self.reading.findings if finding.outcome == "fail"]


@contextmanager
def sent(folder: Path, kind: str, files: Mapping[str, str]) -> Iterator[Sent]:
    """What a partner of that kind sends, by file name: headings and rows as lines, cells parted by |."""
    into, source = folder / "into", folder / "source"
    source.mkdir(parents=True)
    for name, text in files.items():
        lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
        (source / f"{name}.csv").write_text("".join(",".join(line) + "\n" for line in lines))
    engine = Engine(scratch=folder / "scratch", memory="1GB", threads=2)
    shelf = folder / "shelf"
    shelf.mkdir()
    options = ExtractOptions(naming=NAMING, not_after=TODAY, source="partner", kind=kind, future_days=400)
    try:
        reading = read_extracts(source, into, options, engine=engine, shelf=Shelf(shelf))
        yield Sent(reading, {name: list(each.values()) for name, each in tables_of(into, shelf).items()})
    finally:
        engine.close()
