"""Emergency admissions: when, for what, how long; as they would be, and which of them never happened."""

from dataclasses import dataclass, replace

import numpy as np

from stewardship.synthetic.chance import stream
from stewardship.synthetic.lives import Days, Flags, Small
from stewardship.synthetic.use.rates import (
    AGAIN,
    BY_DEPARTMENT,
    Expected,
    dies_in_a_stay,
    dies_in_department,
)
from stewardship.synthetic.use.reasons import Choice, reason_of, reasons
from stewardship.synthetic.use.times import Positions

SHORT = 0.45  # of emergency admissions stay no night or one; HES admitted patient care 2023-24, remembered
LONG_NIGHTS = 2
HAPPENED, PREVENTED_BY_SERVICE, PREVENTED_BY_ADVICE = 0, 1, 2
LAST_NIGHTS = 8.0  # of the last stay of those who die in hospital, on average
WITHIN_DAYS = 28  # of discharge, for a readmission


@dataclass(frozen=True)
class Emergencies:
    """Emergency admissions as they would be without what was planted, ordered by person and day.

    reason: position among the reasons. nights: of the whole stay, also beyond the last day of all
    data. department: whether through an emergency department.
    ambulance: whether brought by one. prevented: HAPPENED, or what prevented it.
    """

    who: Positions
    day: Days
    nights: Days
    reason: Choice
    department: Flags
    ambulance: Flags
    prevented: Small

    def __len__(self) -> int:
        return len(self.who)

    @property
    def happened(self) -> Flags:
        """Which really happened."""
        return np.asarray(self.prevented == HAPPENED)

    def marked(self, prevented: Small) -> "Emergencies":
        """The same, with others prevented."""
        return replace(self, prevented=prevented)


def emergencies_of(expected: Expected) -> Emergencies:
    """Emergency admissions of a batch, none prevented yet."""
    people, plan = expected.people, expected.plan
    rng = stream(plan.seed, people.batch, "emergency admissions")
    who, day = _days(rng, expected)
    reason = reason_of(rng, "emergency", people, expected.health, who, day)
    age = (day - people.birth[who]) / 365.25
    nights = _nights(rng, reason, age, np.clip(people.frailty[who], -2, 3))
    end = _until(expected)[who]  # a stay goes on beyond the last day of all data
    last = dies_in_a_stay(plan, people)[who] & np.append(who[1:] != who[:-1], True)[: len(who)]
    nights = np.where(last, end - day, np.minimum(nights, end - day))
    same = np.flatnonzero(who[1:] == who[:-1])
    nights[same] = np.minimum(nights[same], day[same + 1] - day[same])  # one is at home before coming again
    department = rng.random(len(who), dtype=np.float32) < BY_DEPARTMENT
    by_ambulance = rng.random(len(who), dtype=np.float32) < np.clip(0.19 + 0.0088 * age, 0.2, 0.9)
    return Emergencies(
        who,
        day,
        nights.astype(np.int32),
        reason,
        department,
        department & by_ambulance,
        np.zeros(len(who), np.int16),
    )


def _days(rng: np.random.Generator, expected: Expected) -> tuple[Positions, Days]:
    """Who is admitted when, those who come again soon among them."""
    found = expected.drawn(rng, "emergency")
    again = np.flatnonzero(rng.random(len(found), dtype=np.float32) < AGAIN)
    later = found.day[again] + rng.integers(2, WITHIN_DAYS + 1, len(again), dtype=np.int32)
    last, last_day = _last_stays(rng, expected)
    who = np.concatenate([found.who, found.who[again], last])
    day = np.concatenate([found.day, later, last_day])
    end = np.minimum(_until(expected)[who], expected.plan.last)
    order = np.lexsort((day, who))
    order = order[(day <= end)[order]]
    return who[order], day[order]


def _until(expected: Expected) -> Days:
    """The last day of anybody's stays: when they leave or die, or the day before they die in a department."""
    people = expected.people
    alive = people.death - dies_in_department(expected.plan, people)
    return np.minimum(people.end, alive).astype(np.int32)


def _last_stays(rng: np.random.Generator, expected: Expected) -> tuple[Positions, Days]:
    """The last admissions of those who die in hospital, a week or so before."""
    people = expected.people
    who = np.flatnonzero(dies_in_a_stay(expected.plan, people)).astype(np.int32)
    day = people.death[who] - rng.exponential(LAST_NIGHTS, len(who)).astype(np.int32)
    begin = np.maximum(np.maximum(people.start, people.birth), expected.plan.first)
    return who, np.maximum(day, begin[who]).astype(np.int32)


def _nights(rng: np.random.Generator, reason: Choice, age: np.ndarray, frailty: np.ndarray) -> Days:
    """Nights of each stay. The share of short ones is as published, whoever they fall on."""
    usual = reasons("emergency").nights[reason]
    tendency = 0.8 * np.log1p(usual) + 0.012 * age + 0.25 * frailty + rng.logistic(0, 0.6, len(reason))
    long = tendency >= np.quantile(tendency, SHORT) if len(reason) else np.zeros(0, dtype=bool)
    mean = np.maximum(usual, 2.5) * (0.9 + 0.011 * age) * np.exp(0.08 * frailty)
    stay = LONG_NIGHTS + np.floor(rng.exponential(1.0, len(reason)) * np.maximum(mean - 1.5, 0.5))
    return np.where(long, np.minimum(stay, 180), rng.integers(0, 2, len(reason))).astype(np.int32)
