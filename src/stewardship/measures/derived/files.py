"""Derived figures beside the published ones: `<care area>-variation.parquet` and `<care area>-inequality.parquet`;
and where months are published, `<care area>-trend.parquet` and `<care area>-readings.parquet`.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.measures.derived.inequality import inequality
from stewardship.measures.derived.trend import trend
from stewardship.measures.derived.variation import variation
from stewardship.measures.months import months_file
from stewardship.measures.published import AreaCard, Published, Snapshot


@dataclass(frozen=True)
class InFunnel:
    """A place in a measure's funnel; the columns are those of VARIATION."""

    measure: str
    level: str
    place: str
    period_start: date
    period_end: date
    size: float | None
    value: float | None
    target: float | None
    lower95: float | None
    upper95: float | None
    lower99_8: float | None
    upper99_8: float | None
    places: int
    dispersion: float | None
    between: float
    adjusted: bool
    position: str
    reason: str


@dataclass(frozen=True)
class Unequal:
    """How a measure differs by deprivation at a place in a year; the columns are those of INEQUALITY."""

    measure: str
    place: str
    period_start: date
    period_end: date
    slope: float | None
    slope_lower95: float | None
    slope_upper95: float | None
    relative_index: float | None
    relative_index_lower95: float | None
    relative_index_upper95: float | None
    most: float | None
    least: float | None
    slope_reason: str
    absolute_gap: float | None
    absolute_gap_lower95: float | None
    absolute_gap_upper95: float | None
    relative_gap: float | None
    relative_gap_lower95: float | None
    relative_gap_upper95: float | None
    gap_reason: str
    fraction: float | None
    fraction_lower95: float | None
    fraction_upper95: float | None
    excess: float | None
    excess_lower95: float | None
    excess_upper95: float | None
    of_the_rest: bool
    excess_reason: str
    absolute_change: float | None
    absolute_change_lower95: float | None
    absolute_change_upper95: float | None
    relative_change: float | None
    relative_change_lower95: float | None
    relative_change_upper95: float | None
    caution: str


@dataclass(frozen=True)
class MonthInTrend:
    """A month of a measure's control chart at a place; the columns are those of TREND."""

    measure: str
    place: str
    month: date
    count: int | None
    mean: float | None
    lower: float | None
    upper: float | None
    signal: str
    side: str


@dataclass(frozen=True)
class Reading:
    """How a measure's months at a place read now; the columns are those of READINGS."""

    measure: str
    place: str
    latest: date
    reading: str
    signal: str
    since: date | None
    first: date | None
    months: int
    mean: float | None
    yearly: bool
    reason: str
    caution: str


def write_derived(folder: Path, area: AreaCard, figures: pa.Table, snapshot: Snapshot) -> None:
    """Write what follows from a care area's published figures (FIGURES) into a results folder.

    Its months are read from that folder, if they were written there.
    """
    about = (figures, area.measures, snapshot.places, snapshot.periods)
    _write(variation(*about), _variation(folder, area.key), ("measure", "level", "place", "period_end"))
    _write(inequality(*about), _inequality(folder, area.key), ("place", "measure", "period_end"))
    months = months_file(folder, area.key)
    if months.is_file():
        points, readings = trend(pq.read_table(months), area.measures, snapshot.places)
        _write(points, _trend(folder, area.key), ("place", "measure", "month"))
        _write(readings, _readings(folder, area.key), ("place", "measure"))


def read_variation(published: Published, care_area: str, end: date) -> list[InFunnel]:
    """The rows (VARIATION) of a care area for the year that ends then; none where no such file was written."""
    rows = _read(_variation(published.folder, care_area), [("period_end", "==", end)])
    return [InFunnel(**row) for row in rows]


def read_inequality(published: Published, care_area: str, place: str) -> list[Unequal]:
    """The rows (INEQUALITY) of a care area at a place, all years; none where no such file was written."""
    rows = _read(_inequality(published.folder, care_area), [("place", "==", place)])
    return [Unequal(**row) for row in rows]


def read_trend(published: Published, care_area: str, place: str) -> list[MonthInTrend]:
    """The control charts (TREND) of a care area at a place, oldest month first; none where no months were published."""
    return [
        MonthInTrend(**row) for row in _read(_trend(published.folder, care_area), [("place", "==", place)])
    ]


def read_readings(published: Published, care_area: str, place: str) -> list[Reading]:
    """How the months of a care area's measures read at a place (READINGS); none where no months were published."""
    return [Reading(**row) for row in _read(_readings(published.folder, care_area), [("place", "==", place)])]


def _variation(folder: Path, care_area: str) -> Path:
    return folder / f"{care_area}-variation.parquet"


def _inequality(folder: Path, care_area: str) -> Path:
    return folder / f"{care_area}-inequality.parquet"


def _trend(folder: Path, care_area: str) -> Path:
    return folder / f"{care_area}-trend.parquet"


def _readings(folder: Path, care_area: str) -> Path:
    return folder / f"{care_area}-readings.parquet"


def _write(table: pa.Table, path: Path, order: tuple[str, ...]) -> None:
    pq.write_table(table.sort_by([(name, "ascending") for name in order]), path, row_group_size=5_000)


def _read(path: Path, filters: list[tuple[str, str, object]]) -> list[dict[str, Any]]:
    """Snapshots of before these files were written have none."""
    if not path.is_file():
        return []
    return list(pq.read_table(path, filters=filters).to_pylist())
