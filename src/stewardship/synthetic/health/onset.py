"""Who has a condition, and since when.

A person has it when what they are prone to, on a normal scale, is beyond the share of people of their age, sex and
fifth who have it (a Gaussian copula). What they are prone to is made of their frailty, of something that the conditions
of one group share, and of chance. It began at the age at which that share first reached them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.health.conditions import OLDEST
from stewardship.synthetic.lives import NEVER, Days, People, Plan, Small, Whole

Single = npt.NDArray[np.float32]
YEAR = 365.25
OF_THE_GROUP = 0.30  # correlation with what the conditions of one group share
_APART = 64.0  # between the thresholds of one group of people and the next when they are searched at once


@dataclass(frozen=True)
class Lives:
    """Of each person: group (a row of the thresholds), age when last seen, and the days of birth and of that."""

    group: Whole
    age: Small
    birth: Days
    seen: Days


def lives_of(plan: Plan, people: People, under_served: npt.NDArray[np.bool_]) -> Lives:
    """People as their conditions are drawn for; each is seen until they leave, die, or the last day."""
    seen = np.minimum(people.end, plan.last).astype(np.int32)
    group = (under_served.astype(np.int64) * 2 + people.female) * 5 + people.fifth - 1
    return Lives(group, np.clip(people.age(seen), 0, OLDEST).astype(np.int16), people.birth, seen)


def prone(frailty: Single, shared: Single | None, own: Single, correlation: float) -> Single:
    """What people are prone to: standard normal where their frailty is."""
    of_group = OF_THE_GROUP if shared is not None else 0.0
    found = own * np.float32(np.sqrt(1 - correlation**2 - of_group**2)) + frailty * np.float32(correlation)
    return found if shared is None else found + shared * np.float32(of_group)


def onset_of(rng: np.random.Generator, lives: Lives, tendency: Single, limits: Single) -> Days:
    """The day each person's condition began; NEVER for who has none. limits: thresholds, 2, 2, 5 and ages."""
    table = limits.reshape(-1, OLDEST + 1)
    who = np.flatnonzero(tendency > table[lives.group, lives.age])
    found = np.full(len(tendency), NEVER, dtype=np.int32)
    if not len(who):
        return found
    rising = -np.minimum.accumulate(table, axis=1).astype(np.float64)
    rows = np.arange(len(table))[:, None] * _APART
    wanted = lives.group[who] * _APART - tendency[who].astype(np.float64)
    first = np.searchsorted((rising + rows).ravel(), wanted, side="right") - lives.group[who] * (OLDEST + 1)
    age = np.minimum(first, lives.age[who])
    begins = lives.birth[who] + age * YEAR
    ends = np.minimum(begins + YEAR, lives.seen[who])
    found[who] = np.maximum(begins + rng.random(len(who)) * np.maximum(ends - begins, 0), lives.birth[who])
    return found
