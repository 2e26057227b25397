"""`stewardship demo` and `serve`: pages to look at."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from stewardship import printed
from stewardship.cli.app import (
    HERE,
    AsOf,
    FutureDays,
    Host,
    PlacesFolders,
    Port,
    SystemFolder,
    app,
    day_of,
    key_of,
)
from stewardship.cli.building import build_all
from stewardship.invented import write_invented_omop
from stewardship.printed import Steps
from stewardship.records.files import SourceError
from stewardship.records.places import PlacesError, invented_places, read_places
from stewardship.records.snapshot import snapshots
from stewardship.site import serve as site
from stewardship.system.making import Shown, demonstration
from stewardship.system.opened import open_system
from stewardship.system.settings import Identifier, PlacesSettings, SourceSettings, System

INVENTED_NOTE = (
    "Everybody here is invented: these figures show how the pages work, and nothing about real people."
)
NOBODY = "invented residents: nobody's data"
NOT_INVENTED = "stated by whoever runs this demonstration: the data hold no real people, or were anonymised"


@app.command()
def demo(
    omop: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="OMOP folder or DuckDB file to show instead of invented residents. It must be anonymised.",
        ),
    ] = None,
    places: PlacesFolders = None,
    spread_over_places: Annotated[
        bool, typer.Option("--spread-over-places", help="Assign homes to small areas by chance.")
    ] = False,
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="Seed of what is left to chance.", min=0)] = 1,
    residents: Annotated[
        int, typer.Option(metavar="NUMBER", min=5000, help="How many residents to invent; at least 5000.")
    ] = 20_000,
    as_of: AsOf = None,
    future_days: FutureDays = 31,
    folder: Annotated[
        Path, typer.Option("--folder", "-f", metavar="FOLDER", help="Folder of the demonstration's system.")
    ] = Path("stewardship-demo"),
    host: Host = "127.0.0.1",
    port: Port = 8000,
    only_build: Annotated[bool, typer.Option("--only-build", help="Build, and do not serve.")] = False,
) -> None:
    """Build from invented residents or OMOP, and serve."""
    stands_at, now = day_of(as_of), datetime.now(UTC)
    if omop is not None and not omop.exists():
        raise SourceError(f"There is no folder {omop}: give the folder that holds the files.")
    if absent := [place for place in places or () if not place.is_dir()]:
        raise PlacesError(f"There is no folder {absent[0]}: name a folder that holds files of places.")
    living = PlacesSettings(
        tuple(place.resolve() for place in places or ()), seed if spread_over_places else None
    )
    with Steps(printed.plan(1, making=omop is None)) as steps:
        demonstration(folder, _shown(omop, living, seed, stands_at, future_days, now.date()))
        if omop is None:
            _invent(folder / "invented", living, residents, seed, steps)
        system = open_system(folder, to_read_sources=True)
        made, before = build_all(system, now=now, steps=steps)
    printed.summary(system, made, before=before, seconds=steps.seconds)
    if not only_build:
        _serve(system, host, port, let_in=True)


@app.command()
def serve(system: SystemFolder = HERE, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the pages of what was built.

    Before the first build there are no figures; people can be let in already.
    """
    opened = open_system(system)
    if not snapshots(opened.workspace):
        printed.said("Nothing has been built yet. The pages show figures once `stewardship build` has run.")
    _serve(opened, host, port, let_in=False)


def _shown(
    omop: Path | None, places: PlacesSettings, seed: int, as_of: date | None, future_days: int, today: date
) -> Shown:
    invented = omop is None
    source = SourceSettings(
        key="invented-residents" if omop is None else key_of(omop),
        reader="omop",
        folder=Path("invented") if omop is None else omop.resolve(),
        kind="linked",
        identifier=Identifier("pseudonym", "demonstration", "person_id"),
        future_days=future_days,
    )
    return Shown(
        sources=(source,),
        anonymised=NOBODY if invented else NOT_INVENTED,
        seed=seed,
        today=today,
        places=places,
        as_of=as_of,
        notes=(INVENTED_NOTE,) if invented else (),
    )


def _invent(into: Path, places: PlacesSettings, residents: int, seed: int, steps: Steps) -> None:
    """Invent the residents anew: whole, or the ones before stay."""
    living_in = read_places(places.folders) if places.folders else invented_places()
    made = into.with_name(f".{into.name}")
    shutil.rmtree(made, ignore_errors=True)
    write_invented_omop(made, places=living_in, residents=residents, seed=seed, progress=steps)
    shutil.rmtree(into, ignore_errors=True)
    made.rename(into)


def _serve(system: System, host: str, port: int, *, let_in: bool) -> None:
    site.migrate(system.workspace)
    if let_in and system.demonstration:
        from stewardship.site.demonstration import passes  # Django's models load only after migrate

        printed.how_to_sign_in(passes())
    site.serve(system.workspace, host, port, ready=printed.where_to_look)
