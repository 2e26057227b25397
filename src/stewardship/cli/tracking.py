"""`stewardship cancer load`: the two nightly files of the tracking list, shown first and then loaded."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stewardship import printed
from stewardship.cli.app import HERE, SystemFolder
from stewardship.cli.cancer import cancer
from stewardship.site import serve as site
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
    from stewardship.cancer.nightly import loading

    files = loading.Files(pathways.name, pathways.read_bytes(), events.name, events.read_bytes())
    now = datetime.now(UTC)
    if not apply:
        _show(loading.preview(files, opened.cancer, today=loading.day_of(now), vanished=vanished))
        printed.said("Nothing was changed. Add --apply to load these files.")
        return
    plan = loading.preview(files, opened.cancer, today=loading.day_of(now), vanished=vanished)
    loading.load(files, opened.cancer, by=command_line_actor(), now=now, vanished=vanished)
    _show(plan)
    printed.said("The files are loaded.")


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
