"""Put a back-up back, where nothing is."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from stewardship.backup.databases import Database, copied_to, distinct, put_back, refuse_if_filled
from stewardship.backup.files import BackupError, said_plainly
from stewardship.backup.making import HEAD, SETTINGS

NOT_PUT_BACK = "The back-up could not be put back"


def put_back_settings(backup: Path, folder: Path) -> None:
    """Put a back-up's settings into an empty folder. The keys are to be put there by hand.

    Raises BackupError where they cannot be copied.
    """
    with said_plainly(NOT_PUT_BACK):
        for name in SETTINGS:
            path = backup / name
            if path.is_dir():
                shutil.copytree(path, folder / name)
            elif path.is_file():
                shutil.copyfile(path, folder / name)


def restore(backup: Path, workspace: Path, databases: Mapping[str, Database]) -> None:
    """Put databases, snapshots and the head of the access log of a checked back-up into an empty workspace.

    databases: as Django's settings of that workspace name them. Raises BackupError where one of them is filled
    already, before anything is put back, and where something cannot be copied. What was put into the workspace until
    then is left to the caller to throw away; a database of PostgreSQL that was filled stays so, and the next attempt
    names it.
    """
    copies = {alias: backup / copied_to(alias, database) for alias, database in distinct(databases).items()}
    if missing := [copy.name for copy in copies.values() if not copy.is_file()]:
        raise BackupError(
            f"The back-up holds no {missing[0]}: it was made of databases of another kind. "
            "Name databases of that kind in the settings, SQLite or PostgreSQL."
        )
    for alias in copies:
        refuse_if_filled(databases[alias])
    with said_plainly(NOT_PUT_BACK):
        for alias, copy in copies.items():
            put_back(databases[alias], copy)
        if (backup / HEAD).is_file():
            shutil.copyfile(backup / HEAD, workspace / HEAD)
        if (backup / "snapshots").is_dir():
            shutil.copytree(backup / "snapshots", workspace / "snapshots")
