"""Stays in hospital of every kind: emergencies, planned stays, day cases, regular attenders, births."""

from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.chance import stream
from stewardship.synthetic.lives import Days, Flags, Whole
from stewardship.synthetic.use import childbirth, regular
from stewardship.synthetic.use.columns import pounds, spread_cost
from stewardship.synthetic.use.emergencies import LONG_NIGHTS, Emergencies
from stewardship.synthetic.use.rates import UNDER_SERVED_SHARE, Expected, is_born
from stewardship.synthetic.use.reasons import Choice, reason_of, reasons
from stewardship.synthetic.use.times import Happened, Positions, happened

KINDS = ("emergency", "elective", "day_case", "regular", "maternity", "birth")


@dataclass(frozen=True)
class Spells:
    """Stays as they would be without what was planted.

    kind: position among KINDS. reason: among the reasons of the kind. nights: of the whole
    stay, also beyond the last day of all data. pence: what it cost. happened: whether it did.
    """

    kind: Positions
    who: Positions
    day: Days
    nights: Days
    reason: Choice
    pence: Whole
    happened: Flags

    def __len__(self) -> int:
        return len(self.who)

    def over(self, day: int) -> Flags:
        """Which happened and have ended by a day."""
        return np.asarray(self.happened & (self.day + self.nights <= day))


def spells_of(expected: Expected, emergencies: Emergencies) -> Spells:
    """Every stay of a batch: emergencies first, as they stand, then the other kinds."""
    parts = [_emergency(expected, emergencies)]
    parts.extend(_other(expected, number) for number in range(1, len(KINDS)))
    return Spells(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Spells.__dataclass_fields__
        }
    )


def served(rng: np.random.Generator, expected: Expected, who: Positions) -> Flags:
    """Which planned contacts happen: all of them but some of the under-served."""
    missed = expected.under_served[who] & (rng.random(len(who), dtype=np.float32) >= UNDER_SERVED_SHARE)
    return np.asarray(~missed)


def _emergency(expected: Expected, emergencies: Emergencies) -> Spells:
    rng = stream(expected.plan.seed, expected.people.batch, "cost of emergencies")
    long = emergencies.nights >= LONG_NIGHTS
    weight = (0.5 + 0.1 * np.minimum(emergencies.nights, 60)) * _spread(rng, len(emergencies))
    pence = np.empty(len(emergencies), dtype=np.int64)
    for those, unit in ((long, "emergency_long"), (~long, "emergency_short")):
        pence[those] = spread_cost(pounds()[unit], weight[those])
    return Spells(
        np.zeros(len(emergencies), dtype=np.int32),
        emergencies.who,
        emergencies.day,
        emergencies.nights,
        emergencies.reason,
        pence,
        emergencies.happened,
    )


def _other(expected: Expected, number: int) -> Spells:
    kind = KINDS[number]
    people = expected.people
    rng = stream(expected.plan.seed, people.batch, f"stays: {kind}")
    found, reason = _found(rng, expected, kind)
    nights = _nights(rng, kind, reason)
    end = np.minimum(people.end, people.death)[found.who]
    nights = np.minimum(nights, end - found.day).astype(np.int32)
    weight = (1 + 0.12 * nights) * _spread(rng, len(found))
    kept = served(rng, expected, found.who) if kind in ("elective", "day_case") else np.ones(len(found), bool)
    pence = spread_cost(pounds()[kind], weight)
    return Spells(
        np.full(len(found), number, dtype=np.int32), found.who, found.day, nights, reason, pence, kept
    )


def _found(rng: np.random.Generator, expected: Expected, kind: str) -> tuple[Happened, Choice]:
    """Stays of a kind, and why."""
    if kind == regular.KIND:
        return _sessions(rng, expected)
    found = _births(expected) if kind == "birth" else expected.drawn(rng, kind)
    reason = reason_of(rng, kind, expected.people, expected.health, found.who, found.day)
    return found, childbirth.apart(found, reason) if kind == childbirth.KIND else reason


def _sessions(rng: np.random.Generator, expected: Expected) -> tuple[Happened, Choice]:
    """Regular attendances: within the programme of each person, and for its reason."""
    rates, calendar = expected.of(regular.KIND)
    found = happened(rng, rates, expected.stretches, calendar)
    first, last = regular.windows_of(expected.people, expected.health, expected.programme)
    cell = (found.who, found.stretch)
    begin = np.maximum(expected.stretches.first[cell], first[found.who])
    day = calendar.days(rng, begin, np.minimum(expected.stretches.last[cell], last[found.who]))
    return Happened(found.who, found.stretch, day), expected.programme[found.who]


def _births(expected: Expected) -> Happened:
    who = np.flatnonzero(is_born(expected.plan, expected.people)).astype(np.int32)
    return Happened(who, np.zeros(len(who), dtype=np.int32), expected.people.birth[who])


def _nights(rng: np.random.Generator, kind: str, reason: Choice) -> Days:
    usual = reasons(kind).nights[reason]
    drawn = np.rint(rng.gamma(2.0, usual / 2 + 1e-9))
    if kind == "elective":
        drawn = np.maximum(drawn, 1)
    return drawn.astype(np.int32)


def _spread(rng: np.random.Generator, many: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How far costs of like stays differ."""
    return np.asarray(rng.lognormal(0.0, 0.35, many))
