"""`stewardship cancer load` and `made-up`: the two nightly files of the tracking list, loaded, and made for a trial."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stewardship import printed
from stewardship.cancer.nightly.errors import FileError
from stewardship.cli.app import HERE, SystemFolder
from stewardship.cli.cancer import cancer
from stewardship.site import serve as site
from stewardship.synthetic.cancer.tracked import MOST, night
from stewardship.system.made_up import made_with
from stewardship.system.opened import open_system

if TYPE_CHECKING:
    from stewardship.cancer.nightly.checking import Rejected
    from stewardship.cancer.nightly.planning import Plan

SHOWN = 20  # rows set aside that are told of one by one


@cancer.command("load")
def load(
    pathways: Annotated[Path, typer.Argument(metavar="PATHWAYS", help="The night's file of pathways (CSV).")],
    events: Annotated[Path, typer.Argument(metavar="EVENTS", help="The night's file of events (CSV).")],
    apply: Annotated[
        bool, typer.Option("--apply", help="Load them. Without it, what would change is shown.")
    ] = False,
    vanished: Annotated[
        int | None,
        typer.Option(
            "--vanished",
            metavar="NUMBER",
            help="How many open pathways are known to be missing from the file.",
            min=0,
        ),
    ] = None,
    system: SystemFolder = HERE,
) -> None:
    """Load the two nightly files of the tracking list. Loading the same files twice changes nothing."""
    opened = open_system(system)
    site.migrate(opened.workspace)
    from stewardship.access.log import command_line_actor
    from stewardship.cancer.changing import day_of
    from stewardship.cancer.nightly import loading

    files = loading.Files(pathways.name, pathways.read_bytes(), events.name, events.read_bytes())
    now = datetime.now(UTC)
    if not apply:
        _show(loading.preview(files, opened.cancer, today=day_of(now), vanished=vanished))
        printed.said("Nothing was changed. Add --apply to load these files.")
        return
    plan = loading.preview(files, opened.cancer, today=day_of(now), vanished=vanished)
    loading.load(files, opened.cancer, by=command_line_actor(), now=now, vanished=vanished)
    _show(plan)
    printed.said("The files are loaded.")


@cancer.command("made-up")
def made_up(
    extracts: Annotated[
        Path, typer.Argument(metavar="EXTRACTS", help="Folder that `stewardship synthesise` made.")
    ],
    into: Annotated[Path, typer.Argument(metavar="INTO", help="Folder for pathways.csv and events.csv.")],
    most: Annotated[
        int, typer.Option(metavar="NUMBER", help="How many pathways, the newest of all.", min=1, max=MOST)
    ] = MOST,
) -> None:
    """Write the two nightly files of a made-up system, as they would come today, with invented names."""
    if not made_with(extracts):
        raise FileError(
            f"{extracts} is not a folder that `stewardship synthesise` made. Nothing was written."
        )
    from stewardship.cancer.nightly.columns import EVENTS, PATHWAYS
    from stewardship.cancer.nightly.reading import filled

    made = night(extracts, today=datetime.now(UTC).date(), most=most)
    into.mkdir(parents=True, exist_ok=True)
    for name, columns, rows in (("pathways", PATHWAYS, made.pathways), ("events", EVENTS, made.events)):
        (into / f"{name}.csv").write_text(filled(columns, rows), encoding="utf-8", newline="")
    printed.said(
        f"Pathways written: {len(made.pathways):,}, with {len(made.events):,} milestones, to {into}."
    )


def _show(plan: "Plan") -> None:
    """What a load does, in numbers; and why it must not be done, where that is so."""
    vanished = len(plan.vanished)
    printed.said(
        f"New: {len(plan.new):,}. Changed: {len(plan.changed):,}. Leaving the list: {len(plan.closed):,}. Back in the "
        f"file: {len(plan.returned):,}. Vanished without a reason: {vanished:,}. Unchanged: {plan.unchanged:,}."
    )
    if plan.differing:
        printed.said(
            f"{len(plan.differing):,} differ from what was corrected by hand, and wait for somebody to settle."
        )
    if plan.rejected:
        _set_aside(plan.rejected)
    for sentence in plan.stops:
        printed.said(sentence)


def _set_aside(rejected: "list[Rejected]") -> None:
    by_file = Counter(each.file for each in rejected)
    printed.said("Set aside: " + ", ".join(f"{many:,} in {file}" for file, many in by_file.items()) + ".")
    for each in rejected[:SHOWN]:
        column = f", column {each.column}" if each.column else ""
        printed.said(f"  {each.file}, row {each.row:,}{column}: {each.reason.removesuffix('.')}.")
    if len(rejected) > SHOWN:
        printed.said(f"  … and {len(rejected) - SHOWN:,} more.")
