"""A back-up is put back only if it is, to the byte, what was made."""

import shutil
import sqlite3

import pytest

from stewardship.backup.files import BackupError, check_list, said_plainly, write_list


@pytest.fixture
def made(tmp_path):
    (tmp_path / "databases").mkdir()
    (tmp_path / "databases" / "default.sqlite3").write_bytes(b"accounts")
    (tmp_path / "system.toml").write_text("name = 'Invented'")
    write_list(tmp_path, made_at="2026-11-21T02:00:00+00:00", version="0.1.0")
    return tmp_path


def test_it_says_when_and_by_which_version_it_was_made(made):
    assert check_list(made) == {"made_at": "2026-11-21T02:00:00+00:00", "version": "0.1.0", "warning": ""}


def test_a_folder_that_was_not_finished_is_none(tmp_path):
    with pytest.raises(BackupError, match="not finished"):
        check_list(tmp_path)


def change(folder):
    (folder / "databases" / "default.sqlite3").write_bytes(b"accountz")


def take(folder):
    (folder / "system.toml").unlink()


def add(folder):
    (folder / "databases" / "more.sqlite3").write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (change, "databases/default.sqlite3 is not as it was"),
        (take, "lacks system.toml"),
        (add, "holds databases/more.sqlite3"),
    ],
)
def test_whatever_happened_to_it_since_is_found(made, harm, told):
    harm(made)
    with pytest.raises(BackupError, match=told):
        check_list(made)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(28, "No space left on device"), "No space left on device"),
        (shutil.Error([("a", "b", "[Errno 13] Permission denied: 'a'")]), "Permission denied"),
        (sqlite3.DatabaseError("database disk image is malformed"), "database disk image is malformed"),
    ],
)
def test_why_something_could_not_be_copied_is_a_sentence(error, why):
    with pytest.raises(BackupError, match=why), said_plainly("The back-up could not be put back"):
        raise error
