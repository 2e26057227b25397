"""A draft judged as a whole: what was typed as values of a record, and what stands in the way of ending the call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stewardship.frailty.call_draft import Typed
from stewardship.frailty.call_fields import BETWEEN, FIELDS, NEEDED, NotUnderstoodError, moment
from stewardship.frailty.call_words import FollowUp, OxygenScale, YesNo
from stewardship.rules.frailty.news2 import Alertness, News2, Signs, in_words, news2

SIGNS = ("breaths", "oxygen", "systolic", "pulse", "temperature", "alertness")
FOLLOWING = ("follow_up_when", "follow_up_who")


@dataclass(frozen=True)
class Judged:
    """values: by field, of those that are understood. problems: a sentence by field that is not, or is needed."""

    values: Mapping[str, object] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def judged(typed: Typed, now: datetime) -> Judged:
    """Everything that was typed. now: with the time zone in which a follow-up is promised."""
    found = understood(typed)
    values, problems = dict(found.values), dict(found.problems)
    problems |= {name: sentence for name, sentence in NEEDED.items() if not typed.get(name, "").strip()}
    if "also" in values and "advice" in values:
        others = [each for each in str(values["also"]).split(BETWEEN) if each != values["advice"]]
        values["also"] = BETWEEN.join(others)
    if values.get("follow_up", FollowUp.NONE) == FollowUp.NONE:
        return Judged({name: value for name, value in values.items() if name not in FOLLOWING}, problems)
    try:
        when = typed.get("follow_up_when", "")
        if not when.strip():
            raise NotUnderstoodError("Say when the follow-up is, such as tomorrow 10:00.")
        values["follow_up_when"] = moment(when, now)
    except NotUnderstoodError as error:
        problems["follow_up_when"] = str(error)
    return Judged(values, problems)


def understood(typed: Typed) -> Judged:
    """Each field that is not empty, by itself: what the live page says beside it."""
    values: dict[str, object] = {}
    problems: dict[str, str] = {}
    for name, field_ in FIELDS.items():
        written = typed.get(name, "").strip()
        if not written:
            continue
        try:
            values[name] = field_.understood(written)
        except NotUnderstoodError as error:
            problems[name] = str(error)
    return Judged(values, problems)


def score(values: Mapping[str, object]) -> News2 | None:
    """NEWS2 of the signs that are understood; None where none was typed."""
    if not any(name in values for name in SIGNS):
        return None
    alertness = values.get("alertness")
    signs = Signs(
        breaths=_whole(values, "breaths"),
        oxygen=_whole(values, "oxygen"),
        on_oxygen=values.get("on_oxygen") == YesNo.YES,
        systolic=_whole(values, "systolic"),
        pulse=_whole(values, "pulse"),
        temperature_tenths=_whole(values, "temperature"),
        alertness=Alertness(str(alertness)) if alertness else None,
        second_scale=values.get("oxygen_scale") == OxygenScale.TWO,
    )
    return news2(signs)


def score_said(values: Mapping[str, object]) -> str:
    """NEWS2 as the page says it, with the usual score beside it."""
    found = score(values)
    if found is None:
        return "NEWS2: nothing measured yet."
    if found.total is None:
        return in_words(found)
    usual = values.get("usual_news2")
    return f"{in_words(found)} Usual score {'not known' if usual is None else usual}."


def _whole(values: Mapping[str, object], name: str) -> int | None:
    value = values.get(name)
    return value if isinstance(value, int) else None
