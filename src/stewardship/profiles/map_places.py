"""Which places a map shows at a place, and where they lie."""

import math
from dataclasses import dataclass
from functools import lru_cache

from stewardship.measures.published import PlaceCard, Published
from stewardship.profiles.words import LEVELS
from stewardship.records.boundaries.kept import Boundary, Ring, read_boundaries

USUAL = ("neighbourhood", "network")  # whose map is shown where none is asked for
UNITS = 6_000  # the longer side of a map
FEWEST = 2  # places on a map


@dataclass(frozen=True)
class Outline:
    """Where a place lies on a map: its rings, the middle of its largest circle and that one's radius; see `Area`."""

    rings: str
    middle: tuple[int, int]
    room: int


def levels_within(published: Published, place: PlaceCard) -> dict[str, tuple[PlaceCard, ...]]:
    """The places inside a place by level, in the order of the place picker; where there are none, those of its own
    level in the whole system. Places are in the order of their names."""
    inside = _inside(published, place)
    found = {level: _at(published, level, inside) for level in LEVELS if level != "system"}
    held = {level: places for level, places in found.items() if len(places) >= FEWEST}
    if held or place.level == "system":
        return held
    peers = _at(published, place.level, {one.code for one in published.snapshot.places})
    return {place.level: peers} if len(peers) >= FEWEST else {}


def alliance_of(published: Published, place: PlaceCard) -> str:
    """The name of the alliance that a place lies in; empty where it lies in none."""
    by_code = _by_code(published)
    seen: set[str] = set()
    while place.level != "alliance":
        seen.add(place.code)
        if place.parent not in by_code or place.parent in seen:
            return ""
        place = by_code[place.parent]
    return place.name


@lru_cache(maxsize=16)
def boundaries(published: Published, level: str) -> dict[str, Boundary]:
    """The boundaries of a level's places by code; none where none were given."""
    return read_boundaries(published.folder, level)


@lru_cache(maxsize=64)
def laid_out(
    published: Published, level: str, codes: tuple[str, ...]
) -> tuple[dict[str, Outline], tuple[int, int]]:
    """The outlines of these places in units of a map, the north above; and the map's width and height.

    Degrees of longitude are drawn as narrow as they are in the middle of the map, which is true enough for a system.
    """
    chosen = {code: boundaries(published, level)[code] for code in codes}
    rings = {code: [ring for polygon in each.polygons for ring in polygon] for code, each in chosen.items()}
    positions = [position for held in rings.values() for ring in held for position in ring]
    west, east = min(x for x, _ in positions), max(x for x, _ in positions)
    south, north = min(y for _, y in positions), max(y for _, y in positions)
    narrow = max(math.cos(math.radians((south + north) / 2)), 0.01)
    scale = UNITS / max((east - west) * narrow, north - south)

    def on_map(x: float, y: float) -> tuple[int, int]:
        return round((x - west) * narrow * scale), round((north - y) * scale)

    def path(ring: Ring) -> str:
        return " ".join(f"{x} {y}" for x, y in (on_map(*each) for each in ring))

    drawn = {
        code: Outline(
            "|".join(path(ring) for ring in rings[code]), on_map(*each.middle), round(each.room * scale)
        )
        for code, each in chosen.items()
    }
    return drawn, on_map(east, south)


def _inside(published: Published, place: PlaceCard) -> set[str]:
    """The codes of the places in a place, but for its own."""
    if place.level == "system":
        return {one.code for one in published.snapshot.places}
    codes = {place.code}
    while more := {one.code for one in published.snapshot.places if one.parent in codes} - codes:
        codes |= more
    return codes - {place.code}


def _at(published: Published, level: str, codes: set[str]) -> tuple[PlaceCard, ...]:
    places = [one for one in published.snapshot.places if one.level == level and one.code in codes]
    return tuple(sorted(places, key=lambda one: (one.name, one.code)))


@lru_cache(maxsize=16)
def _by_code(published: Published) -> dict[str, PlaceCard]:
    return {place.code: place for place in published.snapshot.places}
