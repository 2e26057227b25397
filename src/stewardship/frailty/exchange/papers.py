"""Setting the page for an ambulance crew on one sheet of A4: smaller at first, then shortened, and said to be so."""

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from stewardship.frailty.exchange.blocks import WHOLE, Limits
from stewardship.frailty.exchange.crew import crew_page
from stewardship.frailty.exchange.summary import Summary
from stewardship.vault.letters import FONTS, REFUSED, STANDARD

FOLDER = Path(str(files("stewardship.frailty.exchange")))
TITLE = "Frailty summary for an ambulance crew"
TRIED = (
    (10.0, WHOLE), (9.0, WHOLE), (8.5, WHOLE), (8.5, Limits(700, 12, 1500)), (8.5, Limits(400, 8, 800)),
    (8.5, Limits(200, 5, 500)), (8.0, Limits(110, 3, 400)), (8.0, Limits(60, 2, 240)), (7.5, Limits(40, 1, 90)),
)  # fmt: skip
"""Size of the letters in points, and limits of texts and lists: the first that gives one page is taken."""


def pdf(one: Summary) -> bytes:
    """The page as a tagged PDF. Only the fonts of the package are used, and nothing is fetched.

    What would not fit even so goes on to a second page, which says that it is one; nothing is cut off.
    """
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    compiler: Any = None
    for size, limits in TRIED:
        content = json.dumps({"title": TITLE, "size": size, **asdict(crew_page(one, limits))})
        compiler = typst.Compiler(
            FOLDER / "crew.typ", root=FOLDER, font_paths=fonts, sys_inputs={"page": content}
        )
        if json.loads(compiler.query("<pages>", field="value", one=True)) == 1:
            break
    when = int(one.made_at.timestamp())
    try:
        made = compiler.compile(pdf_standards=[STANDARD], timestamp=when)
    except typst.TypstError as refused:
        if not refused.message.startswith(REFUSED):
            raise
        made = compiler.compile(timestamp=when)
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no PDF.")
    return made
