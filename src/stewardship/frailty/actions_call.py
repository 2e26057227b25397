"""Ending a call, and what follows it: matched to a person, put on the register, followed up, its summaries sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from stewardship.access.authored import day_of, require
from stewardship.access.log import Action, Actor, record
from stewardship.access.site_log import site_keys
from stewardship.frailty.actions_draft import opened, own_draft, waiting
from stewardship.frailty.actions_entry import add_entry
from stewardship.frailty.base import Author
from stewardship.frailty.call_fields import FIELDS
from stewardship.frailty.call_judged import judged, score
from stewardship.frailty.call_scope import colleagues
from stewardship.frailty.call_words import FollowUp, LetterTo, NotGiven
from stewardship.frailty.changing import author_of
from stewardship.frailty.models import AdviceCall, CallLetter, Draft, Entry, Typing
from stewardship.frailty.proposing import Found, Place
from stewardship.frailty.words import Condition, Degree, Ended, Route

DIED = "This person has died. No letter about them is sent from here: speak with the practice instead."
STRAIGHT = frozenset(FIELDS) - {"told_as", "temperature", "follow_up_when", "follow_up_who"}
"""Fields of a draft whose values a record keeps under the same name."""
DEGREES = {5: Degree.MILD, 6: Degree.MODERATE, 7: Degree.SEVERE, 8: Degree.SEVERE}
"""Severity of frailty by level of the Clinical Frailty Scale. Source: the domain page, section 5."""


class OtherChangedError(Exception):
    """Somebody else changed the call first; nothing was saved. call: as it is now."""

    def __init__(self, call: AdviceCall) -> None:
        super().__init__("Your change is not saved: someone else changed this first.")
        self.call = call


class NotYetError(ValidationError):
    """A call that cannot end yet. problems: a sentence by field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(list(problems.values()))
        self.problems = problems


@transaction.atomic
def end_call(*, draft_id: int, by: Actor, now: datetime) -> AdviceCall:
    """A draft becomes a record. Needed are the caller, the reason, the intended action and the advice, nothing else.

    Without a person it goes to the list of those to match. Raises NotYetError with what stands in the way, by field.
    """
    draft = own_draft(draft_id, by, lock=True)
    typed = opened(draft.typed)
    found = judged(typed, timezone.localtime(now))
    problems = {**found.problems, **_owned(typed, draft)}
    if problems:
        raise NotYetError(problems)
    differing = {
        one.name: f"{FIELDS[one.name].label}: choose which of the two is right." for one in waiting(draft)
    }
    if differing:
        raise NotYetError(differing)
    author = author_of(by)
    call = AdviceCall(
        draft=draft, organisation=draft.organisation, answered_at=draft.started_at, ended_at=now,
        consultant=author, person_id=draft.person_id, **_recorded(found.values), **_asked(draft),
    )  # fmt: skip
    call.told_as = site_keys().closed(typed.get("told_as", "").strip())
    if draft.person_id is None:
        call.not_given = call.not_given or NotGiven.UNSAID
    else:
        call.not_given, call.entry = "", _entry_of(draft.person_id)
    _followed_up(call, typed, found.values, by)
    _kept(call, "ended", author, now)
    draft.ended_at = now
    draft.save(update_fields=["ended_at"])
    _letters(call, author, now)
    _log(call, "a call ended", by, Action.CREATE)
    return call


def locked_call(call_id: int, seen_version: int) -> AdviceCall:
    """A call, locked until the transaction ends. Raises OtherChangedError for a version that is no longer current."""
    call = AdviceCall.objects.select_for_update().get(pk=call_id)
    if call.version != seen_version:
        raise OtherChangedError(call)
    return call


@transaction.atomic
def match(*, call_id: int, person_id: int, by: Actor, seen_version: int, now: datetime) -> AdviceCall:
    """A call that had no person is about this one, whom the vault's door showed: never found by a name alone."""
    call = locked_call(call_id, seen_version)
    require(call.person_id is None, "This call is matched already. Open it to see with whom.")
    call.person_id, call.entry = person_id, _entry_of(person_id)
    call.matched_at, call.matched_by = now, author_of(by)
    saved_call(call, "matched", by, now)
    _letters(call, author_of(by), now)
    return call


@transaction.atomic
def undo_match(*, call_id: int, by: Actor, seen_version: int, now: datetime) -> AdviceCall:
    """It was not this person: the call goes back to the list of those to match, and letters not sent are taken back."""
    call = locked_call(call_id, seen_version)
    require(call.person_id is not None, "This call is matched with nobody.")
    _log(call, "not this person", by, Action.CHANGE)
    call.person_id = call.entry = call.matched_at = call.matched_by = None
    call.entry_made, call.not_given = False, call.not_given or NotGiven.UNSAID
    call.letters.filter(sent_at=None, to=LetterTo.PRACTICE).delete()
    saved_call(call, "not this person", by, now)
    return call


