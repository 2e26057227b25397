"""Who comes to hospital again and again for treatment, and how often: few people with many sessions each.

A programme of treatment is for people with the condition of its reason in `reasons.csv`; `programmes.csv` has the share
of them who take part, from how many days after it is first recorded, for how many, and sessions a year.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from stewardship.synthetic.chance import stream
from stewardship.synthetic.lives import NEVER, Days, Health, People, Plan, Share
from stewardship.synthetic.use.conditions import since
from stewardship.synthetic.use.lists import Table, rows
from stewardship.synthetic.use.times import YEAR, Positions, Stretches

KIND = "regular"
NONE = -1


@cache
def programmes() -> tuple[dict[str, str], ...]:
    """The programmes in the order of their reasons, with the condition and the sex of each."""
    told = {row["reason"]: row for row in rows("programmes")}
    return tuple({**row, **told[row["reason"]]} for row in rows("reasons") if row["kind"] == KIND)


def programme_of(plan: Plan, people: People, health: Health, stretches: Stretches) -> Positions:
    """The programme that each person is in, NONE for nearly all.

    They are taken evenly over those with the condition, from the longest to the shortest time with it: so few people
    have so many sessions that with a choice by chance alone a small system would be far from the published rate.
    """
    rng = stream(plan.seed, people.batch, "regular attenders")
    found = np.full(len(people), NONE, dtype=np.int32)
    for number, row in enumerate(programmes()):
        many = _days_in(_window(row, people, health), stretches).sum(axis=1)
        possible = np.flatnonzero((many > 0) & (found == NONE))
        possible = possible[np.argsort(-many[possible], kind="stable")]
        upto = np.arange(len(possible) + 1) * float(row["share"]) + rng.random()
        found[possible[np.diff(np.floor(upto)) > 0]] = number
    return found


def sessions_of(people: People, health: Health, stretches: Stretches, programme: Positions) -> Table:
    """Sessions a year by person and stretch, of those in a programme."""
    parts = [
        _sessions(row, people, health, stretches) * (programme == number)[:, None]
        for number, row in enumerate(programmes())
    ]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float32)


def sessions_expected(people: People, health: Health, stretches: Stretches) -> Table:
    """The same of everybody with a condition, by the share that take part: an expectation, nothing is drawn."""
    parts = [_sessions(row, people, health, stretches) * float(row["share"]) for row in programmes()]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float32)


def windows_of(people: People, health: Health, programme: Positions) -> tuple[Days, Days]:
    """First and last day of each person's programme; no day at all without one."""
    every: Sequence[tuple[Days, Days]] = [_window(row, people, health) for row in programmes()]
    none = np.full(len(people), NEVER, dtype=np.int32)
    first = np.stack([*(first for first, _ in every), none])
    last = np.stack([*(last for _, last in every), none - 1])
    person = np.arange(len(people))
    return first[programme, person], last[programme, person]


def _window(row: dict[str, str], people: People, health: Health) -> tuple[Days, Days]:
    onset = since(health, row["condition"])
    possible = (onset < NEVER) & ((row["sex"] == "") | (people.female == (row["sex"] == "F")))
    first = np.where(possible, onset + int(row["after"]), NEVER).astype(np.int32)
    return first, np.where(possible, first + int(row["lasting"]) - 1, NEVER - 1).astype(np.int32)


def _days_in(window: tuple[Days, Days], stretches: Stretches) -> Share:
    first, last = (each[:, None] for each in window)
    within = np.minimum(last, stretches.last) - np.maximum(first, stretches.first) + 1
    return np.asarray(np.maximum(within, 0), dtype=np.float64)


def _sessions(row: dict[str, str], people: People, health: Health, stretches: Stretches) -> Share:
    within = _days_in(_window(row, people, health), stretches) / YEAR
    return np.asarray(float(row["sessions"]) * within / np.maximum(stretches.years, 1 / YEAR))
