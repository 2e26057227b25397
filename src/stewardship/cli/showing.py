"""`stewardship demo` and `serve`: pages to look at."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stewardship import printed
from stewardship.build import build
from stewardship.cli.app import AsOf, FutureDays, Host, PlacesFolders, Port, Workspace, app, day_of
from stewardship.invented import write_invented_omop
from stewardship.printed import Steps
from stewardship.records.identity import Identities
from stewardship.records.places import invented_places, read_places
from stewardship.records.snapshot import latest_snapshot
from stewardship.site import serve as site
from stewardship.system.settings import Identifier, PlacesSettings, SourceSettings, System

INVENTED_NOTE = (
    "Everybody here is invented: these figures show how the pages work, and nothing about real people."
)


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
    stands_at = day_of(as_of)
    spread_seed = seed if spread_over_places else None
    with tempfile.TemporaryDirectory() as made, Steps() as steps:
        notes: tuple[str, ...] = ()
        name = "invented residents" if omop is None else omop.resolve().name
        if omop is None:
            omop, notes = Path(made), (INVENTED_NOTE,)
            living_in = read_places(tuple(places)) if places else invented_places()
            write_invented_omop(omop, places=living_in, residents=residents, seed=seed, progress=steps)
        source = SourceSettings(
            name, "omop", omop, "linked", Identifier("pseudonym", name, "person_id"), future_days
        )
        system = System(
            workspace, name, workspace, (source,), anonymised="for show", as_of=stands_at,
            places=PlacesSettings(tuple(places or ()), spread_seed), notes=notes,
        )  # fmt: skip
        built = build(system, now=datetime.now(UTC), identities=Identities(b"for show"), progress=steps)
    printed.what_was_found(built.readings[0], built.snapshot)
    if not only_build:
        _serve(workspace, host, port, let_in=True)


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
