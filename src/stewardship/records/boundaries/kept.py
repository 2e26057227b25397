"""Boundaries as a snapshot keeps them: GeoJSON in longitude and latitude, a feature a place, one file a level."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Position = tuple[float, float]
Ring = tuple[Position, ...]


@dataclass(frozen=True)
class Boundary:
    """The outline of a place.

    polygons: the parts of it, each its outer ring and then its holes; a ring ends where it begins. Positions are
    longitude and latitude in degrees (WGS84). middle: the middle of the largest circle inside it, where words about it
    may stand. room: the radius of that circle, in degrees of latitude.
    """

    code: str
    polygons: tuple[tuple[Ring, ...], ...]
    middle: Position
    room: float


def file_of(level: str) -> str:
    """The name of the file that keeps the boundaries of a level."""
    return f"boundaries-{level}.json"


def write_boundaries(folder: Path, level: str, boundaries: Iterable[Boundary]) -> None:
    """Write the boundaries of a level into a folder, in the order of their codes."""
    features = [_feature(each) for each in sorted(boundaries, key=lambda each: each.code)]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    (folder / file_of(level)).write_text(text, encoding="utf-8")


def read_boundaries(folder: Path, level: str) -> dict[str, Boundary]:
    """The boundaries of a level by the codes of their places; none where no file of that level is kept."""
    path = folder / file_of(level)
    if not path.is_file():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    boundaries = map(_boundary, kept["features"])
    return {each.code: each for each in boundaries}


def _feature(boundary: Boundary) -> dict[str, Any]:
    about = {"code": boundary.code, "middle": boundary.middle, "room": boundary.room}
    geometry = {"type": "MultiPolygon", "coordinates": boundary.polygons}
    return {"type": "Feature", "properties": about, "geometry": geometry}


def _boundary(feature: dict[str, Any]) -> Boundary:
    about = feature["properties"]
    polygons = tuple(
        tuple(tuple((x, y) for x, y in ring) for ring in rings)
        for rings in feature["geometry"]["coordinates"]
    )
    x, y = about["middle"]
    return Boundary(about["code"], polygons, (x, y), about["room"])
