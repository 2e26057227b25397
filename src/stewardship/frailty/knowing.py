"""What is known of the person of a call, from their entry of the register: short lines, what is missing said too."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from stewardship.frailty.call_scope import OnTheLine
from stewardship.frailty.models import Entry
from stewardship.frailty.models_medicines import MedicinesCheck
from stewardship.frailty.rows import known_of
from stewardship.frailty.standing import Known, plan_words, respect_words
from stewardship.frailty.words import Condition, State
from stewardship.rules.nhs_number import as_shown
from stewardship.vault.door import Shown
from stewardship.vault.letters import written
from stewardship.vault.words import aged


@dataclass(frozen=True, repr=False)
class Line:
    """One line of what is known. old: said in red and in words, because it may be out of date. first: its words that
    matter most. entry: the entry whose page tells more."""

    label: str
    words: str
    old: bool = False
    first: str = ""
    entry: int | None = None


@dataclass(frozen=True, repr=False)
class ReadBack:
    """Who somebody is, to be read back to the caller. title: FAMILY, Given."""

    title: str
    age: str
    number: str
    born: str


def readback(shown: Shown, today: date) -> ReadBack:
    """As the head of the page says it."""
    who = shown.who
    title = ", ".join(filter(None, (who.family_name.upper(), who.given_names)))
    return ReadBack(title, aged(who.birth_date, today), as_shown(who.nhs_number), written(who.birth_date))


def what_we_know(entry: Entry | None, line: OnTheLine, person_id: int, today: date) -> list[Line]:
    """What the register knows, and the last call. An entry that may not be shown is told as none is."""
    if entry is None:
        found = [
            Line("Register", "No entry is shown to you. One can be made from this call, once it has ended.")
        ]
    else:
        found = _of_entry(entry, today)
    return [*found, _last_call(line, person_id, today)]


def _of_entry(entry: Entry, today: date) -> list[Line]:
    family = entry.family()
    known = known_of([entry], dict.fromkeys(family, entry.pk))[entry.pk]
    stands = [] if entry.state == State.ON_REGISTER else [Line("Register", entry.get_state_display())]
    plan = plan_words(known, today)
    told = [
        *stands,
        *_conditions(known),
        Line("Plan", plan.words, plan.may_be_out_of_date, entry=entry.pk),
        _respect(known, today),
    ]
    return told + _medicines(MedicinesCheck.objects.filter(entry_id__in=family).first())


def _conditions(known: Known) -> list[Line]:
    """Frailty by its latest level of the Clinical Frailty Scale and its severity; then the other two."""
    level = known.levels[-1] if known.levels else None
    frail = next((one for one in known.conditions if one.condition == Condition.FRAILTY), None)
    parts = [f"CFS {int(level.value)}" if level else "", frail.get_degree_display().lower() if frail else ""]
    since = level.on if level else frail.diagnosed_on if frail else None
    if since is None:
        frailty = Line("Frailty", "Missing: no severity and no Clinical Frailty Scale")
    else:
        frailty = Line("Frailty", f"({written(since)})", first=", ".join(filter(None, parts)))
    others = [
        Line(one.get_condition_display(), one.get_degree_display() or f"Since {written(one.diagnosed_on)}")
        for one in known.conditions
        if one.condition != Condition.FRAILTY
    ]
    return [frailty, *others]


def _respect(known: Known, today: date) -> Line:
    stands = respect_words(known, today)
    if not known.emergency_plans:
        return Line("ReSPECT", stands.words)
    last = known.emergency_plans[-1]
    said = (
        f"{last.get_focus_display()}. {last.guidance} CPR: {last.get_cpr_display().lower()}. {stands.words}"
    )
    return Line("ReSPECT", said, stands.may_be_out_of_date)


def _medicines(check: MedicinesCheck | None) -> list[Line]:
    if check is None:
        return [Line("Allergies", "Missing: not checked"), Line("Medicines", "Missing: not checked")]
    on = f"(checked {written(check.on)})"
    if check.none_known:
        allergies = Line("Allergies", f"None known {on}")
    elif check.allergies:
        allergies = Line("Allergies", on, first="; ".join(check.allergy_lines))
    else:
        allergies = Line("Allergies", "Missing: not asked")
    many = "Missing: not counted" if check.medicines is None else f"{check.medicines} {on}"
    return [allergies, Line("Medicines", many)]


def _last_call(line: OnTheLine, person_id: int, today: date) -> Line:
    last = line.calls().filter(person_id=person_id).order_by("-ended_at").first()
    if last is None:
        return Line("Last call", "None on this line")
    days = (today - timezone.localtime(last.ended_at).date()).days
    when = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    return Line(
        "Last call", f"{when}: {', '.join(last.reasons_said).lower()}; {last.get_advice_display().lower()}"
    )
