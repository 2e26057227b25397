"""`stewardship demo` and `serve`: pages to look at."""

import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from stewardship.cli.building import build_all, plan_of
from stewardship.cli.demonstrating import (
    SEED,
    Asked,
    Current,
    is_made,
    of_extracts,
    of_omop,
    refuse_real_people,
)
from stewardship.cli.synthesising import cores
from stewardship.printed import Steps
from stewardship.records.files import SourceError
from stewardship.records.places import PlacesError
from stewardship.records.snapshot import snapshots
from stewardship.site import serve as site
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.synthesise import TRUTH, synthesise
from stewardship.system.made_up import made_with
from stewardship.system.making import Shown, demonstration
from stewardship.system.opened import open_system
from stewardship.system.settings import PlacesSettings, System

if TYPE_CHECKING:
    from stewardship.site.demonstration import Pass  # whose models load only once the site is prepared


@app.command()
def demo(
    omop: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="OMOP folder or DuckDB file to show instead of made-up residents. It must be anonymised.",
        ),
    ] = None,
    extracts: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder that `stewardship synthesise` made, to show."),
    ] = None,
    places: PlacesFolders = None,
    spread_over_places: Annotated[
        bool, typer.Option("--spread-over-places", help="With --omop: assign homes to small areas by chance.")
    ] = False,
    residents: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="How many residents to make up. Default: as before, or 60,000."),
    ] = None,
    years: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Of how many years. Default: as before, or 5.")
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER", help="Seed of what is left to chance. Default: as before, or 1.", min=0
        ),
    ] = None,
    as_of: AsOf = None,
    future_days: FutureDays = 31,
    folder: Annotated[
        Path, typer.Option("--folder", "-f", metavar="FOLDER", help="Folder of the demonstration's system.")
    ] = Path("stewardship-demo"),
    host: Host = "127.0.0.1",
    port: Port = 8000,
    anew: Annotated[bool, typer.Option("--anew", help="Make everything anew, though it is there.")] = False,
    only_build: Annotated[bool, typer.Option("--only-build", help="Build, and do not serve.")] = False,
) -> None:
    """Make up residents, build and serve; or show OMOP.

    From the second run it starts with what is there.
    """
    stands_at, now = day_of(as_of), datetime.now(UTC)
    _refuse_both(omop, extracts, residents, years, seed)
    to_make: Plan | None = None
    if omop is None:
        _refuse_places(places, spread_over_places)
        made_up = (extracts or folder / "extracts").resolve()
        plan = None if extracts else Asked(residents, years, seed).plan(made_up, now.date())
        _refuse_absent(extracts)
        to_make = plan if plan and (anew or not is_made(plan, made_up)) else None
        shown = of_extracts(
            made_up, seed=plan.seed if plan else SEED, today=now.date(), as_of=stands_at, to_make=to_make
        )
    else:
        chance = SEED if seed is None else seed
        living = _living_in(omop, places, chance if spread_over_places else None)
        shown = of_omop(
            key_of(omop), omop.resolve(), places=living, seed=chance, today=now.date(), as_of=stands_at,
            future_days=future_days,
        )  # fmt: skip
    current = Current(folder / "workspace", shown)
    if to_make:
        _refuse_others_files(made_up)
    if anew or to_make or not current.stands():
        if omop is None and not to_make:
            refuse_real_people(shown)
        # While the build works, the databases are made and passwords hashed: seconds that nobody waits for.
        with ThreadPoolExecutor(1) as beside:
            begin = None if only_build else (lambda system: beside.submit(_let_in, system))
            system, doors = _build(folder, shown, to_make, now, begin)
            current.keep()
    else:
        system, doors = open_system(folder), None
        printed.shown_as_before(current.built)
    if not only_build:
        let_in = doors.result() if doors else _let_in(system)
        _serve(system, host, port, let_in=let_in, to_fill_from=made_up if omop is None else None)


