"""Orphans: people who were kept for a piece of work that never came to be, as after a crash between two databases."""

from datetime import datetime, timedelta

from django.db import transaction

from stewardship.access.log import Action, Actor, record
from stewardship.vault.errors import reaching_the_vault
from stewardship.vault.models import Identity, Link
from stewardship.vault.references import referred_to
from stewardship.vault.router import ALIAS

OLD_ENOUGH = timedelta(days=1)
BATCH = 500


def sweep(*, now: datetime, by: Actor) -> int:
    """Remove people made for work more than a day ago whom no work refers to; how many. Never those of demographics.

    Raises VaultError where it cannot be known what work refers to, AccessLogError where it could not be logged.
    """
    removed, after = 0, 0
    while batch := _made_for_work(now, after):
        after = batch[-1]
        with reaching_the_vault(), transaction.atomic(using=ALIAS):
            removed += _remove(batch, now, by)
    return removed


def _made_for_work(now: datetime, after: int) -> list[int]:
    old = Identity.objects.filter(load="", made_at__lt=now - OLD_ENOUGH, person_id__gt=after)
    return list(old.order_by("person_id").values_list("person_id", flat=True)[:BATCH])


def _remove(batch: list[int], now: datetime, by: Actor) -> int:
    """Remove the orphans of a batch. Its rows are held meanwhile: whoever writes one of them anew has to wait."""
    old = Identity.objects.select_for_update().filter(
        person_id__in=batch, load="", made_at__lt=now - OLD_ENOUGH
    )
    held = set(old.values_list("person_id", flat=True))
    formerly = dict(Link.objects.filter(person_id__in=held).values_list("was", "person_id"))
    wanted = referred_to(held | formerly.keys())
    orphans = held - {formerly.get(each, each) for each in wanted}
    if orphans:
        record(by=by, did=Action.DELETE, about=sorted(orphans), shown=len(orphans), via="command")
        Identity.objects.filter(person_id__in=orphans).delete()
    return len(orphans)
