"""National statistics beside the standards: own providers and board, and England once."""

from datetime import date

import pytest

from stewardship.profiles.cancer_performance import national_beside
from stewardship.profiles.cancer_read import CancerFigures
from stewardship.records.cancer_waits.figures import Shown
from stewardship.records.cancer_waits.kept import write_national
from stewardship.records.cancer_waits.reading import read_published_waits
from support.national_workbook import NationalWorkbook
from support.shown_figures import SHARE, SYSTEM, figure, published


@pytest.fixture
def beside(tmp_path):
    """The lines of each standard, of two months by both bases."""
    (tmp_path / "waits").mkdir()
    for number, (month, written) in enumerate((("February 2025", "Feb-25"), ("March 2025", "Mar-25"))):
        for basis in ("provider", "commissioner"):
            NationalWorkbook(basis, month, written).save(tmp_path / "waits" / f"{basis}-{number}.xlsx")
    found = published(tmp_path / "results", [SHARE], [SYSTEM], [figure(SHARE, SYSTEM, 500, 1_000)])
    shown = Shown(("ZZT01",), ("ZZS",), ("ZZT02",))
    waits = read_published_waits(tmp_path / "waits", shown, today=date(2026, 6, 1)).waits
    write_national(found.folder, waits)
    return national_beside(CancerFigures(found))


def test_own_providers_the_board_and_england_once_of_the_latest_month(beside):
    assert {each.when for each in beside} == {"March 2025"}
    assert [[name for name, _, _ in each.others] for each in beside] == [
        ["NHS EXAMPLESHIRE INTEGRATED CARE BOARD", "NOTIONAL NHS TRUST", "ALL ENGLISH PROVIDERS"]
    ] * 3


def test_each_percentage_is_as_published_with_its_counts_and_status(beside):
    told, referral, decision = beside
    assert told.others[1] == ("NOTIONAL NHS TRUST", "83.3% (50 of 60)", "final")
    assert referral.others[1] == ("NOTIONAL NHS TRUST", "65.6% (40 of 61)", "final")
    assert decision.others[2] == ("ALL ENGLISH PROVIDERS", "75.0% (120 of 160)", "final")
