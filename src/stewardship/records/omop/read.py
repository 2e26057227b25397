"""Read, or only check, a partner's feed in the OMOP common data model."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from stewardship.records.engine import Engine, EngineError
from stewardship.records.files import Listing, SourceError, attached, list_folder
from stewardship.records.findings import Reading
from stewardship.records.omop.counted import count_findings
from stewardship.records.omop.reading import Work, check_rows, read_lookups, settle_dates, stage_all
from stewardship.records.omop.registration import settle_ends
from stewardship.records.omop.writing import write_tables
from stewardship.records.progress import Progress, silent


def read_omop(
    folder: Path,
    into: Path,
    *,
    engine: Engine,
    source: str = "omop",
    as_of: date | None = None,
    not_after: date,
    future_days: int = 31,
    small_areas: frozenset[str] | None = None,
    progress: Progress = silent,
) -> Reading:
    """Read an OMOP feed into canonical tables, one Parquet file each, and `quarantine.parquet`.

    folder: a folder of CSV or Parquet files, or a DuckDB file. into: where the tables go; the caller discards
    it if this raises. as_of: the date figures stand at; by default the last day of activity or registration
    up to `not_after`, the day of the build. A date is in the future if it lies more than `future_days` after
    that day. small_areas: codes of the areas known here. Raises SourceError if the feed cannot be read.
    """
    with _scratch(engine) as scratch, engine.own_schema("reading"), _listing(folder, engine) as listing:
        work = Work(engine, source, scratch)
        try:
            stage_all(work, listing, progress)
            settle_dates(work, as_of, not_after, future_days)
            read_lookups(work)
            check_rows(work, progress)
            settle_ends(work)
            written = write_tables(work, into, small_areas, progress)
            count_findings(work, listing, into)
        except EngineError as error:
            raise SourceError(
                f"The reading of {folder.name} stopped: {str(error).splitlines()[0]}"
            ) from error
    present = frozenset(table for table, rows in written.items() if rows)
    return Reading(source, work.as_of, written["person"], present, work.files, work.findings)


def check_omop(
    folder: Path,
    *,
    engine: Engine,
    source: str = "omop",
    as_of: date | None = None,
    not_after: date,
    future_days: int = 31,
    small_areas: frozenset[str] | None = None,
    progress: Progress = silent,
) -> Reading:
    """What `read_omop` would find; nothing that it writes stays."""
    with _scratch(engine) as into:
        return read_omop(
            folder, into, engine=engine, source=source, as_of=as_of, not_after=not_after,
            future_days=future_days, small_areas=small_areas, progress=progress,
        )  # fmt: skip


@contextmanager
def _listing(folder: Path, engine: Engine) -> Iterator[Listing]:
    if folder.is_file():
        with attached(folder, engine) as listing:
            yield listing
    else:
        yield list_folder(folder)


@contextmanager
def _scratch(engine: Engine) -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="reading-", dir=engine.scratch))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
