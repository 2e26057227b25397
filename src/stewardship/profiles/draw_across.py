"""Charts with numbers along both axes: a line through the fifths, and the funnel of places."""

from dataclasses import replace
from typing import Any

import altair as alt

from stewardship.profiles.drawings import FITTED, INNER, OUTER, WIDE, Drawing, Point
from stewardship.profiles.drawn import (
    DARK,
    GREY,
    INK,
    QUIET,
    Layers,
    comparator,
    fit,
    flat,
    haloed,
    rows,
    value_axis,
)

BANDS = {OUTER: "#edf0f2", INNER: "#d8dde0"}
FUNNEL_HEIGHT = 320
AXIS = 50  # pixels that an axis takes, about
LETTER = 8  # pixels of a bold letter, about
Box = tuple[float, float, float, float]  # left, right, top and bottom, in pixels
EDGES = {OUTER: [1, 0], INNER: [4, 3]}


def drawn_slope(drawing: Drawing, width: int) -> Layers:
    """The fifths where they stand among everyone, most deprived first, and the line fitted through them."""
    y = _values(drawing)
    fifths = [point for point in drawing.points if point.series != FITTED]
    line = [point for point in drawing.points if point.series == FITTED]
    middles = {point.name: point.at or 0.0 for point in fifths}
    said = "".join(f"abs(datum.value - {at}) < 1e-9 ? '{name}' : " for name, at in middles.items()) + "''"
    axis = alt.Axis(
        title="Fifth of deprivation: 1 most, 5 least deprived",
        values=list(middles.values()),
        labelExpr=said,
        grid=False,
        ticks=False,
        labelPadding=6,
    )
    room = (0.12 if width >= WIDE else 0.2) if line else 0.0  # for the number after the line's end
    x = alt.X("at:Q", scale=alt.Scale(domain=[0, 1 + room], nice=False), axis=axis)
    base = alt.Chart(rows(fifths)).encode(x=x)
    layers: list[Any] = []
    if line:
        fitted = alt.Chart(rows(line)).encode(x=x, y=y)
        layers.append(fitted.mark_line(color=DARK, strokeWidth=2.5))
    layers += [
        base.mark_rule(color=INK, strokeWidth=1.5).encode(y=alt.Y("lower:Q"), y2="upper:Q"),
        base.mark_point(filled=True, size=80, fill=GREY, stroke=INK, strokeWidth=1, opacity=1).encode(y=y),
        *_ends(line, x, y),
    ]
    return alt.layer(*flat(layers)).properties(**fit(width, 300))


def _ends(line: list[Point], x: alt.X, y: alt.Y) -> list[Any]:
    """What the two ends of the line are: beside its first end on the side it turns away from, and after its last."""
    told = [point for point in line if point.label]
    if len(told) < 2:
        return []
    first, last = (alt.Chart(rows([point])).encode(x=x) for point in (told[0], told[-1]))
    rises = (told[-1].value or 0) > (told[0].value or 0)
    return [*haloed(first, y, dy=16 if rises else -14, dx=6), *haloed(last, y, dy=4, dx=6)]


def drawn_funnel(drawing: Drawing, width: int) -> Layers:
    """Places by how many people they have, on the bands in which they may lie; who is named stands beside its mark."""
    y, x = _values(drawing), _sizes(drawing, width)
    layers: list[Any] = []
    for band, fill in BANDS.items():
        base = alt.Chart(rows([point for point in drawing.points if point.series == band])).encode(x=x)
        area = base.mark_area(color=fill, clip=True, interpolate="monotone")
        layers.append(area.encode(y=_values(drawing, "lower"), y2="upper:Q"))
        for end in ("lower", "upper"):
            edge = base.mark_line(
                color=QUIET, strokeWidth=1, strokeDash=EDGES[band], clip=True, interpolate="monotone"
            )
            layers.append(edge.encode(y=_values(drawing, end)))
    places = [point for point in drawing.points if point.series not in BANDS]
    marks = alt.Chart(rows(places)).mark_point(filled=True, opacity=1, stroke=INK, strokeWidth=1)
    size = alt.Size("series:N", scale=alt.Scale(domain=["", "named"], range=[40, 110]), legend=None)
    layers += [
        comparator(drawing, "y"),
        marks.encode(
            x=x, y=y, size=size,
            shape=alt.Shape("shape:N", scale=None), fill=alt.Fill("fill:N", scale=None),
        ),
        *_names(places, drawing, x, y, width),
    ]  # fmt: skip
    return alt.layer(*flat(layers)).properties(**fit(width, FUNNEL_HEIGHT))


def _names(places: list[Point], drawing: Drawing, x: alt.X, y: alt.Y, width: int) -> list[Any]:
    """Names beside marks, away from the nearer side of the picture, above or below as there is room; a name that would
    lie over another, or over the mark of another that stands out, is left out: all of them stand beneath the picture.
    """
    low, high = drawing.span()
    first, last = _across(drawing)

    def pixels(point: Point) -> tuple[float, float]:
        across = ((point.at or 0) - first) / (last - first) * (width - AXIS)
        return across, (high - (point.value or 0)) / (high - low) * (FUNNEL_HEIGHT - AXIS)

    marks = {pixels(one) for one in places if one.series}
    taken: list[Box] = []
    layers = []
    for point in (replace(one, label=_broken(one.label, width)) for one in places if one.label):
        right = (point.at or 0) > (first + last) / 2
        under = (point.value or 0) < (low + high) / 2
        lines = point.label.split("\n")
        across, down = pixels(point)
        others = [_around(mark) for mark in marks - {(across, down)}]
        wide, tall = max(map(len, lines)) * LETTER, 18 * len(lines)
        left, top = across - wide if right else across, down + 4 if under else down - 4 - tall
        box = (left, left + wide, top, top + tall)
        if any(_overlap(box, other) for other in (*taken, *others)):
            continue
        taken.append(box)
        base = alt.Chart(rows([point])).encode(x=x)
        dy = 16 if under else -12 - 16 * (len(lines) - 1)
        layers.append(haloed(base, y, dy=dy, dx=-4 if right else 4, align="right" if right else "left"))
    return layers


def _around(mark: tuple[float, float]) -> Box:
    return mark[0] - 6, mark[0] + 6, mark[1] - 6, mark[1] + 6


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _broken(name: str, width: int) -> str:
    """A name in two lines where a picture is narrow."""
    words = name.split(" ")
    if width >= WIDE or len(words) < 3:
        return name
    half = (len(words) + 1) // 2
    return " ".join(words[:half]) + "\n" + " ".join(words[half:])


def _values(drawing: Drawing, name: str = "value") -> alt.Y:
    scale = alt.Scale(domain=list(drawing.span()), zero=False, nice=False)
    return alt.Y(f"{name}:Q", scale=scale, axis=value_axis(drawing, 5))


def _across(drawing: Drawing) -> tuple[float, float]:
    ends = [point.at for point in drawing.points if point.at is not None]
    room = (max(ends) - min(ends)) * 0.05 or 1.0
    return max(min(ends) - room, 0.0), max(ends) + room


def _sizes(drawing: Drawing, width: int) -> alt.X:
    axis = alt.Axis(
        title=drawing.across,
        grid=False,
        tickCount=6 if width >= WIDE else 3,
        labelExpr="format(datum.value, ',')",
    )
    return alt.X("at:Q", scale=alt.Scale(domain=list(_across(drawing)), nice=False), axis=axis)
