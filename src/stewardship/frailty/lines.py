"""One person of a list of the register, in the words that the page shows; nothing is said by colour alone."""

from dataclasses import dataclass
from datetime import date, timedelta

from stewardship.frailty.models import Row
from stewardship.frailty.words import Condition, Degree, Route, State
from stewardship.rules.frailty.intervals import intervals
from stewardship.rules.nhs_number import as_shown
from stewardship.vault.door import Shown
from stewardship.vault.words import aged

ROUTES = {value: str(label) for value, label in Route.choices}
DEGREES = {value: f"{label[:1].lower()}{label[1:]}" for value, label in Degree.choices}
STATES = {value: str(label) for value, label in State.choices}


@dataclass(frozen=True, repr=False)
class Line:
    """One row. name: "FAMILY, Given". review: how the next review stands. tags: colour and words."""

    entry: int
    name: str
    facts: tuple[str, ...]
    conditions: str
    review: str
    plan: str
    tags: tuple[tuple[str, str], ...]


def line_of(row: Row, who: Shown, today: date) -> Line:
    """A row of a list, of somebody who may be shown."""
    return Line(
        entry=row.entry_id,
        name=named(who),
        facts=(
            f"{as_shown(who.who.nhs_number)} · {aged(who.who.birth_date, today)}",
            " · ".join(filter(None, (f"Practice {row.practice}" if row.practice else "", row.care_home))),
        ),
        conditions=conditions(row) or _proposed(row),
        review=review(row, today),
        plan=plan(row, today),
        tags=tuple(tags(row, today)),
    )


def named(who: Shown) -> str:
    """FAMILY, Given names."""
    return ", ".join(filter(None, (who.who.family_name.upper(), who.who.given_names)))


def day(one: date) -> str:
    """3 April 2026."""
    return f"{one.day} {one:%B %Y}"


def conditions(row: Row) -> str:
    """Frailty, severe; dementia; end of life, stage B, months."""
    found = []
    if row.frailty:
        found.append(_with("Frailty", row.frailty))
    if row.dementia:
        found.append(Condition.DEMENTIA.label)
    if row.end_of_life:
        found.append(_with("End of life", row.end_of_life))
    return "; ".join(found)


def review(row: Row, today: date) -> str:
    """How the next review stands; overdue after so many days past the day it was due."""
    if row.state != State.ON_REGISTER:
        return STATES[row.state]
    if row.review_due_on is None:
        return "Never reviewed" if row.never_reviewed else "No review is to come"
    late = (today - row.review_due_on).days
    said = f"Due {day(row.review_due_on)}"
    if late > intervals().overdue_after:
        return f"Overdue by {late} days: due {day(row.review_due_on)}"
    return f"{said}, today" if late == 0 else f"{said}, {late} days ago" if late > 0 else said


def plan(row: Row, today: date) -> str:
    """How the plan stands."""
    if row.state != State.ON_REGISTER:
        return ""
    if row.plan_until is None:
        return "No plan"
    return f"May be out of date since {day(row.plan_until)}" if row.plan_until < today else "In date"


def tags(row: Row, today: date) -> list[tuple[str, str]]:
    """What somebody should do something about."""
    late = today - timedelta(days=intervals().overdue_after)
    told = (
        ("red", "Review overdue", row.review_due_on is not None and row.review_due_on < late),
        ("orange", "Never reviewed", row.never_reviewed),
        ("orange", "After an admission or fall", row.event_due_on is not None),
        ("orange", "New care-home resident", row.home_plan_due_on is not None),
        ("orange", "No reply yet", row.reply_due_on is not None and row.reply_due_on < today),
        ("orange", "Carer not assessed", row.unassessed_carer is not None),
        ("grey", "Objects to sharing", row.objects_to_sharing),
    )
    return [(colour, words) for colour, words, holds in told if holds]


def _proposed(row: Row) -> str:
    return f"Found: {ROUTES.get(row.route, row.route)}" if row.route else ""


def _with(name: str, degree: str) -> str:
    said = DEGREES.get(degree, "")
    return f"{name}, {said}" if said else name
