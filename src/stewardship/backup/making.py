"""Back up a system while it is in use."""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from stewardship import __version__
from stewardship.backup.databases import Database, copied_to, copy_out, distinct
from stewardship.backup.files import BackupError, said_plainly, write_list
from stewardship.records.snapshot import snapshots
from stewardship.system.settings import System

SETTINGS = ("system.toml", "care_areas", "code_lists")
HEAD = "access-log.head"


def back_up(
    system: System, databases: Mapping[str, Database], into: Path, *, now: datetime, warning: str = ""
) -> Path:
    """Write a back-up into a new folder of `into`, and return that folder.

    It holds the settings, every published snapshot, and each database as it is at one moment. The keys are not in
    it: whoever holds a back-up and the keys holds everybody's names. databases: as Django's settings name them.
    warning: kept with it: what was wrong with the system.
    Raises BackupError, leaving nothing behind, where something cannot be copied.
    """
    name = f"stewardship-backup-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    folder, unfinished = into / name, into / f".{name}"
    if folder.exists():
        raise BackupError(f"{folder} is there already. Wait a second, and back up again.")
    try:
        with said_plainly(f"The back-up could not be written to {into}"):
            unfinished.mkdir(mode=0o700, parents=True)
            _copy(system, databases, unfinished)
            made_at = now.astimezone(UTC).isoformat(timespec="seconds")
            write_list(unfinished, made_at=made_at, version=__version__, warning=warning)
            unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _copy(system: System, databases: Mapping[str, Database], to: Path) -> None:
    for name in SETTINGS:
        path = system.folder / name
        if path.is_dir():
            shutil.copytree(path, to / name)
        elif path.is_file():
            shutil.copyfile(path, to / name)
    # The head first: events that are written meanwhile stand behind it, and nothing seems cut off.
    if (system.workspace / HEAD).is_file():
        shutil.copyfile(system.workspace / HEAD, to / HEAD)
    for alias, database in distinct(databases).items():
        copy_out(database, to / copied_to(alias, database))
    for snapshot in snapshots(system.workspace):
        shutil.copytree(snapshot, to / "snapshots" / snapshot.name)