@app.command()
def serve(system: SystemFolder = HERE, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the pages of what was built.

    Before the first build there are no figures; people can be let in already.
    """
    opened = open_system(system)
    if not snapshots(opened.workspace):
        printed.said("Nothing has been built yet. The pages show figures once `stewardship build` has run.")
    site.migrate(opened.workspace)
    _serve(opened, host, port)


def _build(
    folder: Path,
    shown: Shown,
    to_make: Plan | None,
    now: datetime,
    begin: "Callable[[System], Future[list[Pass]]] | None",
) -> "tuple[System, Future[list[Pass]] | None]":
    """Make up what is to be, and build a snapshot of what is shown. begin: what to begin beside the build."""
    with Steps(plan_of(shown.sources, making=to_make is not None)) as steps:
        demonstration(folder, shown)
        if to_make is not None:
            _make(to_make, folder.resolve() / "extracts", steps)
        system = open_system(folder, to_read_sources=True)
        begun = begin(system) if begin else None
        made, before = build_all(system, now=now, steps=steps)
    printed.summary(system, made, before=before, seconds=steps.seconds)
    return system, begun


def _make(plan: Plan, into: Path, steps: Steps) -> None:
    """Make a system anew: whole, or the one before stays."""
    making = into.with_name(f".{into.name}")
    shutil.rmtree(making, ignore_errors=True)
    synthesise(plan, making, threads=cores(), progress=steps)
    shutil.rmtree(into, ignore_errors=True)
    making.rename(into)


def _refuse_places(places: list[Path] | None, spread: bool) -> None:
    if places or spread:
        raise PlacesError(
            "Residents who are made up live in places of their own: give --places and --spread-over-places with "
            "--omop only."
        )


def _refuse_both(
    omop: Path | None, extracts: Path | None, residents: int | None, years: int | None, seed: int | None
) -> None:
    """What is there already is shown as it is: nothing that is said of what would be made up can apply to it."""
    made_up = {"--residents": residents, "--years": years}
    beside_extracts = [*(["--omop"] if omop else []), *(["--seed"] if seed is not None else [])]
    beside = beside_extracts if extracts else []
    beside += [name for name, asked in made_up.items() if asked is not None and (extracts or omop)]
    if beside:
        shown = "--extracts" if extracts else "--omop"
        raise SourceError(f"{' and '.join(beside)} cannot be given with {shown}: it shows a folder as it is.")


def _refuse_others_files(made_up: Path) -> None:
    """Only what was made up here may be taken away to make room for what is made up anew."""
    there = made_up.is_symlink() or (made_up.exists() and (not made_up.is_dir() or any(made_up.iterdir())))
    if there and not made_with(made_up):
        raise SourceError(
            f"{made_up} holds something that `stewardship synthesise` did not make. Nothing was changed; name another "
            "folder with --folder."
        )


def _refuse_absent(extracts: Path | None) -> None:
    if extracts is not None and not made_with(extracts):
        raise SourceError(
            f"{extracts} is not a folder that `stewardship synthesise` made: it holds no {TRUTH} that says "
            "how. For a partner's own extracts, make a system with `stewardship init`."
        )


def _living_in(omop: Path, places: list[Path] | None, spread_seed: int | None) -> PlacesSettings:
    """Where the people of OMOP live, once it is there with all places that are named."""
    if not omop.exists():
        raise SourceError(f"There is no folder {omop}: give the folder that holds the files.")
    if absent := [place for place in places or () if not place.is_dir()]:
        raise PlacesError(f"There is no folder {absent[0]}: name a folder that holds files of places.")
    return PlacesSettings(tuple(place.resolve() for place in places or ()), spread_seed)


def _let_in(system: System) -> "list[Pass]":
    """Make the databases of a demonstration, and let its members in; nobody where it holds what is no demonstration."""
    site.migrate(system.workspace)
    from django.db import connections  # Django's models load only after migrate

    from stewardship.site.demonstration import passes

    try:
        return passes() if system.demonstration else []
    finally:
        connections.close_all()  # this thread's own


def _serve(
    system: System,
    host: str,
    port: int,
    *,
    let_in: "Sequence[Pass]" = (),
    to_fill_from: Path | None = None,
) -> None:
    """Serve; a demonstration's tracking list is filled once its pages are up. to_fill_from: its made-up system."""
    if let_in:
        printed.how_to_sign_in(let_in)

    def up(address: str) -> None:
        printed.where_to_look(address)
        if to_fill_from is not None and system.demonstration:
            from stewardship.cancer.filling import FILLING

            FILLING.start(to_fill_from)

    site.serve(system.workspace, host, port, ready=up)
