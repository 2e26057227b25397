"""Indices recomputed from published data and held to the published figures."""

import csv
import gzip
import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from stewardship.measures import statistics as st

FOLDER = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "life_expectancy"

if not FOLDER.exists() and not os.environ.get("CI"):
    pytest.skip(
        "the folder of published life expectancies is not beside the checkout", allow_module_level=True
    )


def rows(name: str) -> list[dict[str, str]]:
    path = FOLDER / name
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(newline="") as file:
        return list(csv.DictReader(file))


def by_decile() -> dict[tuple[str, str], list[dict[str, str]]]:
    """The ten deciles of each area and sex that has all ten, from the most to the least deprived."""
    areas = defaultdict(list)
    for row in rows("life_expectancy_by_imd_decile_2014-16_all_areas.csv.gz"):
        areas[row["GeoCode"], {"1": "Male", "2": "Female"}[row["Sex"]]].append(row)
    ordered = {key: sorted(area, key=lambda row: int(row["Decile"])) for key, area in areas.items()}
    return {key: area for key, area in ordered.items() if len(area) == 10}


def column(areas: list[list[dict[str, str]]], name: str) -> np.ndarray:
    return np.array([[float(row[name]) for row in area] for area in areas])


@pytest.fixture(scope="module")
def pairs() -> tuple[dict[tuple[str, str], float], st.Estimates]:
    published = {
        (row["area_code"], row["inequality"]): float(row["value"])
        for row in rows("phof_sii_2014-16_all_areas_published.csv")
        if row["value"]
    }
    areas = by_decile()
    both = {key: value for key, value in published.items() if key in areas}
    deciles = [areas[key] for key in both]
    index = st.slope_index(column(deciles, "LifeExp"), column(deciles, "Pop"), error=column(deciles, "SE"))
    return both, index.slope


def test_slope_indices_of_life_expectancy_are_the_published_ones(pairs):
    published, slope = pairs
    values = np.array(list(published.values()))
    apart = np.abs(slope.value - values)
    assert len(values) == 644
    assert (slope.reason == "").all()
    assert np.corrcoef(slope.value, values)[0, 1] > 0.99
    assert np.median(apart) <= 0.2
    assert np.quantile(apart, 0.95) <= 0.6


def test_two_districts_come_out_as_published(pairs):
    published, slope = pairs
    at = {key: slope.value[place] for place, key in enumerate(published)}
    southend, basildon = ("E06000033", "Male"), ("E07000066", "Male")
    assert (at[southend], published[southend]) == pytest.approx((11.05, 11.1), abs=0.005)
    assert (at[basildon], published[basildon]) == pytest.approx((8.99, 8.9), abs=0.005)


def test_the_published_slope_lies_inside_the_simulated_limits(pairs):
    published, slope = pairs
    values = np.array(list(published.values()))
    inside = (slope.lower95 < values) & (values < slope.upper95)
    assert inside.mean() > 0.99


def test_deaths_attributable_to_inequality_in_england_are_the_published_ones():
    # 2002 to 2016 in five periods, ages 0, 1-4, 5-9 to 70-74, within sex, band and period, against the last decile
    size = (5, 2, 16, 10)
    counts = {}
    for what in ("deaths", "population"):
        counts[what] = np.zeros(size)
        for row in rows(f"england_imd_decile_single_age_0_74_2001_2016_{what}.csv.gz"):
            if int(row["year"]) < 2002:
                continue
            place = (
                (int(row["year"]) - 2002) // 3,
                "mf".index(row["sex"]),
                slice(None),
                int(row["imd10"]) - 1,
            )
            ages = np.array([float(row[str(age)]) for age in range(75)])
            counts[what][place] += np.add.reduceat(ages, [0, 1, *range(5, 75, 5)])
    got = st.attributable(counts["deaths"], counts["population"])
    assert (got.excess.reason == "").all()
    deaths, excess = counts["deaths"].sum(), got.excess.value.sum()
    assert deaths == 2_365_631
    assert excess == pytest.approx(858_693, abs=1)
    assert 100 * excess / deaths == pytest.approx(36.3, abs=0.05)
