"""A database is copied as it is at one moment, while it is written to, and comes back the same."""

import os
import sqlite3
import threading

import pytest

from stewardship.backup.databases import copied_to, copy_out, distinct, file_of, put_back
from stewardship.backup.files import BackupError

SERVER = os.environ.get("STEWARDSHIP_TEST_POSTGRESQL", "")


def sqlite(path, uri=False):
    name = f"{path.as_uri()}?mode=rw" if uri else str(path)
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name}


@pytest.mark.parametrize("uri", [False, True])
def test_a_file_is_copied_whole_while_it_is_written_to(tmp_path, uri):
    live = sqlite3.connect(tmp_path / "live.sqlite3", isolation_level=None, check_same_thread=False)
    live.execute("PRAGMA journal_mode=WAL")
    live.execute("CREATE TABLE pair (a, b)")
    writing = threading.Event()

    def write():
        for number in range(2_000):
            live.execute("INSERT INTO pair VALUES (?, ?)", [number, number])
            writing.set()

    writer = threading.Thread(target=write)
    writer.start()
    writing.wait()
    copy_out(sqlite(tmp_path / "live.sqlite3", uri), tmp_path / "backup" / "copy.sqlite3")
    writer.join()
    put_back(sqlite(tmp_path / "back" / "again.sqlite3"), tmp_path / "backup" / "copy.sqlite3")
    again = sqlite3.connect(tmp_path / "back" / "again.sqlite3")
    rows = again.execute("SELECT a, b FROM pair ORDER BY a").fetchall()
    assert rows
    assert rows == [(number, number) for number in range(len(rows))]


def test_a_database_that_is_there_is_never_written_over(tmp_path):
    sqlite3.connect(tmp_path / "live.sqlite3").execute("CREATE TABLE there (a)")
    copy_out(sqlite(tmp_path / "live.sqlite3"), tmp_path / "copy.sqlite3")
    with pytest.raises(BackupError, match="is there already"):
        put_back(sqlite(tmp_path / "live.sqlite3"), tmp_path / "copy.sqlite3")


def test_what_is_not_there_cannot_be_backed_up(tmp_path):
    with pytest.raises(BackupError, match=r"There is no live\.sqlite3"):
        copy_out(sqlite(tmp_path / "live.sqlite3"), tmp_path / "copy.sqlite3")


def test_connections_that_lead_to_one_database_are_one(tmp_path):
    site = {"ENGINE": "django.db.backends.postgresql", "HOST": "h", "PORT": "1", "NAME": "site"}
    found = distinct({"access": dict(site), "default": site, "vault": sqlite(tmp_path / "v")})
    assert list(found) == ["default", "vault"]
    assert copied_to("default", site) == "databases/default.dump"
    assert copied_to("vault", found["vault"]) == "databases/vault.sqlite3"


def test_a_file_may_be_named_by_a_uri(tmp_path):
    assert file_of(sqlite(tmp_path / "a b.sqlite3", uri=True)) == tmp_path / "a b.sqlite3"


@pytest.mark.skipif(not SERVER, reason="runs beside PostgreSQL")
def test_a_database_of_postgresql_comes_back_the_same():
    import psycopg

    from stewardship.site.database import from_url
    from support.databases import databases

    from_here, to_there, elsewhere = (databases()["STEWARDSHIP_DATABASE_URL"] for _ in range(3))
    with psycopg.connect(from_here, autocommit=True) as live:
        live.execute("CREATE TABLE pair (a int, b text)")
        live.execute("INSERT INTO pair SELECT n, 'row ' || n FROM generate_series(1, 500) n")
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "site.dump"
        copy_out(from_url(from_here), copy)
        put_back(from_url(to_there), copy)
        with psycopg.connect(to_there) as again:
            assert again.execute("SELECT count(*), min(b), sum(a) FROM pair").fetchone() == (
                500,
                "row 1",
                125_250,
            )
        with pytest.raises(BackupError, match="is not empty: it has pair"):
            put_back(from_url(to_there), copy)
        (Path(folder) / "broken.dump").write_bytes(copy.read_bytes()[:300])
        with pytest.raises(BackupError, match="pg_restore could not be done"):
            put_back(from_url(elsewhere), Path(folder) / "broken.dump")
