"""What a care area claims of activity and money as its own: plain codes, names and ages.

Of several areas the first of these ranks decides, and within a rank no two areas may claim the same:

1. ages, where local policy says so; 2. the primary diagnosis; 3. the treatment function, the team, and else the point
of delivery; 4. the medicine; 5. contacts in general practice by the areas that the person is in; 6. nobody's.

An overlay looks at care whatever area it is of: it claims nothing of its own and is never added to the others.

Source: allocation order of the project's page of care areas, shared conventions.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.expressions import Answer, ExpressionError
from stewardship.records.model import POINTS_OF_DELIVERY


@dataclass(frozen=True)
class Claims:
    """What is a care area's own.

    diagnoses: primary diagnoses; specialties: treatment function codes; medicines: codes of items; teams: services of
    the community, teams of mental health, support reasons of adult social care, as sent; programmes: programme
    budgeting codes as ledgers have them; ages: the first and last age of whom everything is the area's.
    points_of_delivery: care that is the area's whole unless a team or specialty says otherwise; of an overlay, the care
    that it looks at. An overlay without them looks at all care of its people.
    """

    diagnoses: CodeList | None = None
    specialties: tuple[str, ...] = ()
    medicines: CodeList | None = None
    teams: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None
    overlay: bool = False
    points_of_delivery: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("specialties", "teams", "programmes", "points_of_delivery"):
            if isinstance(getattr(self, name), str):
                raise ExpressionError(f'claims: `{name}` is a list: write {name}=("{getattr(self, name)}",).')
        for code in self.programmes:
            if not re.fullmatch("[0-9]{2}[A-Z]?", code):
                raise ExpressionError(
                    f'claims: "{code}" is no programme budgeting code. Write two digits and, for part of a '
                    'programme, a letter, such as "04A".'
                )
        for point in self.points_of_delivery:
            if point not in POINTS_OF_DELIVERY:
                raise ExpressionError(
                    f'claims: there is no point of delivery "{point}". Write one of '
                    f"{', '.join(POINTS_OF_DELIVERY)}."
                )
        if self.ages is not None and not 0 <= self.ages[0] <= self.ages[1]:
            raise ExpressionError(
                f"claims: ages {self.ages} hold nobody. Write the first and the last age, such as (0, 17)."
            )
        own = (self.diagnoses, self.medicines, self.ages, *self.specialties, *self.teams)
        if self.overlay and any(each is not None for each in own):
            raise ExpressionError(
                "claims: an overlay has nothing of its own. Leave its diagnoses, specialties, medicines, teams "
                "and ages out, or leave out overlay=True."
            )


@dataclass(frozen=True)
class Claimant:
    """A care area as allocation sees it: its key and name, whom it is about, and what it claims."""

    key: str
    name: str
    population: Answer
    claims: Claims

    @property
    def shares(self) -> bool:
        """Whether contacts in general practice are shared with it: no overlay, and no area of an age."""
        return not self.claims.overlay and self.claims.ages is None


def clash(claimed: Sequence[tuple[str, Claims]]) -> str:
    """The first thing that two areas claim at the same rank, as a sentence for whoever wrote them; '' if none.

    claimed: names of areas, with their claims.
    """
    own = [(name, claims) for name, claims in claimed if not claims.overlay]
    for said in (_ages_claimed_twice(own), *_codes_claimed_twice(own), *_names_claimed_twice(own)):
        if said:
            return said
    return ""


def _ages_claimed_twice(own: Sequence[tuple[str, Claims]]) -> str:
    ranges = sorted((*claims.ages, name) for name, claims in own if claims.ages is not None)
    for (_, last, one), (first, _, other) in pairwise(ranges):
        if first <= last:
            return f"{one} and {other} both claim people aged {first}. Leave that age to one of them."
    return ""


def _codes_claimed_twice(own: Sequence[tuple[str, Claims]]) -> Iterator[str]:
    for rank, what in (("diagnoses", "diagnosis"), ("medicines", "medicine")):
        spans = sorted(
            (rule.system, *_span(rule), rule.code, name)
            for name, claims in own
            for rule in getattr(getattr(claims, rank), "rules", ())
        )
        reach: tuple[str, str, str, str] | None = None
        for system, first, last, code, name in spans:
            if reach and reach[0] == system and first <= reach[1] and name != reach[3]:
                both = f"{reach[3]} and {name} both claim the {what}"
                yield f"{both} {_shorter(code, reach[2])} ({system}). Leave it to one of them."
            if reach is None or reach[0] != system or last > reach[1]:
                reach = (system, last, code, name)


def _span(rule: CodeRule) -> tuple[str, str]:
    """The first and last text that a rule covers, in the order of texts."""
    if rule.match == "exact":
        return rule.code, rule.code
    first, _, last = rule.code.partition("-") if rule.match == "range" else (rule.code, "", rule.code)
    return first, f"{last}\uffff"


def _shorter(one: str, other: str) -> str:
    """The narrower of two rules that overlap, to be named: it has the longer code, or is no range."""
    return min(one, other, key=lambda code: ("-" in code, -len(code)))


def _names_claimed_twice(own: Sequence[tuple[str, Claims]]) -> Iterator[str]:
    for rank, what in (
        ("specialties", "specialty"),
        ("teams", "team"),
        ("points_of_delivery", "point of delivery"),
        ("programmes", "programme"),
    ):
        first: dict[str, str] = {}
        for name, claims in own:
            for each in getattr(claims, rank):
                other = first.setdefault(each, name)
                if other != name:
                    yield f'{other} and {name} both claim the {what} "{each}". Leave it to one of them.'


def by_code(
    claimants: Sequence[Claimant], rank: str, present: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """The number of the area that claims each (system, code) pair that occurs. rank: diagnoses or medicines."""
    found: dict[tuple[str, str], int] = {}
    for number, claimant in enumerate(claimants):
        codes: CodeList | None = getattr(claimant.claims, rank)
        found |= dict.fromkeys(codes.among(present) if codes else [], number)
    return found


OF_TEAMS = ("community", "mental_health", "social_care")
"""Points of delivery whose specialty, or support reason, is a service or team."""


def by_kind(
    claimants: Sequence[Claimant], present: Sequence[tuple[str, str]]
) -> Mapping[tuple[str, str], int]:
    """The number of the area that claims each pair of point of delivery and specialty that occurs, at rank 3."""
    found: dict[tuple[str, str], int] = {}
    for number, claimant in enumerate(claimants):
        claims = claimant.claims
        for point, specialty in present:
            named = claims.teams if point in OF_TEAMS else claims.specialties
            if specialty in named and not claims.overlay:
                found[point, specialty] = number
    for number, claimant in enumerate(claimants):
        for point, specialty in present:
            if point in claimant.claims.points_of_delivery and not claimant.claims.overlay:
                found.setdefault((point, specialty), number)
    return found
