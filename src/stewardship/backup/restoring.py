"""Put a back-up back, where nothing is."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from stewardship.backup.databases import Database, copied_to, distinct, put_back
from stewardship.backup.files import BackupError, check_list
from stewardship.backup.making import HEAD, SETTINGS


def put_back_settings(backup: Path, folder: Path) -> None:
    """Check the whole back-up, and put its settings into a folder that has none. The keys are to be put there by hand.

    Raises BackupError for a back-up that is not as it was made, and where a system is already.
    """
    check_list(backup)
    if (folder / "system.toml").exists():
        raise BackupError(f"{folder} holds a system already. Name a new folder for the one that is put back.")
    folder.mkdir(parents=True, exist_ok=True)
    for name in SETTINGS:
        path = backup / name
        if path.is_dir():
            shutil.copytree(path, folder / name, dirs_exist_ok=True)
        elif path.is_file():
            shutil.copyfile(path, folder / name)


def restore(backup: Path, workspace: Path, databases: Mapping[str, Database]) -> None:
    """Put databases, snapshots and the head of the access log back into an empty workspace.

    databases: as Django's settings of that workspace name them. Raises BackupError where something is there already;
    what was put back until then is taken away again, but for databases of PostgreSQL, which are named.
    """
    check_list(backup)
    if (workspace / "snapshots").exists():
        raise BackupError(
            f"{workspace} holds snapshots already. Name a new folder for the system that is put back."
        )
    copies = {alias: backup / copied_to(alias, database) for alias, database in distinct(databases).items()}
    if missing := [copy.name for copy in copies.values() if not copy.is_file()]:
        raise BackupError(
            f"The back-up holds no {missing[0]}: it was made of databases of another kind. "
            "Name databases of that kind in the settings, SQLite or PostgreSQL."
        )
    for alias, copy in copies.items():
        put_back(databases[alias], copy)
    if (backup / HEAD).is_file():
        shutil.copyfile(backup / HEAD, workspace / HEAD)
    if (backup / "snapshots").is_dir():
        unfinished = workspace / ".snapshots"
        shutil.copytree(backup / "snapshots", unfinished)
        unfinished.rename(workspace / "snapshots")
