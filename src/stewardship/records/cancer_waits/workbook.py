"""A workbook from outside, opened with care: its size is judged before it is unpacked, and nothing in it is worked out.

Read by openpyxl row by row, whatever size a sheet says it has: nearly all of the national workbooks say one cell.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import openpyxl

from stewardship.records.files import SourceError

MOST_BYTES = 30 * 2**20
MOST_UNPACKED = 100 * 2**20  # a national workbook unpacks to 10 MB
MOST_PARTS = 2_000
MOST_ROWS = 50_000  # of a sheet; the longest national one has 5,000
MOST_COLUMNS = 60
OLD_OR_LOCKED = bytes.fromhex("d0cf11e0")  # the older .xls, and any workbook under a password
DECLARES = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le"))
DOWNLOAD = "download it anew from NHS England"
PROPERTIES = "docProps/core.xml"
DATED = re.compile(rb"<dcterms:(?:created|modified)[^>]*>(\d{4}-\d\d-\d\d)T")
Row = Sequence[Any]


@dataclass(frozen=True)
class Sheet:
    """A sheet as it stands: the values of its rows, the first of which is row 1. A formula is text that begins with
    "=", or an object."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Workbook:
    """A workbook of cancer waits. changed: the day of its last change, as it says of itself."""

    path: Path
    sheets: tuple[Sheet, ...]
    changed: date | None


def open_workbook(path: Path) -> Workbook:
    """All sheets of a workbook. SourceError, in one sentence, for a file that cannot be read or is too large."""
    with _sentences(path):
        changed = _judge(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and drawings, of which nothing is read
            book = openpyxl.load_workbook(path, read_only=True, keep_links=False)
        try:
            sheets = tuple(Sheet(str(sheet.title), _rows(path, sheet)) for sheet in book.worksheets)
        finally:
            book.close()
    return Workbook(path, sheets, changed)


def refuse(path: Path, what: str, advice: str) -> NoReturn:
    """Stop, and say what is wrong with a file of cancer waits and what to do."""
    raise SourceError(f"The file of cancer waits {path.name} {what}: {advice}, then try again.")


def column_name(index: int) -> str:
    """What a spreadsheet calls a column, counted from 0: A, B, ..., AA."""
    return chr(65 + index) if index < 26 else column_name(index // 26 - 1) + column_name(index % 26)


def said(value: object) -> str:
    """A word of the file as it may stand in a sentence: short, printable, in quotation marks."""
    return '"' + "".join(letter if letter.isprintable() else "?" for letter in str(value)[:60]) + '"'


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Whatever a broken workbook makes its reader raise, as one sentence."""
    try:
        yield
    except SourceError:
        raise
    except OSError as error:
        refuse(
            path, f"cannot be read ({error.strerror or 'it is damaged'})", "see that it is there and whole"
        )
    except Exception:  # a hostile part may break the reader anywhere
        refuse(path, "is no workbook that can be read, or is damaged", "download it anew")


def _judge(path: Path) -> date | None:
    """Refuse what is too large or no workbook, before any of it is unpacked; the day it was last changed."""
    if path.stat().st_size > MOST_BYTES:
        refuse(path, f"is larger than {MOST_BYTES // 2**20} MB", "supply the national workbook as published")
    with path.open("rb") as file:
        if file.read(4) == OLD_OR_LOCKED:
            refuse(path, "is an .xls file, or has a password", "save it as .xlsx without a password")
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            refuse(
                path,
                f"unpacks to more than {MOST_UNPACKED // 2**20} MB",
                "supply the national workbook as published",
            )
        for part in parts:
            _refuse_declarations(path, archive.read(part))
        days = DATED.findall(archive.read(PROPERTIES)) if PROPERTIES in archive.namelist() else []
    return max((date.fromisoformat(day.decode()) for day in days), default=None)


def _refuse_declarations(path: Path, text: bytes) -> None:
    if any(word in text for word in DECLARES):
        refuse(path, "declares entities, as no national workbook does", "download it anew")


def _rows(path: Path, sheet: Any) -> tuple[Row, ...]:
    sheet.reset_dimensions()  # what it says of its size is wrong in most national workbooks
    rows = []
    for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True):
        rows.append(row)
        if len(rows) > MOST_ROWS:
            refuse(
                path,
                f"has more than {MOST_ROWS:,} rows in its sheet {said(sheet.title)}",
                "supply the national workbook as published",
            )
    return tuple(rows)
