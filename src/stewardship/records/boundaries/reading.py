"""The boundaries of a level, read from a file that somebody gave: what may be drawn, and what was found in it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from stewardship.records.boundaries.geojson import Feature, features_of, polygons_of, shown
from stewardship.records.boundaries.kept import Boundary
from stewardship.records.boundaries.shapes import boundaries, mended, shapes_of, simplified, unmatched
from stewardship.records.files import SourceError
from stewardship.records.findings import FileCount, Finding, fails


@dataclass(frozen=True)
class Drawn:
    """The boundaries of a level. file: how many features were read, and how many are of places here."""

    level: str
    boundaries: tuple[Boundary, ...]
    file: FileCount
    findings: tuple[Finding, ...]


def read_given(path: Path, *, level: str, code: str, known: Collection[str]) -> Drawn:
    """Read the boundaries of a level's places, mended and simplified.

    code: the property that holds the code of a place. known: the codes of the level's places. Features of other codes
    are left out and counted. SourceError, in one sentence, for a file that cannot be used.
    """
    features = features_of(path, code)
    ours = [feature for feature in features if feature.code in known]
    _refuse_twice(path, ours)
    given = {feature.code: polygons for feature in ours if (polygons := polygons_of(path, feature))}
    try:
        shapes, counts = _simple(path, given)
        kept = tuple(boundaries(shapes))
    except shapely.errors.ShapelyError as error:
        raise SourceError(
            f"The file of boundaries {path.name} has outlines that cannot be put together: mend them in a program for "
            "maps, then try again."
        ) from error
    file = FileCount(path.name, level, len(features), len(kept), len(features) - len(kept))
    return Drawn(level, kept, file, tuple(_found(path, level, features, known, kept, counts)))


def _refuse_twice(path: Path, features: Sequence[Feature]) -> None:
    first: dict[str, int] = {}
    for feature in features:
        if (before := first.setdefault(feature.code, feature.number)) != feature.number:
            raise SourceError(
                f"The file of boundaries {path.name} has the code {shown(feature.code)} twice, in its features "
                f"{before:,} and {feature.number:,}: join them into one MultiPolygon, or take one away, then try again."
            )


def _simple(path: Path, given: Mapping[str, list[Any]]) -> tuple[dict[str, Any], tuple[int, int]]:
    """The shapes by code; how many were mended, and how many do not meet their neighbours."""
    if not given:
        return {}, (0, 0)
    shapes, were_wrong = mended(shapes_of(list(given.values())))
    for code, shape in zip(given, shapes, strict=True):
        if shape.is_empty or shape.area == 0:
            raise SourceError(
                f"The file of boundaries {path.name} has an outline without any area, of {shown(code)}: mend it or "
                "take it away, then try again."
            )
    apart = unmatched(shapes)
    simple = simplified(shapes)
    return dict(zip(given, simple, strict=True)), (int(were_wrong.sum()), int(apart.sum()))


def _found(
    path: Path,
    level: str,
    features: Sequence[Feature],
    known: Collection[str],
    kept: Sequence[Boundary],
    counts: tuple[int, int],
) -> list[Finding]:
    drawn, (wrong, apart) = {each.code for each in kept}, counts
    others = sum(feature.code not in known for feature in features)
    without = len(set(known) - drawn)
    places = level.replace("_", " ")
    return [
        fails("Boundaries of no place here", path.name, others, len(features), "They are left out."),
        fails(f"Places without a boundary ({places})", path.name, without, len(known),
              "They are in the table beneath the map, and not on it."),
        fails("Boundaries that cross themselves", path.name, wrong, len(kept), "They were taken apart and mended."),
        fails("Boundaries that do not meet their neighbours' exactly", path.name, apart, len(kept),
              "They are drawn as they are: thin gaps or overlaps may be seen."),
    ]  # fmt: skip
