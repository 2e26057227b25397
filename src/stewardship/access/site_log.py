"""The log of this site, as its settings say."""

from django.conf import settings

from stewardship.access.head import HeadFile
from stewardship.access.keys import Keys
from stewardship.access.router import ALIAS
from stewardship.access.store import Log


def site_keys() -> Keys:
    """The keys that the settings name. Raises AccessLogError where there is none."""
    return Keys.from_setting(settings.ACCESS_LOG_KEYS)


def site_log() -> Log:
    """The log that pages and commands write."""
    return Log(ALIAS, HeadFile(settings.WORKSPACE.access_log_head), site_keys())
