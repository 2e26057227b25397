"""What GP records say invented residents have, and the medicines that follow from it."""

from dataclasses import dataclass

import numpy as np

from support.invented_omop.concepts import Whole
from support.invented_omop.diabetes import Diabetes
from support.invented_omop.happenings import Events, again, events, once, together
from support.invented_omop.population import YEAR, Flags, People, Share, Stay

ITEM_DAYS, SENSOR_DAYS = 56, 28

# Condition -> how common at 40, times as common with each ten years of age, with deprivation, with diabetes.
OTHERS = {
    "hypertension": (0.06, 1.65, 0.3, 1.8),
    "coronary_disease": (0.006, 2.0, 0.6, 1.8),
    "stroke": (0.004, 1.9, 0.5, 1.6),
    "asthma": (0.075, 0.97, 0.3, 1.1),
    "copd": (0.006, 1.75, 1.2, 1.2),
    "depression": (0.13, 0.95, 0.6, 1.4),
}
Has = dict[str, Flags]


def invent_conditions(
    people: People, diabetes: Diabetes, stay: Stay, seed: int, today: int
) -> tuple[Events, Has]:
    """Diagnoses on the day they were made, and who has each of the conditions besides diabetes."""
    rng = np.random.default_rng([seed, 6])
    kinds = {"type_1": diabetes.type_1, "type_2": diabetes.type_2, "hyperglycaemia": diabetes.at_risk}
    parts = [events(once(flag, diabetes.since), name) for name, flag in kinds.items()]
    parts += [
        _complication(rng, getattr(diabetes, name), diabetes, name, today)
        for name in ("eye_disease", "neuropathy", "kidney_disease")
    ]
    has: Has = {}
    for name in OTHERS:
        has[name] = rng.random(len(people.person)) < _how_common(name, people, diabetes, today)
        years = np.minimum(rng.gamma(2.0, 4.0, len(people.person)), people.age(today) * 0.7)
        parts.append(events(once(has[name], today - np.floor(years * YEAR).astype(np.int64)), name))
    return together([_until(part, stay) for part in parts]), has


def _complication(rng: np.random.Generator, flag: Flags, diabetes: Diabetes, name: str, today: int) -> Events:
    known = diabetes.any & flag
    since = np.where(known, diabetes.since, today)
    day = since + np.floor((today - since) * rng.uniform(0.3, 1.0, len(flag))).astype(np.int64)
    return events(once(known, day), name)


def _how_common(name: str, people: People, diabetes: Diabetes, today: int) -> Share:
    at_40, by_age, by_deprivation, with_diabetes = OTHERS[name]
    age = people.age(today)
    share = (
        at_40 * by_age ** ((np.clip(age, 5, 90) - 40) / 10) * (1 + by_deprivation * (people.deprived - 0.5))
    )
    share = share * np.where(diabetes.any, with_diabetes, 1.0) * (age >= (5 if name == "asthma" else 18))
    return np.clip(share, 0, 0.75)


def _until(found: Events, stay: Stay) -> Events:
    kept = found.day <= stay.last[found.who]
    return Events(found.who[kept], found.day[kept], found.key[kept], found.value[kept])


@dataclass(frozen=True)
class Course:
    """A medicine, who takes it, from which day, and every how many days an item is issued."""

    key: str
    to: Flags
    since: Whole
    every: int = ITEM_DAYS


def invent_medicines(
    people: People, diabetes: Diabetes, has: Has, stay: Stay, seed: int, first: int
) -> Events:
    """Items issued every eight weeks, sensors every four, since the diagnosis or the first day told."""
    rng = np.random.default_rng([seed, 7])
    courses = [
        *_for_diabetes(rng, people, diabetes, first),
        *_for_others(rng, people, diabetes, has, stay, first),
    ]
    return together([
        events(again(rng, course.to, stay, course.since, course.every), course.key) for course in courses
    ])  # fmt: skip


def _for_diabetes(rng: np.random.Generator, people: People, diabetes: Diabetes, first: int) -> list[Course]:
    since = np.maximum(first, np.where(diabetes.any, diabetes.since, first))
    drawn = rng.random((6, len(since)))
    sensor_since = np.maximum(since, first + rng.integers(0, int(4.5 * YEAR), len(since)))
    wears_sensor = diabetes.type_1 & (drawn[5] < 0.8 - 0.3 * people.deprived)
    return [
        Course("metformin", diabetes.type_2 & (drawn[0] < 0.72), since),
        Course("gliclazide", diabetes.type_2 & (drawn[1] < 0.12), since),
        Course("dapagliflozin", diabetes.type_2 & (drawn[2] < 0.24), np.maximum(since, first + 400)),
        Course("insulin_glargine", diabetes.insulin, since),
        Course("insulin_aspart", diabetes.type_1 | (diabetes.insulin & (drawn[3] < 0.4)), since),
        Course("test_strips", diabetes.insulin & (drawn[4] < 0.8), since),
        Course("glucose_sensor", wears_sensor, sensor_since, SENSOR_DAYS),
    ]


def _for_others(
    rng: np.random.Generator, people: People, diabetes: Diabetes, has: Has, stay: Stay, first: int
) -> list[Course]:
    age, since = people.age(stay.last), np.full(len(people.person), first)
    drawn = rng.random((6, len(since)))
    statin = np.where(diabetes.any & (age >= 40), 0.75, np.where(age >= 60, 0.25, 0.0))
    statin = np.where(has["coronary_disease"] | has["stroke"], 0.85, statin)
    pressure = has["hypertension"]
    return [
        Course("atorvastatin", drawn[0] < statin, since),
        Course("amlodipine", pressure & (drawn[1] < 0.6), since),
        Course("ramipril", (pressure | diabetes.kidney_disease) & (drawn[2] < 0.5), since),
        Course("omeprazole", (age > 30) & (drawn[3] < 0.12), since),
        Course("salbutamol", has["asthma"] | has["copd"], since),
        Course("sertraline", has["depression"] & (drawn[5] < 0.5), since),
    ]
