"""What every chart has: a finding as heading, what it shows, how to read it, words, a table, its figures."""

from dataclasses import dataclass, field
from typing import Literal

from stewardship.measures.published import Card, Figure
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.differences import by_chance
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.lines import Line
from stewardship.profiles.map_drawings import AnyDrawing

NOBODY = "no one in the group"  # in the reason of a figure that there is nobody to make it of
WITHOUT = {"Hidden": "hidden", "Missing": "missing", "No figure": "no figure"}


def scale_words(drawing: Drawing | None) -> str:
    """Whether the scale starts at 0, and whether a line is broken."""
    if drawing is None:
        return ""
    broken = drawing.form in {"gap", "trend"} and any(point.value is None for point in drawing.points)
    starts = "starts" if drawing.span()[0] <= 0 else "does not start"
    return f"The scale {starts} at 0.{' A line is broken where a year is not shown.' if broken else ''}"


@dataclass(frozen=True)
class Rows:
    """A table beneath a chart: the first cell of a row is its heading, the rest are values.

    A row that ends early has, as its last cell, why there is nothing more.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class TakenAway:
    """A table to take away as CSV, whose cells may be numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart as it stands on a page. drawing is None when there are too few values to draw.

    said: what is found, in words beneath the picture. download: the table to take away, where it is not of figures.
    """

    key: str
    heading: str
    what: str
    read: str
    words: str
    table: Rows
    drawing: AnyDrawing | None
    lines: tuple[Line, ...] = field(default=(), repr=False)
    said: str = ""
    download: TakenAway | None = field(default=None, repr=False)


def category_chart(
    *,
    key: str,
    heading: str,
    what: str,
    card: Card,
    lines: list[Line],
    names: list[str],
    column: str,
    comparator: Figure | None = None,
    comparator_name: str = "",
    among: Literal["places", "groups"] = "places",
) -> Chart:
    """Values of a measure side by side: with intervals where it has them, as bars from 0 where not.

    Places are marked better or worse than the whole system; groups carry no mark. Groups of nobody are in the
    table and not in the picture.
    """
    with_interval = any(one.figure is not None and one.figure.lower95 is not None for one in lines)
    compared = among == "places"
    pairs = [(name, one.figure) for name, one in zip(names, lines, strict=True)]
    drawn = [(name, figure) for name, figure in pairs if compared or not nobody(card, figure)]
    points = tuple(point_of(card, name, figure, compared) for name, figure in drawn)
    enough = sum(point.value is not None for point in points) > 1
    level = comparator.value if comparator is not None and comparator.state == "shown" else None
    form = "intervals" if with_interval else "bars"
    kept = level if with_interval else None
    drawing = Drawing(form, points, card.unit, kept, comparator_name) if enough else None  # type: ignore[arg-type]
    return Chart(
        key=key,
        heading=heading,
        what=what,
        read=_read(drawing, comparator_name if kept is not None else "") + _left_out(len(pairs) - len(drawn)),
        words=_in_words(card, names, lines),
        table=_table(card, column, names, lines, with_interval, compared),
        drawing=drawing,
        lines=tuple(lines),
    )


def point_of(card: Card, name: str, figure: Figure | None, compared: bool = False) -> Point:
    """A figure as a point of a chart; without a value, its label says why."""
    if figure is None or figure.value is None or figure.state != "shown":
        return Point(name, None, WITHOUT.get(words.state(figure, card).partition(":")[0], "no figure"))
    label = words.number(figure.value, card.unit)
    return Point(
        name, figure.value, label, figure.lower95, figure.upper95, word=figure.compared if compared else ""
    )


def _read(drawing: Drawing | None, comparator_name: str) -> str:
    if drawing is None or drawing.form == "bars":
        return "the longer the bar, the larger the number. Bars start at 0."
    held = sum(point.value is not None for point in drawing.points)
    dashes = (
        f" The dashed line is {comparator_name}: each is compared with that, not with the others."
        f"{by_chance(held)}"
        if comparator_name
        else ""
    )
    return (
        f"each mark is a value and the line through it its 95% interval.{dashes} "
        f"The order is not one of merit. {scale_words(drawing)}"
    )


def nobody(card: Card, figure: Figure | None) -> bool:
    """Whether there is nobody in the group that the figure is of."""
    if figure is None:
        return False
    return NOBODY in figure.reason or (
        card.unit == "people" and figure.state == "shown" and figure.value == 0
    )


def _left_out(groups: int) -> str:
    said = "1 group with no one in it is" if groups == 1 else f"{groups} groups with no one in them are"
    return f" {said} left out." if groups else ""


def value_words(card: Card, figure: Figure | None) -> str:
    """A value with its unit, or why there is none."""
    why = words.state(figure, card)
    return why if why or figure is None else words.said(card, figure.value or 0.0)


def short_words(card: Card, figure: Figure | None) -> str:
    """A value, or in a word why there is none, for a table of many columns."""
    why = words.state(figure, card)
    if why or figure is None:
        return WITHOUT.get(why.partition(":")[0], "no figure")
    return words.number(figure.value or 0.0, card.unit)


def _in_words(card: Card, names: list[str], lines: list[Line]) -> str:
    said = [f"{name}: {value_words(card, one.figure)}" for name, one in zip(names, lines, strict=True)]
    if len(said) > 12:
        shown = [
            (n, x.figure)
            for n, x in zip(names, lines, strict=True)
            if x.figure and x.figure.value is not None
        ]
        if not shown:
            return f"None of {len(said)} values is shown. The table says why."
        low = min(shown, key=lambda one: one[1].value or 0)
        high = max(shown, key=lambda one: one[1].value or 0)
        return (
            f"{len(said)} values, from {value_words(card, low[1])} ({low[0]}) to "
            f"{value_words(card, high[1])} ({high[0]}). The table has each."
        )
    return f"{'; '.join(said)}." if said else "No value is shown."


def _table(
    card: Card, column: str, names: list[str], lines: list[Line], with_interval: bool, compared: bool
) -> Rows:
    unit = words.measured_in(card)
    columns = (column, f"Value{f', {unit}' if unit else ''}", *(("95% interval",) if with_interval else ()))
    compared = compared and any(one.figure is not None and one.figure.compared for one in lines)
    columns += ("Compared",) if compared else ()
    rows: list[tuple[str, ...]] = []
    for name, one in zip(names, lines, strict=True):
        figure, why = one.figure, words.state(one.figure, card)
        if why or figure is None:
            rows.append((name, why))
            continue
        row = [name, words.number(figure.value or 0.0, card.unit)]
        row += [words.interval(figure, card.unit)] if with_interval else []
        row += [words.COMPARED.get(figure.compared, "")] if compared else []
        rows.append(tuple(row))
    return Rows(columns, tuple(rows))
