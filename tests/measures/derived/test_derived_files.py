"""Derived figures as files: they follow from what is published beside them, and from nothing else."""

import shutil

import pytest

from stewardship.measures.derived import (
    read_inequality,
    read_readings,
    read_trend,
    read_variation,
    write_derived,
)
from stewardship.measures.months import write_months
from stewardship.measures.published import Published
from support.grown_results import grown
from support.shown_months import months, table

WRITTEN = (
    "grown-variation.parquet", "grown-inequality.parquet", "grown-trend.parquet", "grown-readings.parquet",
)  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Published results of a system grown at random, with what was derived while they were in memory."""
    folder = tmp_path_factory.mktemp("results") / "one"
    published, _, _ = grown(folder, residents=4_000, seed=3)
    write_months(folder, "grown", _months(published))
    derive(published)
    return published


def _months(published):
    """Two years of months for the first measure at every place, a shift at the end of those of the system."""
    (area,) = published.snapshot.areas
    rows = []
    for place in published.snapshot.places:
        shift = [200] * 7 if place.level == "system" else [100] * 7
        rows += months(area.measures[0].key, place.code, [95, 105] * 12 + shift)
    return table(rows)


def derive(published):
    (area,) = published.snapshot.areas
    write_derived(published.folder, area, published.table(area.key), published.snapshot)


def test_the_published_files_alone_give_the_same_to_the_byte(results, tmp_path):
    for name in ("snapshot.json", "grown.parquet", "grown-months.parquet"):
        shutil.copy(results.folder / name, tmp_path / name)
    derive(Published(tmp_path))
    for name in WRITTEN:
        assert (tmp_path / name).read_bytes() == (results.folder / name).read_bytes()


def test_every_measure_that_has_counts_is_told_of_at_every_place_and_year(results):
    kinds = ("proportion", "rate", "standardised rate")
    with_counts = {card.key for card in results.snapshot.areas[0].measures if card.statistic in kinds}
    rows = [row for place in results.snapshot.places for row in read_inequality(results, "grown", place.code)]
    assert {row.measure for row in rows} == with_counts
    assert len(rows) == len(with_counts) * len(results.snapshot.places) * len(results.snapshot.periods)
    placed = [row for _, end in results.snapshot.periods for row in read_variation(results, "grown", end)]
    assert {(row.measure, row.level) for row in placed} == {
        (key, level) for key in with_counts for level in ("network", "practice")
    }


def test_where_nothing_is_told_there_is_a_reason(results):
    for _, end in results.snapshot.periods:
        for row in read_variation(results, "grown", end):
            assert bool(row.position) != bool(row.reason)
    for place in results.snapshot.places:
        for row in read_inequality(results, "grown", place.code):
            assert (row.slope is None) == bool(row.slope_reason)
            assert (row.absolute_gap is None) == bool(row.gap_reason)
            assert (row.excess is None) == bool(row.excess_reason)


def test_a_gap_stands_only_where_both_figures_are_shown(results):
    for place in results.snapshot.places:
        shown = {
            (row["measure"], row["period_end"], row["group"])
            for row in results.table("grown", place=place.code, by="deprivation fifth").to_pylist()
            if row["state"] == "shown"
        }
        for row in read_inequality(results, "grown", place.code):
            if row.absolute_gap is not None:
                assert {(row.measure, row.period_end, fifth) for fifth in "15"} <= shown


def test_a_snapshot_of_before_these_files_has_none(results, tmp_path):
    for name in ("snapshot.json", "grown.parquet"):
        shutil.copy(results.folder / name, tmp_path / name)
    older = Published(tmp_path)
    assert read_variation(older, "grown", older.snapshot.periods[-1][1]) == []
    assert read_inequality(older, "grown", "SYS") == []
    assert read_trend(older, "grown", "SYS") == read_readings(older, "grown", "SYS") == []
    derive(older)
    assert read_trend(older, "grown", "SYS") == []


def test_months_are_read_place_by_place(results):
    told = {
        place.level: [row.reading for row in read_readings(results, "grown", place.code)]
        for place in results.snapshot.places
    }
    assert told.pop("system") != ["common cause"]
    assert set(map(tuple, told.values())) == {("common cause",)}
    for place in results.snapshot.places:
        held = read_trend(results, "grown", place.code)
        assert {row.place for row in held} == {place.code}
        assert [row.month for row in held] == sorted(row.month for row in held)
        assert len(held) == 31
