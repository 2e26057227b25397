"""What a map shows, as plain values: enough to draw it, and to know whether it was drawn before."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Literal

from stewardship.profiles.drawings import STYLE, Drawing

HIDDEN, MISSING = "H", "M"  # marks of places without a value; those of classes are numbers from 1, the lowest
MAP_STYLE = 1  # raise when the drawing of maps changes, so that kept pictures are drawn again


@dataclass(frozen=True)
class Area:
    """A place on a map.

    mark: its class, or why it has none. label: its value in words. group: what it is grouped under, among tiles.
    outline: its rings as "x y x y ...", parted by "|", in units of the map; empty for a tile. middle, room: where its
    mark may stand, and the radius of the room for it, in these units. here: whether the page is about it.
    """

    name: str
    mark: str
    label: str
    group: str = ""
    outline: str = ""
    middle: tuple[int, int] = (0, 0)
    room: int = 0
    here: bool = False


@dataclass(frozen=True)
class MapDrawing:
    """One map: places where they lie, or a tile for each.

    legend: marks and what they mean, in order. legend_title: which way the classes go. extent: width and height in
    units, of places where they lie.
    """

    form: Literal["map", "tiles"]
    areas: tuple[Area, ...]
    legend_title: str
    legend: tuple[tuple[str, str], ...]
    extent: tuple[int, int] = (0, 0)

    def key(self, width: int) -> str:
        """A name that is the same for the same picture and no other."""
        content = json.dumps([STYLE, MAP_STYLE, width, asdict(self)], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:24]


AnyDrawing = Drawing | MapDrawing
