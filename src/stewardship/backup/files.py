"""The files of a back-up, and the list by which it is seen to be whole."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LIST = "backup.json"


class BackupError(Exception):
    """A back-up cannot be made or put back; the message says why and what to do."""


@contextmanager
def said_plainly(what: str) -> Iterator[None]:
    """Say in a sentence why files or databases could not be copied. what: "The back-up could not be written"."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"{what} ({_why(error)}). Nothing was kept of it.") from error


def _why(error: Exception) -> str:
    several = error.args[0] if error.args else None  # shutil: one for each file, the reason last
    first = several[0][-1] if isinstance(several, list) and several else error
    return str(getattr(first, "strerror", None) or first)


def write_list(folder: Path, *, made_at: str, version: str, warning: str = "") -> None:
    """Write which files a back-up holds, with the SHA-256 of each. Written last: a folder without it is no back-up.

    warning: what was wrong with the system when it was made; "" for nothing.
    """
    files = {_name(path, folder): _digest(path) for path in _files(folder)}
    told = {"made_at": made_at, "version": version, "warning": warning, "files": files}
    (folder / LIST).write_text(json.dumps(told, indent=1), encoding="utf-8")


def check_list(folder: Path) -> dict[str, str]:
    """What the back-up says of itself (made_at, version, warning). BackupError if it is not as it was made."""
    try:
        told = json.loads((folder / LIST).read_text(encoding="utf-8"))
        files = dict(told["files"])
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupError(
            f"{folder} is no back-up, or one that was not finished: it has no {LIST}."
        ) from None
    there = {_name(path, folder): path for path in _files(folder)}
    if missing := sorted(set(files) - set(there)):
        raise BackupError(
            f"{folder} lacks {missing[0]}, which was in it when it was made. Take another copy of it."
        )
    if added := sorted(set(there) - set(files)):
        raise BackupError(
            f"{folder} holds {added[0]}, which was not in it when it was made. Take another copy of it."
        )
    for name, digest in files.items():
        if _digest(there[name]) != digest:
            raise BackupError(
                f"{folder}: {name} is not as it was when the back-up was made. Take another copy of it."
            )
    return {name: told.get(name, "") for name in ("made_at", "version", "warning")}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / LIST)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
