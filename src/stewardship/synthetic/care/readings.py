"""Readings and notes of general practice: on the occasions of the tables, in diabetes care, and now and then."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stewardship.synthetic.care.diabetes_care import diabetes_care
from stewardship.synthetic.care.kinds import kinds, occasions, of_kinds, positions, seldom
from stewardship.synthetic.care.levels import levels
from stewardship.synthetic.care.rounds import Seen, seen_on
from stewardship.synthetic.care.stays import Positions, Stay, stay_of
from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, nhs_numbers, numbers
from stewardship.synthetic.lives import Days, Health, People, Plan, Share

READINGS_A_YEAR = 10.0  # a person: 65 million in five years of 1.3 million people, of the kinds that are kept
PARTNER, KIND = "general-practice", "readings"
AMONG, SELDOM_COMES = 4, 0.02  # one in so many people hardly ever comes without being asked
SMOKING = ("never_smoked", "ex_smoker", "smoker")  # in the order of `Health.smoking`
BREATHLESS = (
    -0.7,
    0.5,
    1.3,
    2.1,
)  # frailty from which the second to the fifth grade of breathlessness is recorded
SEVERAL = {"blood_pressure": ("systolic", "diastolic"), "kidney_function": ("filtration_rate", "creatinine")}


@dataclass(frozen=True)
class Measuring:
    """Worked out once for a run. seldom: times the relative rates of readings that are taken now and then."""

    seldom: float


def measuring(plan: Plan, people: People, health: Health) -> Measuring:
    """What makes readings per head those published, worked out from a batch of any residents."""
    stay = stay_of(plan, people)
    planned = sum(len(seen.who) for _, seen in _planned(plan, people, health, stay))
    rates = (_seldom_rates(people, stay) * stay.years * _records()[:, None]).sum()
    wanted = READINGS_A_YEAR * stay.years.sum() - planned
    return Measuring(float(max(wanted, 0) / max(rates, 1e-9)))


def readings(plan: Plan, people: People, health: Health, set_to: Measuring) -> Extract:
    """All readings and notes of a batch, ordered by person."""
    stay = stay_of(plan, people)
    parts = _planned(plan, people, health, stay) + _now_and_then(plan, people, health, stay, set_to.seldom)
    who = np.concatenate([seen.who for _, seen in parts]).astype(np.int32)
    day = np.concatenate([seen.day for _, seen in parts]).astype(np.int32)
    kind = np.repeat(
        np.array([kind for kind, _ in parts], dtype=np.int16), [len(seen.who) for _, seen in parts]
    )
    order = np.argsort(who, kind="stable")
    who, day, kind = who[order], day[order], kind[order]
    return Extract(PARTNER, KIND, day, _rows(plan, people, health, who, day, kind))


def _planned(plan: Plan, people: People, health: Health, stay: Stay) -> list[tuple[int, Seen]]:
    """Of each kind, by position, who was seen when."""
    random = stream(plan.seed, people.batch, "occasions")
    apart = stream(plan.seed, people.batch, "besides")
    parts: list[tuple[int, Seen]] = []
    for occasion in occasions():
        seen = seen_on(occasion, random, plan, people, health, stay)
        for name, share in occasion.recorded:
            part = seen if share == 1 else seen.where(random.random(len(seen.who), dtype=np.float32) < share)
            parts += _of_kind(name, part, people, health)
        for name, share in occasion.besides:
            part = seen.where(apart.random(len(seen.who), dtype=np.float32) < share)
            parts += _of_kind(name, part, people, health)
    for name, seen in diabetes_care(plan, people, health, stay):
        parts += _of_kind(name, seen, people, health)
    return parts + _rhythm(random, parts, health)


def _of_kind(name: str, seen: Seen, people: People, health: Health) -> list[tuple[int, Seen]]:
    """What is written down: two readings of some, of smoking what the person does, of breathlessness its grade.

    Pulmonary rehabilitation is for who is breathless in the third grade or more.
    """
    place = positions()
    if name == "smoking":
        does = health.smoking[seen.who]
        return [(place[key], seen.where(does == answer)) for answer, key in enumerate(SMOKING)]
    if name == "breathlessness":
        grade = np.digitize(people.frailty[seen.who], BREATHLESS) + 1
        return [(place[f"breathlessness_{number}"], seen.where(grade == number)) for number in range(1, 6)]
    if name == "pulmonary_rehabilitation":
        return [(place[name], seen.where(np.digitize(people.frailty[seen.who], BREATHLESS) + 1 >= 3))]
    return [(place[key], seen) for key in SEVERAL.get(name, (name,))]


def _rhythm(
    random: np.random.Generator, parts: list[tuple[int, Seen]], health: Health
) -> list[tuple[int, Seen]]:
    """Whether the pulse was regular, noted with half of the pulse rates."""
    place = positions()
    found: list[tuple[int, Seen]] = []
    for kind, seen in parts:
        if kind == place["pulse"]:
            noted = seen.where(random.random(len(seen.who)) < 0.5)
            irregular = health.onset["atrial_fibrillation"][noted.who] <= noted.day
            found += [
                (place["pulse_irregular"], noted.where(irregular)),
                (place["pulse_regular"], noted.where(~irregular)),
            ]
    return found


def _now_and_then(
    plan: Plan, people: People, health: Health, stay: Stay, times: float
) -> list[tuple[int, Seen]]:
    random = stream(plan.seed, people.batch, "other readings")
    number = random.poisson(_seldom_rates(people, stay) * stay.years * times)
    parts: list[tuple[int, Seen]] = []
    for each, row in zip(seldom(), number, strict=True):
        who = np.repeat(np.arange(len(people)), row)
        length = (stay.last - stay.first + 1)[who]
        day = stay.first[who] + (random.random(len(who), dtype=np.float32) * length).astype(np.int32)
        parts += _of_kind(each.key, Seen(who, np.minimum(day, stay.last[who])), people, health)
    return parts


def _seldom_rates(people: People, stay: Stay) -> Share:
    """Times a year that each is read (rows) of each person (columns), in relation to each other."""
    age = np.clip(people.age(stay.middle), 0, None)
    comes = np.where(people.number % AMONG == 0, SELDOM_COMES, 1.0)
    personal = np.exp(0.2 * people.frailty) * comes
    return np.stack([
        np.where((age >= each.ages[0]) & (age <= each.ages[1]), each.a_year, 0.0)
        * each.with_age ** np.clip((age - 40) / 20, 0, None) * personal
        for each in seldom()
    ])  # fmt: skip


def _records() -> Share:
    """How many readings each of `seldom` writes down."""
    return np.array([len(SEVERAL.get(each.key, (each.key,))) for each in seldom()], dtype=np.float64)


def _rows(plan: Plan, people: People, health: Health, who: Positions, day: Days, kind: Positions) -> pa.Table:
    known = kinds()
    units = sorted({each.unit for each in known if each.unit})
    unit = np.array([units.index(each.unit) if each.unit else -1 for each in known], dtype=np.int32)
    valued = np.array([each.spread is not None for each in known])
    return pa.table({
        "EventID": identifiers(people.batch, len(who)),
        "NHSNumber": chosen(nhs_numbers(people.number), who),
        "SNOMEDConceptID": chosen([each.code for each in known], kind),
        "EventDate": days(day),
        "NumericValue": numbers(_values(plan, people, health, who, kind), ~valued[kind]),
        "Unit": chosen(units, unit[kind]),
    })  # fmt: skip


def _values(plan: Plan, people: People, health: Health, who: Positions, kind: Positions) -> Share:
    """The person's level and some noise, rounded as the kind is; 0 where the kind has no value."""
    typical = levels(plan, people, health)
    value = np.zeros(len(who))
    found = np.flatnonzero(kind < len(typical))
    which = kind[found]
    noise = stream(plan.seed, people.batch, "noise of readings").standard_normal(len(found), dtype=np.float32)
    level = typical.ravel()[which.astype(np.int64) * len(people) + who[found]]
    drawn = level * (1 + of_kinds("spread").astype(np.float32)[which] * noise)
    drawn = np.clip(
        drawn, of_kinds("least").astype(np.float32)[which], of_kinds("most").astype(np.float32)[which]
    )
    step = (10.0 ** of_kinds("digits"))[which]
    value[found] = np.rint(drawn * step) / step
    return value
