"""Life expectancy as it is published: rounded so that no single death shows, hidden where too few stand behind it."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.measures import statistics
from stewardship.measures.attack import attack
from stewardship.measures.card import card_of
from stewardship.measures.derived.between import between
from stewardship.measures.layout import Layout
from stewardship.measures.life_figures import (
    FEWEST_DEATHS,
    expectancies,
    life_figures,
    moved_by_one_death,
    rounded_years,
)
from stewardship.measures.life_measures import life_expectancy, slope_of_life_expectancy
from stewardship.measures.life_tables import LIFE_CELLS, Lives
from stewardship.measures.published import FIGURES, Figure, PlaceCard
from stewardship.measures.rounding import YEARS_ROUNDED_TO
from stewardship.measures.statistics import LIFE_BANDS
from stewardship.people.periods import years_ending
from support.published_by_hand import PLACES as PLACES_ATTACKED
from support.published_by_hand import publish

PLACES = [
    PlaceCard("SYS", "System", "system", "", ""),
    PlaceCard("E", "East", "alliance", "SYS", "by GP practice"),
    PlaceCard("W", "West", "alliance", "SYS", "by GP practice"),
    PlaceCard("N1", "First network", "network", "E", "by GP practice"),
    PlaceCard("N2", "Second network", "network", "E", "by GP practice"),
]
LAYOUT = Layout(5, PLACES)
YEARS = years_ending(date(2026, 3, 31))
LIFE = life_expectancy("Life expectancy", numerator_in_words="years")
SLOPE = slope_of_life_expectancy("Slope", numerator_in_words="years")
AGES = np.array([0.5, 3, *range(7, 92, 5), 93.0])
WIDTHS = np.array([1, 4, *[5] * 17, 6.0])
ALIVE = np.exp(-np.exp((AGES - 88) / 11)) * WIDTHS
RATES = np.where(AGES < 1, 0.004, 0.00004 * np.exp(AGES / 10.6))  # near those of England
FEMALE, FIRST, LAST_FIFTH = (
    LIFE_CELLS.index(("sex", "female")),
    LIFE_CELLS.index(("deprivation fifth", "1")),
    8,
)


def of_people(people, worse=1.0):
    """A year's deaths and person-years of so many, at so many times the death rates."""
    years = people * ALIVE / ALIVE.sum()
    return np.rint(years * RATES * worse), years


def divided(people, worse=(1.6, 1.25, 1, 0.85, 0.7)):
    """Each year alike: half of each place female, a fifth of it of each fifth of deprivation; the system is its places.

    people: of each of W, N1 and N2.
    """
    shape = (5, len(PLACES), len(LIFE_CELLS), len(LIFE_BANDS))
    deaths, years = np.zeros(shape), np.zeros(shape)
    for place, count in zip((2, 3, 4), people, strict=True):
        for fifth, times in enumerate(worse):
            for sex in (0, 1):
                dead, lived = of_people(count / 10, times)
                for cell in (0, FEMALE + sex, FIRST + fifth):
                    deaths[:, place, cell] += dead
                    years[:, place, cell] += lived
    for values in (deaths, years):
        values[:, 1] = values[:, 3] + values[:, 4]
        values[:, 0] = values[:, 1] + values[:, 2]
    return Lives(deaths, years)


def with_few_deaths_in_one_network():
    lives = divided((90_000, 40_000, 40_000))
    lives.deaths[:, 3], lives.deaths[:, 3, :, 15] = 0, 10
    lives.deaths[:, 1] = lives.deaths[:, 3] + lives.deaths[:, 4]
    lives.deaths[:, 0] = lives.deaths[:, 1] + lives.deaths[:, 2]
    return lives


def told(measure, lives, by="everyone", group="everyone", end=2026):
    """A measure's rows of a year by place."""
    rows = life_figures(measure, lives, LAYOUT, YEARS).to_pylist()
    return {
        row["place"]: row
        for row in rows
        if (row["by"], row["group"], row["period_end"].year) == (by, group, end)
    }


