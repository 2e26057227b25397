"""Life expectancy: the published abridged life table, guards, and what must hold for any rates."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from stewardship.measures import statistics as st

# Made up: 100 to 20 thousand people a band, and deaths that rise with age.
PEOPLE = np.array([1000, 4000, *[5000] * 12, 4000, 3000, 2000, 1500, 900, 400], float)
DEATHS = np.array([5, 1, 1, 1, 2, 3, 3, 4, 6, 8, 12, 18, 28, 42, 66, 90, 110, 140, 150, 110], float)


def groups(**changed: list[float]) -> np.ndarray:
    rows = {"deaths": DEATHS.copy(), "people": PEOPLE.copy()}
    for name, (band, value) in changed.items():
        rows[name][int(band)] = value
    return np.stack([rows["deaths"]]), np.stack([rows["people"]])


def test_a_life_table_worked_by_hand():
    # nobody dies before 90; there 1 in 5 does each year: 90 years and 5 more, SE 1 / (M sqrt D)
    deaths, people = np.zeros((1, 20)), np.full((1, 20), 1000.0)
    deaths[0, -1] = 200
    table = st.life_table(deaths, people)
    assert table.alive[0] == pytest.approx([100_000] * 20)
    assert table.years[0, -1] == pytest.approx(500_000)
    born = st.life_expectancy(deaths, people)
    assert born.value[0] == pytest.approx(95)
    error = 5 / math.sqrt(200)
    assert (born.lower95[0], born.upper95[0]) == pytest.approx((95 - 1.959964 * error, 95 + 1.959964 * error))
    assert (born.numerator[0], born.denominator[0]) == (200, 20_000)
    assert st.life_expectancy(deaths, people, from_age=65).value[0] == pytest.approx(30)


def test_a_band_in_which_everybody_dies_leaves_nobody_for_the_next():
    deaths, people = np.stack([DEATHS]), np.stack([PEOPLE])
    deaths[0, 17] = people[0, 17]  # all who are 80 to 84: more than half of them a year
    assert st.life_table(deaths, people).alive[0, 18:] == pytest.approx([0, 0])
    assert 70 < st.life_expectancy(deaths, people).value[0] < 85
    late = st.life_expectancy(deaths, people, from_age=90)
    assert math.isnan(late.value[0])
    assert late.reason[0] == "nobody is expected to reach this age"


@pytest.mark.parametrize(
    "changed, reason",
    [
        ({}, ""),
        ({"deaths": (3, 0)}, ""),
        ({"deaths": (3, math.nan)}, "deaths not known"),
        ({"people": (3, math.nan)}, "population not known"),
        ({"deaths": (3, -1)}, "a count is below zero"),
        ({"people": (3, 0)}, "no one in ages 10-14"),
        ({"deaths": (1, 4001)}, "more deaths than people in ages 1-4"),
        ({"deaths": (19, 0)}, "no deaths at 90 and over"),
    ],
)
def test_a_life_expectancy_is_withheld_with_its_reason(changed, reason):
    got = st.life_expectancy(*groups(**changed))
    assert list(got.reason) == [reason]
    assert math.isnan(got.value[0]) == math.isnan(got.upper99_8[0]) == (reason != "")


def test_small_and_uncertain_groups_have_no_figure():
    few = st.life_expectancy(np.stack([DEATHS / 20]), np.stack([PEOPLE / 20]))
    assert list(few.reason) == ["5,000 person-years or fewer"]
    deaths, people = np.zeros((1, 20)), np.full((1, 20), 400.0)
    deaths[0, [0, 19]] = 1, 4  # a hundred years left at 90, by four deaths
    wide = st.life_expectancy(deaths, people)
    assert list(wide.reason) == ["the interval is wider than 20 years"]
    assert math.isnan(wide.value[0])
    assert wide.upper95[0] - wide.lower95[0] > 20


def test_other_bands_and_ages_are_refused_in_words():
    with pytest.raises(ValueError, match="groups x 20 bands"):
        st.life_expectancy(np.ones((2, 19)), np.ones((2, 19)))
    with pytest.raises(ValueError, match="No band of a life table starts at 3"):
        st.life_expectancy(*groups(), from_age=3)


@given(
    arrays(np.int64, (20,), elements=some.integers(0, 300)),
    some.integers(0, 19),
    some.integers(1, 50),
)
def test_life_expectancy_falls_when_any_rate_rises(deaths, band, more):
    deaths[-1] += 100
    people = np.full((2, 20), 600)
    worse = deaths.copy()
    worse[band] += more
    assume(worse[band] <= 600)
    got = st.life_expectancy(np.stack([deaths, worse]), people)
    table = st.life_table(np.stack([deaths, worse]), people)
    assert list(got.reason) == ["", ""]
    assert got.value[1] <= got.value[0]
    if table.alive[0, band] > 1 and (table.dying[0, band] < 1 or band == 19):
        assert got.value[1] < got.value[0]
    assert got.lower99_8[0] <= got.lower95[0] <= got.value[0] <= got.upper95[0] <= got.upper99_8[0]


@given(arrays(np.int64, (3, 20), elements=some.integers(0, 200)), some.integers(2, 9))
def test_the_interval_narrows_with_more_people_of_the_same_rates(deaths, times):
    people = np.full(deaths.shape, 600)
    deaths[:, -1] += 100
    few, many = st.life_expectancy(deaths, people), st.life_expectancy(deaths * times, people * times)
    np.testing.assert_allclose(few.value, many.value)
    assert (many.upper95 - many.lower95 < few.upper95 - few.lower95).all()


@given(arrays(np.float64, (20,), elements=some.floats(0, 1)))
def test_healthy_years_are_years_of_life_when_all_are_well_and_never_more(healthy):
    deaths, people = groups()
    life = st.life_expectancy(deaths, people)
    all_well = st.healthy_life_expectancy(deaths, people, 1, 100)
    for field in ("value", "lower95", "upper99_8"):
        assert getattr(all_well, field) == pytest.approx(getattr(life, field))
    some_well = st.healthy_life_expectancy(deaths, people, healthy, 100)
    assert 0 <= some_well.value[0] <= life.value[0] + 1e-9


def test_healthy_years_worked_by_hand_with_either_variance():
    # as the life table worked by hand; half are well, by 100 asked in every band
    deaths, people = np.zeros((1, 20)), np.full((1, 20), 1000.0)
    deaths[0, -1] = 200
    widths = np.array([1, 4, *[5] * 18], float)
    of_health = math.sqrt((widths**2 * 0.25 / 100).sum())
    for chance, error in (
        ("in health", of_health),
        ("in health and deaths", math.hypot(of_health, 2.5 / math.sqrt(200))),
    ):
        got = st.healthy_life_expectancy(deaths, people, 0.5, 100, chance=chance)
        assert got.value[0] == pytest.approx(47.5)
        assert got.upper95[0] - got.value[0] == pytest.approx(1.959964 * error, rel=1e-6)


@pytest.mark.parametrize(
    "healthy, surveyed, reason",
    [
        (math.nan, 100, "health not known in some ages"),
        (1.2, 100, "a proportion is not between 0 and 1"),
        (0.5, 0, "nobody was asked about health in some ages"),
        (0.5, math.nan, "nobody was asked about health in some ages"),
    ],
)
def test_healthy_years_are_withheld_with_their_reason(healthy, surveyed, reason):
    got = st.healthy_life_expectancy(*groups(), healthy, surveyed)
    assert list(got.reason) == [reason]
    assert math.isnan(got.value[0])
    assert math.isnan(got.lower95[0])
