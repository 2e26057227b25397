"""Where households live, which practice they are with, and what ethnic group they give."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from stewardship.synthetic.lives import ETHNIC_CATEGORIES, Share, Small, Whole
from stewardship.synthetic.places import WITHIN_NETWORK, Places, locality_shares
from stewardship.synthetic.tables import published

GROUPS = ("White", "Mixed", "Asian", "Black", "Other")
# Of the order in which homes go to households, how much is age: standard deviations for each 18 years.
_OLDER_LESS_DEPRIVED = 0.09
_YOUNGER = 0.02  # groups other than White are fewer by this share with each year of age
_SAME_GROUP, _SAME_PRACTICE = 0.93, 0.88  # share of a household who take its group, or its practice
_NOT_STATED = 0.02

# How each group divides over the categories of the 2001 census. Source: about the division at Census 2021 (ONS TS021).
_CATEGORIES = {
    "White": {"A": 0.915, "B": 0.010, "C": 0.075},
    "Mixed": {"D": 0.33, "E": 0.20, "F": 0.25, "G": 0.22},
    "Asian": {"H": 0.37, "J": 0.16, "K": 0.12, "L": 0.25, "R": 0.10},
    "Black": {"N": 0.77, "M": 0.14, "P": 0.09},
    "Other": {"S": 1.0},
}


@dataclass(frozen=True)
class Homes:
    """area: of each household. head_age: mean age in years of the grown-ups of each. people: how many live in each."""

    area: Small
    head_age: Share
    people: Whole


def homes_of(
    rng: np.random.Generator, places: Places, household: Whole, many: int, locality: Small, age: Share
) -> Homes:
    """A home for each household: as many people in each fifth as its small areas hold, older ones less deprived."""
    people = np.bincount(household, minlength=many)
    grown = age >= 18
    weight = np.bincount(household, weights=grown, minlength=many)
    head_age = np.bincount(household, weights=age * grown, minlength=many) / np.maximum(weight, 1)
    head_age = np.where(weight > 0, head_age, 30.0)
    of = np.zeros(many, dtype=np.int16)
    of[household] = locality
    area = np.zeros(many, dtype=np.int16)
    order_by = _OLDER_LESS_DEPRIVED * (head_age - 50) / 18 + rng.standard_normal(many)
    for each in range(5):
        own = np.flatnonzero(of == each)
        if len(own):
            order = own[np.argsort(order_by[own])]
            area[order] = _areas(rng, places, each, people[order])
    return Homes(area, head_age, people)


def _areas(rng: np.random.Generator, places: Places, locality: int, people: Whole) -> Small:
    """Areas of a locality for households in order, the most deprived fifth first, each area as likely within it."""
    areas = np.flatnonzero(places.areas.locality == locality)
    areas = areas[np.argsort(places.areas.fifth[areas], kind="stable")]
    held = np.bincount(places.areas.fifth[areas], minlength=6)
    upto = np.cumsum(held) / len(areas)
    middle = (np.cumsum(people) - people / 2) / people.sum()
    fifth = np.searchsorted(upto, middle, side="right")
    before = np.cumsum(held)[fifth - 1]
    return np.asarray(
        areas[before + np.floor(rng.random(len(people)) * held[fifth]).astype(np.int64)], dtype=np.int16
    )


@cache
def _group_shares() -> Share:
    """Share of each group by locality and fifth: an array of 5, 5 and 5."""
    rows = published("ethnic_groups")
    found = np.array([[float(row[group]) for group in GROUPS] for row in rows]).reshape(5, 5, 5)
    return np.asarray(found / found.sum(axis=2, keepdims=True))


@cache
def _category_shares() -> Share:
    """Chances of each category within a group, added up: an array of groups and categories."""
    found = np.zeros((len(GROUPS), len(ETHNIC_CATEGORIES)))
    for row, group in enumerate(GROUPS):
        for code, share in _CATEGORIES[group].items():
            found[row, ETHNIC_CATEGORIES.index(code)] = share
    return np.cumsum(found, axis=1)


@cache
def category_shares_by_fifth() -> Share:
    """Share of residents of each fifth in each ethnic category, and not stated: an array of 5 and 17."""
    residents = np.stack([_residents_by_fifth(locality) for locality in range(5)])
    groups = (residents[:, :, None] * _group_shares()).sum(axis=0) / residents.sum(axis=0)[:, None]
    found = groups @ np.diff(_category_shares(), axis=1, prepend=0) * (1 - _NOT_STATED)
    found[:, ETHNIC_CATEGORIES.index("Z")] = _NOT_STATED
    return np.asarray(found)


def groups_of_categories(shares: Share) -> Share:
    """Shares of the groups, in the order of GROUPS, from those of the categories; who did not say is in none."""
    own = np.diff(_category_shares(), axis=1, prepend=0) > 0
    return np.asarray(own @ shares)


def _residents_by_fifth(locality: int) -> Share:
    row = published("deprivation")[locality]
    areas = np.array([float(row[f"tenth_{tenth}"]) for tenth in range(1, 11)]).reshape(5, 2).sum(axis=1)
    return np.asarray(locality_shares()[locality] * areas / areas.sum())


def ethnicities(
    rng: np.random.Generator, places: Places, homes: Homes, household: Whole, locality: Small
) -> Small:
    """Ethnic category of each person: mostly the household's, which follows its area and ages."""
    of = np.zeros(len(homes.area), dtype=np.int16)
    of[household] = locality
    shares = _group_shares()[of, places.areas.fifth[homes.area] - 1]
    younger = np.exp(-_YOUNGER * homes.head_age)
    younger = younger / np.average(younger, weights=np.maximum(homes.people, 1e-9))
    others = np.minimum(shares[:, 1:] * younger[:, None], 0.25)
    upto = np.cumsum(np.column_stack([1 - others.sum(axis=1), others]), axis=1)
    group = np.minimum((rng.random(len(of))[:, None] > upto).sum(axis=1), 4)[household]
    own = np.minimum((rng.random(len(household))[:, None] > upto[household]).sum(axis=1), 4)
    group = np.where(rng.random(len(household)) < _SAME_GROUP, group, own)
    category = (rng.random(len(household))[:, None] > _category_shares()[group]).sum(axis=1)
    category = np.minimum(category, len(ETHNIC_CATEGORIES) - 2)
    stated = rng.random(len(household)) >= _NOT_STATED
    return np.where(stated, category, ETHNIC_CATEGORIES.index("Z")).astype(np.int16)


def practices_of(rng: np.random.Generator, places: Places, homes: Homes, household: Whole) -> Small:
    """Practice of each person: mostly the household's, which is mostly near by in the network of the home."""
    shared = practice_near(rng, places, homes.area)[household]
    own = practice_near(rng, places, homes.area[household])
    return np.where(rng.random(len(household)) < _SAME_PRACTICE, shared, own).astype(np.int16)


def practice_near(rng: np.random.Generator, places: Places, area: Small) -> Small:
    """A practice for each home; one in twelve goes to another network of the locality."""
    away = rng.random(len(area)) >= WITHIN_NETWORK
    far = np.empty(len(area), dtype=np.int64)
    for locality in range(5):
        here = np.flatnonzero(places.areas.locality[area] == locality)
        areas = np.flatnonzero(places.areas.locality == locality)
        far[here] = areas[rng.integers(0, len(areas), len(here))]
    chosen = np.where(away, far, area)
    place = (rng.random(len(area))[:, None] > places.choice[chosen]).sum(axis=1)
    return np.asarray(places.practices_of_network[places.areas.network[chosen], place], dtype=np.int16)
