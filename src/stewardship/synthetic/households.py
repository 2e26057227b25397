"""Who lives with whom: people of known age and sex put into households as a census finds them.

Everybody keeps their age and sex, so those stay as published; couples, families and sharers are put together from them.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from stewardship.synthetic.lives import Flags, Share, Whole
from stewardship.synthetic.tables import published

COUPLE, ALONE, LONE_PARENT, WITH_PARENTS, CARE_HOME, SHARING = range(6)
_COLUMNS = ("couple", "alone", "lone_parent", "with_parents", "care_home")
_OLDEST = 121
_YEARS_APART = 2.2  # men of a couple are older by this much
_CHILDREN = (0.38, 0.38, 0.17, 0.07)  # share of families with one, two, three and four children at home
_SHARING = (0.75, 0.17, 0.08)  # share of groups of sharers of two, three and four
_CHILDLESS = 0.32  # share of couples who have no child at home whatever their age
_LARGEST_CARE_HOME = 60


@dataclass(frozen=True)
class Households:
    """household: 0 and up; care_home: whether it is one. Both have one entry a person. many: households."""

    household: Whole
    care_home: Flags
    many: int


@cache
def arrangements() -> Share:
    """Share of each arrangement by sex (1 women) and age: an array of 6, 2 and 121."""
    rows = published("living_arrangements")
    found = np.zeros((6, 2, _OLDEST))
    for row in rows:
        sex, youngest = int(row["sex"] == "F"), int(row["youngest"])
        found[:5, sex, youngest:] = np.array([float(row[name]) for name in _COLUMNS])[:, None]
    found[SHARING] = 1 - found[:5].sum(axis=0)
    return found


def live_together(rng: np.random.Generator, age: Share, female: Flags) -> Households:
    """Households of people of one locality. age: in years."""
    sex, years = female.astype(np.int64), np.clip(age, 0, _OLDEST - 1).astype(np.int64)
    upto = np.cumsum(arrangements(), axis=0)
    role = (rng.random(len(age)) > upto[:, sex, years]).sum(axis=0)
    role = np.minimum(role, SHARING)
    household = np.full(len(age), -1, dtype=np.int64)
    many = _couples(rng, age, female, role, household)
    many = _on_their_own(role, household, many)
    _children(rng, age, role, household)
    many = _strangers(rng, age, household, np.flatnonzero(role == SHARING), many)
    homes = np.flatnonzero(role == CARE_HOME)
    if len(homes):
        parts = -(-len(homes) // _LARGEST_CARE_HOME)
        household[homes] = many + np.arange(len(homes)) * parts // len(homes)
        many += parts
    left = np.flatnonzero(household < 0)
    household[left] = many + np.arange(len(left))
    return Households(household, role == CARE_HOME, many + len(left))


def _couples(rng: np.random.Generator, age: Share, female: Flags, role: Whole, household: Whole) -> int:
    """Pair women and men by age; whom no one of the other sex is left for pair among themselves."""
    women = rng.permutation(np.flatnonzero((role == COUPLE) & female))
    men = rng.permutation(np.flatnonzero((role == COUPLE) & ~female))
    pairs = min(len(women), len(men))
    rest = np.concatenate([women[pairs:], men[pairs:]])
    blurred = age + rng.normal(0, 2.5, len(age))
    ids = np.arange(pairs)
    household[women[:pairs][np.argsort(blurred[women[:pairs]])]] = ids
    household[men[:pairs][np.argsort(blurred[men[:pairs]] - _YEARS_APART)]] = ids
    rest = rest[np.argsort(blurred[rest])]
    household[rest] = pairs + np.arange(len(rest)) // 2
    return pairs + -(-len(rest) // 2)


def _on_their_own(role: Whole, household: Whole, many: int) -> int:
    alone = np.flatnonzero((role == ALONE) | (role == LONE_PARENT))
    household[alone] = many + np.arange(len(alone))
    return many + len(alone)


def _children(rng: np.random.Generator, age: Share, role: Whole, household: Whole) -> None:
    """Brothers and sisters go to a couple or a lone parent who could have had them; at most one family to each."""
    children = np.flatnonzero(role == WITH_PARENTS)
    grown = np.flatnonzero((role == COUPLE) | (role == LONE_PARENT))
    if not len(children) or not len(grown):
        return
    wanted = age[children] + np.clip(rng.normal(30.5, 5.5, len(children)), 17, 46)
    children, wanted = children[np.argsort(wanted)], np.sort(wanted)
    sizes = rng.choice(np.arange(1, 5), size=len(children), p=_CHILDREN)
    family = np.searchsorted(np.cumsum(sizes), np.arange(len(children)), side="right")
    first = np.searchsorted(family, np.arange(family[-1] + 1))
    parents, parent_age = _parents(rng, age, role, household, grown)
    home = parents[_nearest(parent_age, wanted[first])]
    household[children] = home[family]


def _parents(
    rng: np.random.Generator, age: Share, role: Whole, household: Whole, grown: Whole
) -> tuple[Whole, Share]:
    """Households that may have children, youngest first, and the age of their younger grown-up."""
    order = grown[np.argsort(age[grown])]
    homes, first = np.unique(household[order], return_index=True)
    younger = order[first]
    may = (role[younger] == LONE_PARENT) | (rng.random(len(homes)) >= _CHILDLESS)
    if not may.any():
        may[:] = True
    chosen, years = homes[may], age[younger][may]
    by_age = np.argsort(years)
    return chosen[by_age], years[by_age]


def _nearest(ages: Share, wanted: Share) -> Whole:
    """For each wanted age, in order, the place of the nearest age after those taken before; from the start if none."""
    place = np.arange(len(wanted))
    free = place + np.maximum.accumulate(np.searchsorted(ages, wanted) - place)
    return np.asarray(free % len(ages), dtype=np.int64)


def _strangers(rng: np.random.Generator, age: Share, household: Whole, who: Whole, many: int) -> int:
    """Groups of two to four people of like age who share a home."""
    if not len(who):
        return many
    who = who[np.argsort(age[who] + rng.normal(0, 4, len(who)))]
    ends = np.cumsum(rng.choice(np.arange(2, 5), size=len(who), p=_SHARING))
    group = np.searchsorted(ends, np.arange(len(who)), side="right")
    household[who] = many + group
    return many + int(group[-1]) + 1
