"""`stewardship log`: is the access log whole, and what reading was unusual?"""

from typing import Annotated

import typer

from stewardship.access.chain import Head, Verdict
from stewardship.access.keys import AccessLogError
from stewardship.cli.app import HERE, SystemFolder, app
from stewardship.site import serve as site
from stewardship.system.opened import open_system

log = typer.Typer(help="The access log: is it whole, and what reading was unusual?", no_args_is_help=True)
app.add_typer(log, name="log")


@log.command()
def verify(
    system: SystemFolder = HERE,
    holds: Annotated[
        str,
        typer.Option(
            metavar="NUMBER:HASH",
            help="Head that an earlier verification printed: has the log replaced or lost it since?",
        ),
    ] = "",
) -> None:
    """Find any edit, gap, reordering or truncation of the access log.

    Ends with the exit code 1 and names the first place if there is one. Keep what it prints somewhere else: the
    next verification can be told to find that head again.
    """
    kept = _head_of(holds)
    _opened(system)
    from stewardship.access.site_log import site_log

    verdict = site_log().verify(kept)
    typer.echo(_said(verdict))
    if not verdict.whole:
        raise typer.Exit(1)


@log.command()
def resume(
    reason: Annotated[
        str, typer.Option(metavar="WORDS", help="Why events are gone, such as a backup put back.")
    ],
    system: SystemFolder = HERE,
) -> None:
    """Let the log go on after events at its end were lost in a way that is known. The loss stays on record.

    Until then nothing about a person is shown.
    """
    _opened(system)
    from stewardship.access.log import command_line_actor, resume_after_loss
    from stewardship.access.site_log import site_log

    verdict = site_log().verify()
    if verdict.whole:
        raise AccessLogError("The access log is whole: there is nothing to resume.")
    sequence = resume_after_loss(by=command_line_actor(), reason=f"{verdict.fault} {reason}")
    typer.echo(f"The access log goes on with event {sequence:,}, which says why.")


@log.command()
def watch(system: SystemFolder = HERE) -> None:
    """Look for unusual reading and say what waits to be judged. For a nightly job; names members, never patients.

    Sessions that are over are removed too, with what was typed in them.
    """
    _opened(system)
    from django.core.management import call_command
    from django.utils import timezone

    from stewardship.access.watch import limits
    from stewardship.access.watching import raise_alerts, standing

    call_command("clearsessions")
    raise_alerts(now=timezone.now())
    waiting, rules = standing()[0], limits()
    for one in waiting:
        typer.echo(f"{one.day}  {one.name}: {rules[one.rule].name} ({one.times:,} events)")
    many = "1 alert waits" if len(waiting) == 1 else f"{len(waiting):,} alerts wait"
    typer.echo(f"{many} to be judged on the page Unusual reading." if waiting else "Nothing unusual waits.")


def _opened(folder: SystemFolder) -> None:
    site.migrate(open_system(folder).workspace)


def _head_of(written: str) -> Head | None:
    number, _, digits = written.partition(":")
    if not written:
        return None
    if not number.isdigit() or len(digits) != len(Head().hash):
        raise AccessLogError(
            f"--holds {written} is not a head. Write it as `stewardship log verify` printed it, such as 120:4f1a…"
        )
    return Head(int(number), digits)


def _said(verdict: Verdict) -> str:
    if not verdict.whole:
        return f"{verdict.fault}\nThe {verdict.events:,} events before that are whole."
    one = verdict.events == 1
    many = "1 event is as it was written" if one else f"{verdict.events:,} events are as they were written"
    lines = [f"The access log is whole: {many}."]
    lines += [verdict.note] if verdict.note else []
    return "\n".join([*lines, f"Head to keep elsewhere: {verdict.head.sequence}:{verdict.head.hash}"])
