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


class Quarantine:
    """The rows set aside in one reading, gathered in the engine."""

    def __init__(self, engine: Engine, source: str) -> None:
        self.engine, self.source = engine, source
        engine.run(
            "CREATE OR REPLACE TEMP TABLE quarantine "
            '(source VARCHAR, file VARCHAR, "row" BIGINT, "column" VARCHAR, reason VARCHAR)'
        )

    def add(self, file: str, faulty: str) -> int:
        """Set aside the rows of a relation that has source_row, fault_column and fault; the number of rows."""
        self.engine.run(
            f"INSERT INTO quarantine SELECT {quoted(self.source)}, {quoted(file)}, source_row, "
            f"coalesce(fault_column, ''), fault FROM {faulty} WHERE fault IS NOT NULL"
        )
        count: int = self.engine.rows("SELECT count(*) FROM quarantine WHERE file = ?", [file])[0][0]
        return count

    def by_reason(self) -> list[tuple[str, str, str, int]]:
        """File, column, kind of reason (figures and dates left out) and count, the commonest first."""
        return self.engine.rows(
            "SELECT file, \"column\", regexp_replace(reason, '''[^'']*''|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+ (digits|characters)', '…', 'g') AS kind, count(*) AS n "
            'FROM quarantine GROUP BY ALL ORDER BY n DESC, file, "column", kind'
        )

    def write(self, path: Path) -> None:
        """Write all as Parquet, in the order of file and row."""
        self.engine.run(
            'COPY (SELECT * FROM quarantine ORDER BY file, "row", "column", reason) '
            f"TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)"
        )
