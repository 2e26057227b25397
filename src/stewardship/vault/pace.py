"""How much one member may ask of the vault in a short time: enough for a busy clinic, too little for a harvest."""

from datetime import timedelta

from django.core.cache import cache

from stewardship.access.log import Actor

MOST = 60
WITHIN = timedelta(minutes=10)


def too_often(by: Actor) -> bool:
    """Count one more question of this member, or user of the command line; whether it is one too many.

    Counted in the site's cache, so by each server process for itself.
    """
    counted = f"vault-questions-{by.member_id or by.name}"
    if cache.add(counted, 1, timeout=WITHIN.total_seconds()):
        return False
    try:
        return cache.incr(counted) > MOST
    except ValueError:  # the time was up between the two lines
        return False
