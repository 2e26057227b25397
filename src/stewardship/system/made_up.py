"""Whether a folder was made by `stewardship synthesise`: it tells the truth about what was made up beside it."""

import json
from pathlib import Path

TRUTH = "truth.json"
_ASKED = ("residents", "years", "seed")


def made_with(folder: Path) -> dict[str, int]:
    """What the truth of a made-up system says it was made with: at least residents, years and seed.

    Empty where the folder holds no truth.json, or one that does not say it.
    """
    try:
        told = json.loads((folder / TRUTH).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    made = told.get("made_with") if isinstance(told, dict) else None
    if not isinstance(made, dict) or not all(type(made.get(each)) is int for each in _ASKED):
        return {}
    return made
