"""A build: from partners' files to published results, in a new snapshot."""

import gc
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from stewardship.build.boundaries import boundaries_of, keep_boundaries
from stewardship.build.cancer_waits import cancer_waits_of, keep_cancer_waits
from stewardship.build.feeds import Feed, Feeds
from stewardship.build.options import areas_known, places_of
from stewardship.build.publishing import publish
from stewardship.build.reach import namespaces_of, refuse_cut_off
from stewardship.build.shorter import read_before, shorter
from stewardship.build.supplied import readings_of_supplied
from stewardship.build.written import write_records
from stewardship.measures.published import Snapshot
from stewardship.records.engines import EngineError, ExpressionEngine, NoRoomError, why
from stewardship.records.files import SourceError
from stewardship.records.findings import Finding, Reading
from stewardship.records.gate import OF_GENERAL_PRACTICE, open_records
from stewardship.records.identity import Identities
from stewardship.records.manifest import About
from stewardship.records.opened import Records
from stewardship.records.progress import Progress, silent
from stewardship.records.row_checks import plain_day
from stewardship.records.snapshot import SnapshotError, new_snapshot
from stewardship.system.engines import expression_engine, reading_engine, refuse_silent_engine
from stewardship.system.permits import PLANNING, listed_opt_outs, permit_for
from stewardship.system.settings import System

LATE_DAYS = 31
E = TypeVar("E", bound=ExpressionEngine)


@dataclass(frozen=True)
class Built:
    """What a build made.

    readings: what was read of each source, exactly, in the order of the settings. snapshot: what is published.
    parsed: the files that were parsed, by the key of their source; all others were reused as they had been read.
    left_out: how many people the opt-outs leave out of some source or of all, exactly: to be published after
    disclosure control alone. about: what is to be known of the records as a whole. supplied: what was read beside the
    sources.
    """

    readings: tuple[Reading, ...]
    snapshot: Snapshot
    parsed: dict[str, tuple[str, ...]]
    left_out: int
    about: About
    supplied: tuple[Reading, ...] = ()


def build(system: System, *, now: datetime, identities: Identities, progress: Progress = silent) -> Built:
    """Build a snapshot in the system's workspace and publish it.

    now: the moment of the build; no later day is the last day of any data. identities: makes person_id. Raises
    GateError and OptOutError before any data are touched; SourceError or PlacesError for what cannot be read;
    BuildInProgressError while another build is under way; SnapshotError where the disk has no room. Whatever is
    raised, the snapshot before is served as it was.
    """
    opt_outs = listed_opt_outs(system, identities, namespaces_of(system))
    permitted = permit_for(system, PLANNING.key, opt_outs, today=now.date())
    refuse_cut_off(system, permitted.opt_outs, today=now.date())
    _refuse_without_registrations(system)
    places = places_of(system.places)
    drawn = boundaries_of(system, places)
    waits = cancer_waits_of(system, today=now.date())
    feeds, read = Feeds(system.workspace), list[Feed]()
    with (
        stopped_in_words(),
        rarely_collected(),
        new_snapshot(
            system.workspace, started=now, keep=system.keep_snapshots, then=lambda: feeds.clear_all_but(read)
        ) as folder,
    ):
        refuse_silent_engine(system)
        with at_work(reading_engine(system, scratch := folder / "scratch"), scratch) as reader:
            read += feeds.read(
                system, reader, identities=identities, small_areas=areas_known(system.places, places),
                today=now.date(), progress=progress,
            )  # fmt: skip
            as_of = system.as_of or _last_day(read)
            readings = [_settled(feed.reading, as_of, system.workspace) for feed in read]
            about = write_records(
                folder / "records", read, readings, places, system, reader,
                identities=identities, opt_outs=permitted.opt_outs, as_of=as_of, today=now.date(),
            )  # fmt: skip
            keep_boundaries(folder / "records", drawn, today=now.date())
            keep_cancer_waits(folder / "records", waits)
        with at_work(expression_engine(system, scratch), scratch) as engine:
            records = open_records(folder / "records", engine, permitted)
            _refuse_nobody(records, as_of)
            left_out = records.left_out()
            snapshot = publish(
                folder, records, readings, places, about, system=system, now=now, progress=progress
            )
        supplied = tuple(readings_of_supplied(folder / "records"))
    parsed = {feed.source.key: feed.parsed for feed in read}
    return Built(tuple(readings), snapshot, parsed, left_out, about, supplied)


def _refuse_without_registrations(system: System) -> None:
    if not any(source.kind in OF_GENERAL_PRACTICE for source in system.sources):
        raise SourceError(
            "No source says who is registered with a practice, so there is nobody to make figures of. One source must "
            f"be of the kind {' or '.join(OF_GENERAL_PRACTICE)}."
        )


def _last_day(feeds: Sequence[Feed]) -> date:
    """The latest last day of a source that registers people: others may know of appointments to come."""
    return max(feed.reading.as_of for feed in feeds if feed.registers)


def _refuse_nobody(records: Records, as_of: date) -> None:
    """Figures of nobody would all be 0, and look as if they had been counted. Where no registrations have been sent at
    all, the pages say that."""
    if "registration" not in records.present:
        return
    spells = records.table("registration")
    lasting = (spells.start <= as_of) & (spells.end.isnull() | (spells.end >= as_of))
    if not records.engine.ibis.to_pyarrow(spells.filter(lasting).limit(1)).num_rows:
        raise SourceError(
            f"Nobody is registered with a practice on {plain_day(as_of)}, the day that figures stand at, so nothing "
            "was built. Look at OBSERVATION_PERIOD and at `as_of` of the settings."
        )


def _settled(reading: Reading, as_of: date, workspace: Path) -> Reading:
    """A source's reading as part of a system whose figures stand at a day, beside what was read of it before."""
    last = reading.last_day
    lacking = shorter(reading.files, read_before(workspace, reading.source))
    late = (
        [] if last is None or (as_of - last).days <= LATE_DAYS else [_ends_early(reading.source, last, as_of)]
    )
    return replace(reading, as_of=as_of, findings=[*reading.findings, *late, *lacking])


def _ends_early(source: str, last: date, as_of: date) -> Finding:
    days = (as_of - last).days
    return Finding(
        f"The source ends more than {LATE_DAYS} days before the day that figures stand at",
        source,
        "fail",
        consequence=f"It ends on {plain_day(last)}, {days:,} days before {plain_day(as_of)}: figures of those days "
        "lack what it would tell.",
    )


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Objects that point at each other are looked for rarely: expressions are millions of objects that stay until the
    end, and to go through them again and again takes a seventh of a build."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def at_work(engine: E, scratch: Path) -> Iterator[E]:
    """An engine that works in a folder being built, and leaves nothing in it."""
    try:
        with engine.failures():
            yield engine
    finally:
        engine.close()
    shutil.rmtree(scratch)


@contextmanager
def stopped_in_words() -> Iterator[None]:
    """What the disk or the engine cannot do, said as a sentence."""
    before = "Nothing was published, and the snapshot before is served as it was."
    try:
        yield
    except NoRoomError as error:
        raise SnapshotError(
            f"The build stopped: there is no room on the disk. {before} Make room, then build again."
        ) from error
    except EngineError as error:
        raise SnapshotError(f"The build stopped: {why(error)}. {before}") from error
    except OSError as error:
        raise SnapshotError(
            f"The build stopped: {error.strerror or 'the disk cannot be read or written'}. {before} See that the disk "
            "of the workspace has room and can be written to, then build again."
        ) from error
