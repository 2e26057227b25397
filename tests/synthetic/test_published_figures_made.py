"""Published figures of a made system: of real places where they are real, and else invented and said to be."""

import dataclasses
from datetime import date

import pytest

from stewardship.care_areas.registry import care_areas, strategy
from stewardship.synthetic.batches import Making
from stewardship.synthetic.expected_numbers import residents_of_places
from stewardship.synthetic.listed import listed_of
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of
from stewardship.synthetic.published_figures import INVENTED, NATION, OF_A_REAL_PLACE, published_figures
from stewardship.synthetic.tables import published

PLAN = Plan(12_000, 5, 1, date(2026, 3, 31))
ALLIANCES = ("middle-notional", "mockbourne-and-figment", "fablequay", "placeholder-coast")


@pytest.fixture(scope="module")
def made():
    """Places, everybody on lists, and the rows of the file."""
    places = places_of(PLAN)
    listed = listed_of(PLAN, places, people_of(PLAN, places, 0))
    return places, listed, published_figures(PLAN, places, listed).rows.to_pylist()


def test_they_lie_within_their_limits_and_no_row_is_there_twice(made):
    rows = made[2]
    limited = [row for row in rows if row["LowerLimit"] is not None]
    assert all(row["LowerLimit"] <= row["Value"] <= row["UpperLimit"] for row in limited)
    assert all((row["LowerLimit"] is None) == (row["UpperLimit"] is None) for row in rows)
    key = ("Measure", "PlaceCode", "PeriodStart", "PeriodEnd", "Source", "PublishedDate")
    assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
    assert max(row["PublishedDate"] for row in rows) <= PLAN.last_day


def test_each_says_that_it_is_invented_or_of_a_real_place(made):
    for row in made[2]:
        assert (row["Source"] == INVENTED) == (
            ":" in row["Measure"] and row["Measure"].split(":")[0] in LISTS
        )
        assert row["Source"] == INVENTED or (
            "NHS England" in row["Source"] and OF_A_REAL_PLACE in row["Source"]
        )


LISTS = {row["id"].split(":")[0] for name in ("invented", "expected") for row in published(name)}


def test_every_place_is_one_of_the_system_or_its_invented_nation(made):
    places, _, rows = made
    known = {"ZZS", NATION, *places.alliance_codes, *places.networks.code, *places.practices.code}
    known |= {*places.authorities.code, *places.neighbourhoods.code}
    assert {row["PlaceCode"] for row in rows} <= known
    assert tuple(places.alliance_codes) == ALLIANCES


@pytest.mark.parametrize(
    "measure, place, value",
    [
        ("Diabetes: QOF prevalence", NATION, 7.89),
        ("Diabetes: QOF prevalence", "ZZS", 7.9),
        ("Hypertension: QOF prevalence", "middle-notional", 15.5),
        (
            "Hypertension: QOF prevalence",
            "placeholder-coast",
            16.92,
        ),  # of two places, by how many they register
        ("Cancer waiting times: told within 28 days", NATION, 76.43),
    ],
)
def test_a_figure_of_a_real_place_is_the_one_that_was_published(made, measure, place, value):
    found = [row["Value"] for row in made[2] if (row["Measure"], row["PlaceCode"]) == (measure, place)]
    assert found == [value]


def test_every_figure_that_a_measure_is_read_from_is_there_for_five_years_and_its_places(made):
    places, _, rows = made
    wanted = {"ZZS", *places.alliance_codes, *places.authorities.code}
    for named in [row["id"] for row in published("invented") if row["system"]]:
        of = [row for row in rows if row["Measure"] == named]
        years = {row["PeriodEnd"] for row in of}
        assert years == {date(year, 3, 31) for year in range(2022, 2027)}
        assert {(row["PlaceCode"], row["PeriodEnd"]) for row in of} >= {(p, y) for p in wanted for y in years}


def test_the_care_areas_find_every_figure_that_they_name():
    told = {row["id"] for name in ("invented", "expected") for row in published(name)}
    measures = [measure for each in (*care_areas(), strategy()) for _, measure in each.measures()]
    for measure in measures:
        assert {measure.figure, measure.expected} - {""} <= told, measure.name


def test_many_measures_have_the_nations_figure_beside_them():
    assert len({row["id"] for row in published("invented") if row["nation"]}) >= 40


def test_counts_are_the_size_of_the_place(made):
    rows = {
        (row["PlaceCode"], row["PeriodEnd"].year): row["Value"]
        for row in made[2]
        if row["Measure"] == "MHSDS:inappropriate out of area placements"
    }
    assert rows["ZZS", 2026] == pytest.approx(3_900 * 12_000 / 1_295_688, rel=0.1)
    assert sum(rows[code, 2026] for code in ALLIANCES) == pytest.approx(rows["ZZS", 2026], rel=0.3)
    assert rows["ZZS", 2022] > rows["ZZS", 2026]


def test_expected_numbers_of_the_parts_add_up_to_those_of_the_whole(made):
    places, listed, rows = made
    dementia = {
        row["PlaceCode"]: row["Value"]
        for row in rows
        if (row["Measure"], row["PeriodEnd"]) == ("Expected:dementia 65 and over", PLAN.last_day)
    }
    old = listed.by_age[:, -1].sum()
    assert dementia["ZZS"] == round(0.068 * old) > 100
    for codes in (
        places.alliance_codes,
        places.networks.code,
        places.authorities.code,
        places.practices.code,
    ):
        assert sum(dementia[code] for code in codes) == pytest.approx(dementia["ZZS"], abs=0.5 * len(codes))
    assert sum(residents_of_places(places, listed)[code] for code in ALLIANCES) == listed.by_age.sum()


def test_the_same_plan_gives_the_same_figures_and_another_seed_others(made):
    places, listed, rows = made
    assert published_figures(PLAN, places, listed).rows.to_pylist() == rows
    other = published_figures(dataclasses.replace(PLAN, seed=2), places, listed).rows.to_pylist()
    assert [row["Value"] for row in other] != [row["Value"] for row in rows]


def test_new_diagnoses_that_residents_are_not_drawn_by_are_not_among_them(made):
    assert [row["Measure"] for row in made[2] if "incidence" in row["Measure"]] == []


def test_they_are_sent_with_what_is_of_nobody(made):
    making = Making(PLAN, made[0], None)  # type: ignore[arg-type]
    sent = {f"{each.partner}/{each.kind}" for each in making.of_nobody({}, made[1])}
    assert "published/figures" in sent
