"""Cells of CSV files that people open in a spreadsheet as they are."""

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"  # spreadsheets read the file as UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | float | None


def to_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as the text of a CSV file, with every cell made safe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: words that begin like one get an apostrophe first."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
