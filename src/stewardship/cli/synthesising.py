"""`stewardship synthesise`: a system that does not exist, as its partners would send it."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stewardship import printed
from stewardship.cli.app import app, day_in
from stewardship.cli.demonstrating import example_of
from stewardship.printed import Steps
from stewardship.synthetic.asked import LAST_DAY, planned
from stewardship.synthetic.delivering import USUAL, Format
from stewardship.synthetic.panel import write_panel
from stewardship.synthetic.synthesise import synthesise
from stewardship.system.making import made_beside

EXAMPLE = "example-system.toml"


@app.command("synthesise")
def synthesise_system(
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder to make; it must not hold anything.")],
    residents: Annotated[
        int, typer.Option(metavar="NUMBER", help="How many residents are registered on the last day.")
    ] = 60_000,
    years: Annotated[
        int, typer.Option(metavar="NUMBER", help="How many years of records end with the last day.")
    ] = 5,
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="The same seed gives the same files.")] = 1,
    last_day: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="Last day of all records.")
    ] = LAST_DAY.isoformat(),
    form: Annotated[Format, typer.Option("--format", help="How the files are written.")] = USUAL,
    panel_only: Annotated[
        bool,
        typer.Option(
            "--panel-only", help="Tables of practices and matched people by month alone, in seconds."
        ),
    ] = False,
) -> None:
    """Make up a system, as its partners would send it.

    The truth about what was planted in it stands beside, in truth.json.
    """
    today, ends = datetime.now(UTC).date(), day_in("--last-day", last_day)
    plan = planned(residents=residents, years=years, seed=seed, last_day=ends, today=today)
    with made_beside(out) as folder, Steps(printed.MAKING_UP) as steps:
        if panel_only:
            written = write_panel(plan, folder, threads=cores(), progress=steps)
        else:
            written = synthesise(plan, folder, form=form, threads=cores(), progress=steps)
            (folder / EXAMPLE).write_text(example_of(out.resolve(), ends), encoding="utf-8")
    printed.synthesised(out, written.rows, list(written.planted), steps.seconds, files=not panel_only)


def cores() -> int:
    """How many threads this machine runs at a time, as far as this process may use them."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
