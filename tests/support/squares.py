"""Invented boundaries: squares side by side, a tenth of a degree wide."""

import json


def square(column, row, *, corner=(0.0, 51.0), side=0.1):
    """The ring of a square, counted in squares to the east and to the north."""
    x, y = corner[0] + column * side, corner[1] + row * side
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(code, rings, *, kind="Polygon", named="code"):
    """One feature; rings: the coordinates of its geometry."""
    return {
        "type": "Feature",
        "properties": {named: code},
        "geometry": {"type": kind, "coordinates": rings},
    }


def squares(codes, *, across=2, named="code"):
    """A feature a code, row by row from the south."""
    return [
        feature(code, [square(number % across, number // across)], named=named)
        for number, code in enumerate(codes)
    ]


def geojson(path, features, **more):
    """A file of these features; returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    collection = {"type": "FeatureCollection", "features": features, **more}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path
