"""What every chart has: a finding as heading, what it shows, how to read it, words, a table, its figures."""

from dataclasses import dataclass, field
from typing import Literal

from stewardship.measures.published import Card, Figure
from stewardship.profiles import words
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.lines import Line

NOT_FROM_ZERO = "The scale does not start at 0."


@dataclass(frozen=True)
class Rows:
    """A table beneath a chart: the first cell of a row is its heading, the rest are values."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart as it stands on a page. drawing is None when there are too few values to draw."""

    key: str
    heading: str
    what: str
    read: str
    words: str
    table: Rows
    drawing: Drawing | None
    lines: tuple[Line, ...] = field(default=(), repr=False)


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

    Places are marked better or worse than the whole system; groups are not compared with anything.
    """
    with_interval = any(one.figure is not None and one.figure.lower95 is not None for one in lines)
    compared = among == "places"
    points = tuple(_point(card, name, one.figure, compared) for name, one in zip(names, lines, strict=True))
    drawn = tuple(point for point in points if point.value is not None)
    level = comparator.value if comparator is not None and comparator.state == "shown" else None
    form = "intervals" if with_interval else "bars"
    kept = level if with_interval else None
    drawing = Drawing(form, drawn, card.unit, kept, comparator_name) if len(drawn) > 1 else None  # type: ignore[arg-type]
    return Chart(
        key=key,
        heading=heading,
        what=what,
        read=_read(with_interval, comparator_name if kept is not None else ""),
        words=_in_words(card, names, lines),
        table=_table(card, column, names, lines, with_interval, compared),
        drawing=drawing,
        lines=tuple(lines),
    )


def _point(card: Card, name: str, figure: Figure | None, compared: bool = False) -> Point:
    if figure is None or figure.value is None or figure.state != "shown":
        return Point(name, None)
    label = words.number(figure.value, card.unit)
    return Point(
        name, figure.value, label, figure.lower95, figure.upper95, word=figure.compared if compared else ""
    )


def _read(with_interval: bool, comparator_name: str) -> str:
    if not with_interval:
        return "the longer the bar, the larger the number. Bars start at 0."
    dashes = f" The dashed line is {comparator_name}." if comparator_name else ""
    return (
        "each mark is a value and the line through it its 95% interval; where two lines overlap, the "
        f"difference may be chance.{dashes} The order says nothing about how good a value is. {NOT_FROM_ZERO}"
    )


def value_words(card: Card, figure: Figure | None) -> str:
    """A value with its unit, or why there is none."""
    why = words.state(figure, card)
    return why if why or figure is None else words.said(card, figure.value or 0.0)


def _in_words(card: Card, names: list[str], lines: list[Line]) -> str:
    said = [f"{name} {value_words(card, one.figure)}" for name, one in zip(names, lines, strict=True)]
    if len(said) > 12:
        shown = [
            (n, x.figure)
            for n, x in zip(names, lines, strict=True)
            if x.figure and x.figure.value is not None
        ]
        low, high = min(shown, key=lambda one: one[1].value), max(shown, key=lambda one: one[1].value)  # type: ignore[arg-type, return-value]
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
    rows = []
    for name, one in zip(names, lines, strict=True):
        figure = one.figure
        why = words.state(figure, card)
        value = why if why or figure is None else words.number(figure.value or 0.0, card.unit)
        row = [name, value]
        row += ["" if why or figure is None else words.interval(figure, card.unit)] if with_interval else []
        row += [words.COMPARED.get(figure.compared, "") if figure else ""] if compared else []
        rows.append(tuple(row))
    return Rows(columns, tuple(rows))


def trend_chart(figures: AreaFigures, card: Card, key: str = "trend") -> Chart:
    """Five years of a measure at a place, with the whole system dashed where it can be compared."""
    years = [words.year(*period) for period in figures.periods]
    here = figures.years(card)
    system = [] if figures.is_system else [figures.system(card, end=end) for _, end in figures.periods]
    comparable = any(figure is not None and figure.lower95 is not None for figure in here)
    points = [_named(_point(card, year, one), "here") for year, one in zip(years, here, strict=True)]
    if comparable:
        points += [
            _named(_point(card, year, one), "system") for year, one in zip(years, system, strict=False)
        ]
    drawn = tuple(point for point in points if point.value is not None)
    enough = len([point for point in drawn if point.series == "here"]) > 1
    rows = tuple(
        (year, value_words(card, one), "" if one is None else words.interval(one, card.unit))
        for year, one in zip(years, here, strict=True)
    )
    dashes = " The dashed line is the whole system." if comparable and system else ""
    return Chart(
        key=key,
        heading=trend_heading(figures, card),
        what=f"{_measure(card)}, {figures.place.name}, by year",
        read=f"each dot is a year; the upright line through it is its 95% interval.{dashes} {NOT_FROM_ZERO}",
        words=f"{'; '.join(f'{year} {value}' for year, value, _ in rows)}.",
        table=Rows(("Year", "Value", "95% interval"), rows),
        drawing=Drawing("trend", drawn, card.unit) if enough else None,
        lines=tuple(
            Line(card, figures.place, "everyone", "everyone", period, one)
            for period, one in zip(figures.periods, here, strict=True)
        ),
    )


def trend_heading(figures: AreaFigures, card: Card) -> str:
    """What became of a measure over the years."""
    shown = [
        (words.year(*period), one)
        for period, one in zip(figures.periods, figures.years(card), strict=True)
        if one is not None and one.value is not None
    ]
    if len(shown) < 2:
        return f"{card.name}: too few years are shown to see a change"
    (first_year, first), (_, last) = shown[0], shown[-1]
    change = f"from {words.number(first.value or 0, card.unit)} to {words.said(card, last.value or 0)}"
    word = words.CHANGED.get(last.change, "")
    return f"{card.name}{f', {word}' if word else ''}: {change} since {first_year}"


def _measure(card: Card) -> str:
    unit = words.measured_in(card)
    return f"{card.name}, {unit}" if unit and unit != "people" else card.name


def _named(point: Point, series: str) -> Point:
    label = point.label if series == "here" else ""
    return Point(point.name, point.value, label, point.lower, point.upper, series, point.word)