def exact(lives, place, cell):
    """Life expectancy of the last three years, by the library."""
    return statistics.life_expectancy(
        lives.deaths[-3:, place, cell].sum(axis=0)[None], lives.years[-3:, place, cell].sum(axis=0)[None]
    )


# What one death does


@pytest.mark.parametrize("deaths, step", [(150, 1.0), (300, 0.5), (2_000, 0.1)])
def test_one_death_moves_life_expectancy_by_less_than_the_step_it_is_rounded_to(deaths, step):
    """So many deaths, at ages and death rates near those of England."""
    people = deaths / (ALIVE @ RATES / ALIVE.sum())
    years = (people * ALIVE / ALIVE.sum())[None]
    dead = years * RATES
    (most,) = moved_by_one_death(dead, years)
    now = statistics.life_expectancy(dead, years).value[0]
    of_ages = []
    for band in range(len(LIFE_BANDS)):
        one_more = dead.copy()
        one_more[0, band] += 1
        of_ages.append(now - statistics.life_expectancy(one_more, years).value[0])
    assert most == pytest.approx(max(of_ages), rel=0.05)
    assert np.argmax(of_ages) == 0, "that of a child under one moves it most"
    smallest = next(each for each in YEARS_ROUNDED_TO if most < each)
    assert smallest == step


def test_at_a_hundred_deaths_a_tenth_of_a_year_would_show_a_childs():
    people = 100 / (ALIVE @ RATES / ALIVE.sum())
    years = (people * ALIVE / ALIVE.sum())[None]
    assert 0.5 < moved_by_one_death(years * RATES, years)[0] < 1.5


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1_000, 60_000), min_size=3, max_size=3),
    st.integers(0, 4),
    st.integers(0, len(LIFE_CELLS) - 2),
    st.integers(0, 19),
    st.sampled_from([1, -1]),
)
def test_no_death_that_others_know_all_but_of_shows(people, place, cell, age, more):
    lives = divided(people)
    by, group = LIFE_CELLS[cell]
    row = told(LIFE, lives, by, group)[PLACES[place].code]
    if row["state"] != "shown":
        return
    dead = lives.together(3).deaths[-1, place].sum(axis=-1)
    assert dead[cell] >= FEWEST_DEATHS
    assert dead[0] - dead[cell] == 0 or dead[0] - dead[cell] >= FEWEST_DEATHS
    now = exact(lives, place, cell).value[0]
    step = next(each for each in YEARS_ROUNDED_TO if now_moves(lives, place, cell) < each)
    assert row["value"] == pytest.approx(round(now / step) * step, abs=1e-6)
    deaths, years = (each[-3:, place, cell].sum(axis=0)[None] for each in (lives.deaths, lives.years))
    if deaths[0, age] + more >= 0:
        deaths[0, age] += more
        assert abs(statistics.life_expectancy(deaths, years).value[0] - now) < step


def now_moves(lives, place, cell):
    deaths, years = (each[-3:, place, cell].sum(axis=0)[None] for each in (lives.deaths, lives.years))
    return moved_by_one_death(deaths, years)[0]


# What is published


def test_figures_are_those_of_the_library_rounded_and_without_counts():
    lives = divided((90_000, 40_000, 30_000))
    row = told(LIFE, lives)["SYS"]
    expected = exact(lives, 0, 0)
    assert row["state"] == "shown" and row["reason"] == row["caution"] == ""
    assert row["value"] == round(float(expected.value[0]), 1)
    for limit in ("lower95", "upper95", "lower99_8", "upper99_8"):
        assert row[limit] == round(float(getattr(expected, limit)[0]), 1)
    table = life_figures(LIFE, lives, LAYOUT, YEARS)
    assert table["numerator"].null_count == table["denominator"].null_count == len(table)


