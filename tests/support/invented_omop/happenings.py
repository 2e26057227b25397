"""Things that happen to invented residents: which person, on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from support.invented_omop.concepts import Text, Whole
from support.invented_omop.population import YEAR, Flags, Share, Stay


@dataclass(frozen=True)
class Happenings:
    """Element i happened to the person at position `who[i]` on `day[i]`."""

    who: Whole
    day: Whole

    def where(self, kept: Flags) -> "Happenings":
        """Those that are kept."""
        return Happenings(self.who[kept], self.day[kept])

    def seen(self, stay: Stay) -> "Happenings":
        """Those that fall in the person's stay."""
        return self.where((self.day >= stay.first[self.who]) & (self.day <= stay.last[self.who]))


@dataclass(frozen=True)
class Events:
    """Coded happenings: `key` is the short name of a concept, `value` a reading or NaN."""

    who: Whole
    day: Whole
    key: Text
    value: Share


def events(happened: Happenings, key: str | Text, value: Share | float = np.nan) -> Events:
    """Happenings with a code and, if they are readings, a value."""
    many = len(happened.who)
    keys = np.full(many, key, dtype=object) if isinstance(key, str) else key
    return Events(happened.who, happened.day, keys, np.broadcast_to(np.asarray(value, dtype=float), (many,)))


Arrays = TypeVar("Arrays")


def together(parts: Sequence[Arrays]) -> Arrays:
    """Objects of arrays as one, each array joined end to end in the order given."""
    kind = type(parts[0])
    names = vars(parts[0])
    return kind(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def by_chance(rng: np.random.Generator, per_year: Share, stay: Stay, since: int | Whole) -> Happenings:
    """Happenings at a steady rate a person and year, from a day to the end of the stay."""
    start = np.maximum(stay.first, since)
    days = np.maximum(stay.last - start + 1, 0)
    times = rng.poisson(np.maximum(per_year, 0) * days / YEAR)
    who = np.repeat(np.arange(len(days)), times)
    return Happenings(who, start[who] + np.floor(rng.random(len(who)) * days[who]).astype(np.int64))


def again(rng: np.random.Generator, on: Flags, stay: Stay, since: int | Whole, every: int) -> Happenings:
    """Happenings that come back every so many days, give or take a few, for those whom they concern."""
    start = np.maximum(stay.first, since) + rng.integers(0, every, len(on))
    times = np.where(on & (start <= stay.last), (stay.last - np.minimum(start, stay.last)) // every + 1, 0)
    who = np.repeat(np.arange(len(on)), times)
    turn = np.arange(len(who)) - np.repeat(np.cumsum(times) - times, times)
    day = start[who] + turn * every + rng.integers(-3, 4, len(who))
    return Happenings(who, np.clip(day, stay.first[who], stay.last[who]))


def once(on: Flags, day: Whole) -> Happenings:
    """One happening for each of those whom it concerns."""
    who = np.flatnonzero(on)
    return Happenings(who, day[who])
