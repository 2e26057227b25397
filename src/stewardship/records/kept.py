"""What was worked out once and is used again: folders named by what they were made from.

A folder is made under another name and renamed when it is whole, with the hash of each of its files. It is used only
while every file has its hash; anything else is as if it were not there.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

import stewardship

ENTRY = "entry.json"
_MAKING = ".making-"


class Kept:
    """Folders of files kept under a folder, each by its key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def whole(self, key: str) -> Path | None:
        """The folder kept under that key; None if there is none, or any of its files is not as it was written."""
        folder = self.folder / key
        try:
            told = json.loads((folder / ENTRY).read_text(encoding="utf-8"))
            found = _hashes(folder)
        except (OSError, ValueError):
            return None
        return folder if found and found == told else None

    @contextmanager
    def making(self, key: str) -> Iterator[Path]:
        """A folder to fill, kept under that key once the block ends without an error."""
        making = self.folder / f"{_MAKING}{key}"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        try:
            yield making
            text = json.dumps(_hashes(making), indent=1)
            (making / ENTRY).write_text(text, encoding="utf-8")
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise
        shutil.rmtree(self.folder / key, ignore_errors=True)
        making.rename(self.folder / key)

    def clear_all_but(self, used: Collection[str]) -> None:
        """Let go of every folder but those of the keys."""
        if self.folder.is_dir():
            for folder in self.folder.iterdir():
                if folder.name not in used:
                    shutil.rmtree(folder, ignore_errors=True)


def key_of(*made_from: object) -> str:
    """The key of what is made from these, whose order counts; dates and numbers go in as text."""
    return hashlib.sha256(json.dumps(made_from, default=str).encode()).hexdigest()[:40]


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@cache
def reader_version() -> str:
    """Changes with any file of this room and of the rules, the declarations of the model among them, and with the
    engine: whatever was read under another version is read again."""
    house = Path(stewardship.__file__).parent
    return key_of(version_of(house / "records", house / "rules"), version("duckdb"))


def version_of(*folders: Path) -> str:
    """The version of the files of some folders: it changes with any name or byte."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if _is_source(path))
    return key_of([(path.name, hash_of(path)) for path in files])


def link(original: Path, copy: Path) -> None:
    """The same file under another name as well; where the disk has no such links, a copy."""
    try:
        os.link(original, copy)
    except OSError:
        shutil.copy2(original, copy)


def _is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hash_of(path) for path in sorted(folder.iterdir()) if path.name != ENTRY}
