"""A snapshot's records, written from what was read: each source by itself, and what all of them share."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from stewardship.build.feeds import Feed
from stewardship.build.reach import refuse_unlinked
from stewardship.build.supplied import write_supplied
from stewardship.records.engine import Engine
from stewardship.records.findings import Reading, write_reading
from stewardship.records.identity import Identities
from stewardship.records.kept import link
from stewardship.records.manifest import About, OptOutsApplied, Ruled, SourceEntry, write_manifest
from stewardship.records.model import OF_SOURCES, ORGANISATION, PERSON, TABLES
from stewardship.records.omop.writing import IDENTITIES
from stewardship.records.opt_outs import OptOutList, write_opt_outs
from stewardship.records.places import Places, spread_over_places
from stewardship.records.places.places import rows_of
from stewardship.records.superseded import FILE as SUPERSEDED
from stewardship.records.superseded import (
    SAME_PERSON,
    newest_of,
    people_in,
    superseded_in,
    write_moved,
    write_superseded,
)
from stewardship.system.permits import PLANNING
from stewardship.system.settings import System

LINKED = (*OF_SOURCES, "quarantine")


def write_records(
    records: Path,
    feeds: Sequence[Feed],
    readings: Sequence[Reading],
    places: Places,
    system: System,
    engine: Engine,
    *,
    identities: Identities,
    opt_outs: OptOutList | None,
    as_of: date,
    today: date,
) -> About:
    """Write the records of a snapshot; returns what is to be known of them as a whole.

    readings: as they count in this system, in the order of the feeds. identities: what made their person_id.
    opt_outs: the list that is applied to them. today: the day of the build.
    """
    notes = list(system.notes)
    for feed, reading in zip(feeds, readings, strict=True):
        folder = records / "sources" / feed.source.key
        folder.mkdir(parents=True)
        for table in LINKED:
            _link(feed.files(table), folder / f"{table}.parquet")
        write_reading(folder, reading)
        if system.places.spread_seed is not None:
            notes.append(spread_over_places(folder, places, seed=system.places.spread_seed, engine=engine))
    _write_shared(records / "shared", feeds, places)
    newest = newest_of(_pairs(feeds, SUPERSEDED))
    write_superseded(records / "shared", newest, _pairs(feeds, SAME_PERSON))
    _write_moved(records, feeds, engine)
    write_supplied(records, places, system, engine, today=today)
    about = About(as_of, _people(records, feeds, newest, engine), tuple(dict.fromkeys(notes)))
    sources = [_entry(feed, identities, newest, engine) for feed in feeds]
    return write_under(records, sources, about, system, opt_outs)


def _link(files: Mapping[str, Path], path: Path) -> None:
    """Put a table into the snapshot: one file, or a folder of that name with its files."""
    if len(files) == 1:
        link(next(iter(files.values())), path)
        return
    path.mkdir()
    for name, file in files.items():
        link(file, path / f"{name}.parquet")


def _write_moved(records: Path, feeds: Sequence[Feed], engine: Engine) -> None:
    """Write the rows of people who have a newer number under that number."""
    superseded = superseded_in(records / "shared")
    for feed in feeds if superseded is not None else ():
        tables = [each for each in OF_SOURCES if _of_people(each)]
        folder = records / "sources" / feed.source.key
        write_moved(
            folder, {table: _files(folder / f"{table}.parquet") for table in tables}, superseded, engine
        )


def _files(path: Path) -> list[Path]:
    """The files of a table of the snapshot, which is one or a folder of them."""
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]


def _of_people(table: str) -> bool:
    return "person_id" in TABLES[table].schema.names


def _pairs(feeds: Sequence[Feed], name: str) -> list[tuple[int, int]]:
    """Numbers and those that took their place, as the sources tell in a file of that name."""
    told = [feed.tables / name for feed in feeds]
    rows = [row for path in told if path.is_file() for row in pq.read_table(path).to_pylist()]
    return [(row["person_id"], row["newer"]) for row in rows]


def write_under(
    records: Path,
    sources: Sequence[SourceEntry],
    about: About,
    system: System,
    opt_outs: OptOutList | None,
) -> About:
    """Write the manifest, with what was ruled of the use, and the list of opt-outs. Raises OptOutError if that list
    does not reach the people of a source."""
    ruled = next(use for use in system.uses if use.use == PLANNING.key)
    about = replace(
        about,
        ruled=Ruled(**asdict(ruled), anonymised=system.anonymised),
        opt_outs=None
        if opt_outs is None
        else OptOutsApplied(opt_outs.file, opt_outs.as_of, opt_outs.rows.num_rows),
    )
    write_manifest(records, list(sources), about)
    if opt_outs is not None:
        refuse_unlinked(system, sources)
        write_opt_outs(records, opt_outs)
    return about


def _entry(feed: Feed, identities: Identities, newest: Mapping[int, int], engine: Engine) -> SourceEntry:
    reading, namespace = feed.reading, feed.source.identifier.namespace
    # A person whom the crosswalk names has no check: see `Identities.checks`.
    known = [feed.tables / IDENTITIES]
    people = people_in(known, newest, engine)
    unlinked = people_in(known, newest, engine, where="identity_check IS NOT NULL")
    return SourceEntry(
        key=feed.source.key,
        kind=feed.source.kind,
        parsed=feed.key,
        present=reading.present,
        as_of=reading.last_day or reading.as_of,
        namespace=namespace,
        pseudonyms=identities.fingerprint(namespace),
        people=people,
        unlinked=unlinked,
    )


def _write_shared(shared: Path, feeds: Sequence[Feed], places: Places) -> None:
    """Organisations by code as the places tell, else as the first source that names them; places, small areas."""
    named: dict[str, dict[str, object]] = {}
    for feed in feeds:
        for row in pq.read_table(feed.tables / f"{ORGANISATION.name}.parquet").to_pylist():
            named.setdefault(row["code"], row)
    shared.mkdir()
    pq.write_table(rows_of(ORGANISATION, named.values()), shared / f"{ORGANISATION.name}.parquet")
    places.write(shared)


def _people(records: Path, feeds: Sequence[Feed], newest: Mapping[int, int], engine: Engine) -> int:
    """How many people the sources know between them."""
    files = [records / "sources" / feed.source.key / f"{PERSON.name}.parquet" for feed in feeds]
    return people_in(files, newest, engine)
