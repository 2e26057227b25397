"""Residents, registers, households and deaths counted of the rows that are sent are those of the people made."""

import numpy as np
import pytest

from stewardship.synthetic.care.readings import measuring, readings
from stewardship.synthetic.health.consequences import first_of
from stewardship.synthetic.lives import NEVER
from stewardship.synthetic.lives_counted import RECORDED, count_lives
from stewardship.synthetic.lives_sent import records_of_lives
from stewardship.synthetic.places import places_of
from stewardship.synthetic.planted_lives import deaths_and_years
from support.synthetic_lives import SMALL, batch


@pytest.fixture(scope="module")
def counted():
    people, health = batch(SMALL, 0)
    read = readings(SMALL, people, health, measuring(SMALL, people, health))
    sent = records_of_lives(SMALL, places_of(SMALL), people, health)
    return count_lives(SMALL, places_of(SMALL), [*sent, read])


def by_age(of):
    people, _ = batch(SMALL, 0)
    return np.bincount(people.age(SMALL.last)[of & (people.end == NEVER)], minlength=111).tolist()


def test_everybody_is_one_resident_also_who_is_registered_twice(counted):
    people, _ = batch(SMALL, 0)
    here = people.end == NEVER
    assert counted.residents.sum(axis=(0, 1)).tolist() == by_age(here)
    assert counted.residents[1].sum() == (here & people.female).sum()
    assert counted.residents[:, 0].sum() == (here & (people.fifth == 1)).sum()
    assert counted.ethnicity.tolist() == np.bincount(people.ethnicity[here], minlength=17).tolist()


@pytest.mark.parametrize("register", ["diabetes", "cancer", "dementia", "severe_mental_illness", "obesity"])
def test_registers_have_whoever_has_the_condition_under_either_number(counted, register):
    _, health = batch(SMALL, 0)
    assert counted.registers[register].tolist() == by_age(first_of(health.onset, register) <= SMALL.last)


def test_raised_glucose_short_of_diabetes_is_of_nobody_with_diabetes(counted):
    _, health = batch(SMALL, 0)
    raised = health.onset["non_diabetic_hyperglycaemia"] <= SMALL.last
    without = first_of(health.onset, "diabetes") > SMALL.last
    assert counted.registers["non_diabetic_hyperglycaemia"].tolist() == by_age(raised & without)


def test_whether_people_smoke_is_counted_of_those_of_whom_it_is_recorded(counted):
    smoke, asked = counted.registers["smoking"], counted.registers[RECORDED.format("smoking")]
    residents = counted.residents.sum(axis=(0, 1))
    assert (smoke <= asked).all()
    assert (asked <= residents).all()
    assert 0.6 < asked[15:].sum() / residents[15:].sum() < 0.95


def test_homes_and_deaths_are_those_of_the_people(counted):
    people, _ = batch(SMALL, 0)
    sizes = np.unique(people.household[(people.end == NEVER) & ~people.care_home], return_counts=True)[1]
    assert counted.households.sum() == len(sizes)
    assert counted.households[0] == (sizes == 1).sum()
    deaths, years = deaths_and_years(SMALL, people)
    assert np.array_equal(counted.deaths, deaths)
    assert counted.years == pytest.approx(years)
