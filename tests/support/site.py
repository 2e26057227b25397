"""A site to test: one workspace a test run, with invented figures, and clients that are signed in."""

import atexit
import os
import shutil
import tempfile
import time
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


PRACTICE = "P81001"


def member(*roles, username="asteward", email=None, organisation=PRACTICE):
    """A member who holds these roles; those with a scope of people, at one practice."""
    from stewardship.site.members import create_member

    return create_member(
        username=username,
        display_name="Dr A. Steward",
        password=PASSWORD,
        roles=list(roles),
        by=None,
        email=f"{username}@example.org" if email is None else email,
        organisation=organisation,
    )


def signed_in(*roles, **more):
    """A client signed in, with a second factor, as a new member who holds these roles."""
    made = client(**more)
    sign_in_as(made, member(*roles, username=f"m{len(roles)}-{'-'.join(role.key for role in roles)}"))
    return made


def sign_in_as(browser, who, *, second_factor=True):
    """Sign a client in as a member, as if they had typed a password and a code just now."""
    browser.force_login(who, backend="stewardship.site.standing.Accounts")
    session = browser.session
    methods = ["password", "mfa"] if second_factor else ["password"]
    session["account_authentication_methods"] = [{"method": one, "at": time.time()} for one in methods]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
