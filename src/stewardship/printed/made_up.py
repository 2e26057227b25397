"""What was made up, and that something is shown as it was before."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from stewardship.printed.plain import OUT, paragraph, said, table


def synthesised(
    folder: Path, rows: Mapping[str, int], planted: Sequence[str], seconds: float, *, files: bool
) -> None:
    """What was written into a folder: rows by `partner/kind`, and the keys of what was planted.

    files: whether they are partners' files, which can be shown.
    """
    shown = table("Written", right=("rows",))
    for name, number in sorted(rows.items()):
        shown.add_row(name, f"{number:,}")
    OUT.print(shown)
    paragraph(
        OUT,
        f"{folder} is made, in {seconds:,.0f} seconds, with {sum(rows.values()):,} rows. Nobody in it exists. What was "
        f"planted in it, and what that changed, stands in truth.json: {', '.join(planted)}.",
    )
    if files:
        said(f"Look at it with: stewardship demo --extracts {folder}")


def shown_as_before(built: str) -> None:
    """That nothing had to be made or built. built: when that was, as ISO text."""
    paragraph(
        OUT,
        f"Nothing has changed since this was built ({built}), so it is shown as it is. Add --anew to make it anew, or "
        "ask for something else with --residents, --years or --seed.",
    )
