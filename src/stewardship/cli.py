"""The `stewardship` command."""

import tempfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from stewardship import __version__, printed
from stewardship.build import Source, build
from stewardship.care_areas.area import CareAreaError
from stewardship.invented import write_invented_omop
from stewardship.people.code_lists import CodeListError
from stewardship.printed import Steps
from stewardship.records.engine import Engine
from stewardship.records.omop import SourceError, check_omop
from stewardship.records.places import PlacesError, invented_places, read_places
from stewardship.records.snapshot import BuildInProgressError, SnapshotError, latest_snapshot
from stewardship.site import serve as site

app = typer.Typer(
    name="stewardship",
    help="Look after a million people as one: build figures from partners' data and serve them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class DayError(Exception):
    """What was given as a day is none; the message says how a day is written."""


MISTAKES = (
    DayError,
    SourceError,
    PlacesError,
    SnapshotError,
    BuildInProgressError,
    CareAreaError,
    CodeListError,
    site.AddressError,
)

INVENTED_NOTE = (
    "Everybody here is invented: these figures show how the pages work, and nothing about real people."
)

Workspace = Annotated[
    Path,
    typer.Option(
        "--workspace", "-w", metavar="FOLDER", help="Folder for what is built: snapshots, accounts, charts."
    ),
]
Port = Annotated[
    int, typer.Option(metavar="NUMBER", help="Port to serve on; 0 takes a free one.", min=0, max=65535)
]
Host = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Address to serve on. The default is this computer only.")
]
PlacesFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--places",
        metavar="FOLDER",
        help="Folder of place look-ups and deprivation; may be given more than once.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="YYYY-MM-DD", help="Day the figures stand at. Default: last day of the data."
    ),
]
FutureDays = Annotated[
    int,
    typer.Option(
        metavar="NUMBER",
        min=0,
        max=36_500,
        help="Days after the last day of the data beyond which a date is set aside.",
    ),
]


@app.command()
def demo(
    omop: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="OMOP folder or DuckDB file to show instead of invented residents."
        ),
    ] = None,
    places: PlacesFolders = None,
    spread_over_places: Annotated[
        bool, typer.Option("--spread-over-places", help="Assign homes to small areas by chance.")
    ] = False,
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="Seed of what is left to chance.")] = 1,
    residents: Annotated[
        int, typer.Option(metavar="NUMBER", min=5000, help="How many residents to invent; at least 5000.")
    ] = 20_000,
    as_of: AsOf = None,
    future_days: FutureDays = 31,
    workspace: Workspace = Path("workspace"),
    host: Host = "127.0.0.1",
    port: Port = 8000,
    only_build: Annotated[bool, typer.Option("--only-build", help="Build, and do not serve.")] = False,
) -> None:
    """Build from invented residents or an OMOP folder, and serve pages."""
    stands_at = _day(as_of)
    spread_seed = seed if spread_over_places else None
    with tempfile.TemporaryDirectory() as made, Steps() as steps:
        notes: tuple[str, ...] = ()
        name = "invented residents" if omop is None else omop.resolve().name
        if omop is None:
            omop, notes = Path(made), (INVENTED_NOTE,)
            living_in = read_places(tuple(places)) if places else invented_places()
            write_invented_omop(omop, places=living_in, residents=residents, seed=seed, progress=steps)
        source = Source(
            omop, name=name, places=tuple(places or ()), spread_seed=spread_seed, as_of=stands_at,
            future_days=future_days, notes=notes,
        )  # fmt: skip
        reading, snapshot = build(workspace, source, now=datetime.now(UTC), progress=steps)
    printed.what_was_found(reading, snapshot)
    if not only_build:
        _serve(workspace, host, port, let_in=True)


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="OMOP folder or DuckDB file.")],
    as_of: AsOf = None,
    future_days: FutureDays = 31,
) -> None:
    """Read and check a partner's data, and keep nothing."""
    stands_at = _day(as_of)
    today = datetime.now(UTC).date()
    with (
        tempfile.TemporaryDirectory() as scratch,
        closing(Engine(scratch=Path(scratch))) as engine,
        Steps() as steps,
    ):
        reading = check_omop(
            folder, engine=engine, as_of=stands_at, not_after=today, future_days=future_days, progress=steps
        )
    printed.reading(reading)


@app.command()
def serve(workspace: Workspace = Path("workspace"), host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the pages of what was built."""
    latest_snapshot(workspace)
    _serve(workspace, host, port, let_in=False)


def _serve(workspace: Path, host: str, port: int, *, let_in: bool) -> None:
    site.migrate(workspace)
    if let_in:
        from stewardship.site.demonstration import passes  # Django's models load only after migrate

        printed.how_to_sign_in(passes())
    site.serve(workspace, host, port, ready=printed.where_to_look)


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise DayError(
            f"--as-of {written} is not a day: write year, month and day, for example 2026-03-31."
        ) from None
    if not 1900 <= day.year < 2200:
        raise DayError(f"--as-of {written} is not a day of 1900 to 2199, for which figures can be made.")
    return day


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stewardship {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Look after a million people as one: build figures from partners' data and serve them."""


def main() -> None:
    """Run the command line. A user's mistake ends with one plain sentence and the exit code 2."""
    try:
        app()
    except MISTAKES as mistake:
        printed.mistake(str(mistake))
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
