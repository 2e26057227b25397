"""The summaries of a call, to the caller and to the general practice: what was asked and advised, and what follows."""

from dataclasses import dataclass

from django.utils import timezone

from stewardship.frailty.call_words import LetterTo
from stewardship.frailty.models import AdviceCall
from stewardship.vault.letters import Letter, pdf, written

__all__ = ["About", "pdf", "summary"]
NOT_MATCHED = (
    "The person is not identified yet: this is who the caller said it was. Check before you file it."
)


@dataclass(frozen=True, repr=False)
class About:
    """Whom a summary is about, from the vault; or told_as, as the caller said of somebody who is not matched."""

    name: str = ""
    number: str = ""
    born: str = ""
    practice: str = ""
    told_as: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """As they stand in the head of the letter."""
        if self.name:
            return (self.name, f"Born {self.born}, NHS number {self.number}")
        return (self.told_as or "Nobody was named", NOT_MATCHED)


def summary(call: AdviceCall, to: str, about: About, line: str) -> Letter:
    """One summary. line: code of the organisation that answers the line."""
    caller = to == LetterTo.CALLER
    day = written(timezone.localtime(call.ended_at).date())
    return Letter(
        title="Advice of the frailty line",
        sender=(f"Frailty advice line, {line}",),
        to=_to_caller(call) if caller else ("General practice", about.practice or "of whoever is their GP"),
        date=day,
        about=about.lines,
        heading="Advice given on the frailty line",
        paragraphs=tuple(filter(None, (_asked(call, day), *_state(call), *_advised(call), _follows(call)))),
        signed=(call.consultant.name, "Frailty advice line"),
        copies=_copies(call, caller=caller),
        footer="If this letter is not for you, please tell us and destroy it.",
    )


def _to_caller(call: AdviceCall) -> tuple[str, ...]:
    return tuple(filter(None, (call.caller_name, call.get_caller_type_display(), call.caller_organisation)))


def _asked(call: AdviceCall, day: str) -> str:
    reasons = ", ".join(call.reasons_said).lower()
    question = f" They asked: {call.question}" if call.question else ""
    return (
        f"{call.caller_name} ({call.get_caller_type_display()}) called on {day} about: {reasons}.{question}"
    )


def _state(call: AdviceCall) -> list[str]:
    told = [
        f"NEWS2 {call.news2}" if call.news2 is not None else "",
        f"Clinical Frailty Scale {call.cfs}" if call.cfs is not None else "",
        f"ceiling of care: {call.get_ceiling_display().lower()}" if call.ceiling else "",
    ]
    said = "; ".join(filter(None, told))
    return [f"As told on the telephone: {said}."] if said else []


def _advised(call: AdviceCall) -> list[str]:
    also = f"; also: {', '.join(call.also_said).lower()}" if call.also else ""
    return [f"Advice: {call.get_advice_display().lower()}{also}.", call.said]


def _follows(call: AdviceCall) -> str:
    if call.follow_up_at is None:
        return "No follow-up by the line was agreed. Call again if anything changes."
    at = timezone.localtime(call.follow_up_at)
    what = {"call_back": "We call back", "visit": "We visit"}[call.follow_up]
    return f"{what} on {written(at.date())} at {at:%H:%M} ({call.follow_up_owner})."


def _copies(call: AdviceCall, *, caller: bool) -> str:
    if caller:
        return "A copy goes to the general practice." if call.person_id is not None else ""
    return "A copy goes to whoever called."
