"""Snapshots that are kept: listed, and one of them returned to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq

from stewardship.build.building import Built, at_work, stopped_in_words
from stewardship.build.publishing import publish
from stewardship.build.reach import refuse_cut_off
from stewardship.build.supplied import readings_of_supplied
from stewardship.build.written import write_under
from stewardship.measures.published import Published
from stewardship.records.findings import Reading, read_reading
from stewardship.records.gate import open_records
from stewardship.records.identity import Identities
from stewardship.records.kept import link
from stewardship.records.manifest import About, SourceEntry, read_about, read_manifest
from stewardship.records.model import OF_SOURCES, SHARED, TABLES, Table
from stewardship.records.opt_outs import FILE as OPT_OUTS
from stewardship.records.places import Places
from stewardship.records.progress import Progress, silent
from stewardship.records.quality.counts import CHECKED
from stewardship.records.row_checks import plain_day
from stewardship.records.snapshot import SnapshotError, new_snapshot
from stewardship.records.snapshot import snapshots as published
from stewardship.system.engines import expression_engine
from stewardship.system.permits import PLANNING, listed_opt_outs, permit_for
from stewardship.system.settings import System


@dataclass(frozen=True)
class Listed:
    """A snapshot that is kept.

    built: when, as ISO text. people: how many people its sources know between them, exactly. note: where its records
    came from, if not from a build of their own. served: whether the pages show it. about: what it was made for, under
    which opt-outs.
    """

    id: str
    built: str
    as_of: date
    sources: tuple[str, ...]
    people: int
    note: str
    served: bool
    about: About | None = None


def snapshots(system: System) -> list[Listed]:
    """The snapshots of a system, oldest first; the last is served."""
    folders = published(system.workspace)
    return [_listed(folder, served=folder == folders[-1]) for folder in folders]


def rollback(
    system: System, snapshot: str, *, now: datetime, identities: Identities, progress: Progress = silent
) -> Built:
    """Publish a new snapshot from the records of a former one, under today's opt-outs, rules and code.

    snapshot: its id. The figures stand at the day they stood at then. Raises SnapshotError if there is no such
    snapshot, or if its pseudonyms are not those of today, and otherwise as `build` does; whatever is raised, the
    snapshot before is served as it was.
    """
    former = _named(system, snapshot)
    about, sources, readings = _told(former, now)
    if about.ruled and not system.anonymised:
        system = replace(system, anonymised=about.ruled.anonymised)
    _refuse_other_columns(former, sources)
    _refuse_other_pseudonyms(former.name, sources, identities)
    opt_outs = listed_opt_outs(system, identities, {source.key: source.namespace for source in sources})
    permitted = permit_for(system, PLANNING.key, opt_outs, today=now.date())
    refuse_cut_off(system, permitted.opt_outs, today=now.date())
    with (
        stopped_in_words(),
        new_snapshot(system.workspace, started=now, keep=system.keep_snapshots) as folder,
        at_work(expression_engine(system, scratch := folder / "scratch"), scratch) as engine,
    ):
        records = folder / "records"
        _link_all(former / "records", records)
        about = write_under(records, sources, about, system, permitted.opt_outs)
        opened = open_records(records, engine, permitted)
        left_out = opened.left_out()
        made = publish(
            folder, opened, readings, Places.read(records / "shared"), about,
            system=system, now=now, progress=progress,
        )  # fmt: skip
        supplied = tuple(readings_of_supplied(records))
    return Built(tuple(readings), made, {source.key: () for source in sources}, left_out, about, supplied)


def _named(system: System, snapshot: str) -> Path:
    folders = {folder.name: folder for folder in published(system.workspace)}
    if snapshot not in folders:
        there = ", ".join(folders) or "none"
        raise SnapshotError(f"There is no snapshot {snapshot}. Those that are kept: {there}.")
    return folders[snapshot]


def _refuse_other_pseudonyms(snapshot: str, sources: Sequence[SourceEntry], identities: Identities) -> None:
    """A list hashed today finds nobody among people who were hashed with another key, or linked by other links."""
    other = [each.key for each in sources if each.pseudonyms != identities.fingerprint(each.namespace)]
    if other:
        raise SnapshotError(
            f"The pseudonyms of the snapshot {snapshot} are not those of today ({', '.join(other)}): the key or the "
            "crosswalk has changed since it was built, and today's opt-outs would not find everybody in it. Build "
            "anew instead."
        )


def _refuse_other_columns(former: Path, sources: Sequence[SourceEntry]) -> None:
    """Tables of another version of the software may lack columns that figures are made of today."""
    of_sources = [
        (each, former / "records" / "sources" / source.key) for source in sources for each in OF_SOURCES
    ]
    lacking = sorted(
        f"{column} of {table}"
        for table, folder in (*of_sources, *((each, former / "records" / "shared") for each in SHARED))
        for column in _lacking(folder / f"{table}.parquet", TABLES[table])
    )
    if lacking:
        raise SnapshotError(
            f"The snapshot {former.name} was built by another version, whose tables lack {lacking[0]}: it cannot be "
            "returned to, and the snapshot before is served as it was. Build anew instead."
        )


def _lacking(path: Path, table: Table) -> set[str]:
    """Columns that a table has today, and a former one lacks; of a table that was not there nothing is told."""
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path] if path.is_file() else []
    return {column for file in files for column in {*table.schema.names} - {*pq.read_schema(file).names}}


def _told(former: Path, now: datetime) -> tuple[About, list[SourceEntry], list[Reading]]:
    """What a former snapshot says of its records, of their sources, and of how each was read."""
    try:
        sources = read_manifest(former / "records")
        readings = [read_reading(former / "records" / "sources" / source.key) for source in sources]
        return _about(former, now), sources, readings
    except (OSError, TypeError, KeyError, ValueError) as error:
        raise SnapshotError(
            f"The snapshot {former.name} cannot be returned to: it is damaged, or another version made it. Build anew "
            "instead."
        ) from error


def _about(former: Path, now: datetime) -> About:
    about = read_about(former / "records")
    if about is None:
        raise SnapshotError(
            f"The snapshot {former.name} does not say what its records are: build anew instead."
        )
    note = (
        f"On {plain_day(now.date())} the records of the snapshot {former.name} were returned to; opt-outs and rules "
        "are those of that day."
    )
    return replace(about, note=note)


def _link_all(former: Path, records: Path) -> None:
    """The same files under other names, but for what is made anew each time."""
    anew = {"manifest.json", OPT_OUTS, CHECKED}
    for path in sorted(former.rglob("*")):
        to = records / path.relative_to(former)
        if path.is_dir():
            to.mkdir(parents=True)
        elif path.name not in anew:
            to.parent.mkdir(parents=True, exist_ok=True)
            link(path, to)


def _listed(folder: Path, *, served: bool) -> Listed:
    try:
        told, about = Published(folder / "results").snapshot, read_about(folder / "records")
    except (TypeError, KeyError, ValueError) as error:
        raise SnapshotError(
            f"The snapshot {folder.name} cannot be read: it is damaged, or another version made it. Take {folder} away."
        ) from error
    sources: Sequence[str] = [source["name"] for source in told.sources]
    people = about.people if about else sum(source["people"] or 0 for source in told.sources)
    note = about.note if about else ""
    return Listed(folder.name, told.built_at, told.as_of, tuple(sources), people, note, served, about)
