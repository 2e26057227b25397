"""What a fact is, and which facts an expression needs."""

from dataclasses import dataclass
from typing import Literal

from stewardship.people.answers import Has, InGroup, Recorded
from stewardship.people.code_lists import CodeList
from stewardship.people.events import (
    ANYHOW,
    Contacts,
    Deaths,
    Followed,
    From,
    Prescriptions,
    Procedures,
    Traits,
)
from stewardship.people.expressions import (
    AddedUp,
    Between,
    Both,
    Counted,
    Either,
    Events,
    Expression,
    Known,
    Latest,
    Not,
    Points,
    Sum,
    Total,
    Weighted,
)
from stewardship.people.periods import EVER, Window
from stewardship.rules.scores.score import Score

Gives = Literal[AddedUp, "value", "points"]
ReadAs = Literal["coded", "characteristic", "contacts", "followed", "procedures", "points"]


@dataclass(frozen=True)
class Following:
    """What comes after contacts: one of these within so many days of their start or end."""

    by: "Fact"
    within_days: int
    counted_from: From


@dataclass(frozen=True)
class Fact:
    """One thing to know of each resident and year.

    table: the canonical event table it is read from. gives: how many, their cost in pence, the latest value, ….
    codes: None is every code. points_of_delivery, specialties, places, characteristics: empty is every one.
    places: where people died. followed: what has to come after a contact. score: whose points are given.
    """

    table: str
    gives: Gives
    window: Window
    codes: CodeList | None = None
    points_of_delivery: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    primary: bool = False
    traits: Traits = ANYHOW
    places: tuple[str, ...] = ()
    characteristics: tuple[str, ...] = ()
    followed: Following | None = None
    score: Score | None = None

    @property
    def read_as(self) -> ReadAs:
        """In which way its table is read for it."""
        if self.score is not None:
            return "points"
        if self.followed is not None:
            return "followed"
        kinds: dict[str, ReadAs] = {
            "activity": "contacts",
            "activity_code": "procedures",
            "characteristic": "characteristic",
        }
        return kinds.get(self.table, "coded")


def fact_of(leaf: Expression) -> Fact | None:
    """The fact behind a leaf of an expression; None if it is no leaf, or is about the person alone."""
    match leaf:
        case Has(codes, within):
            return Fact("condition", "count", within, codes)
        case Recorded(codes, within):
            return Fact("observation", "count", within, codes)
        case InGroup(characteristics):
            return Fact("characteristic", "count", EVER, characteristics=characteristics)
        case Latest(codes, within):
            return Fact("observation", "value", within, codes)
        case Points(score, within, of):
            return _fact_of_points(score, within, of)
        case Total(events, of, within):
            return _fact_of_events(events, of, within)
    return None


def _fact_of_points(score: Score, window: Window, of: Events | None) -> Fact:
    match of:
        case None:
            return Fact("condition", "points", window, score=score)
        case Prescriptions():
            return Fact("medication", "points", window, score=score)
        case Contacts(points, specialties, _, _, traits):
            return Fact("activity", "points", window, None, points, specialties, traits=traits, score=score)
    raise TypeError(f"no table holds the codes of {of!r}")


def _fact_of_events(events: Events, gives: AddedUp, window: Window) -> Fact:
    match events:
        case Contacts(points, specialties, diagnosis, primary, traits):
            return Fact("activity", gives, window, diagnosis, points, specialties, primary, traits)
        case Followed(Contacts(points, specialties, diagnosis, primary, traits), by, days, counted_from):
            next_one = Following(_fact_of_events(by, "count", EVER), days, counted_from)
            return Fact(
                "activity", gives, window, diagnosis, points, specialties, primary, traits, followed=next_one
            )
        case Procedures(codes):
            return Fact("activity_code", gives, window, codes)
        case Prescriptions(codes):
            return Fact("medication", gives, window, codes)
        case Deaths(codes, places):
            return Fact("death", gives, window, codes, places=places)
    raise TypeError(f"no table holds {events!r}")


def facts_in(expression: Expression) -> list[Fact]:
    """The facts that an expression needs, each once, in the order in which they stand."""
    fact = fact_of(expression)
    if fact is not None:
        return [fact]
    found = [fact for part in parts_of(expression) for fact in facts_in(part)]
    return list(dict.fromkeys(found))


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The expressions that an expression is directly made of."""
    match expression:
        case Both(left, right) | Either(left, right):
            return (left, right)
        case Not(part):
            return (part,)
        case Between(quantity=quantity) | Known(quantity=quantity):
            return (quantity,)
        case Counted(answers):
            return answers
        case Weighted(parts):
            return tuple(answer for answer, _ in parts)
        case Sum(totals):
            return totals
    return ()
