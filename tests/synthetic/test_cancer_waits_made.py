"""A made system has cancer waits as they are published, in the tidy form that a build reads."""

from datetime import date

import pyarrow.csv
import pytest

from stewardship.records.cancer_waits.figures import Shown
from stewardship.records.cancer_waits.reading import read_published_waits
from stewardship.synthetic.cancer_waits import any_published, cancer_waits
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.published_figures import OF_A_REAL_PLACE


def plan(last_day):
    return Plan(2_000, 1, 1, last_day)


@pytest.fixture
def read(tmp_path):
    (made,) = cancer_waits(plan(date(2026, 3, 31)))
    pyarrow.csv.write_csv(made.rows, tmp_path / f"{made.kind}.csv")
    return read_published_waits(tmp_path, Shown((), ("ZZS",)), today=date(2026, 4, 1))


def test_a_build_reads_every_row_and_finds_nothing_wrong(read):
    assert [each.check for each in read.reading.findings if each.outcome == "fail"] == []
    assert len(read.waits) == 5 * 18
    assert {(w.level, w.belongs, w.name) for w in read.waits} == {
        ("integrated care board", "own", "NHS Exampleshire Integrated Care Board"),
    }  # fmt: skip
    assert all(w.source.endswith(OF_A_REAL_PLACE) for w in read.waits)


def test_first_and_later_treatments_are_all_treatments(read):
    of_month = {w.stage: w for w in read.waits if w.month == date(2024, 12, 1) and w.standard == "31-day"}
    assert of_month["ALL"].total == of_month["FIRST"].total + of_month["SUBSEQUENT"].total
    assert of_month["ALL"].within == of_month["FIRST"].within + of_month["SUBSEQUENT"].within


def test_a_month_is_published_once_it_is_over():
    (made,) = cancer_waits(plan(date(2023, 11, 29)))
    assert set(made.rows["Month"].to_pylist()) == {"2023-10"}
    assert cancer_waits(plan(date(2023, 10, 31))) == []
    assert any_published(date(2023, 11, 1))
    assert not any_published(date(2023, 10, 31))
