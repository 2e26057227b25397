"""What a fact is, and which facts an expression needs."""

from dataclasses import dataclass
from typing import Literal

from stewardship.people.code_lists import CodeList
from stewardship.people.expressions import (
    Between,
    Both,
    Contacts,
    Counted,
    Deaths,
    Either,
    Events,
    Expression,
    Has,
    Known,
    Latest,
    Not,
    Prescriptions,
    Procedures,
    Recorded,
    Sum,
    Total,
)
from stewardship.people.periods import Window

Gives = Literal["count", "cost", "value"]


@dataclass(frozen=True)
class Fact:
    """One thing to know of each resident and year.

    table: the canonical event table it is read from. gives: how many, their cost in pence, or the latest value.
    codes: None is every code. points_of_delivery, specialties: empty is every one.
    """

    table: str
    gives: Gives
    window: Window
    codes: CodeList | None = None
    points_of_delivery: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    primary: bool = False


def fact_of(leaf: Expression) -> Fact | None:
    """The fact behind a leaf of an expression; None if it is no leaf, or is about the person alone."""
    match leaf:
        case Has(codes, within):
            return Fact("condition", "count", within, codes)
        case Recorded(codes, within):
            return Fact("observation", "count", within, codes)
        case Latest(codes, within):
            return Fact("observation", "value", within, codes)
        case Total(events, of, within):
            return _fact_of_events(events, of, within)
    return None


def _fact_of_events(events: Events, gives: Gives, window: Window) -> Fact:
    match events:
        case Contacts(points, specialties, diagnosis, primary):
            return Fact("activity", gives, window, diagnosis, points, specialties, primary)
        case Procedures(codes):
            return Fact("activity_code", gives, window, codes)
        case Prescriptions(codes):
            return Fact("medication", gives, window, codes)
        case Deaths(codes):
            return Fact("death", gives, window, codes)
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
        case Sum(totals):
            return totals
    return ()
