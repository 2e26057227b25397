"""Who has diabetes, of which type and since when, and who is at high risk of it.

Shaped on what is published for England: about 8 in 100 people aged 17 and over, 8 in 100 of them with type 1;
type 2 rises with age and deprivation and is about twice as common in Asian and Black groups (Health Survey
for England; National Diabetes Audit). The shares are targets for invented people, not estimates.
"""

from dataclasses import dataclass

import numpy as np

from support.invented_omop.concepts import Whole
from support.invented_omop.population import YEAR, Flags, People, Share, drawn_evenly

# Of people aged 17 and over, those who die before the last day among them: of the living it is 8 in 100.
PREVALENCE, TYPE_1_SHARE, AT_RISK = 0.0935, 0.08, 0.07
TIMES_AS_COMMON = {"Asian": 2.2, "Black": 1.9, "Mixed": 1.3, "Other": 1.2}
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Diabetes:
    """What each person has; `since` is the day of diagnosis, NEVER where there is none.

    at_risk: non-diabetic hyperglycaemia and no diabetes. control: typical HbA1c in mmol/mol.
    """

    type_1: Flags
    type_2: Flags
    at_risk: Flags
    since: Whole
    insulin: Flags
    eye_disease: Flags
    neuropathy: Flags
    kidney_disease: Flags
    control: Share

    @property
    def any(self) -> Flags:
        """Diabetes of either type."""
        return self.type_1 | self.type_2


def invent_diabetes(people: People, seed: int, today: int) -> Diabetes:
    """Diabetes and its complications in the invented residents, as it stands on the last day."""
    rng = np.random.default_rng([seed, 2])
    many = len(people.person)
    age = people.age(today)
    adult = age >= 17
    risk = _risk(people, age)
    order = np.lexsort((age, people.deprived))
    type_1 = drawn_evenly(rng, np.where(adult, PREVALENCE * TYPE_1_SHARE, 0.0025), order)
    type_2 = drawn_evenly(rng, _scaled(risk, adult & ~type_1, PREVALENCE * (1 - TYPE_1_SHARE)), order)
    at_risk = drawn_evenly(rng, _scaled(risk, adult & ~type_1 & ~type_2, AT_RISK), order)
    years = _years_since(rng, age, type_1, type_2)
    since = np.where(type_1 | type_2 | at_risk, today - np.floor(years * YEAR).astype(np.int64), NEVER)
    long_standing = np.clip(years / 20, 0, 1) * (type_1 | type_2) * (0.8 + 0.4 * people.deprived)
    return Diabetes(
        type_1=type_1,
        type_2=type_2,
        at_risk=at_risk,
        since=since,
        insulin=type_1 | (type_2 & (rng.random(many) < 0.1 + 0.15 * np.clip(years / 20, 0, 1))),
        eye_disease=rng.random(many) < 0.5 * long_standing,
        neuropathy=rng.random(many) < 0.3 * long_standing,
        kidney_disease=rng.random(many) < 0.3 * long_standing,
        control=_control(rng, people, type_1, type_2, at_risk),
    )


def _risk(people: People, age: Share) -> Share:
    """Type 2, relative to others: an S-shaped rise with age, more with deprivation, ethnicity and in men."""
    by_group = np.array([TIMES_AS_COMMON.get(group, 1.0) for group in people.group])
    by_sex = np.where(people.female, 0.85, 1.15)
    return np.asarray(
        np.exp(0.8 * (people.deprived - 0.5)) * by_group * by_sex / (1 + np.exp(-(age - 60) / 9))
    )


def _scaled(risk: Share, adult: Flags, share: float) -> Share:
    """Risks scaled so that the given share of adults is expected to have it."""
    chance = np.where(adult, risk, 0.0)
    total = chance.sum()
    return np.clip(chance * share * adult.sum() / total, 0, 0.8) if total else chance


def _years_since(rng: np.random.Generator, age: Share, type_1: Flags, type_2: Flags) -> Share:
    """Years since diagnosis: type 1 begins young, type 2 in adult life, high risk was found lately."""
    many = len(age)
    onset = np.minimum(rng.gamma(2.0, 8.0, many), age * rng.random(many))
    adult_years = np.maximum(age - 18, 0.1)
    since_type_2 = np.minimum(rng.gamma(1.15, 11.0, many), adult_years * (0.1 + 0.9 * rng.random(many)))
    lately = np.minimum(rng.uniform(0, 7, many), adult_years)
    return np.where(type_1, age - onset, np.where(type_2, since_type_2, lately))


def _control(rng: np.random.Generator, people: People, type_1: Flags, type_2: Flags, at_risk: Flags) -> Share:
    many = len(people.person)
    with_type_2 = 43 + rng.gamma(2.2, 5.2, many) + 6 * (people.deprived - 0.5)
    with_type_1 = 48 + rng.gamma(3.0, 6.0, many) + 8 * (people.deprived - 0.5)
    high_risk = rng.uniform(42, 47, many)
    without = np.clip(rng.normal(36, 3, many), 26, 41)
    return np.where(type_1, with_type_1, np.where(type_2, with_type_2, np.where(at_risk, high_risk, without)))
