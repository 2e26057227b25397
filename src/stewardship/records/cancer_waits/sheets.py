"""The sheets of a national workbook, row by row: their parts, and the rows beneath the headings of each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from stewardship.records.cancer_waits.figures import ALL, PublishedWait
from stewardship.records.cancer_waits.front_page import edition_of, refuse_other_edition
from stewardship.records.cancer_waits.judging import Edition, Given, Wrong, judged
from stewardship.records.cancer_waits.layout import (
    CODE,
    FRONT_PAGE,
    LAYOUTS,
    NAME,
    NAMES,
    ROUTES,
    STAGES,
    TOTAL,
    Layout,
    heading,
    plain,
)
from stewardship.records.cancer_waits.read import Fault, Read
from stewardship.records.cancer_waits.workbook import (
    DOWNLOAD,
    Row,
    Sheet,
    Workbook,
    column_name,
    refuse,
    said,
)

PART = re.compile(r"PART [A-Z]: (.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Headings:
    """Where the columns of a sheet stand: meaning to column, counted from 0, and the bands of days in their order."""

    at: Mapping[str, int]
    bands: tuple[tuple[str, int], ...]


def read_workbook(workbook: Workbook, *, today: date) -> Read:
    """The rows of a national workbook. SourceError, in one sentence, for one that is laid out in another way."""
    known, read = _known(workbook)
    edition = edition_of(workbook, today)
    for sheet, layout in known:
        refuse_other_edition(workbook, sheet, edition)
        for row, found in _rows(workbook, sheet, layout, edition):
            read.rows += 1
            if isinstance(found, PublishedWait):
                read.add(found, sheet.name, row)
            else:
                read.faults.append(Fault(read.file, sheet.name, row, found.field, found.reason))
    return read


def _known(workbook: Workbook) -> tuple[list[tuple[Sheet, Layout]], Read]:
    """The sheets that figures are read from; and, of the others, which are lacking and which are left out."""
    by_name = {heading(sheet.name): sheet for sheet in workbook.sheets}
    known = [(by_name[name], layout) for name, layout in LAYOUTS.items() if name in by_name]
    if not known:
        refuse(
            workbook.path,
            "has no sheet of the standards in force since October 2023, such as 62-DAY (ALL CANCER)",
            "supply the provider or the commissioner workbook of one month from then on",
        )
    lacking = [layout.sheet for name, layout in LAYOUTS.items() if name not in by_name]
    unread = [sheet.name for name, sheet in by_name.items() if name not in LAYOUTS and name != FRONT_PAGE]
    return known, Read(workbook.path.name, whole=True, lacking=lacking, unread=unread)


def _rows(
    workbook: Workbook, sheet: Sheet, layout: Layout, edition: Edition
) -> Iterator[tuple[int, PublishedWait | Wrong]]:
    """Each row beneath headings with its number, as a figure or as what is wrong with it."""
    headings: Headings | None = None
    part = ""
    for number, row in enumerate(sheet.rows, start=1):
        if row and isinstance(row[0], str) and (found := PART.match(plain(row[0]))):
            part = found[1].lower()
        elif CODE in map(heading, row):
            headings = _headings(workbook, sheet, number, row, layout)
        elif headings is not None and any(plain(cell) or _is_there(cell) for cell in row):
            _refuse_formula(workbook, sheet, number, row)
            yield number, _figure(row, headings, layout, part, edition)
    if headings is None:
        refuse(
            workbook.path,
            f"has no row of headings with {CODE} in its sheet {said(sheet.name)}",
            DOWNLOAD,
        )


def _is_there(cell: object) -> bool:
    return cell is not None and not isinstance(cell, str)


def _headings(workbook: Workbook, sheet: Sheet, number: int, row: Row, layout: Layout) -> Headings:
    """Where the columns are. The bands stand right of the percentage, where "WITHIN 31 DAYS" is said once more, or
    right of the total in sheets without one."""
    words = [heading(cell) for cell in row]
    last = layout.share or TOTAL
    end = words.index(last) if last in words else len(words)
    at = {NAME if word in NAMES else word: column for column, word in enumerate(words[: end + 1]) if word}
    bands = tuple(
        (word.lower(), column) for column, word in enumerate(words) if column > end and word.endswith("DAYS")
    )
    if not layout.judged and bands:
        at[layout.within] = bands[0][1] if bands[0][0].upper() == layout.within else -1
    missing = [word for word in (*layout.headings, NAME) if at.get(word, -1) < 0]
    if missing:
        there = ", ".join(filter(None, words)) or "none"
        named = " or ".join(NAMES) if missing[0] == NAME else missing[0]
        refuse(
            workbook.path,
            f"has no column {named} in row {number:,} of its sheet {said(sheet.name)} (it has: {there})",
            DOWNLOAD,
        )
    return Headings(at, bands)


def _refuse_formula(workbook: Workbook, sheet: Sheet, number: int, row: Row) -> None:
    for column, cell in enumerate(row):
        formula = isinstance(cell, str) and cell.startswith("=")
        if formula or not (cell is None or isinstance(cell, str | int | float)):
            refuse(
                workbook.path,
                f"has a formula, or a date, in row {number:,}, column {column_name(column)} of its sheet "
                f"{said(sheet.name)}, where the national workbooks have a number or words",
                DOWNLOAD,
            )


def _figure(
    row: Row, headings: Headings, layout: Layout, part: str, edition: Edition
) -> PublishedWait | Wrong:
    def cell(word: str) -> object:
        column = headings.at.get(word, -1) if word else -1
        return row[column] if 0 <= column < len(row) else None

    group = _groups(layout, plain(cell(layout.by)), part)
    if isinstance(group, Wrong):
        return _placed(group, headings, layout)
    given = Given(
        layout.standard, *group, _divided(layout.cancer, cell(layout.cancer)),
        _divided(layout.modality, cell(layout.modality)), plain(cell(CODE)), plain(cell(NAME)),
        cell(TOTAL), cell(layout.within), cell(layout.after), cell(layout.share),
        tuple((days, row[column] if column < len(row) else None) for days, column in headings.bands),
    )  # fmt: skip
    if not given.cancer or not given.modality:
        return _placed(Wrong("cancer" if not given.cancer else "modality", "the row does not say whom it is of"),
                       headings, layout)  # fmt: skip
    found = judged(given, edition)
    return _placed(found, headings, layout) if isinstance(found, Wrong) else found


def _groups(layout: Layout, written: str, part: str) -> tuple[str, str] | Wrong:
    """The route and the stage of a row, each empty where the standard has none."""
    if not layout.by:
        return layout.routed, ""
    known = STAGES if layout.standard == "31-day" else ROUTES
    if written.lower() not in known:
        return Wrong("by", "the route or stage is not one that is known")
    group = known[written.lower()]
    if part and known.get(part) != group:
        return Wrong("by", "the route or stage is not that of the part it stands in")
    return ("", group) if known is STAGES else (group, "")


def _divided(by: str, written: object) -> str:
    """The cancer or modality of a row; ALL where its sheet is not divided by it."""
    words = plain(written) if by else ALL
    return ALL if words.upper() == "ALL CANCERS" else words


def _placed(wrong: Wrong, headings: Headings, layout: Layout) -> Wrong:
    """The fault with its column as the spreadsheet calls it, and the heading there."""
    words = {
        "code": CODE, "name": NAME, "by": layout.by, "cancer": layout.cancer, "modality": layout.modality,
        "total": TOTAL, "within": layout.within, "after": layout.after, "share": layout.share,
    }  # fmt: skip
    word = words.get(wrong.field, wrong.field)
    column = headings.at.get(word, dict(headings.bands).get(word, 0))
    return Wrong(f"{column_name(column)} ({word.upper()})", wrong.reason)
