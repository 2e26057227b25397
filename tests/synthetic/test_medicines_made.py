"""Medicines of a synthetic system: how many, at what cost, to whom; and the practice whose prescribing is unusual."""

from datetime import date
from functools import cache

import numpy as np
import pytest

from stewardship.synthetic.care.medications import UNUSUAL_FACTOR, medications, prescribing
from stewardship.synthetic.care.medicines import COST_OF_AN_ITEM, ITEMS_A_YEAR, medicines, repeated
from stewardship.synthetic.care.stays import Stay, stay_of
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.health.of_people import health_of
from stewardship.synthetic.lives import Health, People, Plan
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of
from stewardship.synthetic.truth import Planted

PLAN = Plan(residents=40_000, years=5, seed=11, last_day=date(2026, 3, 31))
UNUSUAL = 7


@cache
def lives(batch: int) -> tuple[People, Health]:
    people = people_of(PLAN, places_of(PLAN), batch)
    return people, health_of(PLAN, people)


@cache
def made(batch: int) -> tuple[Extract, Planted]:
    return medications(PLAN, *lives(batch), prescribing(PLAN, *lives(0)), UNUSUAL, "ZZP007")


def owner(extract: Extract) -> np.ndarray:
    return extract.rows["NHSNumber"].combine_chunks().indices.to_numpy()


def issued(extract: Extract) -> np.ndarray:
    return extract.rows["IssueDate"].cast("int32").to_numpy()


def position(extract: Extract) -> np.ndarray:
    return extract.rows["BNFCode"].combine_chunks().indices.to_numpy()


def staying(batch: int) -> Stay:
    return stay_of(PLAN, lives(batch)[0])


@pytest.mark.parametrize("batch", [0, 1])
def test_a_person_year_has_as_many_items_as_published(batch: int) -> None:
    assert len(made(batch)[0].rows) / staying(batch).years.sum() == pytest.approx(ITEMS_A_YEAR, rel=0.03)


@pytest.mark.parametrize("batch", [0, 1])
def test_an_item_costs_what_is_published(batch: int) -> None:
    pence = made(batch)[0].rows["NetIngredientCostPence"].to_numpy()
    assert pence.mean() == pytest.approx(
        COST_OF_AN_ITEM, rel=0.04
    )  # one batch's dearest items vary by 1 per cent


def test_a_batch_is_the_same_whenever_it_is_made() -> None:
    again, planted = medications(PLAN, *lives(1), prescribing(PLAN, *lives(0)), UNUSUAL, "ZZP007")
    assert again.rows.equals(made(1)[0].rows)
    assert planted.realised == made(1)[1].realised


def test_items_are_issued_to_people_who_are_there() -> None:
    extract, stay = made(0)[0], staying(0)
    who, day = owner(extract), issued(extract)
    assert (day >= stay.first[who]).all()
    assert (day <= stay.last[who]).all()
    assert (np.asarray(extract.sent) == day).all()


def test_a_medicine_goes_to_people_with_what_it_is_for() -> None:
    extract, (_, health) = made(0)[0], lives(0)
    who, day, taken = owner(extract), issued(extract), position(extract)
    for place, medicine in enumerate(repeated()):
        if len(medicine.who) == 1 and medicine.who[0] != "cancer":
            of_it = taken == place
            assert (health.onset[medicine.who[0]][who[of_it]] <= day[of_it]).all(), medicine.key


def test_nobody_takes_two_medicines_of_a_group_as_repeats() -> None:
    extract = made(0)[0]
    who, taken = owner(extract), position(extract)
    for group in ("statin", "saba", "anticoagulant", "contraceptive"):
        places = [place for place, medicine in enumerate(medicines()) if medicine.group == group]
        of_group = np.isin(taken, places)
        pairs = np.unique(np.stack([who[of_group], taken[of_group]]), axis=1)
        assert len(np.unique(pairs[0])) == pairs.shape[1], group


def test_some_people_with_asthma_have_six_relievers_a_year_or_more() -> None:
    extract, (people, health) = made(0)[0], lives(0)
    reliever = np.array([medicine.group == "saba" for medicine in medicines()])
    lately = reliever[position(extract)] & (issued(extract) > PLAN.last - 365)
    items = np.bincount(owner(extract)[lately], minlength=len(people))
    asthma = health.has("asthma", PLAN.last - 365) & (people.end > PLAN.last) & ~health.has("copd", PLAN.last)
    assert 0.08 < (items[asthma] >= 6).mean() < 0.25


def test_the_unusual_practice_issues_more_opioids_and_the_excess_is_known() -> None:
    total = made(0)[1] + made(1)[1]
    usual, extra = total.realised["items_without_it"], total.realised["items_added"]
    assert isinstance(usual, int)
    assert isinstance(extra, int)
    assert extra / usual == pytest.approx(UNUSUAL_FACTOR - 1, abs=0.1)
    assert total.finish(total.realised)["factor"] == pytest.approx(1 + extra / usual, abs=0.001)


def test_only_the_unusual_practice_has_an_excess() -> None:
    usual, _ = medications(PLAN, *lives(0), prescribing(PLAN, *lives(0)), -1, "")
    unusual, planted = made(0)
    assert len(unusual.rows) - len(usual.rows) == planted.realised["items_added"]
    added = unusual.rows.slice(len(usual.rows))
    people, opioid = lives(0)[0], np.array([each.bnf.startswith("040702") for each in medicines()])
    assert opioid[added["BNFCode"].combine_chunks().indices.to_numpy()].all()
    assert (people.practice[added["NHSNumber"].combine_chunks().indices.to_numpy()] == UNUSUAL).all()
    assert usual.rows.drop_columns("IssueID").equals(
        unusual.rows.slice(0, len(usual.rows)).drop_columns("IssueID")
    )


def test_codes_are_of_sections_of_the_british_national_formulary() -> None:
    for medicine in medicines():
        assert medicine.bnf[:2].isdigit(), medicine.key
        assert len(medicine.bnf) in (11, 15), medicine.key
        assert medicine.pence > 0, medicine.key
        assert medicine.ages[0] < medicine.ages[1], medicine.key


def test_a_small_system_of_one_year_has_medicines_too() -> None:
    plan = Plan(residents=300, years=1, seed=2, last_day=date(2025, 12, 31))
    people = people_of(plan, places_of(plan), 0)
    health = health_of(plan, people)
    extract, _ = medications(plan, people, health, prescribing(plan, people, health), UNUSUAL, "ZZP007")
    assert len(extract.rows) > 1_000


def test_every_column_of_items_says_something_in_every_row() -> None:
    rows = made(0)[0].rows
    assert {name: rows[name].null_count for name in rows.column_names if rows[name].null_count} == {}
