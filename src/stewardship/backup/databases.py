"""A database copied while it is in use, and put back: a file of SQLite, or a dump of PostgreSQL's own making."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from stewardship.backup.files import BackupError

Database = Mapping[str, Any]  # as Django's settings name it


def distinct(databases: Mapping[str, Database]) -> dict[str, Database]:
    """The databases by name, each once: several connections may lead to one."""
    found: dict[tuple[str, ...], str] = {}
    for alias in sorted(databases, key=lambda alias: alias != "default"):
        found.setdefault(_place(databases[alias]), alias)
    return {alias: databases[alias] for alias in found.values()}


def copied_to(alias: str, database: Database) -> str:
    """The name of a database's file within a back-up."""
    return f"databases/{alias}.{'sqlite3' if _is_file(database) else 'dump'}"


def copy_out(database: Database, to: Path) -> None:
    """Write the database as it is at one moment, whoever is using it."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if not _is_file(database):
        _run("pg_dump", database, "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")
        return
    path = file_of(database)
    if not path.is_file():
        raise BackupError(
            f"There is no {path.name} in {path.parent}: nothing whole can be backed up. Serve a new system "
            "once; put a file that was lost back from the last back-up."
        )
    with (
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(to)) as copy,
    ):
        live.backup(copy)


def put_back(database: Database, of: Path) -> None:
    """Fill an empty database with a copy. BackupError if it is not empty."""
    refuse_if_filled(database)
    if _is_file(database):
        path = file_of(database)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(of, path)
        path.chmod(0o600)
        return
    _run(
        "pg_restore",
        database,
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        str(of),
    )


def refuse_if_filled(database: Database) -> None:
    """BackupError for a database that holds anything already."""
    if _is_file(database):
        path = file_of(database)
        if path.exists() and path.stat().st_size:
            raise BackupError(
                f"{path} is there already. Put a back-up into a folder where nothing was built."
            )
    elif tables := _run("psql", database, "--no-align", "--tuples-only", "--command=\\dt").strip():
        raise BackupError(
            f"The database {database['NAME']} is not empty: it has {tables.splitlines()[0].split('|')[1]}. "
            "Make a new one and name it in the settings."
        )


def file_of(database: Database) -> Path:
    """The file of an SQLite database, which may be named by a URI."""
    name = str(database["NAME"])
    if not name.startswith("file:"):
        return Path(name)
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    return Path(url2pathname(urlsplit(name).path))


def _is_file(database: Database) -> bool:
    return str(database["ENGINE"]).endswith("sqlite3")


def _place(database: Database) -> tuple[str, ...]:
    if _is_file(database):
        return (str(file_of(database)),)
    return tuple(str(database.get(part) or "") for part in ("HOST", "PORT", "NAME"))


def _run(program: str, database: Database, *arguments: str) -> str:
    """Run one of PostgreSQL's programs; the password goes by the environment, where other users cannot read it."""
    if shutil.which(program) is None:
        raise BackupError(f"There is no {program} on this computer. Install PostgreSQL's client programs.")
    named = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    where = {name: str(database[part]) for name, part in named.items() if database.get(part)}
    options = database.get("OPTIONS", {})
    how = {"PGSSLMODE": str(options["sslmode"])} if "sslmode" in options else {}
    # pg_restore connects only when it is told a database
    told = [f"--dbname={database['NAME']}"] if program == "pg_restore" else []
    done = subprocess.run(  # noqa: S603  (fixed programs, no shell)
        [program, *told, *arguments],
        env=os.environ | where | how,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{program} could not be done: {said[0] if said else 'it did not say why'}")
    return done.stdout
