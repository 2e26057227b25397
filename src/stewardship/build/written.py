"""A snapshot's records, written from what was read: each source by itself, and what all of them share."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from stewardship.build.feeds import Feed
from stewardship.records.engine import Engine, quoted, read_from
from stewardship.records.findings import Reading, write_reading
from stewardship.records.identity import Identities
from stewardship.records.kept import link
from stewardship.records.manifest import About, SourceEntry, write_manifest
from stewardship.records.model import OF_SOURCES, ORGANISATION
from stewardship.records.omop.writing import IDENTITIES
from stewardship.records.places import Places, spread_over_places
from stewardship.records.places.places import rows_of
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
    as_of: date,
) -> About:
    """Write the records of a snapshot, all but the opt-outs; returns what is to be known of them as a whole.

    readings: as they count in this system, in the order of the feeds. identities: what made their person_id.
    """
    notes = list(system.notes)
    for feed, reading in zip(feeds, readings, strict=True):
        folder = records / "sources" / feed.source.key
        folder.mkdir(parents=True)
        for table in LINKED:
            link(feed.tables / f"{table}.parquet", folder / f"{table}.parquet")
        write_reading(folder, reading)
        if system.places.spread_seed is not None:
            notes.append(spread_over_places(folder, places, seed=system.places.spread_seed, engine=engine))
    _write_shared(records / "shared", feeds, places)
    about = About(as_of, _people(records, feeds, engine), tuple(dict.fromkeys(notes)))
    write_manifest(records, [_entry(feed, identities, engine) for feed in feeds], about)
    return about


def _entry(feed: Feed, identities: Identities, engine: Engine) -> SourceEntry:
    reading, namespace = feed.reading, feed.source.identifier.namespace
    # A person whom the crosswalk names has no check: see `Identities.checks`.
    ((people, unlinked),) = engine.rows(
        "SELECT count(*), count(identity_check) "  # noqa: S608
        f"FROM read_parquet({quoted(read_from(feed.tables / IDENTITIES))})"
    )
    return SourceEntry(
        key=feed.source.key,
        kind=feed.source.kind,
        parsed=feed.key,
        present=reading.present,
        as_of=reading.last_day or reading.as_of,
        namespace=namespace,
        pseudonyms=identities.fingerprint(namespace),
        people=int(people),
        unlinked=int(unlinked),
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


def _people(records: Path, feeds: Sequence[Feed], engine: Engine) -> int:
    """How many people the sources know between them."""
    files = [read_from(records / "sources" / feed.source.key / "person.parquet") for feed in feeds]
    listed = ", ".join(quoted(file) for file in files)
    ((people,),) = engine.rows(f"SELECT count(DISTINCT person_id) FROM read_parquet([{listed}])")  # noqa: S608
    return int(people)
