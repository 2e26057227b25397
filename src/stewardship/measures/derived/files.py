"""Derived figures beside the published ones: `<care area>-variation.parquet` and `<care area>-inequality.parquet`."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stewardship.measures.derived.inequality import inequality
from stewardship.measures.derived.variation import variation
from stewardship.measures.published import AreaCard, Published, Snapshot


def write_derived(folder: Path, area: AreaCard, figures: pa.Table, snapshot: Snapshot) -> None:
    """Write what follows from a care area's published figures (FIGURES) into a results folder."""
    about = (figures, area.measures, snapshot.places, snapshot.periods)
    _write(variation(*about), _variation(folder, area.key), ("measure", "level", "place", "period_end"))
    _write(inequality(*about), _inequality(folder, area.key), ("place", "measure", "period_end"))


def read_variation(published: Published, care_area: str, end: date) -> list[dict[str, Any]]:
    """The rows (VARIATION) of a care area for the year that ends then; none where no such file was written."""
    return _read(_variation(published.folder, care_area), [("period_end", "==", end)])


def read_inequality(published: Published, care_area: str, place: str) -> list[dict[str, Any]]:
    """The rows (INEQUALITY) of a care area at a place, all years; none where no such file was written."""
    return _read(_inequality(published.folder, care_area), [("place", "==", place)])


def _variation(folder: Path, care_area: str) -> Path:
    return folder / f"{care_area}-variation.parquet"


def _inequality(folder: Path, care_area: str) -> Path:
    return folder / f"{care_area}-inequality.parquet"


def _write(table: pa.Table, path: Path, order: tuple[str, ...]) -> None:
    pq.write_table(table.sort_by([(name, "ascending") for name in order]), path, row_group_size=5_000)


def _read(path: Path, filters: list[tuple[str, str, object]]) -> list[dict[str, Any]]:
    """Snapshots of before these files were written have none."""
    if not path.is_file():
        return []
    return list(pq.read_table(path, filters=filters).to_pylist())
