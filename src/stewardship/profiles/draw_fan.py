"""The fan: what was counted as a line, what may come as bands that widen; that of a change over that of today."""

from typing import Any

import altair as alt

from stewardship.profiles.drawings import CHANGED, INNER, LINES, OUTER, PAST, WIDE, Drawing, Point
from stewardship.profiles.drawn import BLUE, DARK, GREY, QUIET, Layers, fit, flat, haloed, rows, value_axis

HEIGHT = 300
BANDS = {("", OUTER): ("#dfe5ea", 1.0), ("", INNER): ("#b9c4ce", 1.0)}
BANDS |= {(CHANGED, OUTER): (BLUE, 0.22), (CHANGED, INNER): (BLUE, 0.35)}


def drawn_fan(drawing: Drawing, width: int) -> Layers:
    """Bands first, wide before narrow; then the lines, and the last numbers at their ends."""
    changed = any(point.word == CHANGED for point in drawing.points)
    high = max(point.upper or point.value or 0 for point in drawing.points)
    scale, axis = alt.Scale(domain=[0, 1.08 * high or 1.0], nice=False), value_axis(drawing, 5)
    y, edge = (alt.Y(f"{name}:Q", scale=scale, axis=axis) for name in ("value", "lower"))
    x = _weeks(drawing, width)
    layers: list[Any] = []
    for word in ("", CHANGED):
        for series in (OUTER, INNER) if word == CHANGED or not changed else (OUTER,):
            points = _of(drawing, series, word)
            if points:
                colour, opacity = BANDS[word, series]
                band = alt.Chart(rows(points)).mark_area(color=colour, opacity=opacity)
                layers.append(band.encode(x=x, y=edge, y2="upper:Q"))
    layers.append(
        alt.Chart(rows(_of(drawing, PAST, ""))).mark_line(color=DARK, strokeWidth=2.5).encode(x=x, y=y)
    )
    looks = {"": {"color": QUIET, "strokeDash": [6, 4]}, CHANGED: {"color": BLUE, "strokeDash": [1, 0]}}
    for word, look in looks.items():
        middle = _of(drawing, LINES, word)
        if middle:
            layers.append(alt.Chart(rows(middle)).mark_line(strokeWidth=2.5, **look).encode(x=x, y=y))  # type: ignore[arg-type]
    layers += [_now(drawing, x), *_ends(drawing, x, y)]
    return alt.layer(*flat(layers)).properties(**fit(width, HEIGHT))


def _of(drawing: Drawing, series: str, word: str) -> list[Point]:
    return [point for point in drawing.points if point.series == series and point.word == word]


def _now(drawing: Drawing, x: alt.X) -> list[Any]:
    """A thin line where what was counted ends."""
    past = _of(drawing, PAST, "")
    rule = alt.Chart(rows(past[-1:])).mark_rule(color=GREY, strokeWidth=1)
    return [rule.encode(x=x)] if past else []


def _ends(drawing: Drawing, x: alt.X, y: alt.Y) -> list[Any]:
    """The last numbers of the middles; where they would lie on each other, the higher is set above."""
    ends = [point for word in ("", CHANGED) for point in _of(drawing, LINES, word) if point.label]
    told = [point for point in ends if point.value is not None]
    highest = max((point.value or 0 for point in told), default=0)
    return [
        layer
        for point in told
        for layer in haloed(
            alt.Chart(rows([point])).encode(x=x),
            y,
            dy=-10 if point.value == highest else 14,
            dx=-4,
            align="right",
        )
    ]


def _weeks(drawing: Drawing, width: int) -> alt.X:
    """The weeks in order, every thirteenth named, or every twenty-sixth where there is little room."""
    named = {point.at or 0.0: point.name for point in drawing.points if point.name}
    step = 13 if width >= WIDE else 26
    last = max(named)
    shown = {at: name for at, name in named.items() if at % step == 0 and at < last - step / 3}
    said = "".join(f"datum.value == {at} ? '{name}' : " for at, name in shown.items()) + "''"
    axis = alt.Axis(
        title=None, values=list(shown), labelExpr=said, grid=False, labelPadding=6, labelAlign="left"
    )
    return alt.X("at:Q", scale=alt.Scale(domain=[0, last], nice=False), axis=axis)
