"""Rows set aside: where each stood and why, never what it held."""

from pathlib import Path

import pyarrow as pa

from stewardship.records.engine import Engine, quoted

SCHEMA = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("file", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
        pa.field("column", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
    ]
)

# A reason without what it says of one row; how a day is written is for every row, so that stays.
_FIGURES = (
    "(write it as [0-9-]+)| [0-9]{4}-[0-9]{2}-[0-9]{2}"
    "| \\([0-9]+ (?:digits|characters)\\)| \\(written [9/.:-]+\\)"
)
_KIND = (
    f"regexp_replace(regexp_replace(regexp_replace(reason, '{_FIGURES}', '\\1', 'g'), "
    "'has [0-9]+ fields', 'has the wrong number of fields'), 'is [0-9]+ days? before', 'is before')"
)


class Quarantine:
    """The rows set aside in one reading, gathered in the engine."""

    def __init__(self, engine: Engine, source: str) -> None:
        self.engine, self.source = engine, source
        engine.run(
            "CREATE OR REPLACE TABLE quarantine "
            '(source VARCHAR, file VARCHAR, "row" BIGINT, "column" VARCHAR, reason VARCHAR)'
        )

    def add(self, file: str, faulty: str) -> None:
        """Set aside the rows of a relation that has source_row, fault_column and fault, where fault is not
        null."""
        self.engine.run(
            f"INSERT INTO quarantine SELECT {quoted(self.source)}, {quoted(file)}, source_row, "
            f"coalesce(fault_column, ''), fault FROM {faulty} WHERE fault IS NOT NULL"
        )

    def by_reason(self) -> list[tuple[str, str, str, int, int]]:
        """File, column, kind of reason (its figures left out), count and first row, the commonest first."""
        return self.engine.rows(
            f'SELECT file, "column", {_KIND} AS kind, count(*) AS n, min("row") '
            'FROM quarantine GROUP BY file, "column", kind ORDER BY n DESC, file, "column", kind'
        )

    def write(self, path: Path) -> None:
        """Write all as Parquet, in the order of file and row."""
        self.engine.run(
            'COPY (SELECT * FROM quarantine ORDER BY file, "row", "column", reason) '
            f"TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)"
        )
