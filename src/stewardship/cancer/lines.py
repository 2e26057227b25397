"""One person on the list, in the words that the page shows."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from stewardship.cancer.models_list import ListRow
from stewardship.cancer.providers import provider_name
from stewardship.cancer.words import OwnerGroup, Verb
from stewardship.rules.nhs_number import as_shown
from stewardship.vault.door import Shown
from stewardship.vault.words import aged

STANDARD, HARM = 62, 104
VERBS: dict[str, str] = {value: str(words) for value, words in Verb.choices}
OWNERS: dict[str, str] = {value: str(words) for value, words in OwnerGroup.choices}
SHORTER = {
    "lower gastrointestinal": "Lower GI",
    "upper gastrointestinal": "Upper GI",
    "brain and central nervous system": "Brain and nerves",
    "breast symptoms, cancer not suspected": "Breast symptoms",
    "haematological, other than acute leukaemia": "Haematological",
    "urological, other than testicular": "Urological",
    "non-specific symptoms": "Non-specific",
}
SOON = 7  # days before a limit at which its weekday is said


@dataclass(frozen=True, repr=False)
class Line:
    """One row. name: "FAMILY, Given", or which pathway it is where names are hidden. days: None where none are counted.

    tags: colour and words. due: whether the next step is overdue, due or neither is in its words.
    """

    pathway: int
    name: str
    facts: tuple[str, ...]
    days: int | None
    waited: str
    limit: str
    tags: tuple[tuple[str, str], ...]
    step: str
    step_due: str
    owner: str
    comment: str
    comment_by: str
    over: bool
    hidden: bool


def line_of(row: ListRow, who: Shown | None, today: date, *, provider: bool = False) -> Line:
    """A row of the list. who: None where names are hidden, or nobody of that pseudonym is in the vault.

    provider: whether it has to be said whose the person is.
    """
    days = None if row.counts_from is None else (today - row.counts_from).days
    return Line(
        pathway=row.pathway_id,
        name=named(who) if who else f"Pathway {row.pathway_id}",
        facts=_facts(row, who, today, provider),
        days=days,
        waited=waited(days),
        limit=limit(row, today),
        tags=_tags(row, today),
        step=_step(row),
        step_due=due(row.step_due_on, today) if row.step_due_on else "",
        owner=_owner(row),
        comment=row.last_comment,
        comment_by=_by(row, today),
        over=days is not None and days > HARM and row.day_62_on is not None,
        hidden=who is None,
    )


def named(who: Shown) -> str:
    """FAMILY, Given names."""
    one = who.who
    return ", ".join(filter(None, (one.family_name.upper(), one.given_names)))


def waited(days: int | None) -> str:
    """How far a wait is from 62 days: 9 over 62; 4 left of 62."""
    if days is None:
        return "no day is counted"
    return f"{days - STANDARD} over 62" if days > STANDARD else f"{STANDARD - days} left of 62"


def limit(row: ListRow, today: date) -> str:
    """The next limit and how far it is: 28 tomorrow, not told; 62 in 4 days, Monday; Passed 104 on 2 April."""
    if row.day_28_on and today <= row.day_28_on:
        return f"28 {near(row.day_28_on, today)}, not told"
    if row.day_31_on and today <= row.day_31_on < (row.day_62_on or date.max):
        return f"31 from decision {near(row.day_31_on, today)}"
    if row.day_62_on is None:
        late = row.day_28_on and today > row.day_28_on
        return (
            f"Passed 28 on {short(row.day_28_on)}, not told" if late and row.day_28_on else "No limit ahead"
        )
    day_104 = row.day_62_on + timedelta(days=HARM - STANDARD)
    if today <= row.day_62_on:
        return f"62 {near(row.day_62_on, today)}"
    return f"104 {near(day_104, today)}" if today <= day_104 else f"Passed 104 on {short(day_104)}"


def near(day: date, today: date) -> str:
    """today; tomorrow; in 4 days, Monday; in 13 days, 29 April."""
    many = (day - today).days
    if many < 2:
        return ("today", "tomorrow")[many]
    return f"in {many} days, {f'{day:%A}' if many <= SOON else short(day)}"


def due(day: date, today: date) -> str:
    """When something is due: today; by 17 April; due 13 April, 3 days overdue."""
    if day == today:
        return "today"
    late = (today - day).days
    if late < 0:
        return f"by {short(day)}"
    return f"due {short(day)}, {late} day{'' if late == 1 else 's'} overdue"


def short(day: date) -> str:
    """13 April."""
    return f"{day.day} {day:%B}"


def group(words: str) -> str:
    """A tumour group as the list says it: Lower GI."""
    return SHORTER.get(words, f"{words[:1].upper()}{words[1:]}")


def _facts(row: ListRow, who: Shown | None, today: date, provider: bool) -> tuple[str, ...]:
    place = " · ".join(
        filter(None, (group(row.tumour_group), provider_name(row.provider) if provider else ""))
    )
    if who is None:
        return (row.age_band, place)
    return (f"{as_shown(who.who.nhs_number)} · {aged(who.who.birth_date, today)}", place)


def _tags(row: ListRow, today: date) -> tuple[tuple[str, str], ...]:
    day_104 = row.day_62_on and row.day_62_on + timedelta(days=HARM - STANDARD)
    told = (
        ("red", "Over 104 days", bool(day_104 and today > day_104)),
        ("orange", f"Level {row.escalated}", row.escalated > 0),
        ("orange", "Booked too late", row.will_breach),
        ("orange", "Vanished from the file", row.vanished),
        ("grey", "Not counted", not row.headline),
    )
    return tuple((colour, words) for colour, words, holds in told if holds)


def _step(row: ListRow) -> str:
    """Chase: biopsy."""
    verb = VERBS.get(row.step_verb, "")
    rest = row.step.removeprefix(verb).strip()
    return f"{verb}: {rest}" if verb and rest else row.step


def _owner(row: ListRow) -> str:
    group = OWNERS.get(row.step_group, row.step_group)
    person = str(row.step_owner) if row.step_owner_id and row.step_owner else ""
    return ", ".join(filter(None, (group, person, provider_name(row.step_organisation))))


def _by(row: ListRow, today: date) -> str:
    if row.last_comment_at is None:
        return ""
    at = timezone.localtime(row.last_comment_at)
    days = (today - at.date()).days
    when = f"today {at:%H:%M}" if days == 0 else "yesterday" if days == 1 else short(at.date())
    return f"{row.last_comment_by}, {when}"
