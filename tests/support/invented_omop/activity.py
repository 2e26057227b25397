"""The contacts and stays of invented residents, with what they are for and what they cost.

Costs are indicative unit costs of England, in pounds a contact or spell (`unit_costs.csv`, remembered from
published tariffs and the PSSRU's unit costs of health and social care; not tariff prices).
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from support.invented_omop.concepts import Text, Whole
from support.invented_omop.diabetes import Diabetes
from support.invented_omop.happenings import Happenings, by_chance, together
from support.invented_omop.population import People, Share, Stay

HOSPITALS, COMMUNITY_SERVICES, OWN_PRACTICE = (1, 2), 3, 0  # care sites
LONG_STAY_NIGHTS = 2
EARLIER_DAYS = 3 * 365  # amputations are told from three years earlier: measures look back so far


@dataclass(frozen=True)
class Stream:
    """A kind of contact: how often a year at 40, and how much oftener with age, deprivation and diabetes."""

    kind: str
    at_40: float
    by_decade: float
    by_deprivation: float
    with_diabetes: float


STREAMS = (
    Stream("gp_appointment", 4.2, 1.15, 0.2, 1.5),
    Stream("emergency_department", 0.40, 1.04, 0.7, 1.3),
    Stream("ambulance", 0.05, 1.35, 0.5, 1.3),
    Stream("emergency_admission", 0.065, 1.32, 0.7, 1.4),
    Stream("planned_admission", 0.020, 1.15, 0.0, 1.2),
    Stream("day_case", 0.08, 1.18, 0.0, 1.2),
    Stream("outpatient", 1.1, 1.18, 0.0, 1.2),
    Stream("community", 0.2, 1.7, 0.2, 1.3),
    Stream("mental_health", 0.25, 0.9, 0.6, 1.2),
    Stream("diagnostic", 0.3, 1.15, 0.0, 1.3),
)
# Why people are admitted, with weights under 18, from 18 to 64, and from 65.
EMERGENCIES = {
    "pneumonia": (2, 6, 18),
    "heart_failure": (0, 2, 9),
    "urinary_infection": (3, 5, 12),
    "hip_fracture": (0, 1, 9),
    "copd_flare": (0, 4, 8),
    "infarction": (0, 5, 6),
    "brain_infarction": (0, 2, 8),
    "sepsis": (1, 3, 8),
    "chest_pain": (1, 14, 8),
    "abdominal_pain": (8, 16, 5),
    "appendicitis": (6, 5, 1),
    "viral_infection": (20, 3, 1),
    "asthma_attack": (6, 4, 1),
}
PLANNED = {
    "planned_admission": (
        ("arthritis_of_hip", "hip_replacement"),
        ("arthritis_of_knee", "knee_replacement"),
        ("gallstones", "gallbladder_removal"),
    ),
    "day_case": (
        ("cataract", "cataract_surgery"),
        ("hernia", "hernia_repair"),
        ("bowel_symptoms", "colonoscopy"),
        ("skin_lesion", "skin_excision"),
    ),
}
SPECIALTIES = ("110", "101", "120", "130", "301", "320", "330", "340", "410", "502")


@dataclass(frozen=True)
class Visits:
    """Contacts and stays: person by position, days, kind with specialty, site, cost, codes ("" if none)."""

    who: Whole
    start: Whole
    end: Whole
    kind: Text
    site: Whole
    pence: Whole
    primary: Text
    secondary: Text
    procedure: Text


def invent_activity(people: People, diabetes: Diabetes, stay: Stay, seed: int, first: int) -> Visits:
    """Every contact and stay from the first day told, in order of day and person."""
    rng = np.random.default_rng([seed, 8])
    everyone = [_stream(rng, stream, people, diabetes, stay, first) for stream in STREAMS]
    of_diabetes = [
        *_clinics(rng, people, diabetes, stay, first),
        *_crises(rng, people, diabetes, stay, first),
        _amputations(rng, people, diabetes, stay, first - EARLIER_DAYS),
    ]
    found = together([*everyone, *of_diabetes])
    order = np.lexsort((found.kind.astype(str), found.who, found.start))
    return Visits(**{name: values[order] for name, values in vars(found).items()})


@cache
def unit_costs() -> dict[str, int]:
    """Pence of one contact or spell."""
    with Path(__file__).with_name("unit_costs.csv").open(encoding="utf-8", newline="") as file:
        return {row["point_of_delivery"]: int(row["pounds"]) * 100 for row in csv.DictReader(file)}


def _stream(
    rng: np.random.Generator, stream: Stream, people: People, diabetes: Diabetes, stay: Stay, first: int
) -> Visits:
    age = np.clip(people.age(stay.last), 1, 90)
    often = stream.at_40 * stream.by_decade ** ((age - 40) / 10)
    often = often * (1 + stream.by_deprivation * (people.deprived - 0.5))
    happened = by_chance(rng, often * np.where(diabetes.any, stream.with_diabetes, 1.0), stay, first)
    if stream.kind == "emergency_admission":
        return _emergency(rng, happened, _reasons(rng, age[happened.who]), diabetes, stay)
    if stream.kind in PLANNED:
        return _planned(rng, stream.kind, happened, stay)
    kind = np.full(len(happened.who), stream.kind, dtype=object)
    if stream.kind == "outpatient":
        kind = np.array([f"outpatient:{code}" for code in SPECIALTIES], dtype=object)[
            rng.integers(0, len(SPECIALTIES), len(kind))
        ]
    return _visits(rng, happened, kind)


def _visits(
    rng: np.random.Generator,
    happened: Happenings,
    kind: str | Text,
    *,
    nights: Whole | None = None,
    pence: Whole | None = None,
    primary: Text | None = None,
    secondary: Text | None = None,
    procedure: Text | None = None,
) -> Visits:
    """Visits that end on the day they start and have no codes, unless told otherwise."""
    many = len(happened.who)
    kinds = np.full(many, kind, dtype=object) if isinstance(kind, str) else kind
    points = [str(each).split(":")[0] for each in kinds]
    none = np.full(many, "", dtype=object)
    return Visits(
        who=happened.who,
        start=happened.day,
        end=happened.day if nights is None else happened.day + nights,
        kind=kinds,
        site=np.array(
            [_site(point, draw) for point, draw in zip(points, rng.random(many), strict=True)], dtype=np.int64
        ),
        pence=np.array([unit_costs()[point] for point in points], dtype=np.int64) if pence is None else pence,
        primary=none if primary is None else primary,
        secondary=none if secondary is None else secondary,
        procedure=none if procedure is None else procedure,
    )


def _site(point: str, draw: float) -> int:
    if point == "gp_appointment":
        return OWN_PRACTICE
    if point in ("community", "mental_health"):
        return COMMUNITY_SERVICES
    return HOSPITALS[int(draw < 0.4)]


def _emergency(
    rng: np.random.Generator, happened: Happenings, reason: Text, diabetes: Diabetes, stay: Stay
) -> Visits:
    """Emergency admissions, two in five of them short; diabetes is coded for four in five who have it."""
    many = len(happened.who)
    nights = np.where(rng.random(many) < 0.4, rng.integers(0, 2, many), 2 + rng.geometric(0.18, many) - 1)
    nights = np.minimum(nights, stay.last[happened.who] - happened.day)
    costs = unit_costs()
    pence = np.where(
        nights < LONG_STAY_NIGHTS, costs["emergency_admission"], costs["emergency_admission_long"]
    )
    coded = rng.random(many) < 0.8
    also = np.where(
        coded & diabetes.type_1[happened.who], "type_1_in_hospital",
        np.where(coded & diabetes.type_2[happened.who], "type_2_in_hospital", ""),
    ).astype(object)  # fmt: skip
    return _visits(
        rng, happened, "emergency_admission", nights=nights, pence=pence, primary=reason, secondary=also
    )


def _reasons(rng: np.random.Generator, age: Share) -> Text:
    weights = np.array(list(EMERGENCIES.values()), dtype=float).T
    upto = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    band = np.digitize(age, (18, 65))
    drawn = (rng.random(len(age))[:, None] > upto[band]).sum(axis=1)
    reasons: Text = np.array(list(EMERGENCIES), dtype=object)[np.minimum(drawn, len(EMERGENCIES) - 1)]
    return reasons


def _planned(rng: np.random.Generator, kind: str, happened: Happenings, stay: Stay) -> Visits:
    many = len(happened.who)
    reasons = np.array([reason for reason, _ in PLANNED[kind]], dtype=object)
    operations = np.array([operation for _, operation in PLANNED[kind]], dtype=object)
    drawn = rng.integers(0, len(reasons), many)
    nights = rng.integers(1, 6, many) * (kind == "planned_admission")
    nights = np.minimum(nights, stay.last[happened.who] - happened.day)
    return _visits(rng, happened, kind, nights=nights, primary=reasons[drawn], procedure=operations[drawn])


def _clinics(
    rng: np.random.Generator, people: People, diabetes: Diabetes, stay: Stay, first: int
) -> list[Visits]:
    """Outpatient contacts of diabetes services, ophthalmology and podiatry."""
    since = _since(diabetes, first)
    often = {
        "outpatient:307": 1.8 * diabetes.type_1
        + 0.7 * (diabetes.insulin & diabetes.type_2)
        + 0.12 * diabetes.type_2,
        "outpatient:130": 1.4 * (diabetes.eye_disease & diabetes.any),
        "outpatient:653": 2.0 * (diabetes.neuropathy & diabetes.any) + 0.2 * diabetes.any,
    }
    return [
        _visits(rng, by_chance(rng, rate * np.ones(len(people.person)), stay, since), kind)
        for kind, rate in often.items()
    ]


def _crises(
    rng: np.random.Generator, people: People, diabetes: Diabetes, stay: Stay, first: int
) -> list[Visits]:
    """Emergency admissions for ketoacidosis and for hypoglycaemia, more often from deprived areas."""
    since, poorer = _since(diabetes, first), 0.6 + 0.8 * people.deprived
    often = {
        "ketoacidosis_type_1": 0.045 * diabetes.type_1 * np.where(people.age(stay.last) < 35, 1.6, 0.8),
        "ketoacidosis_type_2": 0.0025 * diabetes.type_2,
        "hypoglycaemia": 0.014 * diabetes.insulin + 0.0015 * diabetes.type_2,
    }
    found = []
    for reason, rate in often.items():
        happened = by_chance(rng, rate * poorer, stay, since)
        found.append(
            _emergency(rng, happened, np.full(len(happened.who), reason, dtype=object), diabetes, stay)
        )
    return found


def _amputations(
    rng: np.random.Generator, people: People, diabetes: Diabetes, stay: Stay, first: int
) -> Visits:
    """Amputations, rare: about 2 a year in a thousand people with diabetes, half of them of a toe."""
    often = np.where(diabetes.any, 0.002, 0.0) * np.where(diabetes.neuropathy, 3.0, 0.8)
    happened = by_chance(rng, often, stay, _since(diabetes, first))
    many = len(happened.who)
    nights = np.minimum(rng.integers(3, 20, many), stay.last[happened.who] - happened.day)
    names = np.array(["amputation_of_toe", "amputation_below_knee", "amputation_above_knee"], dtype=object)
    procedure = names[np.digitize(rng.random(many), (0.5, 0.85))]
    reason = np.where(diabetes.type_1[happened.who], "type_1_foot", "type_2_foot").astype(object)
    return _visits(rng, happened, "planned_admission", nights=nights, primary=reason, procedure=procedure)


def _since(diabetes: Diabetes, first: int) -> Whole:
    return np.maximum(first, np.where(diabetes.any, diabetes.since, first))
