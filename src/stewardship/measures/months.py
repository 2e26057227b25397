"""Events by month as they are published: `<care area>-months.parquet`, one row a measure, place and month.

Months are controlled together with the years that they add up to, over all places. Rows are sorted by place.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.measures.published import Published, State, in_order

MONTHS = pa.schema(
    [
        ("measure", pa.string()),
        ("place", pa.string()),
        ("month", pa.date32()),  # its first day
        ("count", pa.int64()),  # events, rounded; null where not shown
        ("state", pa.string()),
        ("reason", pa.string()),  # why hidden or missing, in words for a page
    ]
)


@dataclass(frozen=True)
class Month:
    """The events of a month at a place; the columns are those of MONTHS."""

    measure: str
    place: str
    month: date
    count: int | None
    state: State
    reason: str


def write_months(folder: Path, care_area: str, months: pa.Table) -> None:
    """Write a care area's events by month (MONTHS) into a results folder."""
    ordered = months.select(MONTHS.names).cast(MONTHS)
    ordered = in_order(ordered, ("place", "measure", "month"))
    pq.write_table(ordered, months_file(folder, care_area), row_group_size=20_000)


def read_months(published: Published, care_area: str, place: str) -> list[Month]:
    """The months of every measure of a care area at a place, oldest first; none where none were written."""
    path = months_file(published.folder, care_area)
    if not path.is_file():
        return []
    return [Month(**row) for row in pq.read_table(path, filters=[("place", "==", place)]).to_pylist()]


def months_file(folder: Path, care_area: str) -> Path:
    """Where a care area's months stand in a results folder."""
    return folder / f"{care_area}-months.parquet"
