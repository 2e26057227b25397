"""What must hold for any counts."""

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from stewardship.measures import statistics as st

COUNTS = some.integers(0, 5000)
PEOPLE = some.integers(1, 1_000_000)


def holds(got: st.Estimates) -> None:
    """Where there is a value, limits stand around it, the wider outside the narrower."""
    known = got.reason == ""
    assert (np.isnan(got.value) == ~known).all()
    steps = [got.lower99_8, got.lower95, got.value, got.upper95, got.upper99_8]
    for smaller, larger in pairwise(steps):
        assert (smaller[known] <= larger[known] + 1e-9 * np.abs(larger[known])).all()


@given(some.lists(some.tuples(COUNTS, COUNTS), min_size=1))
def test_an_interval_stands_around_its_value(pairs):
    smaller, larger = (np.array([pick(pair) for pair in pairs]) for pick in (min, max))
    holds(st.proportions(smaller, larger))
    holds(st.rates(larger, smaller))
    holds(st.difference_of_proportions(smaller, larger, smaller[::-1], larger[::-1]))
    holds(st.ratio_of_rates(smaller, larger, larger, smaller))


@given(some.integers(0, 100), some.integers(1, 100), some.integers(2, 50))
def test_an_interval_narrows_with_more_people(x, n, times):
    x = min(x, n)
    few, many = st.proportions([x], [n]), st.proportions([x * times], [n * times])
    assert (many.upper95 - many.lower95 < few.upper95 - few.lower95).all()
    few, many = st.rates([x + 10], [n]), st.rates([(x + 10) * times], [n * times])
    assert (many.upper95 - many.lower95 < few.upper95 - few.lower95).all()


BANDS = arrays(np.int64, (4, 19), elements=some.integers(0, 200))


@given(BANDS, some.integers(2, 9))
def test_standardised_intervals_stand_around_their_values_and_narrow_with_more_people(events, times):
    population = np.full(events.shape, 700)
    standard = events[0] + 1, population[0]
    for statistic in (
        st.directly_standardised,
        lambda o, n: st.indirectly_standardised_ratio(o, n, *standard),
        lambda o, n: st.indirectly_standardised_rate(o, n, *standard),
    ):
        few, many = statistic(events + 1, population), statistic((events + 1) * times, population * times)
        holds(few)
        np.testing.assert_allclose(few.value, many.value)
        assert (many.upper99_8 - many.lower99_8 < few.upper99_8 - few.lower99_8).all()


@given(some.lists(some.floats(-1e3, 1e3), min_size=2, max_size=30), some.integers(2, 9))
def test_the_interval_of_a_mean_stands_around_it_and_narrows_with_more_people(values, times):
    few = st.means_of_rows(np.zeros(len(values)), values, groups=1)
    many = st.means_of_rows(np.zeros(len(values) * times), values * times, groups=1)
    holds(few)
    np.testing.assert_allclose(few.value, many.value, atol=1e-9)
    assert many.upper95[0] - many.lower95[0] <= few.upper95[0] - few.lower95[0] + 1e-9


@given(BANDS, some.integers(1, 50))
def test_standardised_equals_crude_where_the_structure_is_the_standard(events, size):
    population = np.broadcast_to(st.standard_weights() * size, events.shape)
    crude = st.rates(events.sum(axis=1), population.sum(axis=1))
    standardised = st.directly_standardised(events, population)
    holds(standardised)
    known = standardised.reason == ""
    for field in ("value", "lower95", "upper99_8"):
        got, expected = getattr(standardised, field)[known], getattr(crude, field)[known]
        np.testing.assert_allclose(got, expected, rtol=1e-9)


@given(BANDS, BANDS, some.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant_and_rows_equal_the_dense_form(events, population, random):
    group, band = (codes.ravel() for codes in np.indices(events.shape))
    order = np.array(random.sample(range(group.size), group.size))
    dense = st.directly_standardised(events, population)
    rows = st.directly_standardised_rows(
        group[order], band[order], events.ravel()[order], population.ravel()[order], groups=4
    )
    holds(dense)
    np.testing.assert_array_equal(dense.value, rows.value)
    np.testing.assert_array_equal(dense.upper99_8, rows.upper99_8)
    assert list(dense.reason) == list(rows.reason)


def test_rows_of_no_group_or_band_enter_no_rate():
    plain = st.directly_standardised_rows([0], [3], [12], [100], groups=1)
    with_others = st.directly_standardised_rows(
        [0, np.nan, -1, 0, 7], [3, 3, 3, -1, 3], [12, 50, 50, 50, 50], [100, 9, 9, 9, 9], groups=1
    )
    np.testing.assert_array_equal(plain.value, with_others.value)


def test_inputs_are_left_as_they_were_and_nothing_is_printed(capsys):
    events, population = np.array([[0.0, np.nan, 30.0]]), np.array([[0.0, 40.0, 50.0]])
    before = events.copy(), population.copy()
    st.directly_standardised(events, population, weights=[1, 2, 3], bands=["a", "b", "c"])
    st.proportions(events, population)
    st.rates(events, population)
    np.testing.assert_array_equal(events, before[0])
    np.testing.assert_array_equal(population, before[1])
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("module", ["stewardship.measures.statistics", "stewardship.measures.disclosure"])
def test_it_loads_without_an_engine_or_a_web_framework(module):
    heavy = ["django", "ibis", "duckdb", "pyarrow", "pandas"]
    code = f"import sys, {module}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
