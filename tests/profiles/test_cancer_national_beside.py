"""National statistics beside the standards: own providers and board, neighbours, England once; how months read."""

from datetime import date

import pytest

from stewardship.profiles.cancer_national import national_beside
from stewardship.profiles.cancer_read import CancerFigures
from stewardship.records.cancer_waits.figures import Shown
from stewardship.records.cancer_waits.kept import write_national
from stewardship.records.cancer_waits.reading import read_published_waits
from support.national_workbook import NationalWorkbook
from support.shown_figures import SHARE, SYSTEM, figure, published

MONTHS = [
    f"{month} {year}"
    for year, months in ((2024, "April May June July August September October November December"),
                         (2025, "January February March"))
    for month in months.split()
]  # fmt: skip


@pytest.fixture
def beside(tmp_path):
    """The lines of each standard, of workbooks of some months, in some folder."""

    def read(months, status="Final"):
        folder = tmp_path / "waits"
        folder.mkdir()
        for number, month in enumerate(months):
            for basis in ("provider", "commissioner"):
                workbook = NationalWorkbook(basis, month, f"{month[:3]}-{month[-2:]}", status)
                workbook.save(folder / f"{basis}-{number}.xlsx")
        found = published(tmp_path / "results", [SHARE], [SYSTEM], [figure(SHARE, SYSTEM, 500, 1_000)])
        shown = Shown(("ZZT01",), ("ZZS",), ("ZZT02",))
        write_national(found.folder, read_published_waits(folder, shown, today=date(2026, 6, 1)).waits)
        return national_beside(CancerFigures(found))

    return read


def test_own_providers_the_board_neighbours_and_england_once_of_the_latest_month(beside):
    standards = beside(MONTHS[-2:])
    assert {each.when for each in standards} == {"March 2025"}
    assert [[line.name for line in each.others] for each in standards] == [
        [
            "NHS EXAMPLESHIRE INTEGRATED CARE BOARD",
            "NOTIONAL NHS TRUST",
            "FICTION NHS TRUST",
            "ALL ENGLISH PROVIDERS",
        ]
    ] * 3
    assert {each.here for each in standards} == {"Not in these figures"}


def test_each_percentage_is_as_published_with_its_counts_status_and_source(beside):
    told, referral, decision = beside(MONTHS[-1:], "Provisional")
    assert (told.others[1].share, told.others[1].status) == ("83.3% (50 of 60)", "provisional")
    assert referral.others[1].share == "65.6% (40 of 61)"
    assert decision.others[-1].share == "75.0% (120 of 160)"
    assert {each.source for each in (told, referral, decision)} == {
        "NHS England, Cancer Waiting Times, official statistics"
    }


def test_fewer_than_twelve_months_are_not_read(beside):
    assert {line.change for each in beside(MONTHS[-2:]) for line in each.others} == {
        "Not read: fewer than 12 months are published"
    }


def test_twelve_months_are_read_against_the_standard_of_their_last(beside):
    told, referral, decision = beside(MONTHS)
    assert told.others[1].change == "Common cause; 75% will be met every month if nothing changes"
    assert referral.others[1].change == "Common cause; 85% will be missed every month if nothing changes"
    assert decision.others[1].change == "Common cause; 96% will be missed every month if nothing changes"


def test_nothing_stands_there_where_nothing_was_supplied(tmp_path):
    found = published(tmp_path / "results", [SHARE], [SYSTEM], [figure(SHARE, SYSTEM, 500, 1_000)])
    assert national_beside(CancerFigures(found)) == []
