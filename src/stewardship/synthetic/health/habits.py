"""Smoking and weight, which go together with the conditions that they bring about."""

from functools import cache

import numpy as np
from scipy.special import ndtr, ndtri

from stewardship.synthetic.health.onset import Single
from stewardship.synthetic.lives import Days, Flags, People, Share, Small
from stewardship.synthetic.population import population_shares

SMOKES = 0.1313  # of 15 and over: Mid and South Essex 2024/25, QOF (NHS England, OGL v3.0)
OBESE = 0.1169  # of 18 and over: register of Mid and South Essex 2024/25, QOF (NHS England, OGL v3.0)
_USED_TO = 0.30  # of those of 40 and over who do not smoke; fewer before
_OF_THE_LUNG = 0.55  # correlation of smoking with what conditions of the lung share
_OF_THE_METABOLISM = 0.60  # correlation of weight with what metabolic conditions share

# By age, relative: general knowledge of ONS smoking habits; heaviest in the thirties and least after 75.
_SMOKING_AT = (
    (15, 0.6),
    (20, 1.0),
    (30, 1.3),
    (40, 1.15),
    (50, 1.15),
    (60, 1.0),
    (70, 0.65),
    (80, 0.35),
    (90, 0.2),
)
_DEPRIVED_SMOKE = 3.0  # times as many in the most as in the least deprived fifth, general knowledge
_WEIGHT = (
    27.6  # median kg/m2 of grown-ups at 50, least deprived by half a unit a fifth: Health Survey for England
)
_SPREAD = 0.185  # standard deviation of its logarithm


@cache
def smoking_shares() -> Share:
    """Share who smoke by sex (1 women), fifth and year of age: an array of 2, 5 and 111."""
    ages = np.arange(111)
    by_age = np.interp(ages, [age for age, _ in _SMOKING_AT], [share for _, share in _SMOKING_AT]) * (
        ages >= 15
    )
    by_fifth = _DEPRIVED_SMOKE ** ((2 - np.arange(5)) / 4)
    relative = np.array([1.12, 0.88])[:, None, None] * by_fifth[:, None] * by_age
    counted = population_shares()[:, :, 15:]
    mean = (relative[:, :, 15:] * counted).sum() / counted.sum()
    return np.asarray(relative * SMOKES / mean)


def smoking_of(rng: np.random.Generator, people: People, age: Days, lung: Single) -> Small:
    """Smoking of each person: 0 never, 1 used to, 2 does."""
    years = np.clip(age, 0, 110)
    share = smoking_shares()[people.female.astype(np.int64), people.fifth - 1, years]
    tendency = lung * _OF_THE_LUNG + rng.standard_normal(len(age)) * np.sqrt(1 - _OF_THE_LUNG**2)
    used_to = _USED_TO * np.interp(years, [16, 40], [0, 1])
    limit, lower = ndtri(1 - share), ndtri(1 - np.minimum(share + used_to * (1 - share), 0.98))
    return np.where(tendency > limit, 2, np.where((tendency > lower) & (years >= 16), 1, 0)).astype(np.int16)


def weight_of(rng: np.random.Generator, people: People, age: Days, metabolic: Single) -> Share:
    """Body mass index of each person in kg/m2 when last seen."""
    grown = np.interp(age, [0, 2, 5, 18, 30, 50, 70, 95], [16.5, 16, 15.5, 22.5, 26, 27.6, 27.6, 24.5]) / 27.6
    median = _WEIGHT * grown * (1 + 0.015 * (3 - people.fifth))
    tendency = metabolic * _OF_THE_METABOLISM + rng.standard_normal(len(age)) * np.sqrt(
        1 - _OF_THE_METABOLISM**2
    )
    spread = np.where(age < 18, _SPREAD * 0.6, _SPREAD)
    return np.asarray(np.clip(median * np.exp(spread * tendency), 11, 75))


def recorded_obese(rng: np.random.Generator, people: People, age: Days, weight: Share) -> Flags:
    """Who of the obese grown-ups is on the register, which has less than half of them."""
    share = OBESE / _obese_share(tuple(np.round(_WEIGHT * (1 + 0.015 * (3 - np.arange(1, 6))), 4)))
    return np.asarray((weight >= 30) & (age >= 18) & (rng.random(len(age)) < share))


@cache
def _obese_share(medians: tuple[float, ...]) -> float:
    """Share of 18 and over with 30 kg/m2 and more, from medians at 50 by fifth."""
    people = population_shares()[:, :, 18:].sum(axis=0)
    grown = np.interp(np.arange(18, 111), [18, 30, 50, 70, 95], [22.5, 26, 27.6, 27.6, 24.5]) / 27.6
    over = 1 - ndtr(np.log(30 / (np.array(medians)[:, None] * grown)) / _SPREAD)
    return float((people * over).sum() / people.sum())
