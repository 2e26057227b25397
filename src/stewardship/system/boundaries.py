"""Reading out of a system's settings where the boundaries of its places stand."""

import difflib
from pathlib import Path

from stewardship.system.section import Section
from stewardship.system.settings import BoundarySettings

LEVELS = ("neighbourhood", "local_authority", "network", "practice", "alliance")


def boundaries(top: Section) -> tuple[BoundarySettings, ...]:
    """The levels whose places have boundaries, each with its file; none if nothing is said."""
    section = top.inner("boundaries")
    if section is None:
        return ()
    for key in section.values:
        if key not in LEVELS:
            near = difflib.get_close_matches(key, LEVELS, n=1)
            advice = f"Did you mean {near[0]}?" if near else f"The levels are: {', '.join(LEVELS)}."
            section.wrong(key, f"there are no places called {key[:40]!a}. {advice}")
    return tuple(_of_level(each) for each in section.tables() if each.name in LEVELS)


def _of_level(section: Section) -> BoundarySettings:
    settings = BoundarySettings(
        section.name, section.path("file", is_there=Path.is_file), section.text("code")
    )
    section.end()
    return settings
