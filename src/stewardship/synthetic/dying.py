"""Who died within the years: drawn beside the people who did not, from the same ages, sexes, fifths and times.

Of each person still here, others of the same birth, sex and fifth were here at first and died meanwhile: with a
hazard that adds up to M over the time they were here, exp(M) - 1 for each who is left. So death rates, and the life
expectancy that follows from them, are the published ones among all who are told of, the dead included.
"""

from dataclasses import replace

import numpy as np

from stewardship.synthetic.lives import NEVER, Days, Flags, People, Plan, Share, Small, Whole
from stewardship.synthetic.mortality import age_at, hazard_until
from stewardship.synthetic.places import Places

YEAR = 365.25
FRAILER = 0.6  # by so many standard deviations are those who die frailer than those who do not
_CARE_HOME_HAZARD = 2.5  # times that of others of the same age, sex and fifth
_WIDOWED = 0.5  # share of the dead of 50 and over who lived with one of the people now on their own
_BIRTHDAY = 90  # days by which birthdays differ at most from those of the people they are drawn beside


def deaths_beside(rng: np.random.Generator, plan: Plan, places: Places, living: People) -> People:
    """The dead of a batch, with household numbers that follow on from those of the living."""
    came, went = np.maximum(living.start, plan.first), np.minimum(living.end, plan.last)
    until = hazard_until((went - living.birth) / YEAR, living.female, living.fifth)
    since = hazard_until((came - living.birth) / YEAR, living.female, living.fifth)
    beside = _more_in_care_homes(living, went, np.expm1(until - since))
    source = _evenly(rng, beside, living, went)
    share = rng.random(len(source)) * np.expm1((until - since)[source])
    age = age_at(until[source] - np.log1p(share), living.female[source], living.fifth[source])
    death = living.birth[source] + np.round(age * YEAR).astype(np.int32)
    death = np.clip(death, came[source], went[source]).astype(np.int32)
    birth = living.birth[source] + rng.integers(-_BIRTHDAY, _BIRTHDAY + 1, len(source)) * (age > 2)
    area = _other_areas(rng, places, living.area[source])
    household = int(living.household.max(initial=0)) + 1 + np.arange(len(source))
    dead = People(
        batch=living.batch,
        number=np.zeros(len(source), dtype=np.int64),
        household=household,
        birth=birth.astype(np.int32),
        female=living.female[source],
        ethnicity=living.ethnicity[source],
        area=area,
        fifth=living.fifth[source],
        practice=living.practice[source],
        start=np.clip(living.start[source], birth, death).astype(np.int32),
        end=death,
        death=death,
        care_home=living.care_home[source],
        frailty=rng.standard_normal(len(source)) + FRAILER,
    )
    return _at_home(rng, living, dead, source, age)


def _more_in_care_homes(living: People, went: Days, beside: Share) -> Share:
    """The deaths of each sex, fifth and five years of age, with more of them in care homes and as many in all."""
    weighted = beside * np.where(living.care_home, _CARE_HOME_HAZARD, 1.0)
    age = np.clip((went - living.birth) / YEAR, 0, 99) // 5
    group = (age.astype(np.int64) * 2 + living.female) * 6 + living.fifth
    before, after = (np.bincount(group, weights=each) for each in (beside, weighted))
    return np.asarray(weighted * (before / np.maximum(after, 1e-12))[group])


def _evenly(rng: np.random.Generator, beside: Share, living: People, went: Days) -> Whole:
    """Beside whom each of the dead is drawn: evenly along sex, fifth and age."""
    order = np.lexsort((went - living.birth, living.fifth, living.female))
    counts = np.diff(np.floor(np.cumsum(beside[order]) + rng.random()), prepend=0).astype(np.int64)
    return np.repeat(order, counts)


def _other_areas(rng: np.random.Generator, places: Places, area: Small) -> Small:
    """An area of the same locality and fifth for each."""
    kind = places.areas.locality.astype(np.int64) * 6 + places.areas.fifth
    order = np.argsort(kind, kind="stable")
    first, beyond = (np.searchsorted(kind[order], kind[area], side=side) for side in ("left", "right"))
    return order[first + np.floor(rng.random(len(area)) * (beyond - first)).astype(np.int64)].astype(np.int16)


def _at_home(rng: np.random.Generator, living: People, dead: People, source: Whole, age: Share) -> People:
    """Put children and care home residents where those beside them live, and half of the old with the widowed."""
    beside = (age < 18) | dead.care_home
    home = np.where(beside, source, -1)
    widowed = ~beside & (age >= 50) & (rng.random(len(age)) < _WIDOWED)
    home[widowed] = _widowed(living, dead, np.flatnonzero(widowed))
    found = home >= 0
    return replace(
        dead,
        household=np.where(found, living.household[home], dead.household),
        area=np.where(found, living.area[home], dead.area).astype(np.int16),
        practice=np.where(found, living.practice[home], dead.practice).astype(np.int16),
    )


def _widowed(living: People, dead: People, who: Whole) -> Whole:
    """For each of some dead, a person of the other sex, about as old and of the same fifth, who lives alone; or -1."""
    people = np.bincount(living.household)[living.household]
    alone = np.flatnonzero((people == 1) & (living.end == NEVER) & ~living.care_home)
    if not len(alone):
        return np.full(len(who), -1, dtype=np.int64)
    key, wanted = _kind(living, alone, living.female[alone]), _kind(dead, who, ~dead.female[who])
    order = np.argsort(key)
    place = np.minimum(np.searchsorted(key[order], wanted), len(alone) - 1)
    found = alone[order[place]]
    near = np.abs(living.birth[found] - dead.birth[who]) < 8 * YEAR
    same = (living.fifth[found] == dead.fifth[who]) & (living.female[found] != dead.female[who])
    there = dead.death[who] >= living.start[found]
    return np.where(near & same & there, found, -1)


def _kind(people: People, who: Whole, female: Flags) -> Whole:
    """A number that orders people by sex, fifth and birth."""
    group = female * 6 + people.fifth[who]
    return np.asarray(group * 1_000_000 + people.birth[who] + 60_000, dtype=np.int64)
