"""How to go on: what a new system still lacks, who may sign in to a demonstration, and where its pages are."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from stewardship.printed.plain import OUT, paragraph, said, table


def what_to_do_next(folder: Path, administrator: str, missing: Sequence[str]) -> None:
    """What a system that was just made needs before its first build."""
    OUT.print(f"\n[bold]{folder}[/bold] is made, and {administrator} is its first administrator.\n")
    if missing:
        paragraph(OUT, "1. Fill in system.toml. It still lacks:", "   ")
        for line in missing:
            paragraph(OUT, line, "      ", first="    - ")
    steps = (
        "2. Put a copy of stewardship.env in the organisation's safe for keys: without it, nobody is recognised "
        "from one build to the next, and the vault cannot be read.",
        f"3. Build: stewardship build --system {folder}",
        f"4. Serve: stewardship serve --system {folder}",
        f"5. Sign in as {administrator}; a second factor is set up then.",
    )
    for step in steps:
        paragraph(OUT, step, "   ")
    OUT.print()


def how_to_sign_in(passes: Iterable[Any]) -> None:
    """Who may sign in to a demonstration, and with what."""
    shown = table("To look as", "sign in as", "with the password")
    for each in passes:
        shown.add_row(each.role.lower(), each.username, each.password)
    OUT.print()
    OUT.print(shown)


def where_to_look(address: str) -> None:
    """Where the pages are."""
    said(f"\nOpen {address} in a browser. Press Ctrl and C here to stop.")
