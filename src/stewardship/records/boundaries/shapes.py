"""Outlines mended and simplified together, so that a border that two places share stays one border.

A coverage is a set of polygons that meet along the same points and do not overlap. It is simplified by taking away
corners of small triangles (Visvalingam and Whyatt 1993), in both neighbours at once. Source: GEOS, through Shapely.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from stewardship.records.boundaries.geojson import Polygon
from stewardship.records.boundaries.kept import Boundary, Position, Ring

DECIMALS = 5  # of a degree: about a metre
FINENESS = 800  # corners smaller than the longer side of all places by so many times are taken away
MOST_CORNERS = 12_000  # in the file of a level, about 250 kB
ROUNDS = 4
Shapes = Any  # an array of polygons: Shapely has no types


def shapes_of(given: Sequence[list[Polygon]]) -> Shapes:
    """One shape for each place, rounded to about a metre; as given otherwise."""
    made = [shapely.multipolygons([_polygon(rings) for rings in polygons]) for polygons in given]
    return _rounded(np.array(made, dtype=object))


def _polygon(rings: Polygon) -> Any:
    outer, *holes = [shapely.linearrings(ring) for ring in rings]
    return shapely.polygons(outer, holes or None)


def mended(shapes: Shapes) -> tuple[Shapes, Any]:
    """The shapes with rings that cross themselves taken apart, and which of them were mended (array of bool).

    A shape of which nothing is left encloses no area.
    """
    wrong = ~shapely.is_valid(shapes)
    for _ in range(ROUNDS):  # what is rounded may cross again
        bad = ~shapely.is_valid(shapes)
        if not bad.any():
            break
        shapes = shapes.copy()
        shapes[bad] = [_areas_of(each) for each in shapely.make_valid(shapes[bad], method="structure")]
        shapes = _rounded(shapes)
    shapes = shapes.copy()
    bad = ~shapely.is_valid(shapes)
    shapes[bad] = [_areas_of(each) for each in shapely.make_valid(shapes[bad], method="structure")]
    return shapes, wrong


def unmatched(shapes: Shapes) -> Any:
    """Which shapes overlap another, or share a border that is not the same points in both (array of bool)."""
    return ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))


def simplified(shapes: Shapes) -> Shapes:
    """The shapes with fewer corners, shared borders alike in both neighbours."""
    left, bottom, right, top = shapely.total_bounds(shapes)
    corner = max(right - left, top - bottom) / FINENESS
    simple = shapely.coverage_simplify(shapes, corner)
    while shapely.get_num_coordinates(simple).sum() > MOST_CORNERS and corner < 90:
        corner *= 2
        simple = shapely.coverage_simplify(shapes, corner)
    return simple


def boundaries(shapes: Mapping[str, Any]) -> list[Boundary]:
    """The shapes of places by their codes, as they are kept."""
    return [_boundary(code, shape) for code, shape in shapes.items()]


def _rounded(shapes: Shapes) -> Shapes:
    return shapely.transform(shapes, lambda positions: np.round(positions, DECIMALS))


def _areas_of(shape: Any) -> Any:
    """Of a mended shape what encloses an area: no lines, no points."""
    parts = shapely.get_parts(shape)
    areas = [part for part in parts if part.geom_type in ("Polygon", "MultiPolygon") and part.area > 0]
    return (
        shapely.multipolygons(shapely.get_parts(np.array(areas, dtype=object)))
        if areas
        else shapely.MultiPolygon()
    )


def _boundary(code: str, shape: Any) -> Boundary:
    polygons = tuple(
        (_ring(part.exterior), *(_ring(hole) for hole in part.interiors)) for part in shapely.get_parts(shape)
    )
    middle, room = _largest_circle(shape)
    return Boundary(code, polygons, middle, room)


def _ring(ring: Any) -> Ring:
    return tuple((x, y) for x, y in shapely.get_coordinates(ring).tolist())


def _largest_circle(shape: Any) -> tuple[Position, float]:
    """The middle and radius of the largest circle inside a shape, as it is drawn: degrees of longitude are narrower."""
    narrow = math.cos(math.radians(shape.centroid.y)) or 1.0
    drawn = shapely.transform(shape, lambda positions: positions * [narrow, 1])
    line = shapely.maximum_inscribed_circle(drawn)
    (x, y), _ = shapely.get_coordinates(line).tolist()
    return (round(x / narrow, DECIMALS), round(y, DECIMALS)), round(shapely.length(line), DECIMALS)
