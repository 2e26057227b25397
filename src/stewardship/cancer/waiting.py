"""Nightly files that somebody sent and looks at before they are loaded: sealed with the vault's key, for an hour.

They hold names, so they are kept neither in the session nor in the open. A file is found again only by the member who
sent it, under a random word, and is removed when it is loaded, replaced or old.
"""

import base64
import json
import os
import re
import secrets
import time
from pathlib import Path

from django.conf import settings

from stewardship.cancer.nightly.loading import Files
from stewardship.vault.errors import VaultError
from stewardship.vault.keys import Keyring

HOUR = 3600  # seconds
WORD = re.compile(r"[A-Za-z0-9_-]{22}")


def keep_files(member_id: int, files: Files) -> str:
    """Keep a pair of files for a member in place of any other of theirs; the word that stands for them.

    Raises VaultClosedError where the vault has no key to seal them with.
    """
    word, keys = secrets.token_urlsafe(16), Keyring.from_environment()
    written = json.dumps([files.pathways_name, _text(files.pathways), files.events_name, _text(files.events)])
    sealed = keys.newest.seal(written, _of(member_id, word))
    forget(member_id)
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{member_id}-{word}-{keys.newest.fingerprint}"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
    return word


def kept_files(member_id: int, word: str) -> Files | None:
    """The files under a word; None where this member has none, or they are old."""
    if not WORD.fullmatch(word):
        return None
    found = next(iter(_folder().glob(f"{member_id}-{word}-*")), None)
    if found is None or time.time() - found.stat().st_mtime > HOUR:
        forget(member_id)
        return None
    keys = Keyring.from_environment()
    try:
        opened = keys.named(found.name.rsplit("-", 1)[1]).opened(found.read_bytes(), _of(member_id, word))
    except VaultError:
        return None
    pathways_name, pathways, events_name, events = json.loads(opened)
    return Files(pathways_name, base64.b64decode(pathways), events_name, base64.b64decode(events))


def forget(member_id: int) -> None:
    """Remove what a member sent, and what of anybody is old."""
    for path in _folder().glob("*-*-*"):
        mine = path.name.startswith(f"{member_id}-")
        if mine or time.time() - path.stat().st_mtime > HOUR:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.WORKSPACE.folder) / "files-to-load"


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _of(member_id: int, word: str) -> str:
    return f"nightly files 1 {member_id} {word}"
