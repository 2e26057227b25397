"""A site to test: one workspace a test run, with invented figures, and clients that are signed in."""

import atexit
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from stewardship.site.serve import migrate
from support.databases import databases
from support.snapshots import publish

PASSWORD = "harbour-lemon-cart"
NOTE = "Homes were assigned by chance: figures by place do not describe real differences."


@lru_cache(maxsize=1)
def workspace() -> Path:
    """The workspace of this test run, migrated and with one published snapshot."""
    folder = Path(tempfile.mkdtemp(prefix="stewardship-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(databases())
    os.environ["STEWARDSHIP_LOG_KEY"] = "a key for the log of a site under test"
    publish(folder, notes=(NOTE,))
    migrate(folder)
    return folder


def client(**more):
    """A client of this machine."""
    from django.test import Client

    return Client(SERVER_NAME="localhost", **more)


def member(*roles, username="asteward", email="a.steward@example.org"):
    """A member who holds these roles."""
    from stewardship.site.members import create_member

    return create_member(
        username=username,
        display_name="Dr A. Steward",
        password=PASSWORD,
        roles=list(roles),
        by=None,
        email=email,
    )


def signed_in(*roles, **more):
    """A client signed in as a new member who holds these roles."""
    made = client(**more)
    made.force_login(
        member(*roles, username=f"m{len(roles)}-{'-'.join(role.key for role in roles)}"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return made
