"""Candidates whom records do not give any more: they wait no longer, and come back if they are found again.

So whoever chose not to be looked for is on no list after the next finding; the words do not tell why. Whoever was
confirmed, rejected or told of by hand is left as they are.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from stewardship.access.authored import day_of
from stewardship.access.log import Actor
from stewardship.frailty.actions_entry import end
from stewardship.frailty.changing import StaleError
from stewardship.frailty.finding import reason_of
from stewardship.frailty.models import Entry, Identification
from stewardship.frailty.proposing import BATCH
from stewardship.frailty.words import Ended, State

AT_MOST = 0.1
AT_LEAST = 20
"""More than this share of those who wait, and more than this number, are not withdrawn unless their number is said: a
partner's files may be missing."""
GONE = "Records give no reason any more."


def waiting_without(found: Collection[int]) -> list[Entry]:
    """Entries that wait to be confirmed because of records alone, of people who are not among those found now.

    found: pseudonyms of everybody found. Somebody with a merged entry is found by the pseudonym of either.
    """
    kept = set(found)
    entries = list(
        Entry.objects.standing().filter(state=State.TO_CONFIRM).prefetch_related("merged").order_by("pk")
    )
    gone = [
        one for one in entries if not kept & {one.person_id, *(each.person_id for each in one.merged.all())}
    ]
    by_hand = _told_by_hand(gone)
    return [one for one in gone if one.pk not in by_hand]


def too_many(gone: int, agreed: int | None) -> str:
    """Why so many may not be withdrawn, in a sentence; "" where they may.

    agreed: the number that somebody said is right.
    """
    waiting = Entry.objects.standing().filter(state=State.TO_CONFIRM).count()
    if gone <= AT_LEAST or gone <= AT_MOST * waiting or gone == agreed:
        return ""
    return (
        f"{gone:,} of {waiting:,} who wait to be confirmed are found no longer, so none of them was withdrawn. See "
        f"that every partner's files came; if it is so, run this again with --withdrawn {gone}."
    )


def withdraw(*, entries: Collection[Entry], by: Actor, now: datetime) -> int:
    """Let these wait no longer; how many. One that somebody changes meanwhile is left to them."""
    done = 0
    for one in entries:
        try:
            end(
                entry_id=one.pk, because=Ended.NOT_FOUND, ended_on=day_of(now), reason=GONE, by=by,
                seen_version=one.version, now=now,
            )  # fmt: skip
        except StaleError:
            continue
        done += 1
    return done


def _told_by_hand(entries: Collection[Entry]) -> set[int]:
    """Those for whom somebody gave a reason that is not of records."""
    pks, found = [one.pk for one in entries], set()
    for start in range(0, len(pks), BATCH):
        some = pks[start : start + BATCH]
        rows = Identification.objects.filter(Q(entry_id__in=some) | Q(entry__merged_into__in=some))
        for row in rows.select_related("entry"):
            if reason_of(row) is None:
                found.add(row.entry.merged_into_id or row.entry_id)
    return found
