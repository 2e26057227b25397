"""What general practice has recorded: long-term conditions since they began, and what came and went."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, nhs_numbers
from stewardship.synthetic.health.conditions import CONDITIONS, NON_DIABETIC_HYPERGLYCAEMIA
from stewardship.synthetic.health.deficits import CODES as FRAILTY_CODES
from stewardship.synthetic.lives import NEVER, Days, Health, People, Plan, Share, Whole
from stewardship.synthetic.places import Places
from stewardship.synthetic.tables import published
from stewardship.synthetic.twice import OLD_PROBLEMS, Twice

PARTNER = "general-practice"
YEAR = 365.25
MINOR_A_YEAR = 0.157  # recorded a year of life that practices have records of
RECORDED_YEARS = 40  # that they have at most
_LATER = 0.12  # share of long-term conditions that are recorded after they began
_AGES = np.array([0, 5, 18, 50])

# Kinds of one condition that are recorded as such, with the share of each.
KINDS = {
    "severe_mental_illness": {
        "58214004": 0.45,
        "13746004": 0.40,
        "69322001": 0.15,
    },  # schizophrenia, bipolar, psychosis
    "dementia": {"26929004": 0.45, "429998004": 0.22, "52448006": 0.33},  # Alzheimer's, vascular, not said
    "cancer_lung": {"254637007": 0.65, "363358000": 0.35},  # non-small cell, not said
}


@dataclass(frozen=True)
class _Rows:
    who: Whole
    code: npt.NDArray[np.int32]
    onset: Days
    end: Days
    recorded: Days


@cache
def codes() -> tuple[str, ...]:
    """The SNOMED codes of all that is recorded, each once."""
    single = {key: condition.code for key, condition in CONDITIONS.items()}
    kinds = [code for shares in KINDS.values() for code in shares]
    follow = [row["code"] for row in published("consequences")]
    minor = [row["code"] for row in published("minor_problems")]
    others = [NON_DIABETIC_HYPERGLYCAEMIA.code, _OBESITY, *FRAILTY_CODES.values()]
    return tuple(dict.fromkeys([*single.values(), *kinds, *others, *follow, *minor]))


_OBESITY = "414916001"


@cache
def code_of(condition: str) -> str:
    """The SNOMED code that a condition is recorded with, by its key in `Health.onset`."""
    follow = {row["key"]: row["code"] for row in published("consequences")}
    others = {"obesity": _OBESITY, NON_DIABETIC_HYPERGLYCAEMIA.key: NON_DIABETIC_HYPERGLYCAEMIA.code}
    known = {key: each.code for key, each in CONDITIONS.items()} | follow | others | FRAILTY_CODES
    return known[condition]


def problems(plan: Plan, places: Places, people: People, health: Health, twice: Twice) -> Extract:
    """Everything recorded of a batch, each in the file of the day it was recorded."""
    rng = stream(plan.seed, people.batch, "problems")
    last = np.minimum(people.end, plan.last).astype(np.int32)
    parts = [_lasting(rng, people, health, last), _passing(rng, people, last)]
    rows = _Rows(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in _Rows.__dataclass_fields__)
    )
    numbers = nhs_numbers(np.concatenate([people.number, twice.number]))
    table = pa.table(
        {
            "EventID": identifiers(people.batch, len(rows.who)),
            "NHSNumber": chosen(numbers, _under(rng, people, twice, rows)),
            "PracticeCode": chosen(places.practices.code, people.practice[rows.who]),
            "SNOMEDConceptID": chosen(codes(), rows.code),
            "OnsetDate": days(rows.onset),
            "EndDate": days(rows.end),
            "RecordedDate": days(rows.recorded),
        }
    )
    return Extract(PARTNER, "problems", rows.recorded, table)


def _under(rng: np.random.Generator, people: People, twice: Twice, rows: _Rows) -> Whole:
    """Under which number each is recorded: some of those registered twice are under the older one."""
    older = np.full(len(people), -1, dtype=np.int64)
    until = np.zeros(len(people), dtype=np.int32)
    older[twice.who], until[twice.who] = len(people) + np.arange(len(twice.who)), twice.found
    old = (older[rows.who] >= 0) & (rows.recorded < until[rows.who])
    return np.where(old & (rng.random(len(old)) < OLD_PROBLEMS), older[rows.who], rows.who)


def _lasting(rng: np.random.Generator, people: People, health: Health, last: Days) -> _Rows:
    place = {code: position for position, code in enumerate(codes())}
    found_who, found_code = [], []
    for condition, onset in health.onset.items():
        who = np.flatnonzero(onset <= last)
        kinds = KINDS.get(condition, {code_of(condition): 1.0})
        drawn = np.zeros(len(who), dtype=np.int64)
        if len(kinds) > 1:
            drawn = rng.choice(len(kinds), size=len(who), p=list(kinds.values()))
        found_who.append(who)
        found_code.append(np.array([place[code] for code in kinds], dtype=np.int32)[drawn])
    who, code = np.concatenate(found_who), np.concatenate(found_code)
    lengths = [len(each) for each in found_who]
    onset = np.concatenate(
        [days_of[own] for days_of, own in zip(health.onset.values(), found_who, strict=True)]
    )
    later = rng.exponential(90, sum(lengths)) * (rng.random(sum(lengths)) < _LATER)
    recorded = np.minimum(onset + later.astype(np.int32), last[who]).astype(np.int32)
    return _Rows(who, code, onset, np.full(len(who), NEVER, dtype=np.int32), recorded)


@cache
def _passing_shares() -> tuple[Share, npt.NDArray[np.int32], Whole, npt.NDArray[np.bool_]]:
    """Chances of each passing problem by age, added up; its code's place, the days it lasts, whether of women only."""
    rows = published("minor_problems")
    weights = np.array([[float(row[f"at_{age}"]) for row in rows] for age in _AGES])
    upto = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    place = np.array([codes().index(row["code"]) for row in rows], dtype=np.int32)
    lasts = np.array([int(row["days"]) for row in rows])
    return upto, place, lasts, np.array([row["women"] == "1" for row in rows])


def _passing(rng: np.random.Generator, people: People, last: Days) -> _Rows:
    upto, place, lasts, of_women = _passing_shares()
    first = np.maximum(people.birth, last - round(RECORDED_YEARS * YEAR))
    expected = MINOR_A_YEAR * (last - first) / YEAR * np.exp(0.25 * np.clip(people.frailty, -2.5, 3.0) - 0.03)
    who = np.repeat(np.arange(len(people)), rng.poisson(expected))
    onset = (first[who] + rng.random(len(who)) * (last[who] - first[who])).astype(np.int32)
    band = np.searchsorted(_AGES, (onset - people.birth[who]) / YEAR, side="right") - 1
    kind = np.empty(len(who), dtype=np.int64)
    chance = rng.random(len(who))
    for number in range(len(_AGES)):
        own = band == number
        kind[own] = np.searchsorted(upto[number], chance[own], side="right")
    kind = np.minimum(kind, len(place) - 1)
    kind[of_women[kind] & ~people.female[who]] = 0
    end = onset + np.ceil(lasts[kind] * rng.exponential(1.0, len(who))).astype(np.int32)
    end = np.where(end <= last[who], end, NEVER).astype(np.int32)
    return _Rows(who, place[kind], onset, end, onset)
