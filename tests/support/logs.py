"""An access log of its own for a test, on a new database of either kind."""

import os
import secrets
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from stewardship.access.head import HeadFile
from stewardship.access.keys import Keys
from stewardship.access.store import Log
from stewardship.site.database import from_url, sqlite
from support import postgresql

KEYS = Keys(("a key of a log under test, of its own",))
ALIAS = "log-under-test"
USUAL = {
    "TIME_ZONE": None, "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0, "USER": "", "PASSWORD": "",
    "HOST": "", "PORT": "", "OPTIONS": {}, "CONN_HEALTH_CHECKS": False,
    "TEST": dict.fromkeys(("CHARSET", "COLLATION", "MIRROR", "NAME")) | {"MIGRATE": True},
}  # fmt: skip


class OnlyTheLog:
    def allow_migrate(self, db, app_label, **hints):
        return app_label == "access"


@contextmanager
def log_on(database, folder):
    """An empty log on that database, reached through a Django connection that is gone afterwards."""
    connections.databases[ALIAS] = USUAL | database | {"CONN_MAX_AGE": 0}
    try:
        with override_settings(DATABASE_ROUTERS=[OnlyTheLog()]):
            call_command("migrate", database=ALIAS, verbosity=0)
        yield Log(ALIAS, HeadFile(folder / "access-log.head"), KEYS)
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def file_in(folder):
    return sqlite(folder / "access.sqlite3", durable=True)


def new_database(server):
    """The address of a new, empty database of a PostgreSQL server."""
    import psycopg

    name = f"log_{secrets.token_hex(6)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def on_server(server):
    return from_url(new_database(server))


@contextmanager
def running_server():
    """The address of the server that the environment names, else of one of our own."""
    if named := os.environ.get(postgresql.ADDRESS):
        yield named
        return
    with postgresql.server() as address:
        yield address
