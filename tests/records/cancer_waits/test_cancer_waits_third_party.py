"""The national workbooks and series, which nobody here made: every row read, every percentage made of its counts."""

import csv
import gzip
import os
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from stewardship.measures.cancer.national_months import read_months
from stewardship.records.cancer_waits.agreement import agreements
from stewardship.records.cancer_waits.figures import ENGLAND, LIMIT_DAYS, Group, Shown
from stewardship.records.cancer_waits.judging import share_of
from stewardship.records.cancer_waits.layout import ROUTES, STAGES, plain
from stewardship.records.cancer_waits.reading import read_published_waits
from stewardship.records.cancer_waits.sheets import read_workbook
from stewardship.records.cancer_waits.tidy import HEADINGS, read_tidy
from stewardship.records.cancer_waits.workbook import open_workbook

WAITS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "nhs_cancer_waiting_times"
TODAY = date(2026, 6, 1)
WORKBOOKS = [
    f"{month}-CWT-CRS-{basis}-WORKBOOK-FINAL.xlsx"
    for month in ("OCTOBER-2023", "DECEMBER-2024", "MARCH-2025")
    for basis in ("COMMISSIONER", "PROVIDER")
]
SERIES = {
    "cwt_tidy_mse_2023-10_2025-03": 13_683,
    "cwt_tidy_england_sum_of_providers_2023-10_2025-03": 3_056,
    "cwt_headline_all_providers_2023-10_2025-03": 9_684,
}
MONTHS = {date(2023, 10, 1), date(2024, 12, 1), date(2025, 3, 1)}
STANDARDS = {
    "28-day FDS": "28-day", "31-day": "31-day", "62-day": "62-day",
    "USC referral to first outpatient": "cancer-first-seen",
    "Breast symptomatic referral to first assessment": "breast-first-seen",
}  # fmt: skip
ROUTED = {"cancer-first-seen": "USC", "breast-first-seen": "BREAST_SYMPTOMATIC"}

OWN = Group(date(2025, 3, 1), "provider", "62-day", "ALL", "", "ALL", "ALL", "RAJ")


def shared(name):
    path = WAITS / name
    if not path.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{path} is not here")
    return path


@pytest.fixture(scope="module")
def read():
    """What was read of each workbook, by its name."""
    return {
        name: read_workbook(open_workbook(shared(f"workbooks/{name}")), today=TODAY) for name in WORKBOOKS
    }


@pytest.fixture(scope="module")
def series():
    """Each of the tidy series, as rows of this project's own tidy form."""
    return {name: list(_series(shared(f"{name}.csv.gz"))) for name in SERIES}


def rows_by_hand(name):
    """How many rows of figures the sheets have, counted without the reader: a name in the third column, and a number
    to its right."""
    book = openpyxl.load_workbook(shared(f"workbooks/{name}"), read_only=True)
    count = 0
    for sheet in book.worksheets[1:]:
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            count += len(row) > 5 and bool(row[2]) and any(isinstance(cell, int | float) for cell in row[4:6])
    return count


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_row_of_every_workbook_is_read_and_none_is_set_aside(read, name):
    found = read[name]
    assert (found.faults, found.lacking, found.unread) == ([], [], [])
    assert len(found.waits) == found.rows == rows_by_hand(name) > 7_000


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_published_percentage_is_made_of_its_counts(read, name):
    judged = [wait for wait in read[name].waits if wait.standard in LIMIT_DAYS]
    assert len(judged) > 6_000
    for wait in judged:
        assert wait.after is not None
        assert wait.within + wait.after == wait.total > 0
        assert wait.share == pytest.approx(share_of(wait.within, wait.total), abs=1e-9, rel=0)
        assert sum(patients for _, patients in wait.bands) == wait.total


@pytest.mark.parametrize("name", WORKBOOKS)
def test_all_that_makes_something_up_makes_it_up(read, name):
    found = {each.check: each for each in agreements(read[name].waits, whole=True)}
    assert {check: each.apart for check, each in found.items()} == dict.fromkeys(found, ())
    assert all(each.examined > 100 for each in found.values())


@pytest.mark.parametrize("month", range(3))
def test_all_providers_are_all_commissioners(read, month):
    commissioner, provider = WORKBOOKS[2 * month : 2 * month + 2]
    by_commissioner, by_provider = (
        {
            wait.group._replace(basis="provider"): (wait.total, wait.within)
            for wait in read[name].waits
            if wait.organisation == ENGLAND
        }
        for name in (commissioner, provider)
    )
    assert by_commissioner == by_provider
    assert len(by_provider) > 160


