"""Counts week by week: a line a series over time, each named at its end; the second dashed as well as lighter."""

from typing import Any

import altair as alt

from stewardship.profiles.drawings import WIDE, Drawing, Point
from stewardship.profiles.drawn import BLUE, DARK, Layers, fit, flat, haloed, rows, value_axis

HEIGHT = 280
LOOKS = (
    {"color": DARK, "strokeWidth": 2.5, "strokeDash": [1, 0]},
    {"color": BLUE, "strokeWidth": 2.5, "strokeDash": [6, 3]},
)


def drawn_weeks(drawing: Drawing, width: int) -> Layers:
    """The lines, broken where a week is not shown."""
    series = list(dict.fromkeys(point.series for point in drawing.points))
    high = max((point.upper or point.value or 0) for point in drawing.points)
    y = alt.Y(
        "value:Q", scale=alt.Scale(domain=[0, 1.12 * high or 1.0], nice=False), axis=value_axis(drawing, 5)
    )
    first = [point for point in drawing.points if point.series == series[0]]
    x = _weeks(first, width)
    layers: list[Any] = []
    for name, look in zip(series, LOOKS, strict=False):
        points = [point for point in drawing.points if point.series == name]
        layers.append(alt.Chart(rows(points)).mark_line(**look).encode(x=x, y=y))  # type: ignore[arg-type]
        ends = [point for point in points if point.label]
        layers.append(haloed(alt.Chart(rows(ends)).encode(x=x), y, dy=-10, dx=-6, align="right"))
    return alt.layer(*flat(layers)).properties(**fit(width, HEIGHT))


def _weeks(points: list[Point], width: int) -> alt.X:
    """The weeks in order, every half year's first named, or every year's where there is little room."""
    step = 26 if width >= WIDE else 52
    named = {point.at or 0.0: point.name for point in points[::step]}
    said = "".join(f"datum.value == {at} ? '{name}' : " for at, name in named.items()) + "''"
    axis = alt.Axis(
        title=None, values=list(named), labelExpr=said, grid=False, labelPadding=6, labelAlign="left"
    )
    scale = alt.Scale(domain=[0, len(points) - 1], nice=False)
    return alt.X("at:Q", scale=scale, axis=axis)
