"""England's published test tables for public-health methods; 1e-6 relative, as their notes say."""

import csv
import math
import os
from pathlib import Path

import numpy as np
import pytest

from stewardship.measures import statistics as st

FOLDER = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "phe_method_tests"

if not FOLDER.exists() and not os.environ.get("CI"):
    pytest.skip("the folder of published test tables is not beside the checkout", allow_module_level=True)

CLOSE = {"rtol": 1e-6, "atol": 0, "equal_nan": True}
LIMITS = {
    "lower95": "lower95_0cl",
    "upper95": "upper95_0cl",
    "lower99_8": "lower99_8cl",
    "upper99_8": "upper99_8cl",
}
SLIPS = {
    # the 99.8% limits of this area are ten times too large against the rate in the same row
    ("testdata_1976", "lower99_8"),
    ("testdata_1976", "upper99_8"),
}


def sheet(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(rows: list[dict[str, str]], column: str) -> np.ndarray:
    return np.array([float(row[column]) if row[column] else math.nan for row in rows])


def by_multiplier(rows: list[dict[str, str]]) -> list[tuple[float, list[dict[str, str]]]]:
    multipliers = sorted({row["multiplier"] for row in rows})
    return [(float(m), [row for row in rows if row["multiplier"] == m]) for m in multipliers]


def summed_by_area(rows: list[dict[str, str]], areas: list[str]) -> tuple[np.ndarray, np.ndarray]:
    position = np.array([areas.index(row["Area"]) for row in rows])
    return tuple(
        np.bincount(position, weights=numbers(rows, column), minlength=len(areas))
        for column in ("Numerator", "Denominator")
    )


def test_byars_and_wilson_limits():
    for row in sheet("byars_wilson_limits"):
        confidence = {"95%": 0.95, "99.8%": 0.998}[row["confidence"]]
        if row["method"] == "Byars":
            limits = st.byar([float(row["x"])], confidence)
        else:
            limits = st.wilson([float(row["x"])], [float(row["n"])], confidence)
        np.testing.assert_allclose(limits.lower, numbers([row], "lowercl"), **CLOSE)
        np.testing.assert_allclose(limits.upper, numbers([row], "uppercl"), **CLOSE)


@pytest.mark.parametrize("name, statistic", [("proportion", st.proportions), ("rate", st.rates)])
def test_proportions_and_rates(name, statistic):
    for multiplier, rows in by_multiplier(sheet(name)):
        got = statistic(numbers(rows, "Numerator"), numbers(rows, "Denominator"), multiplier=multiplier)
        for field, column in {"value": "value", **LIMITS}.items():
            np.testing.assert_allclose(getattr(got, field), numbers(rows, column), err_msg=column, **CLOSE)
        assert all((reason != "") == math.isnan(v) for reason, v in zip(got.reason, got.value, strict=True))


@pytest.mark.parametrize(
    "rows_from, expected_in, statistic",
    [
        ("proportion", "proportion_grouped_expected", st.proportions),
        ("rate_grouped_input", "rate_grouped_expected", st.rates),
    ],
)
def test_proportions_and_rates_of_summed_groups(rows_from, expected_in, statistic):
    expected = sheet(expected_in)
    num, den = summed_by_area(sheet(rows_from), [row["Area"] for row in expected])
    got = statistic(num, den, multiplier=float(expected[0]["multiplier"]))
    for field, column in (("value", "value"), ("lower95", "lowercl"), ("upper95", "uppercl")):
        np.testing.assert_allclose(getattr(got, field), numbers(expected, column), err_msg=column, **CLOSE)


@pytest.mark.parametrize("multiplier, first", [(10_000, 0), (100_000, 4)])
def test_standardised_rates(multiplier, first):
    expected = sheet("dsr_expected")[first : first + 4]
    rows = sheet("dsr_input")
    # one label reads 55-69 for 55-59; the rows of an area are in the order of the bands
    areas = [row["area"] for row in expected[:3]]
    group = np.array([areas.index(row["area"]) for row in rows])
    band = np.concatenate([np.arange(19)] * 3)
    esp2013 = st.directly_standardised_rows(
        group, band, numbers(rows, "count"), numbers(rows, "pop"), groups=3, multiplier=multiplier
    )
    old = sheet("dsr_input_esp1976")
    esp1976 = st.directly_standardised(
        [numbers(old, "count")],
        [numbers(old, "pop")],
        weights=numbers(old, "esp1976"),
        multiplier=multiplier,
        bands=[row["Age Band"] for row in old],
    )
    for field, column in {"value": "value", **LIMITS}.items():
        got = np.concatenate([getattr(esp2013, field), getattr(esp1976, field)])
        for row, value in zip(expected, got, strict=True):
            if (row["area"], field) not in SLIPS:
                np.testing.assert_allclose(value, numbers([row], column)[0], **CLOSE)
    assert list(esp2013.reason) == ["", "", "fewer than 10 events"]
    for total, column in (("numerator", "total_count"), ("denominator", "total_pop")):
        got = np.concatenate([getattr(esp2013, total), getattr(esp1976, total)])
        np.testing.assert_array_equal(got, numbers(expected, column))


def test_the_standard_population_is_the_published_one():
    rows = sheet("esp2013")
    assert {row["ageband"]: float(row["esp2013"]) for row in rows} == dict(st.EUROPEAN_STANDARD_2013)


def test_the_abridged_life_table():
    rows = sheet("life_table_abridged")
    deaths, people = [numbers(rows, "deaths")], [numbers(rows, "population")]
    for row in rows:
        got = st.life_expectancy(deaths, people, from_age=int(row["startage"]))
        for field, column in (("value", "life_expectancy"), ("lower95", "lower95"), ("upper95", "upper95")):
            assert getattr(got, field)[0] == pytest.approx(float(row[column]), abs=1e-4)


def slope_cases() -> list[list[dict[str, str]]]:
    cases: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in sheet("sii_cases"):
        cases.setdefault((row["TestDescription"], row["Area"]), []).append(row)
    return [sorted(case, key=lambda row: float(row["Quantile"])) for case in cases.values()]


def slope_of(case: list[dict[str, str]]) -> st.InequalityIndex:
    described = case[0]["TestDescription"]
    return st.slope_index(
        [numbers(case, "Value")],
        [numbers(case, "Population")],
        error=[numbers(case, "StandardError")],
        kind=("mean", "rate", "proportion")[int(float(case[0]["ValueType"]))],
        curved="log transform" in described,
        multiplier=100 if "multiplier (x 100)" in described else 1,
        draws=100_000,
    )


@pytest.mark.parametrize("case", slope_cases(), ids=lambda case: case[0]["RecordNo"])
def test_slope_and_relative_indices(case):
    got, described = slope_of(case), case[0]["TestDescription"]
    if "handling" in described:
        assert got.slope.reason[0] == got.relative.reason[0] != ""
        return
    for index, name in ((got.slope, "sii"), (got.relative, "rii")):
        assert index.value[0] == pytest.approx(float(case[0][name]), rel=1e-6)
        published = [case[0][f"{name}_{side}cl_1"] for side in ("lower", "upper")]
        if "" in published:
            continue
        lower, upper = map(float, published)
        within = 0.01 * (upper - lower)  # their limits are drawn too
        if case[0]["Confidence"] == "95":
            assert (index.lower95[0], index.upper95[0]) == pytest.approx((lower, upper), abs=within)
        else:  # 99%, which lies between the two pairs here
            assert index.lower99_8[0] < lower < index.lower95[0]
            assert index.upper95[0] < upper < index.upper99_8[0]
    if case[0]["Intercept"]:
        assert got.slope.denominator[0] == pytest.approx(float(case[0]["Intercept"]), rel=1e-6)


def test_means_of_rows():
    expected, rows = sheet("mean_expected"), sheet("mean_input")
    areas = [row["area"] for row in expected[:2]]
    group = [areas.index(row["area"]) for row in rows]
    by_area = st.means_of_rows(group, numbers(rows, "values"), groups=2)
    all_rows = st.means_of_rows([0] * len(rows), numbers(rows, "values"), groups=1)
    from_sums = st.means(*(numbers(expected, name) for name in ("value_sum", "stdev", "value_count")))
    for field, column in {"value": "value", **LIMITS, "numerator": "value_sum"}.items():
        got = np.concatenate([getattr(by_area, field), getattr(all_rows, field)])
        np.testing.assert_allclose(got, numbers(expected, column), err_msg=column, **CLOSE)
        np.testing.assert_allclose(getattr(from_sums, field), numbers(expected, column), **CLOSE)


def indirect_groups(areas: list[str]) -> tuple[np.ndarray, np.ndarray]:
    rows = sheet("isr_input")
    group = [areas.index(row["area"]) if row["area"] in areas else math.nan for row in rows]
    band = np.concatenate([np.arange(19)] * 3)
    size = (len(areas), 19)
    return tuple(
        st.by_group_and_band(group, band, numbers(rows, column), size) for column in ("count", "pop")
    )


@pytest.mark.parametrize(
    "statistic, multiplier, first",
    [
        (st.indirectly_standardised_rate, 100_000, 0),
        (st.indirectly_standardised_rate, 1000, 3),
        (st.indirectly_standardised_ratio, 1, 6),
        (st.indirectly_standardised_ratio, 100, 9),
    ],
)
def test_indirectly_standardised_rates_and_ratios(statistic, multiplier, first):
    expected, reference = sheet("isr_expected")[first : first + 3], sheet("isr_reference")
    events, people = indirect_groups([row["area"] for row in expected])
    standard = numbers(reference, "refcount"), numbers(reference, "refpop")
    for observed in (events, np.nansum(events, axis=1)):  # by age, where some are not known, or in all
        got = statistic(observed, people, *standard, multiplier=multiplier)
        for field, column in {"value": "value", **LIMITS, "denominator": "expected"}.items():
            np.testing.assert_allclose(
                getattr(got, field), numbers(expected, column), err_msg=column, **CLOSE
            )


@pytest.mark.parametrize(
    "statistic, multiplier, first",
    [(st.indirectly_standardised_rate, 100_000, 12), (st.indirectly_standardised_ratio, 100, 14)],
)
def test_indirect_standardisation_with_a_band_that_has_no_row(statistic, multiplier, first):
    expected, reference = sheet("isr_expected")[first : first + 2], sheet("isr_reference")
    events, people = indirect_groups(["testdata_big", "testdata_small"])
    people[0, 1] = 0  # 5 to 9: the band that the first area has no row for
    got = statistic(
        events.sum(axis=1),
        people,
        numbers(reference, "refcount"),
        numbers(reference, "refpop"),
        multiplier=multiplier,
    )
    limits = {"value": "value", "lower95": "lower95_0cl", "upper95": "upper95_0cl", "denominator": "expected"}
    for field, column in limits.items():
        np.testing.assert_allclose(getattr(got, field), numbers(expected, column), err_msg=column, **CLOSE)


def test_lines_of_a_funnel_of_proportions():
    rows = sheet("funnel_prop_outputs")
    baseline = numbers(rows, "Baseline")
    got = st.proportion_lines(baseline / 100, numbers(rows, "Population"), multiplier=100)
    for field, column in {
        "lower95": "Lower2s0025limit",
        "upper95": "Upper2s0025limit",
        "lower99_8": "Lower3s0001limit",
        "upper99_8": "Upper3s0001limit",
    }.items():
        # printed to six decimals
        np.testing.assert_allclose(getattr(got, field), numbers(rows, column), rtol=1e-6, atol=2e-6)


def test_flags_of_a_funnel_of_proportions():
    rows = sheet("funnel_prop_inputs")
    got = st.funnel_of_proportions(numbers(rows, "numerator"), numbers(rows, "denominator"))
    words = {
        "High (0.001)": "high (99.8%)",
        "High (0.025)": "high (95%)",
        "Not significant": "as expected",
        "Low (0.025)": "low (95%)",
        "Low (0.001)": "low (99.8%)",
    }
    assert list(got.flag) == [words[row["significance"]] for row in rows]
    assert 100 * got.baseline == pytest.approx(numbers(sheet("funnel_prop_outputs"), "Baseline")[0], rel=1e-6)
