"""A fixture that undoes whatever a test does to the site's database."""

import pytest

from support.site import workspace


@pytest.fixture(autouse=True)
def site():
    """The site, with fast password hashing; its database is as before when the test ends."""
    workspace()
    from django.core.cache import cache
    from django.db import transaction
    from django.test import override_settings

    cache.clear()
    fast = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with fast, transaction.atomic():
        yield
        transaction.set_rollback(True)
