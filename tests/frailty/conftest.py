"""The site of this test run, with an empty vault and an empty register before each test."""

import pytest

from support.people import OLD_KEY, PSEUDONYM_KEY
from support.rollback import site  # noqa: F401
from support.site import workspace

workspace()


@pytest.fixture
def vault(site, monkeypatch):  # noqa: F811
    """An empty vault under one key."""
    monkeypatch.setenv("STEWARDSHIP_VAULT_KEYS", OLD_KEY)
    monkeypatch.setenv("STEWARDSHIP_PSEUDONYM_KEY", PSEUDONYM_KEY)
    yield
    from stewardship.vault.models import Identity, Index, Key, Link

    for model in (Index, Identity, Link, Key):
        model.objects.all().delete()
