"""Who has a condition, and since when.

A person has it when what they are prone to, on a normal scale, is beyond the share of people of their age, sex and
fifth who have it (a Gaussian copula). What they are prone to is made of their frailty, of something that the conditions
of one group share, and of chance. It began at the age at which that share first reached them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from stewardship.synthetic.health.conditions import OLDEST
from stewardship.synthetic.lives import NEVER, Days, People, Plan, Small, Whole

Single = npt.NDArray[np.float32]
YEAR = 365.25
OF_THE_GROUP = 0.30  # correlation with what the conditions of one group share
NOT_AT_ALL = np.float32(-30)  # standard deviations: below every limit
_ORDERS, _AGES_ALIKE = 5, 5
_APART = 64.0  # between the thresholds of one group of people and the next when they are searched at once


@dataclass(frozen=True)
class Lives:
    """Of each person: group (a row of the thresholds), age when last seen, and the days of birth and of that."""

    group: Whole
    age: Small
    birth: Days
    seen: Days

    def limit(self, limits: Single) -> Single:
        """Each person's own among the thresholds of a condition."""
        return limits.ravel().take(self.group * (OLDEST + 1) + self.age)


def lives_of(plan: Plan, people: People, under_served: npt.NDArray[np.bool_]) -> Lives:
    """People as their conditions are drawn for; each is seen until they leave, die, or the last day."""
    seen = np.minimum(people.end, plan.last).astype(np.int32)
    group = (under_served.astype(np.int64) * 2 + people.female) * 5 + people.fifth - 1
    return Lives(group, np.clip(people.age(seen), 0, OLDEST).astype(np.int16), people.birth, seen)


@dataclass(frozen=True)
class Prone:
    """What people are prone to, as far as frailty and the group of conditions tell: its mean, and what chance adds."""

    mean: Single
    spread: np.float32

    def chance(self, limit: Single) -> Single:
        """How likely each is beyond a limit."""
        return np.asarray(ndtr((self.mean - limit) / self.spread))


def prone(frailty: Single, shared: Single | None, correlation: float) -> Prone:
    """What people are prone to: with what chance adds, standard normal where frailty is."""
    of_group = OF_THE_GROUP if shared is not None else 0.0
    mean = frailty * np.float32(correlation)
    if shared is not None:
        mean = mean + shared * np.float32(of_group)
    return Prone(mean, np.float32(np.sqrt(1 - correlation**2 - of_group**2)))


def orders_of(rng: np.random.Generator, lives: Lives) -> list[Whole]:
    """A few orders of the people, by age and group and otherwise by chance, that conditions are drawn along."""
    key = lives.age // _AGES_ALIKE * 20 + lives.group
    return [np.argsort(key + rng.random(len(key))) for _ in range(_ORDERS)]


def beyond(
    rng: np.random.Generator, order: Whole, tends: Prone, low: Single, high: Single | None = None
) -> Single:
    """How prone those are who are beyond a limit, and not beyond a higher one; NOT_AT_ALL for everybody else.

    They are drawn along an order, each with their own chance, so that there are as many as are expected.
    """
    over = tends.chance(low)
    past = np.zeros_like(over) if high is None else np.minimum(tends.chance(high), over)
    share = (over - past) if high is None else (over - past) / np.maximum(1 - past, 1e-6)
    upto = np.floor(np.cumsum(share[order], dtype=np.float64) + rng.random())
    who = order[np.diff(upto, prepend=0) >= 1]
    drawn = past[who] + (over - past)[who] * rng.random(len(who), dtype=np.float32)
    found = np.full(len(over), NOT_AT_ALL, dtype=np.float32)
    found[who] = np.maximum(tends.mean[who] - tends.spread * ndtri(np.maximum(drawn, 1e-30)), low[who] + 1e-5)
    return found


def onset_of(rng: np.random.Generator, lives: Lives, tendency: Single, limits: Single) -> Days:
    """The day each person's condition began; NEVER for who has none. limits: thresholds, 2, 2, 5 and ages.

    The years of age in which it may begin are counted back from the day they are last seen: between birthdays, the
    last of them would be cut short by that day, and a whole year's new diagnoses would fall into what is left of it.
    """
    table = limits.reshape(-1, OLDEST + 1)
    who = np.flatnonzero(tendency > NOT_AT_ALL)
    found = np.full(len(tendency), NEVER, dtype=np.int32)
    if not len(who):
        return found
    rising = -np.minimum.accumulate(table, axis=1).astype(np.float64)
    rows = np.arange(len(table))[:, None] * _APART
    wanted = lives.group[who] * _APART - tendency[who].astype(np.float64)
    first = np.searchsorted((rising + rows).ravel(), wanted, side="right") - lives.group[who] * (OLDEST + 1)
    younger = (lives.age[who] - np.minimum(first, lives.age[who])) * YEAR
    ends = np.maximum(lives.seen[who] - younger, lives.birth[who])
    begins = np.maximum(ends - YEAR, lives.birth[who])
    found[who] = begins + rng.random(len(who)) * (ends - begins)
    return found