def test_three_years_are_put_together_and_told_of_from_the_third_on():
    lives = divided((90_000, 40_000, 30_000))
    assert told(LIFE, lives, end=2023)["SYS"]["reason"] == "Missing: needs 3 years of records"
    assert told(LIFE, lives, end=2023)["SYS"]["state"] == "missing"
    third = told(LIFE, lives, end=2024)["SYS"]
    assert (third["period_start"], third["state"]) == (date(2021, 4, 1), "shown")


def test_where_few_died_it_is_rounded_to_a_half_or_a_whole_year_and_says_so():
    lives = divided((90_000, 4_000, 12_000))
    rows = told(LIFE, lives)
    assert rows["W"]["caution"] == ""
    assert rows["N2"]["caution"] == "Few deaths: rounded to half a year"
    assert rows["N2"]["value"] * 2 == int(rows["N2"]["value"] * 2)
    assert rows["N1"]["caution"] == "Few deaths: rounded to a whole year"
    assert rows["N1"]["value"] == int(rows["N1"]["value"])


def test_too_few_deaths_hide_a_place_and_the_one_beside_it():
    """What the place above has besides is theirs."""
    rows = told(LIFE, with_few_deaths_in_one_network())
    assert rows["N1"]["state"] == rows["N2"]["state"] == "suppressed"
    assert rows["N1"]["reason"] == "Hidden: too few deaths"
    assert rows["E"]["state"] == "shown"


def test_a_group_is_hidden_where_too_few_died_among_all_others():
    lives = divided((90_000, 40_000, 30_000))
    lives.deaths[:, 2, FEMALE] = lives.deaths[:, 2, 0]
    lives.deaths[:, 2, FEMALE, 15] -= 20
    rows = told(LIFE, lives, "sex", "female")
    assert (rows["W"]["state"], rows["W"]["value"]) == ("suppressed", None)
    assert rows["E"]["state"] == "shown"


def test_where_ages_are_empty_there_is_no_life_table():
    lives = divided((90_000, 40_000, 30_000))
    lives.years[:, 2, :, 3] = lives.deaths[:, 2, :, 3] = 0
    row = told(LIFE, lives)["W"]
    assert (row["state"], row["reason"]) == (
        "missing",
        "No figure: too few people of some age for a life table",
    )


def test_places_are_held_against_the_system_only_beyond_rounding_and_chance():
    lives = divided((200_000, 100_000, 100_000))
    assert {row["compared"] for row in told(LIFE, lives).values()} == {"", "similar"}
    assert told(LIFE, lives, "deprivation fifth", "1")["SYS"]["compared"] == "worse"
    assert told(LIFE, lives, "deprivation fifth", "5")["SYS"]["compared"] == "better"


def test_the_change_is_that_since_the_first_three_years():
    lives = divided((200_000, 100_000, 100_000))
    assert told(LIFE, lives)["SYS"]["change"] == "similar"
    lives.deaths[2:] = np.rint(lives.deaths[2:] * 1.3)
    found = told(LIFE, lives)["SYS"]
    assert (found["change"], found["since_year_before"]) == ("worse", "")


@pytest.mark.parametrize("first, second, word", [
    ((84.0, 83.0, 85.0), (81.0, 80.0, 82.0), "better"),
    ((80.5, 79.5, 81.5), (82.5, 82.0, 83.0), "worse"),
    ((80.1, 79.5, 80.7), (81.0, 80.2, 81.8), "similar"),
    ((80.0, 79.0, 81.0), (82.0, 81.0, 83.0), ""),  # rounded to whole years, they may be one apart, or three
])  # fmt: skip
def test_two_places_are_held_against_each_other_beyond_what_rounding_makes(first, second, word):
    card = card_of(LIFE, care_area="strategy", part="outcomes", missing="")
    found = between(card, *(of_place(*each) for each in (first, second)))
    assert found.word == word
    assert (found.why == "") == (word != "")


def of_place(value, lower, upper):
    told = dict.fromkeys(FIGURES.names, "") | {
        "state": "shown",
        "value": value,
        "lower95": lower,
        "upper95": upper,
    }
    return Figure(**told | dict.fromkeys(("numerator", "denominator", "lower99_8", "upper99_8")))


# The slope


