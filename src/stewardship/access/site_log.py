"""The log of this site, as its settings say."""

from collections.abc import Callable

from django.conf import settings

from stewardship.access.head import HeadFile
from stewardship.access.keys import Keys
from stewardship.access.router import ALIAS
from stewardship.access.store import Log

_witnesses: list[Callable[[], bool]] = []


def register_witness(begun: Callable[[], bool]) -> None:
    """Let a room above that knows whether events must have been written say so."""
    _witnesses.append(begun)


def site_keys() -> Keys:
    """The keys that the settings name. Raises AccessLogError where there is none."""
    return Keys.from_setting(settings.ACCESS_LOG_KEYS)


def site_log() -> Log:
    """The log that pages and commands write."""
    return Log(ALIAS, HeadFile(settings.WORKSPACE.access_log_head), site_keys(), _begun)


def _begun() -> bool:
    return any(begun() for begun in _witnesses)
