"""Published waits as a snapshot keeps them, and as its results show them: one small Parquet file.

They are official statistics of organisations that anybody can read, small numbers with them, so nothing in them passes
disclosure control: to hide here what stands elsewhere would protect nobody.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.records.cancer_waits.figures import PublishedWait

CANCER_NATIONAL = "cancer-national.parquet"
ORDER = ("standard", "basis", "organisation", "route", "stage", "cancer", "modality", "month")
SCHEMA = pa.schema(
    [
        ("month", pa.date32()), ("basis", pa.string()), ("standard", pa.string()), ("route", pa.string()),
        ("stage", pa.string()), ("cancer", pa.string()), ("modality", pa.string()), ("organisation", pa.string()),
        ("name", pa.string()), ("level", pa.string()), ("total", pa.float64()), ("within", pa.float64()),
        ("after", pa.float64()), ("share", pa.float64()),
        ("bands", pa.list_(pa.struct([("days", pa.string()), ("patients", pa.float64())]))),
        ("status", pa.string()), ("revision", pa.int32()), ("source", pa.string()), ("file", pa.string()),
        ("changed", pa.date32()), ("belongs", pa.string()),
    ]
)  # fmt: skip
FIELDS = tuple(field.name for field in fields(PublishedWait))
if set(FIELDS) != set(SCHEMA.names):
    raise TypeError("Each field of a published wait has its column.")


def write_national(folder: Path, waits: Iterable[PublishedWait]) -> None:
    """Write published waits into a folder, in an order that does not depend on how they came."""
    rows = [_row(each) for each in sorted(waits, key=_place_in_order)]
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    pq.write_table(table, folder / CANCER_NATIONAL, compression="zstd")


def read_national(
    results: Path, where: Mapping[str, str | Collection[str]] | None = None
) -> tuple[PublishedWait, ...]:
    """Published waits out of a snapshot's results; none where the system was given none.

    where: fields and the words that each may have, such as {"standard": "62-day", "belongs": ("own", "England")};
    None for all. In the order of the file: month after month of one standard, organisation and group.
    """
    path = results / CANCER_NATIONAL
    if not path.is_file():
        return ()
    asked = [
        (name, "in", {words} if isinstance(words, str) else set(words))
        for name, words in (where or {}).items()
    ]
    table = pq.read_table(path, filters=asked or None)
    return tuple(_wait(row) for row in table.to_pylist())


def _row(wait: PublishedWait) -> dict[str, object]:
    bands = [{"days": days, "patients": patients} for days, patients in wait.bands]
    return {**asdict(wait), "bands": bands}


def _wait(row: dict[str, object]) -> PublishedWait:
    bands = tuple((each["days"], each["patients"]) for each in row["bands"])  # type: ignore[attr-defined]
    return PublishedWait(**{**row, "bands": bands})  # type: ignore[arg-type]


def _place_in_order(wait: PublishedWait) -> tuple[str, ...]:
    return tuple(str(getattr(wait, name)) for name in ORDER)
