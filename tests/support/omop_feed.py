"""Small OMOP feeds, written as CSV text in a test and read into canonical tables."""

import gzip
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from stewardship.records.engine import Engine
from stewardship.records.findings import Finding, Reading
from stewardship.records.identity import Identities, Naming
from stewardship.records.omop import Options, check_omop, read_omop

BUILD_DAY = date(2026, 7, 1)

# Two people seen up to 30 June 2024, one row in each table that most tests need.
PERSON = (
    "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth\n"
    "1,8507,1950,3,4\n2,8532,1980,7,9\n"
)
VISIT = (
    "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date\n"
    "10,1,9202,2024-06-30,2024-06-30\n20,2,9203,2024-05-01,2024-05-01\n"
)


class AsTheyAre(Mapping[str, int]):
    """A crosswalk in which every whole number is its own person_id, so that a test can say who is who."""

    def __getitem__(self, identifier: str) -> int:
        return int(identifier)

    def get(self, identifier: str, default: int | None = None) -> int | None:  # type: ignore[override]
        return int(identifier) if identifier.lstrip("-").isdigit() else default

    def __iter__(self):
        return iter(())

    def __len__(self) -> int:
        return 1


AS_THEY_ARE = Naming(Identities(b"a key of tests", {"tests": AsTheyAre()}), "tests", "person_id")


def options(**given: object) -> Options:
    """Options of a feed whose people keep the numbers they have in it, read on the build's day."""
    return Options(**{"naming": AS_THEY_ARE, "not_after": BUILD_DAY} | given)  # type: ignore[arg-type]


class Feed:
    """A folder being filled with files, and what reading it gave."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.into = folder / "feed", folder / "canonical"
        self.folder.mkdir()
        self.engine = Engine(scratch=folder / "scratch", threads=2)

    def write(self, name: str, content: str | bytes) -> "Feed":
        """One file; a name that ends in .gz is packed."""
        raw = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(gzip.compress(raw) if name.lower().endswith(".gz") else raw)
        return self

    def with_people(self) -> "Feed":
        """The two people and their visits."""
        return self.write("PERSON.csv", PERSON).write("VISIT_OCCURRENCE.csv", VISIT)

    def read(self, **given: object) -> Reading:
        """Read the folder, as of no day in particular."""
        return read_omop(self.folder, self.into, options(**given), engine=self.engine)[0]

    def check(self, **given: object) -> Reading:
        """Read the folder and keep nothing."""
        return check_omop(self.folder, options(**given), engine=self.engine)

    def rows(self, table: str, *columns: str) -> list[tuple[object, ...]]:
        """Rows of a canonical table in the order written; one column comes as plain values in tuples of
        one."""
        chosen = ", ".join(f'"{column}"' for column in columns) or "*"
        return self.engine.rows(f"SELECT {chosen} FROM '{self.into / table}.parquet'")

    def set_aside(self) -> list[tuple[object, ...]]:
        """File, row, column and reason of every row in the quarantine."""
        return self.rows("quarantine", "file", "row", "column", "reason")


def finding(reading: Reading, check: str) -> Finding:
    """The one finding of that name."""
    found = [f for f in reading.findings if f.check == check]
    assert len(found) == 1, [f.check for f in reading.findings]
    return found[0]