@transaction.atomic
def put_on_register(
    *, call_id: int, practice: str, by: Actor, seen_version: int, now: datetime
) -> AdviceCall:
    """One step from a call to an entry of the register, which waits to be confirmed by a clinician of the team.

    practice: code of where the person is registered. Whoever has an entry keeps it, with one more reason.
    """
    call = locked_call(call_id, seen_version)
    if call.person_id is None:
        raise ValidationError("Match the call with a person first.")
    found = Found(
        route=Route.ADVICE_LINE,
        reason="Advice was given on the frailty line.",
        seen_on=day_of(call.ended_at),
        condition=Condition.FRAILTY,
        degree=DEGREES.get(call.cfs) if call.cfs is not None else None,
        evidence={"call": call.pk, "clinical frailty scale": call.cfs},
    )
    call.entry = add_entry(
        person_id=call.person_id, place=Place(practice=practice), found=found, by=by, now=now
    )
    call.entry_made = True
    return saved_call(call, "put forward for the register", by, now)


@transaction.atomic
def follow_up_done(*, call_id: int, came_to: str, by: Actor, seen_version: int, now: datetime) -> AdviceCall:
    """A promised call-back or visit took place. came_to: what it came to."""
    call = locked_call(call_id, seen_version)
    require(call.follow_up_at is not None, "No follow-up was promised in this call.")
    require(call.follow_up_done_at is None, "This follow-up is done already.")
    require(bool(came_to.strip()), "Say what the follow-up came to.")
    call.follow_up_done_at, call.follow_up_done_by = now, author_of(by)
    call.follow_up_came_to = came_to.strip()[:1000]
    return saved_call(call, "follow-up done", by, now)


@transaction.atomic
def send_summary(*, call_id: int, to: str, by: Actor, seen_version: int, now: datetime) -> CallLetter:
    """A summary of the advice was sent. Refused at this moment for somebody who has died, whenever it was made."""
    call = locked_call(call_id, seen_version)
    letter = CallLetter.objects.filter(call=call, to=to, sent_at=None).first()
    if letter is None:
        raise ValidationError("That summary was sent already.")
    require(not has_died(call.person_id), DIED)
    letter.sent_at, letter.sent_by = now, author_of(by)
    letter.save()
    saved_call(call, f"summary sent to {letter.get_to_display().lower()}", by, now)
    return letter


def has_died(person_id: int | None) -> bool:
    """Whether the register knows that somebody has died, by any entry of theirs."""
    if person_id is None:
        return False
    theirs = Entry.objects.filter(person_id=person_id)
    return theirs.filter(died_on__isnull=False).exists() or theirs.filter(ended_because=Ended.DIED).exists()


def _recorded(values: Mapping[str, object]) -> dict[str, Any]:
    """The columns of a record, by what was understood."""
    columns: dict[str, Any] = {name: value for name, value in values.items() if name in STRAIGHT}
    found = score(values)
    return columns | {
        "temperature_tenths": values.get("temperature"),
        "news2": None if found is None else found.total,
    }


def _asked(draft: Draft) -> dict[str, Any]:
    """When the caller was asked what they would do, and when advice was first there."""
    taken = Typing.objects.filter(draft=draft, taken=True).order_by("version", "pk")
    intended = [one.at for one in taken.filter(name="intended")]
    advised = [one.at for one in taken.filter(name="advice")]
    return {
        "intended_at": intended[0],
        "advised_at": max(advised[0], intended[0]),
        "intended_changed": any(at > advised[0] for at in intended[1:]),
    }


def _followed_up(call: AdviceCall, typed: Mapping[str, str], values: Mapping[str, object], by: Actor) -> None:
    if call.follow_up in (FollowUp.NONE, ""):
        call.follow_up = FollowUp.NONE
        return
    written = typed.get("follow_up_who", "")
    call.follow_up_at = values["follow_up_when"]  # type: ignore[assignment]
    call.follow_up_owner_id = int(written) if written.isdecimal() else by.member_id


def _owned(typed: Mapping[str, str], draft: Draft) -> dict[str, str]:
    """A follow-up is owned by somebody who answers this line."""
    written = typed.get("follow_up_who", "")
    if not written or written in dict(colleagues(draft.organisation)):
        return {}
    return {"follow_up_who": "Who: choose somebody who answers this line."}


def _letters(call: AdviceCall, author: Author, now: datetime) -> None:
    """Summaries to be sent: to the caller, and to the practice once it is known whose they are."""
    if has_died(call.person_id):
        return
    wanted = [LetterTo.CALLER] + ([LetterTo.PRACTICE] if call.person_id is not None else [])
    for to in wanted:
        CallLetter.objects.get_or_create(call=call, to=to, defaults={"made_at": now, "made_by": author})


def _entry_of(person_id: int) -> Entry | None:
    return Entry.objects.standing().filter(person_id=person_id).first()


def _kept(call: AdviceCall, did: str, author: Author, now: datetime) -> None:
    call.changed_by, call._change_reason, call._history_date = author, did[:300], now  # type: ignore[attr-defined]
    call.full_clean(validate_constraints=True)
    call.save()


def saved_call(call: AdviceCall, did: str, by: Actor, now: datetime) -> AdviceCall:
    """Save a call as its next version, and write down who did what about whom."""
    call.version += 1
    _kept(call, did, author_of(by), now)
    _log(call, did, by, Action.CHANGE)
    return call


def _log(call: AdviceCall, did: str, by: Actor, action: Action) -> None:
    about = [] if call.person_id is None else [call.person_id]
    record(by=by, did=action, about=about, reason=f"advice line: {did}")
