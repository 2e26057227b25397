"""The statistics on Arrow tables: any rows in, one row a group out."""

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from stewardship.measures import statistics as st
from stewardship.measures.statistics import tables

COLUMNS = [
    "value",
    "lower95",
    "upper95",
    "lower99_8",
    "upper99_8",
    "numerator",
    "denominator",
    "method",
    "statistic",
    "reason_if_null",
]


def test_rows_of_a_group_are_added_up_and_null_is_a_group():
    table = pa.table(
        {
            "place": ["b", None, "a", "b", "a", "c"],
            "numerator": [1, 4, 2, 3, 0, None],
            "denominator": [10, 9, 10, 10, 0, 5],
        }
    )
    got = tables.proportion_table(table, ["place"], multiplier=100)
    assert got.column_names == ["place", *COLUMNS]
    assert got["place"].to_pylist() == ["a", "b", "c", None]
    assert got["value"].to_pylist() == pytest.approx([20, 20, None, 400 / 9])
    assert got["numerator"].to_pylist() == [2, 4, None, 4]
    assert got["reason_if_null"].to_pylist() == [None, None, "not known", None]
    assert set(got["statistic"].to_pylist()) == {"proportion x 100"}
    assert set(got["method"].to_pylist()) == {"Wilson"}
    assert table.num_columns == 3


def test_groups_may_be_of_several_columns_or_of_none():
    table = pa.table(
        {
            "place": pa.array(["b", "a", "b", "b"]).dictionary_encode(),
            "year": [2024, 2025, 2025, 2024],
            "events": [5, 0, 7, 5],
            "population": pa.array([100, 100, 0, 100], pa.float32()),
        }
    )
    got = tables.rate_table(table, ["place", "year"], multiplier=1000)
    assert got.select(["place", "year"]).to_pylist() == [
        {"place": "a", "year": 2025},
        {"place": "b", "year": 2024},
        {"place": "b", "year": 2025},
    ]
    assert got["value"].to_pylist() == [0, 50, None]
    assert got["reason_if_null"].to_pylist() == [None, None, "no one in the group"]
    whole = tables.rate_table(table, [], multiplier=1000)
    assert whole.column_names == COLUMNS
    assert whole["numerator"].to_pylist() == [17]


def by_age(people: int = 1000) -> dict[str, list[object]]:
    rows = {"place": [], "band": [], "events": [], "population": []}
    for place, rate in (("a", 0.01), ("b", 0.02)):
        for number, band in enumerate(st.AGE_BANDS):
            for name, value in zip(
                rows, (place, band, round(people * rate) + number % 3, people), strict=True
            ):
                rows[name].append(value)
    return rows


@given(some.randoms(use_true_random=False))
def test_standardised_rates_of_rows_in_any_order_are_those_of_arrays(random):
    table = pa.table(by_age())
    order = random.sample(range(table.num_rows), table.num_rows)
    got = tables.standardised_table(table.take(order), ["place"])
    events = np.array(table["events"].to_pylist()).reshape(2, 19)
    expected = st.directly_standardised(events, np.full((2, 19), 1000))
    for name in tables.NUMBERS:
        np.testing.assert_array_equal(got[name].to_numpy(), getattr(expected, name))


def test_standardised_rates_with_missing_bands_unknown_ages_and_restricted_ages():
    rows = by_age()
    kept = [(place, band) != ("a", "5-9") for place, band in zip(rows["place"], rows["band"], strict=True)]
    missing = pa.table(rows).filter(pa.array(kept))
    unknown = pa.table(
        {"place": ["a"], "band": pa.array([None], pa.string()), "events": [90], "population": [5]}
    )
    got = tables.standardised_table(pa.concat_tables([missing, unknown]), ["place"])
    assert got["reason_if_null"].to_pylist() == [None, None]
    assert got["denominator"].to_pylist() == [18_000, 19_000]
    over_65 = dict(zip(st.AGE_BANDS, st.standard_weights(65), strict=True))
    got = tables.standardised_table(pa.table(rows), ["place"], weights=over_65)
    assert got["denominator"].to_pylist() == [6000, 6000]


