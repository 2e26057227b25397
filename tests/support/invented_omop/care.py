"""The yearly care of people with diabetes, and the readings of everyone else.

All eight care processes are recorded within a year for about half of the people with diabetes; fewer in
deprived areas, with a gap that narrows over the years. Who misses one year is more likely to miss the next.
"""

from dataclasses import dataclass

import numpy as np

from support.invented_omop.concepts import Text, Whole
from support.invented_omop.diabetes import Diabetes
from support.invented_omop.happenings import Events, Happenings, by_chance, events, once, together
from support.invented_omop.population import YEAR, Flags, People, Share, Stay

ALL_EIGHT = (0.44, 0.46, 0.48, 0.50, 0.52)  # share with all eight in each year, the oldest first
GAP = (0.20, 0.18, 0.16, 0.14, 0.125)  # between the most and the least deprived home
TYPE_1_LESS = 0.75
PERSISTENCE = 0.6  # correlation between a person's years
# Of those who miss something: how often each process is done all the same.
DONE_ANYWAY = {
    "hba1c": 0.86,
    "blood_pressure": 0.9,
    "cholesterol": 0.82,
    "kidney_function": 0.85,
    "urine_albumin": 0.35,
    "body_mass_index": 0.74,
    "smoking": 0.83,
    "foot_examination": 0.62,
}
# How far readings are from what is typical, as a share of it, and their digits after the point.
SPREADS = {
    "hba1c": (0.06, 0),
    "cholesterol": (0.08, 1),
    "body_mass_index": (0.02, 1),
    "urine_albumin": (0.3, 1),
}


@dataclass(frozen=True)
class Bodies:
    """What is typical of each person: readings vary around it."""

    hba1c: Share
    systolic: Share
    diastolic: Share
    cholesterol: Share
    body_mass_index: Share
    filtration_rate: Share
    urine_albumin: Share
    smoking: Text


def invent_care(
    people: People, diabetes: Diabetes, stay: Stay, seed: int, years: list[tuple[int, int]]
) -> Events:
    """Readings and recorded findings; `years` are the first and last day of each year, the oldest first."""
    rng = np.random.default_rng([seed, 5])
    bodies = _bodies(rng, people, diabetes, years[-1][1])
    persistent = rng.standard_normal(len(people.person))
    month = rng.random(len(people.person))
    parts = []
    for number, (first, last) in enumerate(years):
        review = _reviews(rng, diabetes, stay, month, first, last)
        complete = _complete(rng, people, diabetes, persistent, review, number)
        latest = np.minimum(last, stay.last)
        parts += [_review(rng, review, complete, bodies, latest), _eyes(rng, review, latest)]
    parts += [_others(rng, people, diabetes, stay, bodies, years[0][0])]
    parts += [_education(rng, people, diabetes, stay), _prevention(rng, people, diabetes, stay)]
    return together(parts)


def _bodies(rng: np.random.Generator, people: People, diabetes: Diabetes, today: int) -> Bodies:
    many, age = len(people.person), people.age(today)
    ill = diabetes.any
    smokes = 0.08 + 0.12 * people.deprived
    drawn = rng.random(many)
    smoking = np.where(drawn < smokes, "smoker", np.where(drawn < smokes + 0.28, "ex_smoker", "never_smoked"))
    kidneys = 115 - 0.75 * np.clip(age - 20, 0, None) - 22 * diabetes.kidney_disease
    return Bodies(
        hba1c=diabetes.control,
        systolic=112 + 0.25 * np.clip(age, 18, 80) + 3 * ill + rng.normal(0, 8, many),
        diastolic=72 + 0.04 * np.clip(age, 18, 60) + rng.normal(0, 5, many),
        cholesterol=5.1 - 0.9 * ill + rng.normal(0, 0.7, many),
        body_mass_index=26 + 4.5 * diabetes.type_2 + 2 * (people.deprived - 0.5) + rng.normal(0, 4, many),
        filtration_rate=np.clip(kidneys + rng.normal(0, 8, many), 12, 120),
        urine_albumin=np.exp(rng.normal(0.3, 0.6, many) + 1.5 * diabetes.kidney_disease),
        smoking=smoking.astype(object),
    )


def _reviews(
    rng: np.random.Generator, diabetes: Diabetes, stay: Stay, month: Share, first: int, last: int
) -> Happenings:
    """One review a year for each person with diabetes, about the same time of year, after the diagnosis."""
    earliest = np.maximum(first, np.maximum(stay.first, np.where(diabetes.any, diabetes.since, last)))
    latest = np.minimum(last, stay.last)
    due = first + np.floor(month * (last - first)).astype(np.int64) + rng.integers(-20, 21, len(month))
    day = np.clip(due, earliest, np.maximum(earliest, latest))
    return once(diabetes.any & (day <= latest) & (earliest < latest), day)


