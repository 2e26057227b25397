"""Residents of a made system: as many as were asked for, of published ages, in households like those of a census."""

from dataclasses import fields, replace

import numpy as np
import pytest

from stewardship.synthetic.lives import NEVER
from stewardship.synthetic.lives_compared import PEOPLE
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import batches_of, people_of, residents_of_batch
from support.synthetic_lives import FULL, SMALL, batch, compared


def _equal(one, other):
    return all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))


@pytest.mark.parametrize("residents", [2_000, 20_000, 20_001, 60_000, 1_200_000])
def test_batches_have_exactly_as_many_residents_as_were_asked_for(residents):
    plan = replace(FULL, residents=residents)
    assert sum(residents_of_batch(plan, number) for number in range(batches_of(plan))) == residents


def test_as_many_are_registered_on_the_last_day_as_the_batch_has_residents():
    for number in range(3):
        people, _ = batch(SMALL, number)
        assert np.count_nonzero(people.end == NEVER) == residents_of_batch(SMALL, number)


def test_a_batch_is_the_same_whenever_it_is_made_and_alone():
    people, _ = batch(SMALL, 2)
    assert _equal(people_of(SMALL, places_of(SMALL), 2), people)


def test_another_seed_makes_other_people():
    assert not np.array_equal(
        people_of(replace(SMALL, seed=8), places_of(SMALL), 0).birth, batch(SMALL, 0)[0].birth
    )


def test_numbers_of_people_and_households_are_never_given_twice():
    numbers = [batch(SMALL, number)[0].number for number in range(3)]
    assert len(np.unique(np.concatenate(numbers))) == sum(map(len, numbers))
    homes = [set(batch(SMALL, number)[0].household) for number in range(3)]
    assert not homes[0] & homes[1] and not homes[1] & homes[2]


def test_days_are_in_order():
    people, _ = batch(FULL, 0)
    assert (people.birth <= people.start).all()
    assert (people.start <= people.end).all()
    gone = people.end < NEVER
    assert ((people.end[gone] >= FULL.first) & (people.end[gone] <= FULL.last)).all()
    dead = people.death < NEVER
    assert (people.death[dead] == people.end[dead]).all()
    assert (people.birth[~gone] <= FULL.last).all()


def test_about_one_in_twenty_two_came_within_a_year_and_somewhat_fewer_left():
    people, _ = batch(FULL, 0)
    here = people.end == NEVER
    came = here & (people.start > FULL.last - 365) & (people.start > people.birth)
    left = (people.end < NEVER) & (people.death == NEVER) & (people.end > FULL.last - 365)
    assert came.sum() / here.sum() == pytest.approx(0.045, abs=0.006)
    assert left.sum() / here.sum() == pytest.approx(0.039, abs=0.006)


def test_a_household_lives_in_one_small_area_of_its_fifth():
    people, _ = batch(FULL, 0)
    order = np.argsort(people.household, kind="stable")
    same = np.diff(people.household[order]) == 0
    assert (people.area[order][1:][same] == people.area[order][:-1][same]).all()
    assert (places_of(FULL).areas.fifth[people.area] == people.fifth).all()


def test_children_live_with_grown_ups():
    people, _ = batch(FULL, 0)
    here = people.end == NEVER
    grown = np.unique(people.household[here & (people.age(FULL.last) >= 18)])
    children = here & (people.age(FULL.last) < 16)
    assert np.isin(people.household[children], grown).mean() > 0.99


def test_a_fortieth_of_people_of_65_and_over_live_in_care_homes_and_are_frailer():
    people, _ = batch(FULL, 0)
    old = (people.end == NEVER) & (people.age(FULL.last) >= 65)
    assert people.care_home[old].mean() == pytest.approx(0.025, abs=0.006)
    assert people.frailty[old & people.care_home].mean() > 0.8
    assert people.frailty[old].mean() == pytest.approx(0, abs=0.05)
    assert people.frailty[old].std() == pytest.approx(1, abs=0.05)


def test_most_are_with_a_practice_of_the_network_they_live_in_and_none_with_a_closed_one():
    people, _ = batch(FULL, 0)
    places = places_of(FULL)
    own = places.practices.network[people.practice] == places.areas.network[people.area]
    assert own.mean() == pytest.approx(0.92, abs=0.02)
    assert (places.practices.closed[people.practice] == NEVER).all()


def test_shares_of_ages_sexes_fifths_groups_and_households_are_as_published():
    apart = {name: told for name, told in compared(PEOPLE).items() if not told[2]}
    assert apart == {}


def test_the_old_are_fewer_in_deprived_fifths_as_at_the_census():
    people, _ = batch(FULL, 0)
    here = people.end == NEVER
    old = [np.mean(people.age(FULL.last)[here & (people.fifth == fifth)] >= 65) for fifth in range(1, 6)]
    assert old == pytest.approx([0.138, 0.170, 0.198, 0.207, 0.223], abs=0.03)
    assert old == sorted(old)


def test_a_young_alliance_is_young_and_an_old_one_old_as_published():
    """Share of 65 and over of the five sub-ICB locations in April 2026, NHS England."""
    old, everybody = np.zeros(5), np.zeros(5)
    for number in range(4):
        people, _ = batch(FULL, number)
        here = people.end == NEVER
        locality = places_of(FULL).areas.locality[people.area]
        everybody += np.bincount(locality[here], minlength=5)
        old += np.bincount(locality[here & (people.age(FULL.last) >= 65)], minlength=5)
    assert old / everybody == pytest.approx([0.209, 0.181, 0.140, 0.244, 0.192], abs=0.004)
