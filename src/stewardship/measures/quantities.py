"""What is counted, apart from where it is shown: two measures may publish the same count.

The name of a quantity stands on the card of every measure that shows it, so that nobody has to guess which
figures are of the same people. The definitions are open; a name is made from nothing else.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from stewardship.measures.measure import Measure
from stewardship.people.answers import Everyone
from stewardship.people.expressions import Answer, Both

Kind = Literal["people", "people-in-year", "person-years", "events", "pence"]


@dataclass(frozen=True)
class Quantity:
    """A quantity of one or more years.

    kind: people at the year's end, people who were there in the year, their days as person-years, events, or money
    in pence. of: the conditions that all hold, as fingerprints. years: how many are put together.
    """

    kind: Kind
    of: frozenset[str]
    years: int = 1

    @property
    def name(self) -> str:
        """As it stands on a card: kind, years and conditions, for example `events:3:0b1c…+88a2…`."""
        return f"{self.kind}:{self.years}:{'+'.join(sorted(self.of))}"

    @staticmethod
    def named(name: str) -> "Quantity":
        """The quantity of that name."""
        kind, years, of = name.split(":")
        return Quantity(kind, frozenset(of.split("+")) - {""}, int(years))  # type: ignore[arg-type]

    @property
    def adds_up(self) -> bool:
        """Whether the parts of a place or a group add up to it. People of the fullest of several years need not."""
        return not (self.kind == "people-in-year" and self.years > 1)


def numerator_of(measure: Measure) -> Quantity:
    """What is divided, or counted."""
    who = _conditions(measure.who)
    match measure.statistic:
        case "count":
            return denominator_of(measure)
        case "proportion":
            assert isinstance(measure.numerator, Answer)
            return Quantity(denominator_of(measure).kind, who | _conditions(measure.numerator), measure.pool)
    kind: Kind = "pence" if measure.unit.startswith("£") else "events"
    return Quantity(kind, who | _ages(measure) | {_fingerprint(measure.numerator)}, measure.pool)


def denominator_of(measure: Measure) -> Quantity:
    """By what it is divided, or among whom it is counted."""
    of = _conditions(measure.who) | _ages(measure)
    if measure.over is not None:
        return Quantity("events", of | {_fingerprint(measure.over)}, measure.pool)
    kind: Kind = "people-in-year"
    if measure.at_end:
        kind = "people"
    elif measure.statistic in ("rate", "standardised rate"):
        kind = "person-years"
    return Quantity(kind, of, measure.pool)


def _conditions(answer: Answer) -> frozenset[str]:
    if isinstance(answer, Both):
        return _conditions(answer.left) | _conditions(answer.right)
    return frozenset() if isinstance(answer, Everyone) else frozenset({_fingerprint(answer)})


def _ages(measure: Measure) -> frozenset[str]:
    return frozenset() if measure.ages is None else frozenset({_fingerprint(("ages", measure.ages))})


def _fingerprint(thing: object) -> str:
    return sha256(repr(thing).encode()).hexdigest()[:10]
