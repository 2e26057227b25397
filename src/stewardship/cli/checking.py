"""`stewardship check`: read partners' data as a build would, and keep nothing."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from stewardship import printed
from stewardship.build import (
    areas_known,
    check_supplied,
    namespaces_of,
    places_of,
    reading_options,
    refuse_cut_off,
)
from stewardship.cli.app import HERE, Anonymised, AsOf, FutureDays, SystemFolder, app, day_of, key_of
from stewardship.cli.building import identities_and_links
from stewardship.printed import Steps
from stewardship.records.engine import Engine
from stewardship.records.extracts import ExtractOptions, check_extracts
from stewardship.records.extracts.kinds import holds_extracts
from stewardship.records.files import SourceError
from stewardship.records.findings import Reading
from stewardship.records.identity import Identities
from stewardship.records.model import OPT_OUT_KINDS
from stewardship.records.omop import Options, check_omop
from stewardship.system.environment import new_key
from stewardship.system.opened import open_system
from stewardship.system.permits import PLANNING, listed_opt_outs, permit_for
from stewardship.system.settings import Identifier, SourceSettings, System

ALONE = Identifier("pseudonym", "checked-alone", "person_id")


@app.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", help="OMOP folder or DuckDB file to check alone. Default: the system's sources."
        ),
    ] = None,
    as_of: AsOf = None,
    future_days: FutureDays = 31,
    anonymised: Anonymised = "",
    system: SystemFolder = HERE,
) -> None:
    """Read and check partners' data, and keep nothing."""
    stands_at, today = day_of(as_of), datetime.now(UTC).date()
    if folder is None:
        _check_system(open_system(system, anonymised=anonymised, to_read_sources=True), stands_at, today)
        return
    _refuse_extracts(folder)
    source = SourceSettings(key_of(folder), "omop", folder, "linked", ALONE, future_days)
    options = reading_options(
        source, Identities(new_key().encode()), as_of=stands_at, today=today, small_areas=None
    )
    for each in _read([(source, options)]):
        printed.reading(each)


def _refuse_extracts(folder: Path) -> None:
    """Alone, a folder is read as OMOP: of a partner's own files that would tell nothing."""
    if holds_extracts(folder):
        raise SourceError(
            f"{folder} holds a partner's own extracts, and a folder that is checked alone is read as OMOP: name it as "
            'a source with reader = "extracts" in system.toml, and run `stewardship check` without a folder.'
        )


def _check_system(system: System, as_of: date | None, today: date) -> None:
    """The sources as the next build would read them, then the list of opt-outs as it would apply it."""
    linked, areas = identities_and_links(system), areas_known(system.places, places_of(system.places))
    sources = [
        (each, reading_options(each, linked, as_of=as_of or system.as_of, today=today, small_areas=areas))
        for each in system.sources
    ]
    for found in _read(sources, system.memory, system.threads):
        printed.said(f"\n{found.source}")
        printed.reading(found)
    _check_supplied(system, today)
    _check_opt_outs(system, linked, today)


def _check_supplied(system: System, today: date) -> None:
    with _engine(system.memory, system.threads) as engine:
        for found in check_supplied(system, engine, today=today):
            printed.said(f"\n{found.source}\n")
            printed.supplied(found)


def _check_opt_outs(system: System, identities: Identities, today: date) -> None:
    listed = listed_opt_outs(system, identities, namespaces_of(system))
    permit_for(system, PLANNING.key, listed, today=today)
    refuse_cut_off(system, listed, today=today)
    people = len(listed.standing(OPT_OUT_KINDS, today)) if listed else 0
    printed.opt_outs_listed(system, listed, people)


def _read(
    sources: Sequence[tuple[SourceSettings, Options]], memory: str | None = None, threads: int | None = None
) -> list[Reading]:
    with (
        _engine(memory, threads) as engine,
        Steps(printed.plan(len(sources), results=False)) as steps,
    ):
        return [_checked(source, options, engine, steps) for source, options in sources]


@contextmanager
def _engine(memory: str | None, threads: int | None) -> Iterator[Engine]:
    """An engine that leaves nothing behind."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        closing(Engine(scratch=Path(scratch), memory=memory, threads=threads)) as engine,
        engine.failures(),
    ):
        yield engine


def _checked(source: SourceSettings, options: Options, engine: Engine, steps: Steps) -> Reading:
    if isinstance(options, ExtractOptions):
        return check_extracts(source.folder, options, engine=engine, progress=steps)
    return check_omop(source.folder, options, engine=engine, progress=steps)
