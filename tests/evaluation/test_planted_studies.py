"""Studies of synthetic systems find what was planted in them; `bench/matched.py` judges them over hundreds."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from stewardship.evaluation.advice_line import after_calls, index_crises
from stewardship.evaluation.balance import ALIKE
from stewardship.evaluation.coordinated_care import after_enrolment
from stewardship.evaluation.result import Grade
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.panel import NOTHING, worlds
from stewardship.synthetic.use.changes import (
    CRISES_TO_ADMISSION,
    PREVENTED_BY_CALL,
    PREVENTED_BY_COORDINATION,
    change_day,
)

LAST_DAY = date(2026, 3, 31)
SEEDS, RESIDENTS, YEARS = 8, 40_000, 3
APART = 10_000_000  # numbers of people of one system, so that several are studied as one
TABLES = ("crises", "stays", "people", "person_months")


@dataclass(frozen=True)
class Systems:
    """Tables of several systems, people of each under numbers of their own, and what was prevented in all."""

    tables: dict
    beds_a_call: float


@cache
def systems(idle=0):
    """As planted; with 1, where the line prevents nothing; with 2, where coordination does not."""
    return every_system()[idle]


@cache
def every_system():
    without = [NOTHING, frozenset({"advice line"}), frozenset({"coordination"})]
    made = [worlds(Plan(RESIDENTS, YEARS, seed, LAST_DAY), without) for seed in range(1, SEEDS + 1)]
    return [as_one(own) for own in zip(*made, strict=True)]


def as_one(made):
    tables = {
        name: pa.concat_tables(
            renumbered(getattr(each, name), seed * APART) for seed, each in enumerate(made)
        )
        for name in TABLES
    }
    lines = [each.planted["advice-line"].realised for each in made]
    beds = sum(line["bed_days_prevented"] for line in lines) / max(sum(line["calls"] for line in lines), 1)
    return Systems({name: table.unify_dictionaries() for name, table in tables.items()}, beds)


def renumbered(table, more):
    place = table.column_names.index("person")
    return table.set_column(place, "person", pa.array(table["person"].to_numpy() + more))


def of_line(found):
    return after_calls(found.tables["crises"], found.tables["stays"], known_to=LAST_DAY)


@cache
def line():
    return of_line(systems())


def of_coordination(found):
    change = change_day(Plan(RESIDENTS, YEARS, 1, LAST_DAY))
    people = found.tables["people"]
    people = people.take(np.unique(people["person"].to_numpy(), return_index=True)[1])
    on, before = (pa.scalar(day, pa.int32()).cast(pa.date32()) for day in (change, change - 1))
    people = people.append_column("index", people["enrolled_on"].fill_null(on))
    people = people.append_column("known_until", pa.array([before.as_py()] * len(people), pa.date32()))
    return after_enrolment(people, found.tables["person_months"])


def test_the_line_prevents_what_was_planted():
    week, month = line()
    effect = week.admissions.result.effect
    planted = -100 * PREVENTED_BY_CALL * CRISES_TO_ADMISSION
    assert effect.low <= planted <= effect.high
    assert effect.value == pytest.approx(planted, abs=4)
    assert month.admissions.result.effect.high < 0
    assert week.admissions.result.grade in (Grade.B, Grade.C)


def test_before_and_after_would_have_said_that_the_line_does_harm():
    exposed, others = line()[0].admissions.result.naive
    assert exposed.low > 0
    assert others.low > exposed.high


def test_called_and_not_called_are_alike():
    assert all(abs(each.difference_after) <= ALIKE for each in line()[0].admissions.balance)


def test_bed_days_are_within_their_range():
    week, _ = line()
    assert week.bed_days.least <= systems().beds_a_call * week.admissions.flow.sets <= week.bed_days.most
    assert len(week.bed_days.assumptions) == 3


def test_a_line_that_prevents_nothing_is_not_said_to():
    effect = of_line(systems(1))[0].admissions.result.effect
    assert effect.low <= 0 <= effect.high


def test_calls_neither_cause_nor_prevent_deaths():
    for after in line():
        effect = after.deaths.result.effect
        assert effect is None or effect.low <= 0 <= effect.high


def test_coordinated_care_prevents_what_was_planted_and_before_and_after_overstates_it():
    found = of_coordination(systems())
    effect, (exposed, others) = found.result.effect, found.result.naive
    assert effect.low <= 1 - PREVENTED_BY_COORDINATION <= effect.high
    assert exposed.value < 1 - 1.3 * PREVENTED_BY_COORDINATION
    assert others.value < 1, "who was chosen for a bad year has fewer with nothing done"


def test_coordination_that_prevents_nothing_is_not_said_to():
    effect = of_coordination(systems(2)).result.effect
    assert effect.low <= 1 <= effect.high


def test_outcomes_are_counted_of_one_call_a_person_a_week():
    day = pa.array(np.datetime64("2026-01-01") + np.array([0, 3, 7, 8, 0, 9, 20, 0]), pa.date32())
    crises = pa.table({
        "person": [1, 1, 1, 1, 1, 1, 1, 2],
        "day": day,
        "called": [True, True, True, True, False, False, False, False],
    })  # fmt: skip
    # Of person 1: days 3 and 7 belong to the call of day 0; the crisis of day 9 to the call of day 8.
    assert index_crises(crises).tolist() == [True, False, False, True, False, False, True, True]
