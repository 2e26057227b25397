"""The fields of a call, in the order in which they are asked: how each is written, and how it is understood.

Every field is kept in a draft as it was typed, text; choices of several are values with a stroke between. Nothing here
refuses to keep anything: a field that cannot be understood says so, and stands in the way of ending the call alone.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import TextChoices

from stewardship.frailty.call_words import (
    Advice,
    Alert,
    CallerType,
    Capacity,
    Ceiling,
    Channel,
    FollowUp,
    Intended,
    Location,
    NotGiven,
    OxygenScale,
    Reason,
    YesNo,
)

MOST_REASONS = 3
BETWEEN = "|"  # stands between the values of a field in which several can be chosen
LONGEST = 4000
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MIDDAY = time(12)


class NotUnderstoodError(ValueError):
    """What was typed into a field is not what the field is for; the message says what is, in a sentence."""


Understood = Callable[[str], object]


@dataclass(frozen=True)
class Field:
    """One field. understood: what it means, from text that is not empty; raises NotUnderstoodError.

    choices: what can be chosen in it. several: whether more than one. advice: whether it belongs to the advice, before
    which the caller is asked what they would do.
    """

    name: str
    label: str
    understood: Understood
    choices: type[TextChoices] | None = None
    several: bool = False
    advice: bool = False


def _text(name: str, label: str, longest: int = 120, *, advice: bool = False) -> Field:
    def understood(written: str) -> str:
        if len(written) > longest:
            raise NotUnderstoodError(f"{label}: {len(written)} characters are too many. Keep to {longest}.")
        return written

    return Field(name, label, understood, advice=advice)


def _one(name: str, label: str, choices: type[TextChoices], *, advice: bool = False) -> Field:
    def understood(written: str) -> str:
        if written not in choices.values:
            raise NotUnderstoodError(f"{label}: choose one of those listed.")
        return written

    return Field(name, label, understood, choices, advice=advice)


def _several(name: str, label: str, choices: type[TextChoices], most: int, *, advice: bool = False) -> Field:
    def understood(written: str) -> str:
        chosen = written.split(BETWEEN)
        if not set(chosen) <= set(choices.values):
            raise NotUnderstoodError(f"{label}: choose among those listed.")
        if len(chosen) > most:
            raise NotUnderstoodError(f"{label}: choose no more than {most}.")
        return BETWEEN.join(value for value in choices.values if value in chosen)

    return Field(name, label, understood, choices, several=True, advice=advice)


def _whole(name: str, label: str, least: int, most: int) -> Field:
    def understood(written: str) -> int:
        if not re.fullmatch(r"[0-9]{1,3}", written) or not least <= int(written) <= most:
            raise NotUnderstoodError(f"{label}: enter a whole number from {least} to {most}.")
        return int(written)

    return Field(name, label, understood)


def _tenths(name: str, label: str, least: int, most: int) -> Field:
    """A number with one decimal, understood as tenths."""

    def understood(written: str) -> int:
        found = re.fullmatch(r"([0-9]{2})(?:[.,]([0-9]))?", written)
        tenths = int(found[1]) * 10 + int(found[2] or 0) if found else 0
        if not least <= tenths <= most:
            raise NotUnderstoodError(f"{label}: enter degrees with one decimal, such as 37.9.")
        return tenths

    return Field(name, label, understood)


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        _text("caller_name", "Name"),
        _one("caller_type", "Role", CallerType),
        _text("caller_organisation", "Organisation"),
        _text("call_back", "Call back on", 40),
        _one("channel", "Channel", Channel),
        _one("not_given", "Why there is no NHS number", NotGiven),
        _text("told_as", "Who the caller says it is", 300),
        _one("location", "Where the person is", Location),
        _several("reasons", "Reason", Reason, MOST_REASONS),
        _text("question", "What do they ask?", LONGEST),
        _one("intended", "Without this call, what would they do?", Intended),
        _whole("breaths", "Breaths a min", 1, 80),
        _whole("oxygen", "Oxygen %", 40, 100),
        _whole("systolic", "Systolic BP", 30, 300),
        _whole("pulse", "Pulse", 15, 250),
        _tenths("temperature", "Temp °C", 250, 440),
        _one("alertness", "Alertness", Alert),
        _one("on_oxygen", "Oxygen given", YesNo),
        _one("oxygen_scale", "Oxygen scale", OxygenScale),
        _whole("usual_news2", "Usual NEWS2", 0, 20),
        _whole("cfs", "Clinical Frailty Scale", 1, 9),
        _text("baseline", "Usually, and now", 1000),
        _one("capacity", "Capacity", Capacity),
        _one("ceiling", "Ceiling of care", Ceiling),
        _one("respect_seen", "ReSPECT seen", YesNo),
        _one("allergies_seen", "Allergies seen", YesNo),
        _one("advice", "Main advice", Advice, advice=True),
        _several("also", "Also advised", Advice, len(Advice), advice=True),
        _text("said", "What you said", LONGEST, advice=True),
        _one("follow_up", "Follow-up", FollowUp, advice=True),
        _text("follow_up_when", "When", 60, advice=True),
        _text("follow_up_who", "Who", 20, advice=True),
        _one("plan_updated", "Plan updated", YesNo, advice=True),
        _text("second_opinion", "Second opinion from", 120, advice=True),
    )
}
NEEDED = {
    "caller_name": "Enter the caller’s name",
    "caller_type": "Choose the caller’s role",
    "reasons": "Choose the reason for the call",
    "intended": "Ask what they would do without this call",
    "advice": "Choose the main advice",
}
"""What a call cannot end without: the caller, the reason, the intended action and the advice."""
ASK_FIRST = "Ask first what they would do without this call. Advice is saved once their answer is."


def moment(written: str, now: datetime) -> datetime:
    """When something was promised for: tomorrow 10:00; Monday 14:30; 24 11 2026; 16:45, which is the next such time.

    now: with its time zone, in which the answer is too. A day without a time is midday. Raises NotUnderstoodError for
    what is no moment and for one that has passed.
    """
    left = written.strip().lower().replace(" at ", " ")
    clock = re.search(r"(?:^|\s)(\d{1,2})[:.](\d{2})$", left)
    day_words = (left[: clock.start()] if clock else left).strip()
    hour = _clock(clock) if clock else MIDDAY
    day = _day(day_words, now, hour)
    found = datetime.combine(day.date(), hour, tzinfo=now.tzinfo)
    if found < now and clock:
        raise NotUnderstoodError("When: that has passed. Enter a time to come, such as tomorrow 10:00.")
    if found.date() < now.date():
        raise NotUnderstoodError("When: that day has passed. Enter one to come, such as tomorrow 10:00.")
    return found


def _clock(found: re.Match[str]) -> time:
    hour, minute = int(found[1]), int(found[2])
    if hour > 23 or minute > 59:
        raise NotUnderstoodError("When: enter the time as hours and minutes, such as 16:45.")
    return time(hour, minute)


def _day(words: str, now: datetime, hour: time) -> datetime:
    if not words:
        return now if hour >= now.time().replace(tzinfo=None) else now + timedelta(days=1)
    if words in ("today", "tomorrow"):
        return now + timedelta(days=words == "tomorrow")
    if words in WEEKDAYS:
        ahead = (WEEKDAYS.index(words) - now.weekday()) % 7
        return now + timedelta(days=ahead or 7)
    parts = re.findall(r"[0-9]+|[a-z]+", words)
    month = MONTHS.index(parts[1][:3]) + 1 if len(parts) > 1 and parts[1][:3] in MONTHS else None
    try:
        year = int(parts[2]) if len(parts) > 2 else now.year
        return datetime(year, month or int(parts[1]), int(parts[0]), tzinfo=now.tzinfo)
    except (ValueError, IndexError):
        raise NotUnderstoodError("When: enter a day and a time, such as tomorrow 10:00.") from None