def test_indirect_ratios_and_rates_against_a_reference_table():
    table = pa.table(by_age())
    reference = table.filter(pa.array([place == "a" for place in table["place"].to_pylist()]))
    ratio = tables.indirect_table(table, ["place"], reference=reference)
    assert ratio["value"].to_pylist()[0] == pytest.approx(100)
    assert ratio["value"].to_pylist()[1] > 150
    rate = tables.indirect_table(table, ["place"], reference=reference, rate_per=1000)
    crude = tables.rate_table(table, ["place"], multiplier=1000)
    assert rate["value"].to_pylist()[0] == pytest.approx(crude["value"].to_pylist()[0])


def test_life_expectancy_and_its_slope_from_one_table_to_the_next():
    rows = {"place": [], "quantile": [], "band": [], "deaths": [], "population": []}
    for quantile in range(1, 6):
        for number, band in enumerate(st.LIFE_BANDS):
            deaths = math.ceil((6 - quantile) * 1.25**number / 2)
            for name, value in zip(rows, ("a", quantile, band, deaths, 1000), strict=True):
                rows[name].append(value)
    expectancy = tables.life_expectancy_table(pa.table(rows), ["place", "quantile"])
    years = expectancy["value"].to_pylist()
    assert years == sorted(years)
    fifths = expectancy.append_column("population", pa.array([20_000] * 5))
    got = tables.slope_table(fifths, ["place"])
    direct = st.slope_index(
        [years],
        [[20_000] * 5],
        lower95=[expectancy["lower95"].to_pylist()],
        upper95=[expectancy["upper95"].to_pylist()],
    )
    assert got["value"].to_pylist() == pytest.approx([direct.slope.value[0]])
    assert got["lower95"].to_pylist() == pytest.approx([direct.slope.lower95[0]])
    ratio = tables.slope_table(fifths, ["place"], relative=True)
    assert ratio["value"].to_pylist() == pytest.approx([direct.relative.value[0]])
    assert ratio["statistic"].to_pylist() == ["relative index of inequality"]
    for odd in (fifths.slice(0, 4), pa.concat_tables([fifths, fifths.slice(0, 1)])):
        assert tables.slope_table(odd, ["place"])["reason_if_null"].to_pylist() == ["a group has no figure"]


def test_means_and_waits_from_a_row_a_person():
    table = pa.table({"place": ["a", None, "a", "b"], "value": [1.5, 3, 2.5, None], "wait": [3, 8, 5, 9]})
    means = tables.mean_table(table, ["place"])
    assert means["value"].to_pylist() == [2, None, None]
    assert means["reason_if_null"].to_pylist() == [None, "no one in the group", "fewer than 2 people"]
    waits = tables.wait_table(table, ["place"], share=0.92)
    assert waits["value"].to_pylist() == pytest.approx([4.84, 9, 8])
    assert waits["statistic"].to_pylist()[0] == "wait of 92%"


def test_an_empty_table_has_no_groups():
    empty = pa.table({"place": pa.array([], pa.string()), "value": pa.array([], pa.float64())})
    assert tables.mean_table(empty, ["place"]).num_rows == 0


@pytest.mark.parametrize(
    "columns, words",
    [
        ({"x": [1], "population": [1]}, "The table has no column events. It has: x, population."),
        (
            {"events": ["two"], "population": [1]},
            "Column events holds string. Give counts and values as numbers.",
        ),
    ],
)
def test_a_table_of_other_columns_is_refused_in_words(columns, words):
    with pytest.raises(ValueError) as refused:
        tables.rate_table(pa.table(columns), [])
    assert str(refused.value) == words


def test_the_label_of_an_unknown_band_is_refused_in_words():
    table = pa.table({"band": ["55-69"], "events": [1], "population": [5]})
    with pytest.raises(ValueError, match=r"Column band has the age band 55-69. Known are: 0-4, 5-9"):
        tables.standardised_table(table, [])