def test_the_workbooks_say_what_the_series_say(read, series, tmp_path):
    given = {
        wait.group: (wait.total, wait.within, wait.after, wait.share)
        for found in read.values()
        for wait in found.waits
    }
    of_system = read_series(tmp_path, series["cwt_tidy_mse_2023-10_2025-03"])
    of_england = read_series(tmp_path, series["cwt_tidy_england_sum_of_providers_2023-10_2025-03"])
    expected = {
        wait.group: (wait.total, wait.within, wait.after, wait.share)
        for wait in (*of_system.waits, *of_england.waits)
        if wait.month in MONTHS
    }
    codes = {"RAJ", "RDE", "QH8", "QJG", "QM7"}
    ours = {
        one: counts
        for one, counts in given.items()
        if one.organisation in codes or (one.organisation == ENGLAND and one.basis == "provider")
    }
    assert ours.keys() == expected.keys()
    assert len(ours) > 2_700
    for one, (*counts, share) in ours.items():
        *expected_counts, expected_share = expected[one]
        assert counts == expected_counts, one
        assert (share is None) == (expected_share is None), one
        assert share is None or abs(share - expected_share) < 1e-9, one


@pytest.mark.parametrize("name", SERIES)
def test_every_percentage_of_every_series_is_made_of_its_counts(series, name, tmp_path):
    found = read_series(tmp_path, series[name])
    assert found.faults == []
    assert len(found.waits) == found.rows == SERIES[name]
    for wait in found.waits:
        if wait.standard in LIMIT_DAYS:
            assert wait.share == pytest.approx(share_of(wait.within, wait.total), abs=1e-9, rel=0)


def test_half_patients_are_of_the_62_days_alone(read):
    halves = {
        wait.standard for found in read.values() for wait in found.waits if wait.total % 1 or wait.within % 1
    }
    assert halves == {"62-day"}
    odd = [wait for found in read.values() for wait in found.waits if wait.total * 2 % 1]
    assert odd == []


def test_a_trust_of_the_system_has_the_performance_that_is_known_of_it(series, tmp_path):
    found = read_series(tmp_path, series["cwt_tidy_mse_2023-10_2025-03"])
    known = {
        wait.month: wait.share
        for wait in found.waits
        if (wait.organisation, wait.standard, wait.route) == ("RAJ", "62-day", "ALL") and wait.headline
    }
    assert len(known) == 18
    percentages = [
        round(100 * known[date(*month, 1)], 1) for month in ((2023, 10), (2024, 12), (2025, 2), (2025, 3))
    ]
    assert percentages == [42.3, 52.6, 36.8, 45.6]
    months = read_months([wait for wait in found.waits if wait.group[1:] == OWN[1:]], target=0.85)
    assert (len(months.months), months.reading, months.assurance) == (
        18,
        "common cause",
        "consistently fails",
    )


def test_a_folder_of_them_is_read_for_a_system_and_its_neighbours(tmp_path):
    for name in WORKBOOKS[-2:]:
        shutil.copyfile(shared(f"workbooks/{name}"), tmp_path / name)
    found = read_published_waits(tmp_path, Shown(("RAJ",), ("QH8",), ("RDE", "QJG", "QM7")), today=TODAY)
    assert [each for each in found.reading.findings if each.outcome == "fail"] == []
    assert {wait.organisation for wait in found.waits if wait.belongs == "own"} == {"RAJ", "QH8"}
    others = [wait for wait in found.waits if wait.belongs == "other"]
    assert all(wait.headline for wait in others)
    assert len({wait.organisation for wait in others}) > 150
    assert {(wait.status, wait.changed) for wait in found.waits} == {("final", date(2025, 9, 17))}


def read_series(folder, rows):
    """The rows of a series, written as a tidy file and read as one."""
    path = folder / "series.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows(rows)
    return read_tidy(path, today=TODAY)


def _series(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            standard = STANDARDS[row["standard"]]
            by = plain(row.get("route_or_stage", "")).lower()
            category, breakdown = plain(row.get("category", "")), row.get("breakdown", "none")
            if standard == "breast-first-seen":
                category = row.get("route_or_stage", "")
            yield {
                "Month": row["period"],
                "Basis": row.get("basis", "provider"),
                "OrganisationCode": row.get("org_code", ENGLAND),
                "OrganisationName": row.get("org_name", ""),
                "Standard": standard,
                "Route": ROUTED.get(standard, ROUTES.get(by, "")),
                "Stage": STAGES.get(by, ""),
                "Cancer": "ALL"
                if breakdown == "treatment modality" or category == "ALL CANCERS"
                else category,
                "Modality": category if breakdown == "treatment modality" else "ALL",
                "Total": row["total"],
                "Within": row["within"],
                "After": row["after"],
                "Share": row["pct_within"],
                "Status": "final",
                "Source": "NHS England",
            }
