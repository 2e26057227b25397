"""Read, or only check, a partner's feed in the OMOP common data model."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stewardship.records.engine import Engine
from stewardship.records.engines import EngineError, NoRoomError, why
from stewardship.records.files import Listing, SourceError, attached, list_folder
from stewardship.records.findings import Reading
from stewardship.records.omop.counted import count_findings
from stewardship.records.omop.options import Options
from stewardship.records.omop.persons import check_persons, find_visits
from stewardship.records.omop.reading import Work, check_events, read_lookups, settle_dates, stage_all
from stewardship.records.omop.registration import settle_ends
from stewardship.records.omop.writing import write_tables
from stewardship.records.progress import Progress, silent
from stewardship.records.staging import Keeping, Staging


def read_omop(
    folder: Path,
    into: Path,
    options: Options,
    *,
    engine: Engine,
    keeping: Keeping | None = None,
    progress: Progress = silent,
) -> tuple[Reading, Staging]:
    """Read an OMOP feed into canonical tables, one Parquet file each, and `quarantine.parquet`.

    folder: a folder of CSV or Parquet files, or a DuckDB file. into: where the tables go; the caller discards
    it if this raises. keeping: where staged files are kept to be used again, and taken from. Returns what was made
    of the feed, and which of its files were parsed. Raises SourceError if the feed cannot be read.
    """
    with (
        _scratch(engine) as scratch,
        engine.own_schema("reading"),
        engine.function("person_number", options.naming.remembering()),
        engine.function("person_check", options.naming.checks),
        _listing(folder, engine) as listing,
    ):
        work, staging = Work(engine, options), Staging(engine, scratch, keeping)
        try:
            stage_all(work, listing, staging, progress)
            settle_dates(work)
            read_lookups(work)
            check_persons(work)
            find_visits(work)
            check_events(work, progress)
            settle_ends(work)
            written = write_tables(work, into, progress)
            count_findings(work, listing, into)
        except NoRoomError:
            raise
        except EngineError as error:
            raise SourceError(f"The reading of {folder.name} stopped: {why(error)}") from error
    present = frozenset(table for table, rows in written.items() if rows)
    reading = Reading(
        options.source,
        work.as_of,
        written["person"],
        present,
        work.files,
        work.findings,
        work.seen,
        work.later,
    )
    return reading, staging


def check_omop(folder: Path, options: Options, *, engine: Engine, progress: Progress = silent) -> Reading:
    """What `read_omop` would find; nothing that it writes stays."""
    with _scratch(engine) as into:
        return read_omop(folder, into, options, engine=engine, progress=progress)[0]


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
