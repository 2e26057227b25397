"""What is typical of each resident: the level that their readings vary around.

Shaped so that, with the noise of `kinds.csv` and the reviews of `occasions.csv`, about 69 per cent of people under 80
with hypertension have a last blood pressure of 140/90 or less within the year (82 per cent at 150/90 from 80 on), and
HbA1c is 58 mmol/mol or less in about two in three with type 2 diabetes and three in ten with type 1.
Source: Quality and Outcomes Framework 2024/25 for the system's places; National Diabetes Audit 2023/24.
"""

import numpy as np

from stewardship.synthetic.care.kinds import kinds
from stewardship.synthetic.care.stays import YEAR, since_any
from stewardship.synthetic.chance import stream
from stewardship.synthetic.lives import NEVER, Flags, Health, People, Plan, Share


def levels(plan: Plan, people: People, health: Health) -> Share:
    """A level for each kind with a value (rows, as in `kinds`) and each person (columns)."""
    random = stream(plan.seed, people.batch, "levels")
    found = _bodies(random, plan, people, health) | _minds_and_lungs(random, people, health)
    valued = [kind.key for kind in kinds() if kind.spread is not None]
    return np.stack([found[key] for key in valued]).astype(np.float32)


def _bodies(random: np.random.Generator, plan: Plan, people: People, health: Health) -> dict[str, Share]:
    many = len(people)
    age = np.clip((plan.last - people.birth.astype(np.int64)) / YEAR, 0, 100)
    deprived = (3.0 - people.fifth) / 2
    drawn = random.standard_normal((9, many), dtype=np.float32)
    pressure, sugar = _has(health, "hypertension"), _has(health, "type_1_diabetes", "type_2_diabetes")
    treated = sugar | _has(health, "coronary_heart_disease", "stroke", "peripheral_arterial_disease")
    kidneys = np.where(
        _has(health, "chronic_kidney_disease"),
        52 + 9 * drawn[4],
        115 - 0.72 * np.clip(age - 20, 0, None) + 8 * drawn[4],
    )
    kidneys = np.clip(kidneys, 8, 118)
    height = np.where(people.female, 1.62, 1.76) + 0.065 * drawn[8]
    grown = np.clip(0.12 + 0.88 * age / 17, 0.2, 1)
    mass = np.where(age < 17, 15.5 + 0.3 * age, health.body_mass_index)
    return {
        "systolic": np.where(
            pressure, 133.4 + 0.31 * np.clip(age - 60, -25, 30) + deprived + 6.5 * drawn[0],
            108 + 0.25 * np.clip(age, 5, 85) + deprived + 8 * drawn[0],
        ),
        "diastolic": np.where(sugar, 72.5, np.where(pressure, 76.5, 74)) - 0.09 * np.clip(age - 65, 0, None)
        + 4.5 * drawn[1],
        "body_mass_index": mass,
        "weight": mass * (height * grown) ** 2,
        "hba1c": _sugar(random, health, deprived),
        "cholesterol": np.clip(5.2 - 1.0 * treated + 0.8 * drawn[3], 2.5, 9),
        "filtration_rate": kidneys,
        "creatinine": np.where(people.female, 5_900, 7_300) / kidneys,
        "urine_albumin": np.exp(0.3 + 0.6 * drawn[5] + 1.2 * _has(health, "chronic_kidney_disease") + 0.3 * sugar),
        "pulse": 74 + 8 * drawn[6] + 6 * _has(health, "atrial_fibrillation"),
        "haemoglobin": np.where(people.female, 133, 148) - 5 * (age > 75)
        - 8 * _has(health, "chronic_kidney_disease") + 10 * drawn[7],
    }  # fmt: skip


def _sugar(random: np.random.Generator, health: Health, deprived: Share) -> Share:
    """Glycated haemoglobin in mmol/mol: by diabetes and its type, high risk, or neither."""
    many = len(deprived)
    with_type_2 = 43.5 + random.gamma(2.2, 5.9, many) + 2.5 * deprived
    with_type_1 = 48 + random.gamma(3.0, 6.0, many) + 4 * deprived
    without = np.clip(random.normal(36, 2.5, many), 26, 40)
    type_1, type_2 = _has(health, "type_1_diabetes"), _has(health, "type_2_diabetes")
    at_risk = np.where(_has(health, "non_diabetic_hyperglycaemia"), random.uniform(42, 46.5, many), without)
    return np.where(type_1, with_type_1, np.where(type_2, with_type_2, at_risk))


def _minds_and_lungs(random: np.random.Generator, people: People, health: Health) -> dict[str, Share]:
    many = len(people)
    low = _has(health, "depression") * 8.0 + _has(health, "severe_mental_illness") * 3.0
    severe = np.clip(random.normal(0.5, 0.25, many) + 0.06 * people.frailty, 0, 1)
    copd = _has(health, "copd")
    return {
        "predicted_fev1": np.where(copd, 90 - 55 * severe, 98 + 8 * random.standard_normal(many)),
        "phq9": np.clip(low + random.gamma(1.5, 2.0, many), 0, 27),
        "alcohol": random.gamma(1.3, 3.0, many),
        "faecal_test": np.exp(random.normal(1.2, 1.3, many)),
    }


def _has(health: Health, *conditions: str) -> Flags:
    """Who has one of the conditions at any time."""
    return np.asarray(since_any(health, conditions) < NEVER)
