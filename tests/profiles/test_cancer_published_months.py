"""The national statistics month by month: the board on a control chart, and every month of everyone to take away."""

import csv
import io
from dataclasses import replace

import pytest
from django.test import override_settings

from stewardship.measures.published import Published, write_figures, write_snapshot
from stewardship.profiles.cancer_page import cancer_page
from stewardship.profiles.cancer_published import NOT_PUBLISHED, published_charts, published_table
from stewardship.profiles.cancer_read import CancerFigures
from stewardship.records.cancer_waits.kept import read_national, write_national
from stewardship.site.roles import Steward
from support.cancer_drawn import write_cancer_drawn
from support.national_drawn import MONTHS, ORGANISATIONS, SOURCE, write_national_drawn
from support.site import signed_in, workspace
from support.snapshots import FRAILTY, publish

PAGE = "/care-areas/cancer/waits/"
KEYS = ["published-faster-diagnosis", "published-referral-to-treatment", "published-decision-to-treatment"]


@pytest.fixture
def results(tmp_path):
    folder = publish(tmp_path)
    held = Published(folder)
    write_figures(folder, "cancer", held.table("frailty"))
    area = replace(FRAILTY, key="cancer", name="Cancer")
    write_snapshot(folder, replace(held.snapshot, areas=(*held.snapshot.areas, area)))
    write_cancer_drawn(folder)
    write_national_drawn(folder)
    return folder


@pytest.fixture
def steward(results):
    workspace()
    with override_settings(SNAPSHOTS=results.parents[1]):
        yield signed_in(Steward)


def figures(folder):
    return CancerFigures(Published(folder))


def test_the_board_stands_on_a_control_chart_for_each_standard(results):
    charts = published_charts(figures(results))
    assert [chart.key for chart in charts] == KEYS
    told = charts[0]
    assert told.heading == (
        "NHS Exampleshire Integrated Care Board: 87.0% told within 28 days in March 2025; improving by month"
    )
    assert "January 2024 to March 2025, NHS Exampleshire Integrated Care Board, as published" in told.what
    assert told.said == f"Source: {SOURCE}."
    assert told.drawing.comparator == 75.0
    assert told.table.rows[0][0] == "March 2025" and told.table.rows[0][3].startswith("Better")
    assert charts[1].heading.endswith("no change by month beyond chance")


def test_a_provider_stands_there_where_no_board_is_told(results):
    held = [each for each in read_national(results) if each.basis == "provider"]
    write_national(results, held)
    assert {chart.heading.partition(":")[0] for chart in published_charts(figures(results))} == {
        "Notional NHS Trust"
    }


def test_neighbours_and_england_alone_have_no_chart(results):
    write_national(results, [each for each in read_national(results) if each.belongs != "own"])
    assert published_charts(figures(results)) == []


def test_a_month_that_was_not_published_is_said_and_breaks_nothing(results):
    write_national(results, [each for each in read_national(results) if each.month != MONTHS[5]])
    told, *_ = published_charts(figures(results))
    assert ("June 2024", NOT_PUBLISHED) in told.table.rows
    assert len(told.table.rows) == len(MONTHS)


def test_few_months_are_told_and_not_read(results):
    write_national(results, [each for each in read_national(results) if each.month >= MONTHS[-3]])
    told, *_ = published_charts(figures(results))
    assert told.drawing is None
    assert told.heading.endswith("87.0% told within 28 days in March 2025")
    assert {row[3] for row in told.table.rows} == {"Not read"}


def test_every_month_of_everyone_beside_is_in_the_table(results):
    table = published_table(figures(results))
    assert len(table.rows) == 3 * len(MONTHS) * len(ORGANISATIONS)
    row = next(row for row in table.rows if row[1] == "2025-03" and row[3] == "ZZT02")
    told = dict(zip(table.columns, row, strict=True))
    assert (told["Patients"], told["Within the standard"], told["Per cent"]) == (380.0, 277.0, 72.8947)
    assert (told["Published as"], told["Source"], told["Name"]) == ("final", SOURCE, "Pretend NHS Trust")


def test_the_page_offers_it_and_shows_neighbours(steward):
    page = steward.get(PAGE).content.decode()
    address = f"{PAGE}tables/national-statistics.csv"
    assert f'href="{address}"' in page
    assert "Pretend NHS Trust" in page and "The standards as they are published" in page
    rows = list(csv.reader(io.StringIO(steward.get(address).content.decode("utf-8-sig"))))
    assert rows[rows.index([]) + 1][:4] == ["Standard", "Month", "Basis", "Code"]
    assert steward.get(f"{PAGE}tables/{KEYS[0]}.csv").status_code == 200
    assert steward.get(f"{PAGE}pictures/{KEYS[0]}.svg").content.startswith(b"<svg")


def test_without_national_statistics_there_is_neither_chart_nor_table(results, steward):
    (results / "cancer-national.parquet").unlink()
    assert "as-published" not in {section.key for section in cancer_page(figures(results)).sections}
    assert steward.get(f"{PAGE}tables/national-statistics.csv").status_code == 404
