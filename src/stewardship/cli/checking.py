"""`stewardship check`: read partners' data, and keep nothing."""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from stewardship import printed
from stewardship.cli.app import HERE, AsOf, FutureDays, SystemFolder, app, day_of, key_of
from stewardship.cli.building import identities_and_links
from stewardship.printed import Steps
from stewardship.records.engine import Engine
from stewardship.records.findings import Reading
from stewardship.records.identity import Identities, Naming
from stewardship.records.omop import Options, check_omop
from stewardship.system.environment import new_key
from stewardship.system.opened import open_system
from stewardship.system.settings import Identifier, SourceSettings

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
    system: SystemFolder = HERE,
) -> None:
    """Read and check partners' data, and keep nothing."""
    stands_at = day_of(as_of)
    if folder is not None:
        key = Identities(new_key().encode())
        source = SourceSettings(key_of(folder), "omop", folder, "linked", ALONE, future_days)
        found = _check([source], key, stands_at)
    else:
        opened = open_system(system, to_read_sources=True)
        found = _check(opened.sources, identities_and_links(opened), stands_at or opened.as_of, opened.memory)
    for each in found:
        if folder is None:
            printed.said(f"\n{each.source}")
        printed.reading(each)


def _check(
    sources: Sequence[SourceSettings], key: Identities, as_of: date | None, memory: str = "4GB"
) -> list[Reading]:
    today = datetime.now(UTC).date()
    with (
        tempfile.TemporaryDirectory() as scratch,
        closing(Engine(scratch=Path(scratch), memory=memory)) as engine,
        Steps(printed.plan(len(sources), results=False)) as steps,
    ):
        return [
            check_omop(source.folder, _options(source, key, as_of, today), engine=engine, progress=steps)
            for source in sources
        ]


def _options(source: SourceSettings, key: Identities, as_of: date | None, today: date) -> Options:
    named = source.identifier
    naming = Naming(key, named.namespace, named.column, named.kind)
    return Options(naming, today, source=source.key, as_of=as_of, future_days=source.future_days)
