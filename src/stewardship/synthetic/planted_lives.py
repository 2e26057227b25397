"""What was planted in who people are and what they have: a gap in life expectancy, an under-served group, and
people who are registered twice."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Protocol

import numpy as np

from stewardship.synthetic.extracts import nhs_numbers
from stewardship.synthetic.health.conditions import CONDITIONS, UNDER_SERVED_TIMES, shares_of
from stewardship.synthetic.lives import NEVER, Days, Flags, Health, People, Plan, Share, Small
from stewardship.synthetic.mortality import BANDS, life_expectancy, targets
from stewardship.synthetic.places import Places
from stewardship.synthetic.tables import source_of
from stewardship.synthetic.truth import Planted, Realised
from stewardship.synthetic.twice import SHARE, registered_twice
from stewardship.synthetic.under_served import CATEGORIES, FIFTHS, WHO, is_under_served

_SEXES = ("M", "F")
_YEAR = 365.25


def planted_in_lives(plan: Plan, places: Places, people: People, health: Health) -> list[Planted]:
    """What was planted in a batch."""
    return [_gap(plan, people), _need(plan, people, health), _twice(plan, places, people)]


class Lived(Protocol):
    """When each of some people was born, came, left and died; of which sex they are, and of which fifth."""

    @property
    def birth(self) -> Days:
        """Day of birth."""

    @property
    def female(self) -> Flags:
        """Whether a woman."""

    @property
    def fifth(self) -> Small:
        """Deprivation fifth."""

    @property
    def start(self) -> Days:
        """First day registered; NEVER for nobody's."""

    @property
    def end(self) -> Days:
        """Last day registered."""

    @property
    def death(self) -> Days:
        """Day of death, NEVER for the living."""


def deaths_and_years(plan: Plan, people: Lived) -> tuple[Share, Share]:
    """Deaths, and years lived, within the years told: by sex (1 women), fifth and age band; arrays of 2, 5 and 20."""
    begun = (np.maximum(people.start, plan.first) - people.birth) / _YEAR
    ended = (np.minimum(people.end, plan.last) + 1 - people.birth) / _YEAR
    limits = np.append(BANDS, 200)
    group = people.female.astype(np.int64) * 5 + people.fifth - 1
    died = (people.death >= plan.first) & (people.death <= plan.last)
    age = (people.death - people.birth) / _YEAR
    deaths, years = np.empty((10, len(BANDS))), np.empty((10, len(BANDS)))
    for band, (youngest, beyond) in enumerate(pairwise(limits)):
        lived = np.clip(np.minimum(ended, beyond) - np.maximum(begun, youngest), 0, None)
        years[:, band] = np.bincount(group, weights=lived, minlength=10)
        deaths[:, band] = np.bincount(group[died & (age >= youngest) & (age < beyond)], minlength=10)
    return deaths.reshape(2, 5, -1), years.reshape(2, 5, -1)


def _gap(plan: Plan, people: People) -> Planted:
    deaths, years = deaths_and_years(plan, people)
    return Planted(
        key="life-expectancy-gap",
        words="People of more deprived fifths die younger: life expectancy at birth is as published for each fifth.",
        parameters={
            sex: {str(fifth): float(targets()[place, fifth - 1]) for fifth in range(1, 6)}
            for place, sex in enumerate(_SEXES)
        }
        | {
            "unit": "years by sex and deprivation fifth, 1 the most deprived",
            "source": source_of("life_expectancy"),
        },
        where=[],
        who="everybody",
        when="all years",
        realised={"deaths": _told(deaths), "person_years": _told(years)},
        check="A life table of deaths and person-years by sex, fifth and age band, to 90 and over.",
        finish=_expectancies,
    )


def _told(found: Share) -> dict[str, Realised]:
    return {
        sex: {
            str(fifth): {
                str(BANDS[band]): round(float(found[place, fifth - 1, band]), 2) for band in range(len(BANDS))
            }
            for fifth in range(1, 6)
        }
        for place, sex in enumerate(_SEXES)
    }


def _expectancies(realised: Mapping[str, Realised]) -> dict[str, Realised]:
    deaths, years = (_array(realised[name]) for name in ("deaths", "person_years"))
    rates = deaths / np.maximum(years, 1e-9)
    rates[:, :, -1] = np.maximum(
        rates[:, :, -1], 1e-3
    )  # nobody of 90 and over may have died among a few people
    found: dict[str, Realised] = {
        sex: {str(fifth): round(life_expectancy(rates[place, fifth - 1]), 2) for fifth in range(1, 6)}
        for place, sex in enumerate(_SEXES)
    }
    return {"life_expectancy": found}


def _array(told: Realised) -> Share:
    assert isinstance(told, Mapping)
    return np.array(
        [[[told[sex][str(fifth)][str(band)] for band in BANDS] for fifth in range(1, 6)] for sex in _SEXES]  # type: ignore[index,call-overload]
    )


def _need(plan: Plan, people: People, health: Health) -> Planted:
    """Conditions that the group has, and that it would have if it were as others of its age, sex and fifth."""
    who = np.flatnonzero(is_under_served(people) & (people.end == NEVER))
    sex, fifth, age = people.female[who].astype(np.int64), people.fifth[who] - 1, people.age(plan.last)[who]
    has = sum(int((health.onset[key][who] <= plan.last).sum()) for key in CONDITIONS)
    otherwise = sum(float(shares_of(key)[sex, fifth, np.clip(age, 0, 110)].sum()) for key in CONDITIONS)
    return Planted(
        key="under-served-need",
        words="A group has more of every long-term condition than others of their age, sex and fifth, and less planned "
        "care than others with the same need.",
        parameters={
            "times_as_many": UNDER_SERVED_TIMES,
            "categories": list(CATEGORIES),
            "fifths": list(FIFTHS),
        },
        where=[],
        who=WHO,
        when="all years",
        realised={
            "residents": len(who),
            "conditions": has,
            "conditions_of_all_like_them": round(otherwise, 2),
        },
        check="Conditions a head of the group against residents of the same age, sex and fifth.",
    )


def _twice(plan: Plan, places: Places, people: People) -> Planted:
    twice = registered_twice(plan, places, people)
    newer, older = (nhs_numbers(each).to_pylist() for each in (people.number[twice.who], twice.number))
    return Planted(
        key="registered-twice",
        words="People are registered under two NHS numbers; the older one is marked as superseded by the newer. No "
        "newer one is superseded in turn, so none lead to each other in a circle.",
        parameters={"share": SHARE},
        where=[],
        who="people who stayed for more than two years, outside care homes",
        when="all years",
        realised={"pairs": [f"{old} superseded by {new}" for old, new in zip(older, newer, strict=True)]},
        check="SupersededBy in the file of patients; both numbers have registrations that overlap. Records built of "
        "the files have one person for both, so none of the older number; figures leave out who has opted out under "
        "either.",
    )
