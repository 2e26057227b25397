"""A GeoJSON file from outside, taken apart by hand: nothing of it is trusted before it is judged.

Source: RFC 7946, The GeoJSON Format: longitude and latitude in degrees (WGS84), in that order.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from stewardship.records.boundaries.kept import Position
from stewardship.records.files import SourceError

MOST_BYTES = 50 * 2**20
EAST, NORTH = 700_000, 1_300_000  # ends of the British National Grid, in metres
SYSTEMS = ("CRS84", "4326", "4258")  # longitude and latitude, as names of coordinate systems write them
CONVERT = "with ogr2ogr -t_srs EPSG:4326 new.geojson old.geojson"
Polygon = list[list[Position]]


@dataclass(frozen=True)
class Feature:
    """One feature of a file. number: which it is, from 1. code: of its place, empty where it has none."""

    number: int
    code: str
    geometry: object


def features_of(path: Path, code: str) -> list[Feature]:
    """The features of a file. code: the property that holds the code of a feature's place.

    SourceError, in one sentence, for a file that is no collection of features, or in which nothing has that property.
    """
    collection = _parsed(path)
    if not isinstance(collection, dict) or not isinstance(collection.get("features"), list):
        _refuse(path, 'is not GeoJSON with a list of "features"', "export it as a FeatureCollection")
    _refuse_other_systems(path, collection.get("crs"))
    features = [
        _feature(path, number, each, code) for number, each in enumerate(collection["features"], start=1)
    ]
    if not any(feature.code for feature in features):
        there = sorted(_properties(collection["features"]))
        known = f": there are {', '.join(there[:8])}" if there else ""
        _refuse(path, f"has no feature with words in the property {shown(code)}{known}", "correct code")
    return features


def polygons_of(path: Path, feature: Feature) -> list[Polygon]:
    """The polygons of a feature, each its outer ring and then its holes; none where its place is nowhere drawn.

    SourceError, in one sentence, for anything but rings of longitude and latitude.
    """
    geometry = feature.geometry
    if geometry is None:
        return []
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        _refuse(path, f"{_of(feature)} is neither a Polygon nor a MultiPolygon", "supply outlines of places")
    parts = geometry.get("coordinates")
    polygons = [parts] if kind == "Polygon" else _list(path, feature, parts)
    taken = [[_ring(path, feature, ring) for ring in _list(path, feature, rings)] for rings in polygons]
    return [rings for rings in taken if rings]


def shown(value: object) -> str:
    """A word of the file as it may stand in a sentence: short, printable, in quotation marks."""
    text = "".join(letter if letter.isprintable() else "?" for letter in str(value)[:40])
    return f'"{text}"'


def _parsed(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST_BYTES:
            _refuse(
                path,
                f"is larger than {MOST_BYTES // 2**20} MB",
                "take the places of this system out of it, or a more general edition",
            )
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_number)
    except OSError as error:
        _refuse(path, f"cannot be read ({error.strerror})", "see that it is there")
    except RecursionError:
        _refuse(path, "has lists in lists without an end", "export it anew")
    except ValueError:
        _refuse(path, "is not JSON in UTF-8", "export it as GeoJSON")


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _refuse_other_systems(path: Path, crs: object) -> None:
    """What older files say of their coordinates. RFC 7946 knows longitude and latitude alone."""
    if crs is None:
        return
    name = str(crs)
    if "27700" in name:
        _refuse_grid(path)
    if not any(known in name for known in SYSTEMS):
        _refuse(path, "has coordinates in another system than WGS84", f"convert it, for example {CONVERT}")


def _refuse_grid(path: Path) -> NoReturn:
    _refuse(
        path,
        "has coordinates of the British National Grid, and not longitude and latitude (WGS84)",
        f"convert it, for example {CONVERT}",
    )


def _feature(path: Path, number: int, value: object, code: str) -> Feature:
    if not isinstance(value, dict):
        _refuse(path, f"has something else than a feature in place {number:,}", "export it anew")
    properties = value.get("properties")
    found = properties.get(code) if isinstance(properties, dict) else None
    return Feature(number, found.strip() if isinstance(found, str) else "", value.get("geometry"))


def _properties(features: Sequence[object]) -> Iterator[str]:
    first = next((each for each in features if isinstance(each, dict)), {})
    properties = first.get("properties")
    yield from (shown(name) for name in properties) if isinstance(properties, dict) else ()


def _ring(path: Path, feature: Feature, value: object) -> list[Position]:
    ring = [_position(path, feature, each) for each in _list(path, feature, value)]
    if len(ring) < 4 or ring[0] != ring[-1]:
        _refuse(path, f"{_of(feature)} has a ring that does not end where it begins", "export it anew")
    return ring


def _position(path: Path, feature: Feature, value: object) -> Position:
    position = _list(path, feature, value)[:3]
    if len(position) < 2 or not all(_is_number(each) for each in position):
        _refuse(path, f"{_of(feature)} has a position that is not two numbers", "export it anew")
    x, y = position[:2]
    if -180 <= x <= 180 and -90 <= y <= 90:
        return float(x), float(y)
    if 180 < x <= EAST and 90 < y <= NORTH:
        _refuse_grid(path)
    what = f"{_of(feature)} has a position that is not a longitude and a latitude"
    return _refuse(path, what, f"convert it to WGS84, for example {CONVERT}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _list(path: Path, feature: Feature, value: object) -> list[Any]:
    if not isinstance(value, list):
        _refuse(path, f"{_of(feature)} has no rings of positions", "export it anew")
    return value


def _of(feature: Feature) -> str:
    return f"in its feature {feature.number:,} ({shown(feature.code)})"


def _refuse(path: Path, what: str, advice: str) -> NoReturn:
    said = what if not what.startswith("in its") else what.replace("in its", "has, in its", 1)
    raise SourceError(f"The file of boundaries {path.name} {said}: {advice}, then try again.")
