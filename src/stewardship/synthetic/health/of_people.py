"""What the people of a batch have, drawn of all conditions in turn."""

import numpy as np

from stewardship.synthetic.chance import stream
from stewardship.synthetic.health.causes import causes_of
from stewardship.synthetic.health.conditions import (
    CONDITIONS,
    NON_DIABETIC_HYPERGLYCAEMIA,
    hyperglycaemia_shares,
    limits_of,
    thresholds,
)
from stewardship.synthetic.health.consequences import consequences
from stewardship.synthetic.health.deficits import deficits_of, recorded_frailty
from stewardship.synthetic.health.habits import recorded_obese, smoking_of, weight_of
from stewardship.synthetic.health.onset import (
    NOT_AT_ALL,
    Lives,
    Prone,
    Single,
    beyond,
    lives_of,
    onset_of,
    orders_of,
    prone,
)
from stewardship.synthetic.health.palliative import palliative_care
from stewardship.synthetic.health.told_evenly import spread_evenly
from stewardship.synthetic.lives import NEVER, Days, Flags, Health, People, Plan, Whole
from stewardship.synthetic.under_served import is_under_served

GROUPS = tuple(sorted({condition.group for condition in CONDITIONS.values()} - {""}))
YEAR = 365.25
_FATAL = tuple(
    key
    for key, condition in CONDITIONS.items()
    if (condition.frailty >= 0.38 or key.startswith("cancer_")) and key != "palliative_care"
)
"""Conditions that many die of within years."""
_SHORTER = 1.5  # power of an even share: on average two fifths of the time that others have had it
_SHORTEST = 4.0  # the same of cancers: a fifth
_SOONER = 0.6
"""What remains of the time for which the living have had a cancer: registers of cancer have grown by some 4 per cent a
year, as more are found than die of it or with it (Quality and Outcomes Framework of England, 2014/15 to 2024/25)."""


def health_of(plan: Plan, people: People) -> Health:
    """What each person of a batch has when they are last seen, and since when; the same whenever it is drawn."""
    rng = stream(plan.seed, people.batch, "health")
    lives = lives_of(plan, people, is_under_served(people))
    shared = {group: rng.standard_normal(len(people), dtype=np.float32) for group in GROUPS}
    onset = _conditions(rng, lives, people, shared)
    age = people.age(lives.seen)
    weight = weight_of(rng, people, age, shared["metabolic"])
    onset["obesity"] = _ago(rng, recorded_obese(rng, people, age, weight), lives, 18)
    cause, onset = causes_of(rng, people, _shorter(rng, people, onset))
    onset = _one_type(onset | _told_evenly(plan, people, onset))
    onset["palliative_care"] = palliative_care(plan, people, onset["palliative_care"], cause)
    onset |= consequences(rng, onset, people.frailty, lives.seen)
    deficits = deficits_of(rng, people, onset, lives.seen)
    onset |= recorded_frailty(rng, people, deficits, lives.seen)
    return Health(
        onset=onset,
        smoking=smoking_of(rng, people, age, shared["lung"]),
        deficits=deficits,
        body_mass_index=weight,
        cause=cause,
    )


def _told_evenly(plan: Plan, people: People, onset: dict[str, Days]) -> dict[str, Days]:
    """Onsets of what many die of, found as often in each year that is told."""
    return {
        key: spread_evenly(plan, people, onset[key], _SOONER if key.startswith("cancer_") else 1.0)
        for key in _FATAL
    }


def _shorter(rng: np.random.Generator, people: People, onset: dict[str, Days]) -> dict[str, Days]:
    """Onsets, in which those who died had what people die of for a shorter time than others have had it.

    Otherwise such conditions would be rarer from year to year, as fewer of those who are to die of them are left.
    """
    dead = np.flatnonzero(people.death < NEVER)
    found = dict(onset)
    for key in _FATAL:
        days = onset[key].copy()
        had = dead[days[dead] < NEVER]
        span = people.death[had] - days[had]
        part = rng.random(len(had)) ** (_SHORTEST if key.startswith("cancer_") else _SHORTER)
        days[had] = people.death[had] - np.round(span * part).astype(np.int32)
        found[key] = days
    return found


def _conditions(
    rng: np.random.Generator, lives: Lives, people: People, shared: dict[str, Single]
) -> dict[str, Days]:
    frailty, found = people.frailty.astype(np.float32), {}
    orders = orders_of(rng, lives)
    for number, (key, condition) in enumerate(CONDITIONS.items()):
        order = orders[number % len(orders)]
        tends = prone(frailty, shared.get(condition.group), condition.frailty)
        limits = limits_of(key)
        tendency = beyond(rng, order, tends, lives.limit(limits))
        found[key] = onset_of(rng, lives, tendency, limits)
        if key == "type_2_diabetes":
            found[NON_DIABETIC_HYPERGLYCAEMIA.key] = _before_diabetes(rng, order, lives, tends, tendency)
    return _one_type(found)


def _before_diabetes(
    rng: np.random.Generator, order: Whole, lives: Lives, tends: Prone, tendency: Single
) -> Days:
    """Since when glucose is raised: of people with diabetes of type 2, and of those who are near to it."""
    limits = thresholds(hyperglycaemia_shares())
    near = beyond(rng, order, tends, lives.limit(limits), lives.limit(limits_of("type_2_diabetes")))
    return onset_of(rng, lives, np.where(tendency > NOT_AT_ALL, tendency, near), limits)


def _one_type(onset: dict[str, Days]) -> dict[str, Days]:
    """Nobody has both types of diabetes, nor raised glucose short of diabetes once it is there."""
    first, second = onset["type_1_diabetes"], onset["type_2_diabetes"]
    before = onset["non_diabetic_hyperglycaemia"]
    return {
        **onset,
        "type_1_diabetes": np.where(second < first, NEVER, first).astype(np.int32),
        "type_2_diabetes": np.where(first <= second, NEVER, second).astype(np.int32),
        "non_diabetic_hyperglycaemia": np.where((first < NEVER) | (before >= second), NEVER, before).astype(
            np.int32
        ),
    }


def _ago(rng: np.random.Generator, has: Flags, lives: Lives, youngest: int) -> Days:
    day = np.maximum(lives.seen - rng.exponential(15 * YEAR, len(has)), lives.birth + youngest * YEAR)
    return np.where(has, day, NEVER).astype(np.int32)
