"""Published figures are found one by one as they stand in their file."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.measures.looked_up import LookedUp, rows_of_place, rows_that_say
from stewardship.measures.published import EVERYONE, FIGURES, Figure, Published
from support.snapshots import PERIODS, PLACES, publish

BY = ("measure", "by", "group", "period_end")


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Published:
    return Published(publish(tmp_path_factory.mktemp("workspace")))


@pytest.fixture(scope="module")
def area(published) -> str:
    return published.snapshot.areas[0].key


@pytest.mark.parametrize("place", [place.code for place in PLACES])
def test_every_figure_of_a_place_is_found_by_its_key(published, area, place):
    found = LookedUp(rows_of_place(published.file(area), place), BY)
    every = published.figures(area, place=place)
    assert [found.get((x.measure, x.by, x.group, x.period_end)) for x in every] == every


def test_figures_of_everyone_in_a_year_are_found_by_measure_and_place(published, area):
    end = PERIODS[-1][1]
    found = LookedUp(rows_that_say(published.file(area), by=EVERYONE, period_end=end), ("measure", "place"))
    every = [x for x in published.figures(area, by=EVERYONE) if x.period_end == end]
    assert [found.get((x.measure, x.place)) for x in every] == every


@pytest.mark.parametrize("key", [
    ("no such measure", EVERYONE, EVERYONE, PERIODS[-1][1]),
    ("foot-check", EVERYONE, "female", PERIODS[-1][1]),
    ("foot-check", EVERYONE, EVERYONE, date(1999, 3, 31)),
])  # fmt: skip
def test_a_key_that_no_row_has_finds_nothing(published, area, key):
    assert LookedUp(rows_of_place(published.file(area), "SYS"), BY).get(key) is None


def test_a_place_without_rows_has_no_figures(published, area):
    rows = rows_of_place(published.file(area), "no such place")
    assert rows.num_rows == 0
    assert LookedUp(rows, BY).get(("foot-check", EVERYONE, EVERYONE, PERIODS[-1][1])) is None


def test_groups_are_those_that_have_rows(published, area):
    found = LookedUp(rows_of_place(published.file(area), "SYS"), BY)
    every = published.figures(area, place="SYS", measure="foot-check", by="sex")
    assert found.said("group", measure="foot-check", by="sex") == {figure.group for figure in every}
    assert found.said("group", measure="foot-check", by="star sign") == set()


def drawn_figure():
    number = st.none() | st.floats(allow_nan=False, allow_infinity=False)
    count = st.none() | st.integers(-(2**53), 2**53)
    word = st.sampled_from(["", "a", "b", "é"])
    day = st.sampled_from([date(2024, 3, 31), date(2025, 3, 31)])
    kinds = {pa.string(): word, pa.int64(): count, pa.float64(): number, pa.date32(): day}
    return st.builds(Figure, **{field.name: kinds[field.type] for field in FIGURES})


@settings(max_examples=60)
@given(st.lists(drawn_figure(), max_size=30))
def test_whatever_was_written_is_found_unchanged(tmp_path_factory, figures):
    file = tmp_path_factory.mktemp("figures") / "figures.parquet"
    rows = [{name: getattr(figure, name) for name in FIGURES.names} for figure in figures]
    ordered = pa.Table.from_pylist(rows, schema=FIGURES).sort_by("place")
    pq.write_table(ordered, file, row_group_size=4)
    for place in ("", "a", "b", "é"):
        found = LookedUp(rows_of_place(file, place), BY)
        last = {(x.measure, x.by, x.group, x.period_end): x for x in _figures(ordered) if x.place == place}
        assert {key: found.get(key) for key in last} == last


def _figures(table: pa.Table) -> list[Figure]:
    return [Figure(**row) for row in table.to_pylist()]
