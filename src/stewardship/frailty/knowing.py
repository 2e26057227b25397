"""What is known of the person of a call, from their entry of the register: short lines, what is missing said too."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from stewardship.frailty.call_scope import OnTheLine
from stewardship.frailty.models import Entry, Held
from stewardship.rules.nhs_number import as_shown
from stewardship.vault.door import Shown
from stewardship.vault.letters import written
from stewardship.vault.words import aged


@dataclass(frozen=True, repr=False)
class Line:
    """One line of what is known. old: said in red, and in words, because it may be out of date."""

    label: str
    words: str
    old: bool = False


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


def known_of(entry: Entry | None, line: OnTheLine, person_id: int, today: date) -> list[Line]:
    """What the register knows, and the last call. An entry that may not be shown is told as none is."""
    told = [*_of_entry(entry), _last_call(line, person_id, today)]
    return [each for each in told if each is not None]


def _of_entry(entry: Entry | None) -> list[Line]:
    if entry is None:
        return [Line("Register", "No entry is shown to you: make one from this call, once it has ended.")]
    held = Held.objects.filter(entry_id__in=entry.family(), ended_on=None)
    told = [
        f"{one.get_condition_display()}{f', {one.get_degree_display().lower()}' if one.degree else ''} "
        f"({written(one.diagnosed_on)})"
        for one in held
    ]
    stands = Line("Register", entry.get_state_display())
    return [stands, *(Line("Condition" if at else "Frailty", words) for at, words in enumerate(told))]


def _last_call(line: OnTheLine, person_id: int, today: date) -> Line | None:
    last = line.calls().filter(person_id=person_id).order_by("-ended_at").first()
    if last is None:
        return Line("Last call", "None on this line")
    days = (today - timezone.localtime(last.ended_at).date()).days
    when = "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"
    return Line(
        "Last call", f"{when}: {', '.join(last.reasons_said).lower()}; {last.get_advice_display().lower()}"
    )
