"""Plain text: lines short enough to read, and tables without frames."""

from collections.abc import Sequence
from textwrap import wrap

from rich.console import Console
from rich.table import Table
from rich.text import Text

OUT = Console(highlight=False)
ERRORS = Console(stderr=True, highlight=False, soft_wrap=True)


def said(sentence: str) -> None:
    """A sentence, as it is."""
    OUT.print(sentence, markup=False, soft_wrap=True)


def mistake(sentence: str) -> None:
    """What was wrong, one plain sentence a line."""
    ERRORS.print(sentence, style="bold red", markup=False)


def paragraph(out: Console, text: str, indent: str = "", *, first: str = "", style: str = "") -> None:
    """A text in lines short enough to read, the first with its number, the others indented."""
    width = max(len(indent) + 30, min(out.width, 120))
    for number, line in enumerate(wrap(text, width - len(indent), break_on_hyphens=False)):
        out.print(Text(indent if number else first).append(line, style), soft_wrap=True)


def table(*left: str, right: Sequence[str] = ()) -> Table:
    """A table without frames; columns named in `right` hold numbers."""
    made = Table(*left, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in right:
        made.add_column(name, justify="right")
    return made
