"""A build: from partners' files to published results, in a new snapshot."""

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from stewardship.build.publishing import publish
from stewardship.measures.published import Snapshot
from stewardship.records.engine import Engine
from stewardship.records.findings import Reading
from stewardship.records.identity import Identities
from stewardship.records.omop import SourceError, read_omop
from stewardship.records.opened import Records
from stewardship.records.places import Places, invented_places, read_places, spread_over_places
from stewardship.records.progress import Progress, silent
from stewardship.records.snapshot import new_snapshot
from stewardship.system.settings import System


@dataclass(frozen=True)
class Built:
    """What a build made.

    readings: what was read of each source, exactly, in the order of the settings. snapshot: what is published.
    parsed: the files that were parsed, by the key of their source; all others were reused as they had been read.
    """

    readings: tuple[Reading, ...]
    snapshot: Snapshot
    parsed: dict[str, tuple[str, ...]]


def build(system: System, *, now: datetime, identities: Identities, progress: Progress = silent) -> Built:
    """Build a snapshot in the system's workspace and publish it.

    now: the moment of the build; dates up to its day count. identities: makes person_id. Raises SourceError or
    PlacesError for what cannot be read, BuildInProgressError while another build is under way; whatever is
    raised, the snapshot before is untouched.
    """
    with new_snapshot(system.workspace, started=now) as folder:
        engine = Engine(scratch=folder / "scratch", memory=system.memory, threads=system.threads)
        try:
            reading, places, notes = read(system, folder / "records", engine, now=now, progress=progress)
            records = Records(folder / "records", engine, reading.present)
            snapshot = publish(folder, records, reading, places, notes, now=now, progress=progress)
        finally:
            engine.close()
        shutil.rmtree(folder / "scratch")
    return Built((reading,), snapshot, {})


def read(
    system: System, into: Path, engine: Engine, *, now: datetime, progress: Progress = silent
) -> tuple[Reading, Places, list[str]]:
    """Read a source and its places into canonical tables; and what must be said on every page.

    Raises SourceError where nobody could be loaded: pages about nobody would take the place of good ones.
    """
    into.mkdir(parents=True)
    (source,) = system.sources
    seed = system.places.spread_seed
    places = read_places(system.places.folders) if system.places.folders else invented_places()
    reading = read_omop(
        source.folder,
        into,
        engine=engine,
        source=source.key,
        as_of=system.as_of,
        not_after=now.date(),
        future_days=source.future_days,
        small_areas=None if seed is not None else places.small_areas,
        progress=progress,
    )
    if not reading.people:
        raise SourceError(
            f"{source.folder} holds nobody: no row of PERSON could be loaded, so nothing was built. "
            "`stewardship check` says what was found."
        )
    places.write(into)
    exact = json.dumps(asdict(reading), default=_plain, ensure_ascii=False, indent=1)
    (into / "reading.json").write_text(exact, encoding="utf-8")
    notes = list(system.notes)
    if seed is not None:
        notes.append(spread_over_places(into, places, seed=seed, engine=engine))
    return reading, places, notes


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
