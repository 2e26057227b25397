"""How a canonical table is declared, and the columns that many of them have."""

from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

INTEGER, NUMBER, TEXT, DATE = pa.int64(), pa.float64(), pa.string(), pa.date32()


@dataclass(frozen=True)
class Column:
    """One column of a canonical table.

    values: the only values allowed, where the list is closed.
    at_least: the smallest value allowed.
    not_before: another date column of the row that this one may not come before.
    may_be_future: a date that may lie after the data's last day (the end of something still going on).
    identifying: a bad value is reported as a pattern ("9 digits"), never kept.
    """

    name: str
    type: pa.DataType
    meaning: str
    required: bool = False
    values: tuple[str, ...] = ()
    at_least: float | None = None
    not_before: str | None = None
    may_be_future: bool = False
    identifying: bool = False


@dataclass(frozen=True)
class Table:
    """A canonical table: its grain in words, its key, and its columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The declared columns, then where each row came from."""
        return self.columns + PROVENANCE

    @cached_property
    def schema(self) -> pa.Schema:
        """The Arrow schema, required columns not nullable."""
        return pa.schema([pa.field(c.name, c.type, nullable=not c.required) for c in self.all_columns])

    def empty(self) -> pa.Table:
        """The table with no rows."""
        return self.schema.empty_table()

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if there is none."""
        return next(c for c in self.all_columns if c.name == name)


PROVENANCE = (
    Column("source", TEXT, "Which partner's feed the row came from.", required=True),
    Column("source_file", TEXT, "The file within the feed.", required=True),
    Column(
        "source_row", INTEGER, "The row's number in that file; the first row of data is 1.", required=True
    ),
)

PERSON_ID = Column(
    "person_id", INTEGER, "The person's pseudonym, the same in every table and snapshot.", required=True
)
CODE_SYSTEM = Column(
    "system", TEXT, "Code system: SNOMED, ICD10, OPCS4, LOINC, RXNORM, DMD, BNF, CVX, …; LOCAL if unknown.",
    required=True,
)  # fmt: skip
CODE = Column("code", TEXT, "The code, without dots.", required=True)
COST = Column("cost_pence", INTEGER, "Cost in pence.", at_least=0)
COST_BASES = ("actual", "apportioned", "estimated")
