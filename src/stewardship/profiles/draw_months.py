"""The control chart: months on the band of their limits, special causes by shape as well as colour."""

from typing import Any

import altair as alt

from stewardship.profiles.drawings import LINES, WIDE, Drawing, Point
from stewardship.profiles.drawn import (
    BLUE,
    DARK,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    QUIET,
    Layers,
    comparator,
    fit,
    flat,
    haloed,
    rows,
    value_axis,
)

BAND = "#edf0f2"
HEIGHT = 290
MARKS = {"": ("circle", GREY, 24), "better": ("square", BLUE, 80), "worse": ("diamond", ORANGE, 110)}
MARKS |= {"higher": ("triangle-up", PURPLE, 90), "lower": ("triangle-down", PURPLE, 90)}
APART = 0.06  # of the scale, between two labels at the end of lines


def drawn_months(drawing: Drawing, width: int) -> Layers:
    """The band and the mean with their numbers at the end, the run of months over it, and a mark a month."""
    months = [point for point in drawing.points if point.series != LINES]
    lines = [point for point in drawing.points if point.series == LINES]
    x, y = _months(months, width), _values(drawing)
    base = alt.Chart(rows(lines)).encode(x=x)
    layers: list[Any] = [base.mark_area(color=BAND).encode(y=_values(drawing, "lower"), y2="upper:Q")]
    for end in ("lower", "upper"):
        edge = base.mark_line(color=QUIET, strokeWidth=1, strokeDash=[4, 3])
        layers.append(edge.encode(y=_values(drawing, end)))
    layers += [
        comparator(drawing, "y"),
        base.mark_line(color=QUIET, strokeWidth=1.5).encode(y=y),
        alt.Chart(rows(months)).mark_line(color=DARK, strokeWidth=1.25).encode(x=x, y=y),
        *(_marks(months, word, x, y) for word in MARKS),
        *_ends(lines, drawing, x, y),
    ]
    return alt.layer(*flat(layers)).properties(**fit(width, HEIGHT))


def _marks(months: list[Point], word: str, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    shape, fill, size = MARKS[word]
    held = [point for point in months if point.word == word and point.value is not None]
    if not held:
        return []
    marks = alt.Chart(rows(held)).mark_point(
        filled=True, opacity=1, shape=shape, fill=fill, size=size, stroke=INK, strokeWidth=0.75
    )
    return [marks.encode(x=x, y=y)]


def _ends(lines: list[Point], drawing: Drawing, x: alt.X, y: alt.Y) -> list[Any]:
    """The numbers of mean and limits after the lines; that of a limit is left out where it would lie on the mean's."""
    last = lines[-1]
    low, high = drawing.span()
    ends = {"upper": last.upper or 0.0, "mean": last.value or 0.0, "lower": last.lower or 0.0}
    apart = {name: abs(value - ends["mean"]) / (high - low) for name, value in ends.items()}
    steady = len({point.value for point in lines}) == 1
    middle = "mean" if steady else "usual"
    told = [
        Point("", value, f"{middle if name == 'mean' else name} {value:,.0f}", at=last.at)
        for name, value in ends.items()
        if name == "mean" or apart[name] > APART
    ]
    return [haloed(alt.Chart(rows([one])).encode(x=x), y, dy=4, dx=7) for one in told]


def _months(months: list[Point], width: int) -> alt.X:
    """The months in order, every year's first named: of short runs every half year's."""
    step = 12 if len(months) > 24 else 6
    step *= 1 if width >= WIDE else 2
    named = {point.at or 0.0: point.name for point in months[::step]}
    said = "".join(f"datum.value == {at} ? '{name}' : " for at, name in named.items()) + "''"
    axis = alt.Axis(title=None, values=list(named), labelExpr=said, grid=False, labelPadding=6)
    longest = 11  # letters of "upper 1,234"
    room = len(months) * longest * 8 / (width - 60 - longest * 8)
    scale = alt.Scale(domain=[-0.7, len(months) - 1 + room], nice=False)
    return alt.X("at:Q", scale=scale, axis=axis)


def _values(drawing: Drawing, name: str = "value") -> alt.Y:
    scale = alt.Scale(domain=list(drawing.span()), zero=False, nice=False)
    return alt.Y(f"{name}:Q", scale=scale, axis=value_axis(drawing, 5))
