"""`stewardship attack`: whether anybody could work back what is hidden, from what is published."""

from pathlib import Path
from typing import Annotated

import typer

from stewardship import printed
from stewardship.cli.app import HERE, SystemFolder, app
from stewardship.measures.attack import SECONDS, attack
from stewardship.measures.published import Published
from stewardship.printed import Steps
from stewardship.records.snapshot import SnapshotError, latest_snapshot, snapshots
from stewardship.system.opened import open_system

MOST_LISTED = 20


@app.command("attack")
def attack_published(
    snapshot: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Snapshot to attack; may be given more than once, oldest first, to subtract them from each other. "
            "Default: the one that is served.",
        ),
    ] = None,
    everyone_is_placed: Annotated[
        bool,
        typer.Option(
            "--everyone-is-placed", help="Take it that everybody of the system lies in one of its places."
        ),
    ] = False,
    seconds: Annotated[
        float, typer.Option(metavar="NUMBER", min=0, help="Time for exact programming, for each snapshot.")
    ] = SECONDS,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="File to write whatever is recovered to.")
    ] = None,
    system: SystemFolder = HERE,
) -> None:
    """Try to work back hidden counts from published figures, as somebody would who knows the rules."""
    workspace = open_system(system).workspace
    chosen = [_folder(workspace, each) for each in snapshot] if snapshot else [latest_snapshot(workspace)]
    with Steps() as steps:
        report = attack(
            [Published(folder / "results") for folder in chosen],
            everyone_is_placed=everyone_is_placed,
            seconds=seconds,
            progress=steps,
        )
    for line in report.in_words:
        printed.said(line)
    for recovery in report.recovered[:MOST_LISTED]:
        printed.said(recovery.in_words)
    if len(report.recovered) > MOST_LISTED:
        printed.said(f"… and {len(report.recovered) - MOST_LISTED:,} more; --csv FILE writes all of them.")
    if csv_file is not None:
        report.write_csv(csv_file)
    if not report.safe:
        raise typer.Exit(1)


def _folder(workspace: Path, written: str) -> Path:
    """The snapshot of that id; SnapshotError with those that there are."""
    there = {folder.name: folder for folder in snapshots(workspace)}
    if written not in there:
        known = ", ".join(there) or "none"
        raise SnapshotError(f"There is no snapshot {written}. There are: {known}.")
    return there[written]
