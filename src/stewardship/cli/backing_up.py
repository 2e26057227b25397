"""`stewardship backup` and `restore`."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stewardship import backup as backups
from stewardship import printed
from stewardship.backup.files import check_list
from stewardship.backup.restoring import put_back_settings
from stewardship.cli.app import HERE, SystemFolder, app
from stewardship.site import serve as site
from stewardship.system.environment import ENVIRONMENT, OF_SITE
from stewardship.system.making import made_beside, refuse_if_taken, write_secret
from stewardship.system.opened import open_system


@app.command()
def backup(
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Folder in which the back-up is made.")],
    system: SystemFolder = HERE,
) -> None:
    """Back up a system while it is in use: settings, snapshots and databases, but not the keys."""
    opened = open_system(system)
    site.migrate(opened.workspace)
    from django.conf import settings

    warning = _logged()
    made = backups.back_up(opened, settings.DATABASES, to, now=datetime.now(UTC), warning=warning)
    printed.said(f"Backed up to {made}.")
    if warning:
        printed.said(f"{warning} The back-up holds what there is. Keep earlier ones too.")
    printed.said(f"The keys are not in it: keep {opened.folder / ENVIRONMENT} in another safe place.")
    if not os.environ.get(OF_SITE):
        printed.said(
            f"Put the line {OF_SITE}= with the content of {opened.workspace / 'secret.key'} into {ENVIRONMENT} "
            "first: without that key nobody with a second factor can sign in after a restore."
        )


def _logged() -> str:
    """Write the back-up in the access log; if that cannot be, why: then a back-up is needed all the more."""
    from stewardship.access.log import AccessLogError, Action, command_line_actor, record

    said = "back-up of everything but the keys"
    try:
        record(by=command_line_actor(), did=Action.EXPORT, reason=said, via="command")
    except AccessLogError as error:
        return str(error)
    return ""


@app.command()
def restore(
    made: Annotated[Path, typer.Argument(metavar="BACKUP", help="Folder that `stewardship backup` made.")],
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="New folder for the system that is put back.")
    ],
    keys: Annotated[
        Path,
        typer.Option(
            "--keys", metavar="FILE", help=f"The {ENVIRONMENT} that was kept apart from the back-up."
        ),
    ],
) -> None:
    """Put a back-up back into a new folder, and see that the access log is whole."""
    if not keys.is_file():
        raise backups.BackupError(
            f"There is no file {keys}: give the {ENVIRONMENT} that was kept apart from the back-up."
        )
    told = check_list(made)
    refuse_if_taken(folder)
    with made_beside(folder) as place:
        put_back_settings(made, place)
        write_secret(place / ENVIRONMENT, keys.read_text(encoding="utf-8-sig"))
        _fill(place, made)
    printed.said(
        f"Put back in {folder}. See that the access log is whole: `stewardship log verify --system {folder}`."
    )
    if told["warning"]:
        printed.said(f"When it was backed up: {told['warning']}")
    printed.said(
        f"Accounts, roles and the flags that hide an address are those of {told['made_at']}: take away again what was "
        "taken away since. Everybody was signed out, and links to set a password that were open are no good any more."
    )
    printed.said("Opt-outs of today are applied by the next build: build before anybody looks.")


def _fill(place: Path, made: Path) -> None:
    """Put databases and snapshots back, with nobody signed in and no link that opens an account."""
    opened = open_system(place)
    site.prepare(opened.workspace)
    from django.conf import settings
    from django.db import connections

    try:
        backups.restore(made, opened.workspace, settings.DATABASES)
        site.migrate(opened.workspace)
        from django.contrib.sessions.models import Session

        from stewardship.site.invitations import expire_all

        expire_all(datetime.now(UTC))
        Session.objects.all().delete()
    finally:
        connections.close_all()  # else their files could not be moved on Windows
