"""Bundles: facts that are added up side by side, one row a person and year for all of them.

One event often counts towards several facts: a visit to a clinic is an outpatient attendance, an attendance of its
specialty and part of what all care costs. Facts of one table, one window and one audience are a bundle, and an event
is added to all of them at once, not once to each. So much is kept for each bundle and not for each fact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

import ibis

from stewardship.measures.fact import Fact, Following
from stewardship.people.code_lists import CodeList
from stewardship.people.events import Limits

WIDEST = 4  # facts: each is room in every row of the bundle, whether the events are of that fact or not
NOTHING, ONE, ITS_COST, ITS_NIGHTS, ITS_MINUTES = range(5)  # what an event gives to a fact
_GIVES = {"count": ONE, "cost": ITS_COST, "nights": ITS_NIGHTS, "response minutes": ITS_MINUTES}


@dataclass(frozen=True)
class Asked:
    """Codes that are looked for in diagnoses and procedures.

    of_contacts: among the diagnoses of contacts, else among procedures; primary: in first position only.
    """

    codes: CodeList | None
    primary: bool
    of_contacts: bool


def asked_of(fact: Fact) -> Asked | None:
    """What a fact looks for among diagnoses and procedures; None if it looks for nothing there."""
    if fact.table == "activity_code":
        return Asked(fact.codes, fact.primary, of_contacts=False)
    if fact.table == "activity" and fact.codes is not None:
        return Asked(fact.codes, fact.primary, of_contacts=True)
    return None


@dataclass(frozen=True)
class Bundle:
    """Facts of one table with the same window, read for the same people; a latest value is in a bundle of its own.

    audience: the number of those people as a power of two; 0 for everyone. asked: what contacts have to carry. What
    else is asked of events, their traits, their place and what follows them, is the same for all the facts.
    """

    facts: tuple[Fact, ...]
    audience: int
    asked: Asked | None

    @property
    def valued(self) -> bool:
        """Whether it is a latest value, and nothing is added up."""
        return self.facts[0].gives == "value"

    @property
    def unit(self) -> str | None:
        """The unit in which its value is wanted."""
        codes = self.facts[0].codes
        return (codes.unit if codes else "") if self.valued else None

    @property
    def followed(self) -> Following | None:
        """What has to come after a contact."""
        return self.facts[0].followed

    def holds(self, rows: Any) -> Any | None:
        """Whether events have the traits and the place that are asked for; None where nothing is asked of them."""
        traits, places = self.facts[0].traits, self.facts[0].places
        asked = [
            rows.attendance == traits.attendance if traits.attendance else None,
            rows.department.isin(traits.departments) if traits.departments else None,
            rows.urgency.isin(traits.urgencies) if traits.urgencies else None,
            *([] if traits.nights == (None, None) else _within(nights_of(rows), traits.nights)),
            *([] if traits.minutes == (None, None) else _within(rows.minutes, traits.minutes)),
            rows.place.isin(places) if places else None,
        ]
        found = [each for each in asked if each is not None]
        return reduce(and_, found).fill_null(False) if found else None

    def gives(self, counted: Sequence[bool], width: int) -> tuple[int, ...]:
        """What an event gives to each column, of so many, if it counts towards these facts of the bundle."""
        given = [
            _GIVES.get(fact.gives, NOTHING) if counts else NOTHING
            for fact, counts in zip(self.facts, counted, strict=True)
        ]
        return (*given, *[NOTHING] * width)[:width]


def nights_of(rows: Any) -> Any:
    """The nights of each contact; null while it goes on."""
    return rows.end.delta(rows.start, unit="day")


def _within(number: Any, limits: Limits) -> list[Any]:
    least, most = limits
    return [
        number.notnull() if least is None else number >= least,
        number.notnull() if most is None else number <= most,
    ]


def only_with_traits(rows: Any, bundles: Sequence[Bundle]) -> Any:
    """Events, each beside the bundle that it counts towards, without those that lack what the bundle asks of them."""
    asked = [
        (number, holds) for number, bundle in enumerate(bundles) if (holds := bundle.holds(rows)) is not None
    ]
    if not asked:
        return rows
    return rows.filter(ibis.cases(*((rows.bundle == number, holds) for number, holds in asked), else_=True))


def bundles_of(facts: Sequence[Fact], audiences: Mapping[Fact, int]) -> tuple[Bundle, ...]:
    """The facts of one table in bundles. audiences: those that are not for everyone."""
    together: dict[tuple[Any, ...], list[Fact]] = {}
    for fact in facts:
        value = fact if fact.gives in ("value", "points") else None
        key = (
            fact.window,
            audiences.get(fact, 0),
            asked_of(fact) if fact.table == "activity" else None,
            (fact.traits, fact.places, fact.followed),
            value,
        )
        together.setdefault(key, []).append(fact)
    return tuple(
        Bundle(tuple(those[first : first + WIDEST]), audience, asked)
        for (_, audience, asked, _, _), those in together.items()
        for first in range(0, len(those), WIDEST)
    )


def width_of(bundles: Sequence[Bundle]) -> int:
    """How many columns hold what is added up for any of the bundles."""
    return max((len(bundle.facts) for bundle in bundles if not bundle.valued), default=0)


def added(column: int) -> str:
    """The name of a column in which something is added up."""
    return f"added_{column}"


def given(column: int) -> str:
    """The name of the column that says what an event gives to it."""
    return f"given_{column}"


def what_is_added(rows: Any, bundles: Sequence[Bundle], cost: str | None) -> dict[str, Any]:
    """What each event adds to each column. cost: the column of its cost, if the table has one."""
    found = {}
    for column in range(width_of(bundles)):
        gives = rows[given(column)]
        asked = {bundle.facts[column].gives for bundle in bundles if column < len(bundle.facts)}
        measured = {
            "cost": (ITS_COST, (lambda: rows[cost]) if cost else None),
            "nights": (ITS_NIGHTS, lambda: nights_of(rows)),
            "response minutes": (ITS_MINUTES, lambda: rows.response_minutes),
        }
        cases = [
            (gives == number, value().fill_null(0).cast("int64"))
            for of, (number, value) in measured.items()
            if of in asked and value is not None
        ]
        found[added(column)] = ibis.cases(*cases, else_=gives) if cases else gives
    return found
