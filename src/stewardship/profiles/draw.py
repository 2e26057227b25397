"""Charts drawn by Altair and vl-convert. Only the drawing process loads this: it is heavy and fails alone."""

from dataclasses import replace
from typing import Any

import altair as alt
import vl_convert
from altair.utils.schemapi import debug_mode

from stewardship.profiles.draw_across import drawn_funnel, drawn_slope
from stewardship.profiles.draw_fan import drawn_fan
from stewardship.profiles.draw_map import drawn_map
from stewardship.profiles.draw_months import drawn_months
from stewardship.profiles.draw_pairs import drawn_pairs
from stewardship.profiles.draw_weeks import drawn_weeks
from stewardship.profiles.drawings import WIDE, Drawing
from stewardship.profiles.drawn import (
    BLUE,
    DARK,
    GREY,
    INK,
    LINE,
    QUIET,
    Layers,
    category,
    comparator,
    fit,
    flat,
    haloed,
    height_of,
    names_of,
    rows,
    value_axis,
)
from stewardship.profiles.map_drawings import AnyDrawing, MapDrawing

FONT = 14
LETTER = 8  # pixels, a little more than a letter of that size takes on average


def draw(drawing: AnyDrawing, width: int) -> str:
    """The picture as SVG, as it comes from the renderer."""
    if isinstance(drawing, MapDrawing):
        return drawn_map(drawing, width)
    forms = {"gap": _gap, "intervals": _intervals, "trend": _trend, "bars": _bars}
    forms |= {"slope": drawn_slope, "funnel": drawn_funnel, "pairs": drawn_pairs, "months": drawn_months}
    forms |= {"weeks": drawn_weeks, "fan": drawn_fan}
    # else every part is held against the whole grammar, which takes longer than to draw it
    with debug_mode(False):
        chart = forms[drawing.form](drawing, width)
        chart = chart.properties(background="white", padding=4).configure(**_style())
        specified = chart.to_dict(validate=False)
    return str(vl_convert.vegalite_to_svg(specified, vl_version=_grammar()))


def _grammar() -> str:
    """The grammar version that both libraries know."""
    known = vl_convert.get_vegalite_versions()
    ours = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return ours if ours in known else str(known[-1])


def _style() -> dict[str, Any]:
    axis = {
        "labelFont": "Arial",
        "titleFont": "Arial",
        "labelFontSize": FONT,
        "titleFontSize": FONT,
        "labelColor": INK,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "labelLimit": 0,
    }
    return {"axis": axis, "view": alt.ViewConfig(stroke=None), "text": {"font": "Arial", "fontSize": FONT}}


def _intervals(drawing: Drawing, width: int) -> Layers:
    shown = [point for point in drawing.points if point.value is not None]
    without = [replace(point, value=drawing.span()[0]) for point in drawing.points if point.value is None]
    x = alt.X(
        "value:Q",
        scale=alt.Scale(domain=list(drawing.span()), zero=False, nice=False),
        axis=value_axis(drawing, 5 if width >= WIDE else 3),
    )
    y = category(drawing, width)
    base = alt.Chart(rows(shown, width))
    rules = base.mark_rule(color=INK, strokeWidth=1.5).encode(y=y, x=alt.X("lower:Q"), x2="upper:Q")
    ends = [
        base.mark_tick(color=INK, thickness=1.5, size=9).encode(y=y, x=alt.X(f"{end}:Q"))
        for end in ("lower", "upper")
    ]
    marks = base.mark_point(filled=True, size=90, opacity=1, stroke=INK, strokeWidth=1).encode(
        y=y, x=x, shape=alt.Shape("shape:N", scale=None), fill=alt.Fill("fill:N", scale=None)
    )
    notes = alt.Chart(rows(without, width)).mark_text(align="left", dx=6, color=QUIET)
    notes = notes.encode(y=y, x=x, text="label:N")
    return alt.layer(*comparator(drawing, "x"), rules, *ends, marks, notes).properties(
        **fit(width, height_of(drawing, width))
    )


