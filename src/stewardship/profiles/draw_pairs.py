"""Two values in a row: two shares joined by a line, or two places with their intervals, one above the other."""

import textwrap
from dataclasses import replace
from typing import Any

import altair as alt

from stewardship.profiles.drawings import WIDE, Drawing, Point
from stewardship.profiles.drawn import (
    BLUE,
    DARK,
    GREY,
    INK,
    QUIET,
    Layers,
    category,
    fit,
    flat,
    height_of,
    rows,
    value_axis,
)

SHAPES, FILLS, EDGES = ["circle", "square"], [DARK, "#ffffff"], [DARK, BLUE]
WORDS = 36  # pixels of height that the words above the picture take
APART = 7  # pixels between the two lines of a row


def drawn_pairs(drawing: Drawing, width: int) -> Layers:
    """A dark circle for the first series and an open square for the second, which the words above name."""
    series = list(dict.fromkeys(point.series for point in drawing.points))
    with_intervals = any(point.lower is not None for point in drawing.points)
    x = alt.X(
        "value:Q",
        scale=alt.Scale(domain=list(drawing.span()), zero=False, nice=False),
        axis=value_axis(drawing, 5 if width >= WIDE else 3),
    )
    y = category(drawing, width)
    layers: list[Any] = [] if with_intervals else [_joined(drawing, width, x, y)]
    for number, name in enumerate(series):
        of_series = [point for point in drawing.points if point.series == name and point.value is not None]
        up = (2 * number - 1) * APART if with_intervals else 0
        layers += _marks(of_series, number, x, y, up, width)
    layers.append(_notes(drawing, width, x, y))
    height = height_of(drawing, width) + WORDS + (len(drawing.points) * 4 if with_intervals else 0)
    return alt.layer(*flat(layers)).properties(title=_names(series, width), **fit(width, height))


def _joined(drawing: Drawing, width: int, x: alt.X, y: alt.Y) -> alt.Chart:
    """The line between the two values of each row."""
    values: dict[str, list[float]] = {}
    for point in drawing.points:
        if point.value is not None:
            values.setdefault(point.name, []).append(point.value)
    lines = [Point(name, min(two), upper=max(two)) for name, two in values.items()]
    made: alt.Chart = (
        alt.Chart(rows(lines, width)).mark_rule(color=GREY, strokeWidth=3).encode(y=y, x=x, x2="upper:Q")
    )
    return made


def _marks(points: list[Point], number: int, x: alt.X, y: alt.Y, up: int, width: int) -> list[alt.Chart]:
    """The marks of one of the two series, its intervals beneath them."""
    look: dict[str, Any] = {"shape": SHAPES[number], "fill": FILLS[number], "stroke": EDGES[number]}
    base = alt.Chart(rows(points, width))
    marks = base.mark_point(size=90, opacity=1, strokeWidth=2, yOffset=up, **look).encode(y=y, x=x)
    rule = base.mark_rule(color=INK, strokeWidth=1.5, yOffset=up)
    held = any(point.lower is not None for point in points)
    return [rule.encode(y=y, x=alt.X("lower:Q"), x2="upper:Q"), marks] if held else [marks]


def _names(series: list[str], width: int) -> alt.TitleParams:
    """What the two marks are, above the whole picture."""
    letters = 70 if width >= WIDE else 42
    said = [
        line
        for mark, name in zip(("\u25cf", "\u25a1"), series, strict=True)
        for line in textwrap.wrap(f"{mark} {name}", letters)
    ]
    return alt.TitleParams(
        text=said, anchor="start", frame="bounds", font="Arial", fontSize=14, fontWeight="normal", color=INK,
        limit=0, offset=12,
    )  # fmt: skip


def _notes(drawing: Drawing, width: int, x: alt.X, y: alt.Y) -> alt.Chart:
    """Why a value is not there, beside the other of its row."""
    other = {point.name: point.value for point in drawing.points if point.value is not None}
    without = [
        replace(point, value=other.get(point.name, drawing.span()[0]))
        for point in drawing.points
        if point.value is None
    ]
    made: alt.Chart = (
        alt.Chart(rows(without, width))
        .mark_text(align="left", dx=12, color=QUIET)
        .encode(y=y, x=x, text="label:N")
    )
    return made
