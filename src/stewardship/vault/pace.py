"""How much one member may ask of the vault in a short time: enough for a busy clinic, too little for a harvest."""

import time

from django.core.cache import cache

from stewardship.access.log import Actor

MOST = 60
MOST_OF_CASELOAD = (
    300  # pages of one's own caseload: somebody who works through a list all day turns one every few seconds
)
MINUTES = 10


def too_often(by: Actor) -> bool:
    """Count one more question of this member, or user of the command line; whether it is one too many.

    Counted from one tenth minute of the clock to the next, in the site's cache. Two questions at the same instant may
    count as one: the log, not this, is the record.
    """
    return _counted("questions", by) > MOST


def too_often_of_caseload(by: Actor) -> bool:
    """The same of pages that show people of one's own caseload."""
    return _counted("caseload", by) > MOST_OF_CASELOAD


def _counted(kind: str, by: Actor) -> int:
    tenth = int(time.time()) // (MINUTES * 60)
    counted = f"vault-{kind}-{by.member_id or by.name}-{tenth}"
    many: int = cache.get(counted, 0) + 1
    cache.set(counted, many, timeout=MINUTES * 60)
    return many
