"""`stewardship backup` and `restore`."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stewardship import backup as backups
from stewardship.backup.restoring import put_back_settings
from stewardship.cli.app import HERE, SystemFolder, app
from stewardship.site import serve as site
from stewardship.system.environment import ENVIRONMENT
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

    from stewardship.access.log import Action, command_line_actor, record

    record(
        by=command_line_actor(), did=Action.EXPORT, reason="back-up of everything but the keys", via="command"
    )
    made = backups.back_up(opened, settings.DATABASES, to, now=datetime.now(UTC))
    typer.echo(f"Backed up to {made}.")
    typer.echo(f"The keys are not in it: keep {opened.folder / ENVIRONMENT} in another safe place.")


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
    put_back_settings(made, folder)
    shutil.copyfile(keys, folder / ENVIRONMENT)
    (folder / ENVIRONMENT).chmod(0o600)
    opened = open_system(folder)
    site.prepare(opened.workspace)
    from django.conf import settings

    backups.restore(made, opened.workspace, settings.DATABASES)
    site.migrate(opened.workspace)
    typer.echo(
        f"Put back in {folder}. See that the access log is whole: `stewardship log verify --system {folder}`."
    )
    typer.echo("Opt-outs of today are applied by the next build: build before anybody looks.")
