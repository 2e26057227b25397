"""The yearly care of people with diabetes, education and prevention.

All eight care processes are recorded within a year for about half of the people with diabetes; fewer in deprived areas,
with a gap that narrows over the years. Who misses one year is more likely to miss the next.
Source of the share: National Diabetes Audit, care processes, type 2: 48 per cent in 2021/22, 62 in 2023/24 for England.
"""

from statistics import NormalDist

import numpy as np

from stewardship.synthetic.care.rounds import Seen
from stewardship.synthetic.care.stays import YEAR, Positions, Stay, since_any
from stewardship.synthetic.chance import stream
from stewardship.synthetic.lives import NEVER, Days, Flags, Health, People, Plan, Share

# Share with all eight at the review of each year, the oldest first; some complete them on other occasions.
ALL_EIGHT = (0.36, 0.38, 0.40, 0.42, 0.44)
GAP = (0.24, 0.21, 0.18, 0.16, 0.14)  # between the most and the least deprived fifth
TYPE_1_LESS = 0.75
PERSISTENCE = 0.6  # correlation between a person's years
# Of those who miss something: how often each process is done all the same. Feet and cholesterol as in the Quality and
# Outcomes Framework 2024/25 for the system's places: 79.5 and 88.0 per cent of people with type 2 diabetes.
DONE_ANYWAY = {
    "hba1c": 0.86,
    "blood_pressure": 0.9,
    "cholesterol": 0.58,
    "kidney_function": 0.85,
    "urine_albumin": 0.35,
    "body_mass_index": 0.74,
    "smoking": 0.83,
    "foot_examination": 0.64,
}
EYES, EDUCATED, REFERRED = (
    0.78,
    0.30,
    0.45,
)  # screened each year; taught within a year; referred for prevention
BY_FIFTH = 0.02
SOON, LATER = 182, 1500  # days within which people at high risk are referred
Parts = list[tuple[str, Seen]]


def diabetes_care(plan: Plan, people: People, health: Health, stay: Stay) -> Parts:
    """What is recorded, by kind, and when: reviews of each year, eyes, education and prevention."""
    random = stream(plan.seed, people.batch, "diabetes care")
    since = since_any(health, ("type_1_diabetes", "type_2_diabetes"))
    own, month = random.standard_normal(len(people)), random.random(len(people))
    parts: Parts = []
    for year in range(plan.years):
        first = plan.first + round(year * YEAR)
        last = np.minimum(min(plan.first + round((year + 1) * YEAR) - 1, plan.last), stay.last)
        review = _reviews(random, since, stay, month, first, last)
        number = max(len(ALL_EIGHT) - plan.years, 0) + min(year, len(ALL_EIGHT) - 1)
        parts += _processes(random, people, health, review, own, min(number, len(ALL_EIGHT) - 1), last)
        parts.append(
            ("retinal_screening", _near(random, review.where(random.random(len(review.who)) < EYES), last))
        )
    return [*parts, *_once(random, people, health, since, stay)]


def _reviews(
    random: np.random.Generator, since: Days, stay: Stay, month: Share, first: int, last: Days
) -> Seen:
    """One review a year for each person with diabetes, about the same time of year, after the diagnosis."""
    earliest = np.maximum(np.maximum(first, stay.first), since)
    due = first + np.floor(month * (YEAR - 1)).astype(np.int64) + random.integers(-20, 21, len(month))
    return _kept(np.clip(due, earliest, np.maximum(earliest, last)), earliest < last)


def _kept(day: Positions, kept: Flags) -> Seen:
    who = np.flatnonzero(kept)
    return Seen(who, day[who].astype(np.int32))


def _processes(
    random: np.random.Generator,
    people: People,
    health: Health,
    review: Seen,
    own: Share,
    year: int,
    last: Days,
) -> Parts:
    """The processes of a year: all eight, or some of them; the first that is missed is most often urine."""
    gradient = GAP[year] / 4 * (people.fifth[review.who] - 3.0)
    chance = ALL_EIGHT[year] + gradient
    chance = np.clip(
        chance * np.where(health.onset["type_1_diabetes"][review.who] < NEVER, TYPE_1_LESS, 1.02), 0.02, 0.98
    )
    drawn = PERSISTENCE * own[review.who] + np.sqrt(1 - PERSISTENCE**2) * random.standard_normal(len(chance))
    complete = drawn < _quantiles(chance)
    done = {name: complete | (random.random(len(complete)) < share) for name, share in DONE_ANYWAY.items()}
    done["urine_albumin"] &= ~(np.all(list(done.values()), axis=0) & ~complete)
    return [(name, _near(random, review.where(flags), last)) for name, flags in done.items()]


def _quantiles(chance: Share) -> Share:
    """The standard normal quantile of each chance; there are few different ones."""
    different, which = np.unique(chance, return_inverse=True)
    return np.array([NormalDist().inv_cdf(float(each)) for each in different])[which]


def _near(random: np.random.Generator, review: Seen, last: Days) -> Seen:
    """Within three weeks after the review, and before the year and the stay are over."""
    later = random.integers(0, 22, len(review.who)) * (random.random(len(review.who)) < 0.4)
    return Seen(review.who, np.minimum(review.day + later, last[review.who]).astype(np.int32))


def _once(random: np.random.Generator, people: People, health: Health, since: Days, stay: Stay) -> Parts:
    """Education in the year after the diagnosis; referral to prevention soon after high risk is found, or, where it was
    found before the years told, within some years."""
    drawn, less = random.random((4, len(people))), BY_FIFTH * (people.fifth - 3.0)
    at_risk = health.onset["non_diabetic_hyperglycaemia"]
    day = since.astype(np.int64) + 21 + np.floor(drawn[1] * 339).astype(np.int64)
    taught = (since < NEVER) & (drawn[0] < EDUCATED + less) & (day >= stay.first) & (day <= stay.last)
    new = at_risk >= stay.first
    wait = np.floor(drawn[3] * np.where(new, SOON, LATER)).astype(np.int64)
    day_2 = np.maximum(at_risk, stay.first).astype(np.int64) + wait
    referred = (at_risk < NEVER) & (drawn[2] < REFERRED + less) & (day_2 >= stay.first) & (day_2 <= stay.last)
    return [
        ("education_attended", _kept(day, taught)),
        ("prevention_referral", _kept(day_2, referred)),
    ]
