"""Two entries of one person become one, and can be taken apart again. Nothing is moved: both histories stay whole."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.authored import day_of, require
from stewardship.access.log import Actor
from stewardship.frailty.actions_entry import decided
from stewardship.frailty.changing import author_of, locked_at, saved
from stewardship.frailty.models import Entry, Merge
from stewardship.frailty.words import Decided, State


@transaction.atomic
def merge_entries(
    *,
    entry_id: int,
    duplicate_id: int,
    reason: str,
    by: Actor,
    seen_version: int,
    duplicate_version: int,
    now: datetime,
) -> Merge:
    """Let an entry stand for a duplicate of the same person; whatever hangs on the duplicate is shown with it.

    The entry kept is on the register if either of them was, and objects to sharing if either did. Whose owner hid the
    duplicate goes on hiding it: two owners with an objection cannot be merged. Raises StaleError for either version.
    """
    tried = {"duplicate_id": duplicate_id, "reason": reason}
    first, second = sorted(
        (entry_id, duplicate_id)
    )  # in one order, so that two merges never wait for each other
    require(first != second, "These are one and the same entry.")
    versions = {entry_id: seen_version, duplicate_id: duplicate_version}
    locked = {pk: locked_at(pk, versions[pk], **tried) for pk in (first, second)}
    kept, duplicate = locked[entry_id], locked[duplicate_id]
    _may_be_merged(kept, duplicate, reason)
    merge = Merge(
        kept=kept, duplicate=duplicate, reason=reason.strip(), state_before=duplicate.state,
        kept_state_before=kept.state, at=now, by=author_of(by),
    )  # fmt: skip
    merge.save()
    _stand_for(kept, duplicate)
    duplicate.state, duplicate.merged_into = State.MERGED, kept
    on = day_of(now)
    for one in (duplicate, kept):
        decided(one, Decided.MERGED, on, by=by, now=now, reason=reason)
    saved(duplicate, f"merged into {kept}", by=by, now=now, why=reason)
    saved(kept, f"{duplicate} merged into it", by=by, now=now, why=reason)
    return merge


@transaction.atomic
def take_apart(
    *, entry_id: int, merge_id: int, reason: str, by: Actor, seen_version: int, now: datetime
) -> Merge:
    """Undo a merge: both entries stand again where they stood, each with what hung on it, and all that came since.

    What was recorded since the merge stays with the entry that was kept.
    """
    kept = locked_at(entry_id, seen_version, merge_id=merge_id, reason=reason)
    require(bool(reason.strip()), "Say why the two entries are of two people.")
    merge = Merge.objects.filter(pk=merge_id, kept=kept, undone_at=None).first()
    if merge is None:
        raise ValidationError("That merge was taken apart already, or is not of this entry.")
    duplicate = Entry.objects.select_for_update().get(pk=merge.duplicate_id)
    merge.undone_at, merge.undone_by, merge.undone_because = now, author_of(by), reason.strip()
    merge.save()
    duplicate.state, duplicate.merged_into = State(merge.state_before), None
    if kept.state == State.ON_REGISTER and merge.kept_state_before != State.ON_REGISTER:
        kept.state = State(merge.kept_state_before)
    said = kept.sharing.first()
    kept.objects_to_sharing = said is not None and said.objects_to_sharing
    on = day_of(now)
    for one in (duplicate, kept):
        decided(one, Decided.UNMERGED, on, by=by, now=now, reason=reason)
    saved(duplicate, f"taken apart from {kept}", by=by, now=now, why=reason)
    saved(kept, f"{duplicate} taken apart from it", by=by, now=now, why=reason)
    return merge


def _may_be_merged(kept: Entry, duplicate: Entry, reason: str) -> None:
    require(bool(reason.strip()), "Say how it is known that both entries are of one person.")
    require(State.MERGED not in {kept.state, duplicate.state}, "One of the two was merged already.")
    require(
        not duplicate.merged.exists(),
        "Others were merged into that entry. Keep it, and merge this one into it.",
    )
    hidden = [one for one in (kept, duplicate) if one.objects_to_sharing]
    require(
        all(one.owner == kept.owner for one in hidden) or kept.owner == duplicate.owner,
        "This person objects to sharing, and their entry is another organisation’s. Let its owner merge the two.",
    )


def _stand_for(kept: Entry, duplicate: Entry) -> None:
    """What the entry kept takes over: the register from either, an objection from either, a home if it has none."""
    if duplicate.state == State.ON_REGISTER and kept.state in {State.TO_CONFIRM, State.REJECTED}:
        kept.state = State.ON_REGISTER
    kept.objects_to_sharing = kept.objects_to_sharing or duplicate.objects_to_sharing
    if not kept.care_home and duplicate.care_home:
        kept.care_home, kept.care_home_since = duplicate.care_home, duplicate.care_home_since
