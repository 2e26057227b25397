"""Deaths and time lived by age, against the same counted resident by resident and day by day."""

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from stewardship.build import place_cards
from stewardship.measures.chosen import Chosen
from stewardship.measures.facts import Facts, facts_in
from stewardship.measures.layout import Layout
from stewardship.measures.life_measures import life_expectancy, slope_of_life_expectancy
from stewardship.measures.life_tables import LIFE_CELLS, Lives, lives_of
from stewardship.people.expressions import ExpressionError
from stewardship.people.language import EVERYONE, aged, deaths
from stewardship.people.table import people_of
from stewardship.records.model import PLACE
from support.evaluator import whole_years
from support.small_records import open_records
from support.tiny_system import ABOVE, FIFTHS, WITH_DIABETES, YEARS, rows

BANDS = [0, 1, *range(5, 95, 5)]
MEASURES = [
    life_expectancy("Everyone", numerator_in_words="years"),
    life_expectancy("With diabetes", who=WITH_DIABETES, numerator_in_words="years"),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The lives of the tiny system by whom they are of, and the places they are laid out by."""
    records = open_records(tmp_path_factory.mktemp("lives"), rows())
    schema = pa.schema([field.with_nullable(True) for field in PLACE.schema])
    cards = place_cards(pa.Table.from_pylist(rows()["place"], schema=schema), as_of=YEARS[-1].end)
    wanted = [fact for each in MEASURES for part in each.expressions for fact in facts_in(part)]
    facts = Facts(records, wanted, YEARS)
    chosen = Chosen(people_of(records, YEARS).kept(records.engine), facts, MEASURES, records.engine)
    layout = Layout(len(YEARS), cards)
    lives = lives_of(MEASURES, chosen, facts, layout, records.engine)
    records.engine.close()
    return lives, layout


def by_hand():
    """Deaths, and days, by year, place, cell and band, of everyone."""
    dead, days = defaultdict(int), defaultdict(int)
    lines = defaultdict(lambda: defaultdict(list))
    for table in ("person", "registration", "address", "death"):
        for row in rows()[table]:
            lines[row["person_id"]][table].append(row)
    for one in lines.values():
        (person,) = one["person"]
        died = one["death"][0]["date"] if one["death"] else date.max
        for number, year in enumerate(YEARS):
            there = [
                day
                for day in (year.start + timedelta(days=n) for n in range(year.days))
                if person["birth_date"] <= day <= died
                and any(s["start"] <= day <= (s.get("end") or date.max) for s in one["registration"])
            ]
            if not there:
                continue
            last = there[-1]
            spells = [s for s in one["registration"] if s["start"] <= last <= (s.get("end") or date.max)]
            practice = max(spells, key=lambda spell: spell["start"])["practice"]
            homes = [home for home in one["address"] if home["start"] <= last]
            home = max(homes, key=lambda home: home["start"])["small_area"] if homes else None
            fifth = str(FIFTHS[home]) if home else "Not known"
            where = ["SYS", *ABOVE[practice], *(ABOVE[home] if home else ())]
            cells = [("everyone", "everyone"), ("sex", person["sex"]), ("deprivation fifth", fifth)]
            keys = [(number, place, cell) for place in where for cell in cells]
            for key in keys:
                for day in there:
                    days[*key, band(whole_years(person["birth_date"], day))] += 1
                if year.start <= died <= year.end:
                    dead[*key, band(whole_years(person["birth_date"], last))] += 1
    return dead, days


def band(age):
    return max(number for number, start in enumerate(BANDS) if start <= age)


def test_deaths_and_days_are_those_counted_one_by_one(found):
    lives, layout = found
    dead, days = by_hand()
    held = lives[EVERYONE]
    assert sum(dead.values()) > 100 and held.deaths.sum() > 0
    where = {place.code: number for number, place in enumerate(layout.places)}
    deaths_expected, years_expected = np.zeros_like(held.deaths), np.zeros_like(held.years)
    for counted, expected in ((dead, deaths_expected), (days, years_expected)):
        for (year, place, cell, age), count in counted.items():
            if place in where:
                expected[year, where[place], LIFE_CELLS.index(cell), age] = count
    np.testing.assert_array_equal(held.deaths, deaths_expected)
    np.testing.assert_allclose(held.years.sum(axis=-1), years_expected.sum(axis=-1) / 365.25, atol=1e-9)
    # Whoever left and came back within a year is taken to have been there without a break.
    np.testing.assert_allclose(held.years, years_expected / 365.25, atol=0.6)
    assert np.abs(held.years - years_expected / 365.25).sum() < 0.001 * held.years.sum()


def test_each_measure_is_of_its_own_people(found):
    lives, _ = found
    everyone, some = lives[EVERYONE], lives[WITH_DIABETES]
    assert 0 < some.years.sum() < everyone.years.sum()
    assert (some.deaths <= everyone.deaths).all() and (some.years <= everyone.years + 1e-9).all()


def test_years_are_put_together_with_those_before():
    each = np.arange(5.0).reshape(5, 1, 1, 1)
    together = Lives(each, 10 * each).together(3)
    assert together.deaths.reshape(-1).tolist() == [0, 1, 3, 6, 9]
    assert together.years.reshape(-1).tolist() == [0, 10, 30, 60, 90]


@pytest.mark.parametrize("make", [life_expectancy, slope_of_life_expectancy])
@pytest.mark.parametrize("who, says", [
    (aged(65), "Leave aged"),
    (WITH_DIABETES & ~aged(0, 17), "Leave aged"),
    (deaths(), "`who`"),
])  # fmt: skip
def test_what_no_life_table_is_of_is_refused(make, who, says):
    with pytest.raises(ExpressionError, match=says):
        make("Life", who=who)


@pytest.mark.parametrize("wrong", [{"pool": 6}, {"pool": 0}, {"better": "more"}])
def test_years_and_directions_are_refused_as_in_other_measures(wrong):
    with pytest.raises(ExpressionError):
        life_expectancy("Life", **wrong)


def test_a_measure_of_life_is_of_three_years_and_of_deaths_from_any_cause():
    made = life_expectancy("Life")
    assert (made.pool, made.unit, made.numerator, made.of_life) == (3, "years", deaths().any(), True)