def _bars(drawing: Drawing, width: int) -> Layers:
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, _room_for_labels(drawing, width)], nice=False), axis=None)
    points = [replace(point, value=point.value or 0) for point in drawing.points]
    base = alt.Chart(rows(points, width)).encode(y=category(drawing, width), x=x)
    bars = base.mark_bar(color=BLUE, height=alt.RelativeBandSize(0.75))
    texts = base.mark_text(align="left", dx=6, color=INK).encode(text="label:N")
    return alt.layer(bars, texts).properties(**fit(width, height_of(drawing, width)))


def _room_for_labels(drawing: Drawing, width: int) -> float:
    """The end of the axis of bars: far enough that the label after each bar is not cut off."""
    names = max(len(line) for name in names_of(drawing, width) for line in name.split("\n"))
    plot = width - 30 - names * LETTER
    ends = [(p.value or 0) / (1 - (len(p.label) * LETTER + 12) / plot) for p in drawing.points]
    return max(ends) or 1.0


def _years(drawing: Drawing) -> alt.X:
    names = list(dict.fromkeys(point.name for point in drawing.points))
    axis = alt.Axis(title=None, labelAngle=0, labelOverlap=True, grid=False, ticks=False, labelPadding=6)
    return alt.X("name:N", sort=names, axis=axis, scale=alt.Scale(type="point", padding=0.35))


def _trend(drawing: Drawing, width: int) -> Layers:
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=list(drawing.span()), zero=False, nice=False),
        axis=value_axis(drawing, 5),
    )
    here = [point for point in drawing.points if point.series == "here"]
    system = [point for point in drawing.points if point.series == "system"]
    x = _years(drawing)
    base = alt.Chart(rows(here)).encode(x=x)
    layers: list[Any] = []
    if system:
        layers.append(
            alt.Chart(rows(system)).mark_line(color=QUIET, strokeDash=[5, 3], strokeWidth=2).encode(x=x, y=y)
        )
    layers += [
        base.mark_rule(color=INK, strokeWidth=1.5).encode(y=alt.Y("lower:Q"), y2="upper:Q"),
        base.mark_line(color=DARK, strokeWidth=2.5).encode(y=y),
        base.mark_point(filled=True, size=80, fill=DARK, stroke=DARK, opacity=1).encode(y=y),
        haloed(base, y, dy=-11, dx=5),
    ]
    return alt.layer(*flat(layers)).properties(**fit(width, 260))


def _gap(drawing: Drawing, width: int) -> Layers:
    """A line a fifth: the most deprived dark, the least dashed, both named at their ends, the rest grey."""
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=list(drawing.span()), zero=False, nice=False),
        axis=value_axis(drawing, 5),
    )
    x = _years(drawing)
    between = [point for point in drawing.points if point.series in {"2", "3", "4"}]
    layers: list[Any] = [
        alt.Chart(rows(between)).mark_line(color=GREY, strokeWidth=1.5).encode(x=x, y=y, detail="series:N")
    ]
    for series, colour, dash, shape in (("1", DARK, [1, 0], "circle"), ("5", BLUE, [6, 3], "square")):
        points = [point for point in drawing.points if point.series == series]
        base = alt.Chart(rows(points)).encode(x=x, y=y)
        layers.append(base.mark_line(color=colour, strokeDash=dash, strokeWidth=3))
        layers.append(base.mark_point(filled=True, size=70, color=colour, shape=shape, opacity=1))
        last = [point for point in points if point.label]
        ends = alt.Chart(rows(last)).encode(x=x, y=y)
        above = series == _upper_end(drawing)
        layers.append(haloed(ends, y, dy=-12 if above else 4, dx=9))
    return alt.layer(*flat(layers)).properties(**fit(width, 300))


def _upper_end(drawing: Drawing) -> str:
    ends = {p.series: p.value for p in drawing.points if p.series in {"1", "5"} and p.value is not None}
    return max(ends, key=lambda series: ends[series] or 0, default="5")
