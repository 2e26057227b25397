"""Letters about a named person, set on paper: the words are their sender's, `letter.typ` only sets them.

A letter carries name, birth date and NHS number, so that one put into the wrong envelope is seen to be wrong.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Literal

FOLDER = Path(str(files("stewardship.vault")))
FONTS = Path(str(files("stewardship"))) / "site" / "static" / "vendor" / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"  # the accessible PDF: tagged and titled
REFUSED = "PDF/UA-1 error"  # how Typst begins to say that a letter of a name is in none of the fonts


@dataclass(frozen=True, repr=False)
class Letter:
    """One letter, ready to be set: every part in words."""

    title: str
    sender: tuple[str, ...]
    to: tuple[str, ...]
    date: str
    about: tuple[str, ...]
    heading: str
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]
    copies: str
    footer: str


def pdf(letters: Sequence[Letter], when: int) -> bytes:
    """Letters as one PDF, each from a new page. when: the time that it bears, in seconds of Unix.

    Only the fonts of the package are used and nothing is fetched. A letter is a page of plain words from a template
    of our own: it is set where it is asked for, in a tenth of a second.
    """
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    content = json.dumps([asdict(one) for one in letters])
    compiler = typst.Compiler(
        FOLDER / "letter.typ", root=FOLDER, font_paths=fonts, sys_inputs={"letters": content}
    )
    try:
        made = compiler.compile(pdf_standards=[STANDARD], timestamp=when)
    except typst.TypstError as refused:
        if not refused.message.startswith(REFUSED):
            raise
        made = compiler.compile(timestamp=when)
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no PDF.")
    return made


def written(when: date) -> str:
    """16 April 2026."""
    return f"{when.day} {when:%B %Y}"
