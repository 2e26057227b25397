"""The workbook of a care area: first a sheet about it, then one sheet a table, numbers as numbers.

Words are written as words, whatever they begin with: no cell is ever a formula. What is hidden or missing is a
sentence in its cell, never 0.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from stewardship.measures.spreadsheets import Cell
from stewardship.packs.contents import made_at, place_words, sources
from stewardship.packs.sheets import Sheet, sheets_of
from stewardship.packs.worked_out import HIDDEN
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures

PLAIN = {  # nothing that is written as words is taken for anything else
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
HEAD_ROW = 3  # of a sheet: its title, what it is of, a way back, and then the table
NARROWEST, WIDEST = 8, 60  # characters
MOST_CHARACTERS = 32_767  # in a cell
DATES = ("Period from", "Period to")


@dataclass(frozen=True)
class Formats:
    """How cells look."""

    title: Format
    head: Format
    words: Format
    long: Format
    link: Format
    whole: Format
    decimal: Format
    day: Format


def workbook_of(figures: AreaFigures) -> bytes:
    """The workbook as the bytes of an xlsx file; the same for the same snapshot."""
    out, sheets, snapshot = io.BytesIO(), sheets_of(figures), figures.published.snapshot
    with xlsxwriter.Workbook(out, PLAIN) as book:
        title = f"{figures.area.name}, {place_words(figures.place)}"
        book.set_properties({"title": title, "created": made_at(snapshot).replace(tzinfo=None)})
        formats = _formats(book)
        about = book.add_worksheet("About")
        _about(about, figures, sheets, formats)
        for sheet in sheets:
            _sheet(book.add_worksheet(sheet.name), figures, sheet, formats)
    return out.getvalue()


def _formats(book: xlsxwriter.Workbook) -> Formats:
    return Formats(
        title=book.add_format({**FONT, "bold": True, "font_size": 14}),
        head=book.add_format({**FONT, "bold": True, "text_wrap": True, "bottom": 2}),
        words=book.add_format(FONT),
        long=book.add_format({**FONT, "text_wrap": True}),
        link=book.add_format({**FONT, "font_color": "#005eb8", "underline": 1}),
        whole=book.add_format({**FONT, "num_format": "#,##0"}),
        decimal=book.add_format({**FONT, "num_format": "#,##0.0###"}),
        day=book.add_format({**FONT, "num_format": "d mmm yyyy", "align": "left"}),
    )


def _about(page: Worksheet, figures: AreaFigures, sheets: Sequence[Sheet], formats: Formats) -> None:
    """What the workbook is of, what is hidden in it, and a line to every sheet."""
    facts = _facts(figures)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 100)
    page.write_string(0, 0, f"{figures.area.name}, {place_words(figures.place)}", formats.title)
    for at, (name, text) in enumerate(facts, start=2):
        page.write_string(at, 0, name, formats.words)
        page.write_string(at, 1, _short(text), formats.long)
    first = len(facts) + 3
    page.write_string(first, 0, "Sheet", formats.head)
    page.write_string(first, 1, "What is in it", formats.head)
    for at, sheet in enumerate(sheets, start=first + 1):
        page.write_url(at, 0, _to(sheet.name), formats.link, sheet.name)
        page.write_string(at, 1, _short(sheet.title), formats.long)


def _facts(figures: AreaFigures) -> list[tuple[str, str]]:
    snapshot = figures.published.snapshot
    edition = snapshot.deprivation_edition
    return [
        ("What it is about", figures.area.definition),
        ("Place", f"{place_words(figures.place)} ({figures.place.code})"),
        ("Latest period", words.period(*figures.period)),
        ("Sources", f"{sources(snapshot)}; figures at {words.day(snapshot.as_of)}"),
        ("Snapshot", f"{snapshot.id}, built {words.moment(snapshot.built_at)}"),
        ("Disclosure control", snapshot.disclosure),
        ("Hidden and missing", HIDDEN),
        *([("Deprivation", f"National fifths, {edition} edition")] if edition else []),
        *(("Take care", note) for note in snapshot.notes),
    ]


def _sheet(page: Worksheet, figures: AreaFigures, sheet: Sheet, formats: Formats) -> None:
    """A table with its heads, which stay in sight."""
    columns, rows = sheet.table.columns, sheet.table.rows
    page.write_string(0, 0, _short(sheet.title), formats.title)
    of = f"{place_words(figures.place)}, {words.period(*figures.period)}. {figures.published.snapshot.disclosure}."
    page.write_string(1, 0, _short(of), formats.words)
    page.write_url(2, 0, _to("About"), formats.link, "About this workbook")
    for at, name in enumerate(columns):
        page.write_string(HEAD_ROW, at, name, formats.head)
        page.set_column(at, at, _width(name, [row[at] for row in rows]))
    for down, row in enumerate(rows, start=HEAD_ROW + 1):
        for at, cell in enumerate(row):
            _write(page, down, at, _dated(columns[at], cell), formats)
    if rows:
        page.autofilter(HEAD_ROW, 0, HEAD_ROW + len(rows), len(columns) - 1)
    else:
        page.write_string(HEAD_ROW + 1, 0, "Nothing of this is published for this place.", formats.words)
    page.freeze_panes(HEAD_ROW + 1, 0)
    page.repeat_rows(HEAD_ROW)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _write(page: Worksheet, down: int, at: int, cell: Cell | date, formats: Formats) -> None:
    """A cell as what it is. An empty one is left out."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(down, at, _short(cell), formats.words)
    elif isinstance(cell, date):
        page.write_datetime(down, at, cell, formats.day)
    else:
        page.write_number(down, at, cell, formats.whole if float(cell).is_integer() else formats.decimal)


def _dated(column: str, cell: Cell) -> Cell | date:
    return date.fromisoformat(cell) if column in DATES and isinstance(cell, str) and cell else cell


def _width(name: str, cells: Sequence[Cell]) -> int:
    """Room for the longest cell, and for the longest word of the head, within bounds."""
    longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    head = max(len(word) for word in name.split())
    return min(max(longest, head, NARROWEST) + 2, WIDEST)


def _to(sheet: str) -> str:
    """The address of a sheet within the workbook."""
    return f"internal:'{sheet.replace(chr(39), chr(39) * 2)}'!A1"


def _short(text: str) -> str:
    """As much of a text as a cell holds."""
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
