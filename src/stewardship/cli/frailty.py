"""`stewardship frailty`: candidates of the frailty register, and how many people are recorded of those expected."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stewardship import printed
from stewardship.cli.app import HERE, SystemFolder, app
from stewardship.measures.frailty.candidates import find
from stewardship.measures.frailty.gap import GAP, LEVELS, expected_shares, gap_table
from stewardship.measures.published import EVERYONE, Published
from stewardship.records.opened import Records
from stewardship.records.row_checks import plain_day
from stewardship.records.snapshot import latest_snapshot
from stewardship.site import serve as site
from stewardship.system.opened import open_system
from stewardship.system.seen_records import records_for

if TYPE_CHECKING:
    from stewardship.frailty.finding import Brought, OfRecords

USE = "case-finding"


class WithdrawnError(Exception):
    """So many candidates are found no longer that something may be missing; the message says how many."""


class LevelError(Exception):
    """A level of places that figures are not told of; the message names those that are."""


frailty = typer.Typer(help="The frailty register.", no_args_is_help=True)
app.add_typer(frailty, name="frailty")


@frailty.command("find")
def find_candidates(
    withdrawn: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            help="How many who wait are known to be found no longer, where it is many.",
            min=0,
        ),
    ] = None,
    system: SystemFolder = HERE,
) -> None:
    """Find who may belong on the frailty register, for a clinician to confirm. Finding them again changes nothing."""
    opened, now = open_system(system), datetime.now(UTC)
    site.migrate(opened.workspace)
    from stewardship.access.log import command_line_actor
    from stewardship.frailty import withdrawing
    from stewardship.frailty.finding import bring  # Django's models load only after migrate

    snapshot = latest_snapshot(opened.workspace)
    as_of = Published(snapshot / "results").snapshot.as_of
    with records_for(opened, snapshot, USE, today=now.date()) as records:
        found = _found(records, as_of)
        brought = bring(found=found, as_of=as_of, by=command_line_actor(), now=now)
    _say(brought, as_of)
    gone = withdrawing.waiting_without(brought.people)
    if why := withdrawing.too_many(len(gone), withdrawn):
        raise WithdrawnError(why)
    many = withdrawing.withdraw(entries=gone, by=command_line_actor(), now=now)
    printed.said(f"No longer found, and withdrawn: {many:,}. Found again after that: {brought.back:,}.")


@frailty.command("send-back")
def send_register_back(
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="FOLDER", help="Where to write; sent-back in the workspace if not given."
        ),
    ] = None,
    system: SystemFolder = HERE,
) -> None:
    """Write the register and the calls as a partner's extracts, for the next build to read as a source."""
    opened, now = open_system(system), datetime.now(UTC)
    site.migrate(opened.workspace)
    from stewardship.access.log import command_line_actor
    from stewardship.frailty.sending_back import send_back

    folder = into or opened.workspace / "sent-back"
    done = send_back(into=folder, by=command_line_actor(), now=now)
    printed.said(
        f"Written to {folder}: " + ", ".join(f"{many:,} {name}" for name, many in done.rows.items()) + "."
    )
    if done.to_match or done.not_in_vault:
        printed.said(
            f"Left out: {done.to_match:,} calls about nobody known yet, and {done.not_in_vault:,} rows about people "
            "whom the vault does not know."
        )
    if folder.resolve() not in {source.folder.resolve() for source in opened.sources}:
        printed.said("No source of system.toml names this folder yet, so that no build reads it.")


@frailty.command("missing")
def who_is_missing(
    level: Annotated[
        str, typer.Option(metavar="LEVEL", help=f"Places to list: {', '.join(LEVELS)}.")
    ] = "network",
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="File to write every place and fifth to.")
    ] = None,
    system: SystemFolder = HERE,
) -> None:
    """Tell how many people are recorded with frailty, with dementia and near the end of life, of those expected."""
    if level not in LEVELS:
        raise LevelError(f"--level {level} is none of the levels: {', '.join(LEVELS)}.")
    snapshot = latest_snapshot(open_system(system).workspace)
    rows = gap_table(Published(snapshot / "results")).to_pylist()
    for condition in expected_shares():
        told = [row for row in rows if row["condition"] == condition.key and _is_listed(row, level)]
        printed.said(f"{condition.name}. How many are expected: {condition.source}.")
        for row in told:
            printed.said(f"  {_where(row)}: {_how_many(row)}.")
    if csv_file is not None:
        with csv_file.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, GAP.names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _is_listed(row: dict[str, Any], level: str) -> bool:
    """Fifths are listed of the whole system alone; those of every place are in the file."""
    return row["level"] == level and (level == "system" or row["by"] == EVERYONE)


def _where(row: dict[str, Any]) -> str:
    name = f"{row['name']} ({row['place']})"
    return name if row["by"] == EVERYONE else f"{name}, {row['by']} {row['group']}"


def _how_many(row: dict[str, Any]) -> str:
    if row["state"] != "shown":
        return str(row["reason"]).rstrip(".")
    return (
        f"{row['recorded']:,} recorded, {row['expected']:,} expected, {row['missing']:,} missing; {row['found']:.0f} "
        f"of 100 found (95% interval {row['lower95']:.0f} to {row['upper95']:.0f}), {row['verdict']}"
    )


def _found(records: Records, as_of: date) -> "Iterator[OfRecords]":
    from stewardship.frailty.finding import OfRecords

    for one in find(records, as_of):
        yield OfRecords(one.person_id, one.practice, one.network, one.alliance, one.reasons)


def _say(brought: "Brought", as_of: date) -> None:
    done = brought.proposed
    printed.said(
        f"By the records up to {plain_day(as_of)}: new to be confirmed {done.new:,}; proposed again, on new evidence "
        f"{done.again:,}; more evidence of entries that stand {done.more:,}; nothing new of {done.known:,}."
    )
    if brought.not_in_vault:
        printed.said(
            f"{brought.not_in_vault:,} more have a reason, but the vault does not know who they are: load their "
            "demographics with `stewardship vault load`, then find again."
        )
