"""The front page of a national workbook, which says what it is, and whether each sheet says the same."""

import re
from datetime import date
from typing import cast

from stewardship.records.cancer_waits.figures import Basis, Status
from stewardship.records.cancer_waits.judging import Edition
from stewardship.records.cancer_waits.layout import FIRST_MONTH, FRONT_PAGE, heading, month_of, plain
from stewardship.records.cancer_waits.workbook import DOWNLOAD, Sheet, Workbook, refuse, said

SOURCE = "NHS England, Cancer Waiting Times, official statistics"
BASIS = re.compile(r"BASIS: (PROVIDER|COMMISSIONER) BASED", re.IGNORECASE)
STATUS = re.compile(r"Status:(.+)", re.IGNORECASE)
TITLE = re.compile(r"Cancer Waiting Times statistics: (provider|commissioner) based", re.IGNORECASE)
REVISION = re.compile(r"(?:revision|version|v)[ _-]?(\d{1,2})\b", re.IGNORECASE)


def edition_of(workbook: Workbook, today: date) -> Edition:
    """What the front page says the workbook is."""
    page = next((sheet for sheet in workbook.sheets if heading(sheet.name) == FRONT_PAGE), None)
    if page is None:
        refuse(
            workbook.path, "has no sheet Frontpage, which says its month and whether it is final", DOWNLOAD
        )
    words = [plain(cell) for row in page.rows for cell in row if isinstance(cell, str)]
    month = next(filter(None, (month_of(cell) for row in page.rows for cell in row)), None)
    status = next((found[1] for text in words if (found := STATUS.fullmatch(text))), "")
    basis = next((found[1] for text in words if (found := TITLE.fullmatch(text))), "")
    if month is None or not basis:
        refuse(workbook.path, "does not say its month and its basis on its sheet Frontpage", DOWNLOAD)
    if not FIRST_MONTH <= month <= today:
        refuse(
            workbook.path,
            "is of a month before October 2023, when the standards changed, or of one to come",
            "take it out of the folder",
        )
    return Edition(
        month, cast(Basis, basis.lower()), _status(workbook, status), _revision(workbook, status),
        SOURCE, workbook.path.name, workbook.changed,
    )  # fmt: skip


def _status(workbook: Workbook, status: str) -> Status:
    text = status.lower()
    if ("final" in text) == ("provisional" in text):
        refuse(
            workbook.path,
            "says neither that it is provisional nor that it is final on its Frontpage",
            DOWNLOAD,
        )
    return "final" if "final" in text else "provisional"


def _revision(workbook: Workbook, status: str) -> int:
    """Which revision it is, by its status or, where that says nothing, by its file's name; 0 for none."""
    for text in (status, workbook.path.stem):
        if found := REVISION.search(text):
            return int(found[1])
        if "revised" in text.lower():
            return 1
    return 0


def refuse_other_edition(workbook: Workbook, sheet: Sheet, edition: Edition) -> None:
    """Above its headings each sheet says its month and basis once more."""
    above = [cell for row in sheet.rows[:8] for cell in row if cell is not None]
    months = {month_of(cell) for cell in above} - {None}
    bases = {found[1].lower() for cell in above if isinstance(cell, str) and (found := BASIS.match(cell))}
    if months != {edition.month} or bases != {edition.basis}:
        refuse(
            workbook.path,
            f"has a sheet {said(sheet.name)} whose month or basis, in its first rows, is not that of its Frontpage",
            DOWNLOAD,
        )