def _complete(
    rng: np.random.Generator,
    people: People,
    diabetes: Diabetes,
    persistent: Share,
    review: Happenings,
    year: int,
) -> Flags:
    """Which of a year's reviews have all eight processes: of each tenth of deprivation, the likeliest."""
    deprived, type_1 = people.deprived[review.who], diabetes.type_1[review.who]
    chance = ALL_EIGHT[year] - GAP[year] * (deprived - deprived.sum() / max(len(deprived), 1))
    chance = np.clip(chance * np.where(type_1, TYPE_1_LESS, 1.02), 0.02, 0.98)
    yearly = rng.standard_normal(len(chance))
    drawn = PERSISTENCE * persistent[review.who] + np.sqrt(1 - PERSISTENCE**2) * yearly
    return np.asarray(_placed(drawn, deprived) < chance)


def _placed(values: Share, groups: Share) -> Share:
    """Where each value stands among those of the same group, from 0 to 1."""
    placed = np.ones(len(values))
    for group in np.unique(groups):
        members = np.flatnonzero(groups == group)
        placed[members[np.argsort(values[members])]] = (np.arange(len(members)) + 0.5) / len(members)
    return placed


def _review(
    rng: np.random.Generator, review: Happenings, complete: Flags, bodies: Bodies, latest: Whole
) -> Events:
    """The processes of a year: all eight, or some of them; the first that is missed is most often urine."""
    done = {name: complete | (rng.random(len(complete)) < chance) for name, chance in DONE_ANYWAY.items()}
    everything = np.all(list(done.values()), axis=0) & ~complete
    done["urine_albumin"] &= ~everything
    return together([
        reading
        for name, was_done in done.items()
        for reading in _readings(rng, name, _near(rng, review.where(was_done), latest), bodies)
    ])  # fmt: skip


def _near(rng: np.random.Generator, review: Happenings, latest: Whole) -> Happenings:
    """Within three weeks after the review, and before the year and the stay are over."""
    later = rng.integers(0, 22, len(review.who)) * (rng.random(len(review.who)) < 0.4)
    return Happenings(review.who, np.minimum(review.day + later, latest[review.who]))


def _readings(rng: np.random.Generator, name: str, happened: Happenings, bodies: Bodies) -> list[Events]:
    """What is written down when a process is done."""
    who, many = happened.who, len(happened.who)

    def reading(key: str, typical: Share, spread: float, digits: int = 0) -> Events:
        value = np.round(typical[who] * (1 + rng.normal(0, spread, many)), digits)
        return events(happened, key, np.maximum(value, 0.1))

    if name == "smoking":
        return [events(happened, bodies.smoking[who])]
    if name == "foot_examination":
        return [events(happened, name)]
    if name == "blood_pressure":
        return [reading("systolic", bodies.systolic, 0.05), reading("diastolic", bodies.diastolic, 0.06)]
    if name == "kidney_function":
        creatinine = 7_000 / bodies.filtration_rate
        return [
            reading("creatinine", creatinine, 0.05),
            reading("filtration_rate", bodies.filtration_rate, 0.04),
        ]
    spreads = {
        "hba1c": (0.06, 0),
        "cholesterol": (0.08, 1),
        "body_mass_index": (0.02, 1),
        "urine_albumin": (0.3, 1),
    }
    spread, digits = spreads[name]
    return [reading(name, getattr(bodies, name), spread, digits)]


def _eyes(rng: np.random.Generator, review: Happenings, latest: Whole) -> Events:
    screened = review.where(rng.random(len(review.who)) < 0.78)
    return events(_near(rng, screened, latest), "retinal_screening")


def _others(
    rng: np.random.Generator, people: People, diabetes: Diabetes, stay: Stay, bodies: Bodies, first: int
) -> Events:
    """Readings of adults without diabetes, those at high risk more often, and repeats in diabetes."""
    grown = people.age(stay.last) >= 18
    checked = np.where(grown & ~diabetes.any, np.clip(people.age(stay.last) / 400, 0.05, 0.2), 0.0)
    parts = []
    for name in ("blood_pressure", "smoking", "body_mass_index", "cholesterol", "hba1c"):
        often = np.where(diabetes.at_risk & (name == "hba1c"), checked + 0.65, checked)
        parts += _readings(rng, name, by_chance(rng, often, stay, first), bodies)
    known = np.maximum(first, np.where(diabetes.any, diabetes.since, first))
    again = by_chance(rng, np.where(diabetes.any, 0.7, 0.0), stay, known)
    return together([*parts, *_readings(rng, "hba1c", again, bodies)])


def _education(rng: np.random.Generator, people: People, diabetes: Diabetes, stay: Stay) -> Events:
    """Structured education, attended within the year after diagnosis by three in ten."""
    attended = diabetes.any & (rng.random(len(people.person)) < 0.38 - 0.16 * people.deprived)
    day = diabetes.since + rng.integers(21, 360, len(attended))
    return events(once(attended, day).seen(stay), "education_attended")


def _prevention(rng: np.random.Generator, people: People, diabetes: Diabetes, stay: Stay) -> Events:
    """Referral to the prevention programme within half a year of high risk being found."""
    referred = diabetes.at_risk & (rng.random(len(people.person)) < 0.55 - 0.2 * people.deprived)
    day = diabetes.since + rng.integers(0, int(YEAR / 2), len(referred))
    return events(once(referred, day).seen(stay), "prevention_referral")
