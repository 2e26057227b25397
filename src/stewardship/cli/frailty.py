"""`stewardship frailty`: candidates of the frailty register, found in the current snapshot's records."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import typer

from stewardship import printed
from stewardship.cli.app import HERE, SystemFolder, app
from stewardship.measures.frailty.candidates import find
from stewardship.measures.published import Published
from stewardship.records.opened import Records
from stewardship.records.row_checks import plain_day
from stewardship.records.snapshot import latest_snapshot
from stewardship.site import serve as site
from stewardship.system.opened import open_system
from stewardship.system.seen_records import records_for

if TYPE_CHECKING:
    from stewardship.frailty.finding import Brought, OfRecords

USE = "case-finding"

frailty = typer.Typer(help="The frailty register.", no_args_is_help=True)
app.add_typer(frailty, name="frailty")


@frailty.command("find")
def find_candidates(system: SystemFolder = HERE) -> None:
    """Find who may belong on the frailty register, for a clinician to confirm. Finding them again changes nothing."""
    opened, now = open_system(system), datetime.now(UTC)
    site.migrate(opened.workspace)
    from stewardship.access.log import command_line_actor
    from stewardship.frailty.finding import bring  # Django's models load only after migrate

    snapshot = latest_snapshot(opened.workspace)
    as_of = Published(snapshot / "results").snapshot.as_of
    with records_for(opened, snapshot, USE, today=now.date()) as records:
        found = _found(records, as_of)
        brought = bring(found=found, as_of=as_of, by=command_line_actor(), now=now)
    _say(brought, as_of)


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