def test_the_slope_is_that_of_the_fifths_at_the_levels_that_have_one():
    lives = divided((90_000, 40_000, 30_000))
    fifths = slice(FIRST, FIRST + 5)
    expected, _, _ = expectancies(lives.together(3), LAYOUT)
    index = statistics.slope_index(
        expected.value[-1, :, fifths],
        lives.together(3).years[-1, :, fifths].sum(axis=-1),
        lower95=expected.lower95[-1, :, fifths],
        upper95=expected.upper95[-1, :, fifths],
    ).slope
    rows = told(SLOPE, lives)
    assert index.value[0] > 5, "the more deprived die earlier"
    for place, code in enumerate(("SYS", "E", "W")):
        step = 0.1 if rows[code]["caution"] == "" else 0.5
        assert rows[code]["value"] == pytest.approx(round(float(index.value[place]) / step) * step)
        assert rows[code]["lower95"] == pytest.approx(round(float(index.lower95[place]) / step) * step)
    assert rows["N1"]["reason"].startswith("Not made for a place of this level")
    assert len(life_figures(SLOPE, lives, LAYOUT, YEARS)) == 5 * len(PLACES)


@pytest.mark.parametrize(
    "worse, sign", [((1.6, 1.25, 1, 0.85, 0.7), 1), ((1,) * 5, 0), ((0.7, 0.85, 1, 1.25, 1.6), -1)]
)
def test_the_slope_has_the_sign_of_the_gap_in_deaths(worse, sign):
    assert np.sign(told(SLOPE, divided((90_000, 40_000, 30_000), worse))["SYS"]["value"]) == sign


def test_no_slope_is_told_where_a_fifth_is_hidden():
    lives = divided((90_000, 40_000, 30_000))
    lives.deaths[:, 2, FIRST + 4] = np.minimum(lives.deaths[:, 2, FIRST + 4], 1)
    rows = told(SLOPE, lives)
    assert (rows["W"]["state"], rows["W"]["reason"]) == ("suppressed", "Hidden: too few deaths in a fifth")
    assert rows["E"]["state"] == "shown"


# Rounding, cards and the attack


@settings(max_examples=100)
@given(st.floats(20, 110), st.floats(0, 0.999))
def test_rounding_moves_a_figure_by_half_a_step_at_most(value, move):
    lives = divided((90_000, 40_000, 30_000))
    one = exact(lives, 0, 0)
    rounded, which = rounded_years(one.__class__(*[np.array([value])] * 7, "", one.reason), np.array([move]))
    step = YEARS_ROUNDED_TO[which[0]]
    assert move < step
    assert abs(rounded.value[0] - value) <= step / 2 + 1e-9


def test_cards_tell_the_method_and_name_no_count():
    card = card_of(LIFE, care_area="strategy", part="outcomes", missing="")
    assert (card.numerator_is, card.denominator_is) == ("", "")
    assert "Chiang II" in card.method and "Silcocks" in card.method
    assert "No count of a life table is shown" in card.scheme
    assert "fifths" in card_of(SLOPE, care_area="strategy", part="outcomes", missing="").method


def test_the_attack_finds_nothing_in_figures_without_counts(tmp_path):
    """Five places, all with groups, some of them hidden."""
    lives = with_few_deaths_in_one_network()
    renamed = {"E": "N", "W": "P1", "N1": "P2", "N2": "P3"}
    rows = [
        row | {"place": renamed.get(row["place"], row["place"])}
        for measure in (LIFE, SLOPE)
        for row in life_figures(measure, lives, LAYOUT, YEARS).to_pylist()
    ]
    assert {renamed.get(p.code, p.code) for p in PLACES} == {p.code for p in PLACES_ATTACKED}
    cards = [card_of(each, care_area="made", part="outcomes", missing="") for each in (LIFE, SLOPE)]
    report = attack([publish(tmp_path / "one", cards, rows)], seconds=0)
    assert {row["state"] for row in rows} == {"shown", "suppressed", "missing"}
    assert report.recovered == ()
