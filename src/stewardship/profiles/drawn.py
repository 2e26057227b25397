"""What the pictures of every form share: colours, scales, axes, words with a white edge."""

import textwrap
from typing import Any

import altair as alt

from stewardship.profiles.drawings import WIDE, Drawing, Point

BLUE, DARK, ORANGE, PURPLE = "#005eb8", "#003087", "#ed8b00", "#7c2855"
INK, QUIET, LINE, GREY = "#212b32", "#4c6272", "#d8dde0", "#aeb7bd"
Layers = alt.LayerChart | alt.FacetChart
SHAPES = {"better": "square", "worse": "diamond"}
FILLS = {"better": BLUE, "worse": ORANGE, "higher": PURPLE, "lower": PURPLE}


def fit(width: int, height: int) -> dict[str, Any]:
    """Width and height of a picture, its words included."""
    return {
        "width": width - 8,
        "height": height,
        "autosize": alt.AutoSizeParams(type="fit", contains="padding"),
    }


def rows(points: tuple[Point, ...] | list[Point], width: int = WIDE) -> alt.InlineData:
    """Points as the data of a layer."""
    values = [
        {
            "name": wrapped(point.name, width),
            "value": point.value,
            "lower": point.lower,
            "upper": point.upper,
            "label": point.label,
            "series": point.series,
            "shape": SHAPES.get(point.word, "circle"),
            "fill": FILLS.get(point.word, GREY),
            "at": point.at,
        }
        for point in points
    ]
    return alt.InlineData(values=values)


def wrapped(name: str, width: int) -> str:
    """A name broken into lines that fit beside a chart of that width."""
    return "\n".join(textwrap.wrap(name, 34 if width >= WIDE else 19))


def names_of(drawing: Drawing, width: int) -> list[str]:
    """What stands on the axis of categories, in its order."""
    return list(dict.fromkeys(wrapped(point.name, width) for point in drawing.points))


def category(drawing: Drawing, width: int) -> alt.Y:
    """The axis of categories, a row each."""
    axis = alt.Axis(
        title=None, ticks=False, domain=False, labelExpr="split(datum.label, '\\n')", labelPadding=8
    )
    return alt.Y("name:N", sort=names_of(drawing, width), axis=axis, scale=alt.Scale(padding=0.3))


def height_of(drawing: Drawing, width: int) -> int:
    """The height of a picture of categories, in which each has room for the lines of the longest name."""
    names = names_of(drawing, width)
    tallest = max(name.count("\n") + 1 for name in names)
    return max(len(names) * (tallest * 17 + 9), 90) + 30


def _number_format(unit: str) -> str:
    if unit == "%":
        return "datum.label + '%'"
    if unit.startswith("£"):
        millions = "'£' + format(datum.value / 1e6, '.1~f') + 'm'"
        return f"datum.value >= 1e6 ? {millions} : '£' + format(datum.value, ',')"
    return "datum.label" if unit.startswith("per ") else "format(datum.value, ',')"


def value_axis(drawing: Drawing, ticks: int) -> alt.Axis:
    """The axis of values, in the words of their unit."""
    counts = not drawing.unit.startswith(("%", "per "))
    step: dict[str, Any] = {"tickMinStep": 1} if counts else {}
    words = _number_format(drawing.unit)
    return alt.Axis(title=None, grid=True, tickCount=ticks, labelExpr=words, domain=False, **step)


def comparator(drawing: Drawing, channel: str) -> list[alt.Chart]:
    """The dashed line of what all is compared with, if anything is."""
    if drawing.comparator is None:
        return []
    rule = alt.Chart(alt.InlineData(values=[{"at": drawing.comparator}])).mark_rule(
        color=QUIET, strokeDash=[5, 3], strokeWidth=2
    )
    return [rule.encode(x=alt.X("at:Q")) if channel == "x" else rule.encode(y=alt.Y("at:Q"))]


def haloed(base: alt.Chart, y: alt.Y, dy: int, dx: int, align: str = "left") -> list[alt.Chart]:
    """Values written over lines: first a white edge, then the words."""
    text: dict[str, Any] = {"dy": dy, "dx": dx, "align": align, "fontWeight": "bold", "lineBreak": "\n"}
    return [
        base.mark_text(**text, stroke="white", strokeWidth=4, color="white").encode(y=y, text="label:N"),
        base.mark_text(**text, color=INK).encode(y=y, text="label:N"),
    ]


def flat(layers: list[Any]) -> list[Any]:
    """Layers, and lists of layers, as one list."""
    return [one for layer in layers for one in (layer if isinstance(layer, list) else [layer])]
