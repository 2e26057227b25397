"""Two things that were planted in what happens to people with frailty, and what each really changed.

Each is a thinning: emergency admissions are drawn as they would be without it, and then some never happen. What was
taken away is the difference that it made, exactly.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from stewardship.synthetic.chance import stream
from stewardship.synthetic.lives import NEVER, Days, Flags, Plan, Small
from stewardship.synthetic.moves import moves_of
from stewardship.synthetic.use.emergencies import PREVENTED_BY_ADVICE, PREVENTED_BY_SERVICE, Emergencies
from stewardship.synthetic.use.rates import Expected, Scales, frail_stretches, is_frail_on, is_frail_then
from stewardship.synthetic.use.times import Happened, Positions, happened

NETWORKS = (9, 17)  # positions of the two networks that coordinate the care of people with frailty
PREVENTED_BY_COORDINATION = 0.25  # of the later emergency admissions of who is enrolled
ENROLLED_OF_ELIGIBLE = 0.85
ENROLLING_DAYS = 60  # in which they are enrolled, from the first day of the change
LEAST_ADMISSIONS = 1  # in the year before: high use, for most have none
LOOK_BACK = 365

CALLS = 0.0047  # a resident and year; about 400 a month of 1.2 million come of it
CRISES_CALLED_ABOUT = 0.6
CRISES_TO_ADMISSION = 0.37  # within a week, had there been no call
PREVENTED_BY_CALL = (
    0.57  # of those; so 83% are not admitted in a week, as the British Geriatrics Society was told
)
MOST_DAYS_BEFORE = 3


@dataclass(frozen=True)
class Crises:
    """Moments of crisis of people with frailty, at which the urgent community response sees them.

    admission: position among the emergencies of the admission that follows, had there been no call; -1 where none does.
    called: whether the advice line was called about it.
    """

    who: Positions
    day: Days
    admission: Positions
    called: Flags

    def __len__(self) -> int:
        return len(self.who)


@dataclass(frozen=True)
class Enrolled:
    """Whose care is coordinated: position of the person, from which day on."""

    who: Positions
    since: Days


def first_of_month(plan: Plan, months_before: int) -> int:
    """The first day of the month so many months before the one after the last day of all data."""
    month = plan.last_day.year * 12 + plan.last_day.month - months_before
    return (date(month // 12, month % 12 + 1, 1) - date(1970, 1, 1)).days


def change_day(plan: Plan) -> int:
    """The first day of coordinated care: 18 months before the last, or half of the years told if those are few."""
    return first_of_month(plan, min(18, 6 * plan.years))


def line_day(plan: Plan) -> int:
    """The first day of the advice line: three years before the last, or three fifths of the years told if few."""
    return first_of_month(plan, min(36, 36 * plan.years // 5))


def with_advice_line(
    expected: Expected, scales: Scales, emergencies: Emergencies
) -> tuple[Crises, Emergencies]:
    """Crises of people with frailty, and the emergency admissions that calls about them prevent."""
    plan, people = expected.plan, expected.people
    rng = stream(plan.seed, people.batch, "advice line")
    crises = CALLS / CRISES_CALLED_ABOUT / scales.frail_share  # of a person with frailty in a year
    seen = CRISES_TO_ADMISSION * crises / scales.frail_admissions
    before = rng.integers(0, MOST_DAYS_BEFORE + 1, len(emergencies), dtype=np.int32)
    begin = np.maximum(np.maximum(people.start, people.birth), plan.first)[emergencies.who]
    crisis = np.maximum(emergencies.day - before, begin)
    frail = is_frail_then(plan, expected.health, emergencies.who, crisis) & emergencies.happened
    leading = np.flatnonzero(frail & (rng.random(len(emergencies), dtype=np.float32) < seen))
    other = _other_crises(rng, expected, (1 - CRISES_TO_ADMISSION) * crises)
    who = np.concatenate([emergencies.who[leading], other.who])
    day = np.concatenate([crisis[leading], other.day])
    admission = np.concatenate([leading, np.full(len(other), -1)]).astype(np.int32)
    called = (day >= line_day(plan)) & (rng.random(len(who)) < CRISES_CALLED_ABOUT)
    stopped = admission[called & (admission >= 0) & (rng.random(len(who)) < PREVENTED_BY_CALL)]
    prevented = emergencies.prevented.copy()
    prevented[stopped] = PREVENTED_BY_ADVICE
    return Crises(who, day.astype(np.int32), admission, called), emergencies.marked(prevented)


def _other_crises(rng: np.random.Generator, expected: Expected, yearly: float) -> Happened:
    """Crises after which nobody would be admitted: they fall on people with frailty as emergency admissions do.

    They are drawn for all stretches at whose end there is frailty; those from before there was none are left out.
    """
    plan, health, stretches = expected.plan, expected.health, expected.stretches
    rates, calendar = expected.of("emergency")
    frail = frail_stretches(plan, health, stretches)
    years = stretches.years[frail].sum()
    scale = yearly * years / rates[frail].sum() if years else 0.0
    everybody = np.arange(len(health.deficits), dtype=np.int32)[:, None]
    by_the_end = is_frail_then(plan, health, everybody, stretches.last)
    found = happened(rng, rates * by_the_end * scale, stretches, calendar)
    return found.kept(is_frail_then(plan, health, found.who, found.day))


def with_coordination(expected: Expected, emergencies: Emergencies) -> tuple[Enrolled, Emergencies]:
    """Who is enrolled for coordinated care, and the emergency admissions that it prevents.

    They are chosen for the use of the year before, so that they would have used less afterwards in any case.
    """
    plan, people = expected.plan, expected.people
    rng = stream(plan.seed, people.batch, "coordinated care")
    since = change_day(plan) + rng.integers(0, ENROLLING_DAYS + 1, len(people), dtype=np.int32)
    willing = rng.random(len(people)) < ENROLLED_OF_ELIGIBLE
    there = in_the_networks(expected, since) & is_here(expected, since)
    who = np.flatnonzero(eligible(expected, emergencies) & willing & there)
    enrolled = Enrolled(who.astype(np.int32), since[who])
    own = np.full(len(people), NEVER, dtype=np.int32)
    own[who] = enrolled.since
    later = (emergencies.day > own[emergencies.who]) & emergencies.happened
    stopped = later & (rng.random(len(emergencies)) < PREVENTED_BY_COORDINATION)
    prevented = np.where(stopped, PREVENTED_BY_SERVICE, emergencies.prevented).astype(np.int16)
    return enrolled, emergencies.marked(prevented)


def eligible(expected: Expected, emergencies: Emergencies) -> Flags:
    """Who is chosen for coordinated care: on the day of the change in the two networks, with frailty and high use."""
    return np.asarray(in_the_networks(expected, change_day(expected.plan)) & used_much(expected, emergencies))


def used_much(expected: Expected, emergencies: Emergencies) -> Flags:
    """People of any network with frailty on the day of the change, admitted as emergencies in the year before it."""
    admitted = use_before(expected, emergencies.who, emergencies.day, emergencies.happened)
    frail = is_frail_on(expected.plan, expected.health, change_day(expected.plan))
    return np.asarray(frail & (admitted >= LEAST_ADMISSIONS))


def practice_on(expected: Expected, day: int | Days) -> Small:
    """The practice that people are registered with on a day, or come to if that is later."""
    moves = moves_of(expected.plan, expected.places, expected.people)
    later = (moves.registered < NEVER) & (moves.registered > day)
    return np.where(later, moves.former, expected.people.practice).astype(np.int16)


def in_the_networks(expected: Expected, day: int | Days) -> Flags:
    """Who is registered in the two networks on a day."""
    return np.isin(expected.places.practices.network[practice_on(expected, day)], NETWORKS)


def use_before(
    expected: Expected, who: Positions, day: Days, those: Flags | None = None
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How many contacts each person had in the year before the change."""
    change = change_day(expected.plan)
    within = (day < change) & (day >= change - LOOK_BACK)
    return np.bincount(who[within if those is None else within & those], minlength=len(expected.people))


def is_here(expected: Expected, day: Days) -> Flags:
    """Who is alive and registered on a day."""
    people = expected.people
    return np.asarray((people.start <= day) & (people.end >= day) & (people.death > day))
