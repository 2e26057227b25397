"""Deaths of a made system: life expectancy is as published in each fifth, and people die of what people die of."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.synthetic.health import health_of
from stewardship.synthetic.lives import NEVER
from stewardship.synthetic.lives_compared import LIVES
from stewardship.synthetic.mortality import age_at, death_rates, hazard_until, life_expectancy, targets
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of
from support.synthetic_lives import BATCHES, FULL, SMALL, batch, compared


def test_life_expectancy_of_a_life_table_worked_by_hand():
    """Nobody dies before 90, and then one in four a year: 90 years and four more."""
    rates = np.zeros(20)
    rates[-1] = 0.25
    assert life_expectancy(rates) == pytest.approx(94)


def test_life_expectancy_is_as_published_within_half_a_year_in_every_fifth_of_men_and_women():
    assert len(compared(LIVES)) == 10
    assert {name: told for name, told in compared(LIVES).items() if not told[2]} == {}


def test_the_rates_that_people_die_at_have_the_published_life_expectancy():
    for sex, fifth in np.ndindex(2, 5):
        assert life_expectancy(death_rates()[sex, fifth]) == pytest.approx(targets()[sex, fifth], abs=0.001)


@settings(max_examples=40)
@given(st.floats(0, 110), st.booleans(), st.integers(1, 5))
def test_the_age_by_which_so_many_deaths_are_expected_is_the_age_they_are_expected_by(age, female, fifth):
    who = np.array([female]), np.array([fifth], dtype=np.int16)
    assert age_at(hazard_until(np.array([age]), *who), *who)[0] == pytest.approx(age, abs=1e-6)


def test_the_dead_were_frailer_and_had_more():
    people, health = batch(FULL, 0)
    dead, age = people.death < NEVER, people.age(np.minimum(people.end, FULL.last))
    old = (age >= 75) & (age < 85)
    assert people.frailty[dead].mean() == pytest.approx(0.6, abs=0.12)
    for condition in ("heart_failure", "dementia", "copd"):
        has = health.onset[condition] <= np.minimum(people.end, FULL.last)
        assert has[old & dead].mean() > 1.5 * has[old & ~dead].mean()


def test_only_the_dead_have_a_cause():
    people, health = batch(FULL, 0)
    assert ((health.cause != "") == (people.death < NEVER)).all()


@pytest.mark.parametrize(
    ("chapters", "share"),
    [("C", 0.27), ("I", 0.24), ("J", 0.11), ("FG", 0.16), ("K", 0.05), ("VWX", 0.05)],
)
def test_causes_of_death_have_about_the_shares_they_have_in_england(chapters, share):
    codes = np.concatenate([health.cause[health.cause != ""] for _, health in map(_full, range(BATCHES))])
    found = np.isin(codes.astype("<U1"), list(chapters)).mean()
    assert found == pytest.approx(share, abs=0.03)


def _full(number):
    return batch(FULL, number)


def test_who_dies_of_a_condition_mostly_had_it_recorded():
    people, health = batch(FULL, 0)
    lung = health.cause == "C349"
    assert (health.onset["cancer_lung"][lung] <= people.death[lung]).mean() > 0.85


def test_years_of_records_bring_deaths_in_proportion():
    deaths = []
    for years in (1, 5):
        plan = replace(SMALL, years=years)
        people = people_of(plan, places_of(plan), 0)
        health_of(plan, people)
        deaths.append(np.count_nonzero(people.death < NEVER))
    assert deaths[1] / deaths[0] == pytest.approx(5, rel=0.15)
