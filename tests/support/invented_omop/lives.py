"""When invented residents come, go and die, and of what."""

import numpy as np

from support.invented_omop.concepts import Text
from support.invented_omop.diabetes import Diabetes
from support.invented_omop.population import YEAR, People, Stay

# Causes of death and their weights, under and over 75.
CAUSES = {
    "coronary_death": (14, 12),
    "lung_cancer": (14, 7),
    "bowel_cancer": (8, 4),
    "stroke_death": (5, 9),
    "copd_death": (8, 8),
    "pneumonia": (4, 9),
    "dementia": (2, 18),
    "sepsis": (3, 3),
}
LEAVE_A_YEAR = 0.01


def invent_stays(people: People, diabetes: Diabetes, seed: int, first: int, today: int) -> Stay:
    """First and last day of each resident; deaths and departures fall in the years that are told.

    Mortality doubles with about eight years of age (Gompertz), and is higher with deprivation and diabetes.
    """
    rng = np.random.default_rng([seed, 3])
    start = np.maximum(people.arrived, first)
    years = np.maximum(today - start, 0) / YEAR
    yearly = np.exp(-10.15 + 0.09 * people.age(today)) * (0.75 + 0.5 * people.deprived)
    yearly *= np.where(diabetes.any, 1.4, 1.0)
    dies = rng.random(len(start)) < 1 - np.exp(-yearly * years)
    leaves = ~dies & (rng.random(len(start)) < LEAVE_A_YEAR * years)
    gone = start + np.floor(rng.random(len(start)) * (today - start)).astype(np.int64)
    known = np.where(diabetes.any, np.maximum(diabetes.since, start), start)
    last = np.where(dies | leaves, np.maximum(gone, np.minimum(known, today)), today)
    return Stay(first=people.arrived, last=last, died=dies)


def causes_of_death(people: People, diabetes: Diabetes, stay: Stay, seed: int) -> Text:
    """Short name of the cause of death of each person; one in nine people with diabetes dies of it."""
    rng = np.random.default_rng([seed, 4])
    old = people.age(stay.last) >= 75
    names = np.array(list(CAUSES), dtype=object)
    weights = np.array(list(CAUSES.values()), dtype=float)
    drawn = [rng.choice(names, size=len(old), p=weight / weight.sum()) for weight in weights.T]
    of_diabetes = rng.random(len(old)) < 0.11
    cause = np.where(old, drawn[1], drawn[0])
    cause = np.where(diabetes.type_2 & of_diabetes, "type_2_in_hospital", cause)
    return np.where(diabetes.type_1 & of_diabetes, "type_1_in_hospital", cause).astype(object)
