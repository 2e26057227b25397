"""A measure over the years: the chart of it, and what became of it in words."""

from stewardship.measures.published import EVERYONE, Card
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, point_of, scale_words, value_words
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.lines import line


def trend_chart(figures: AreaFigures, card: Card, key: str = "trend") -> Chart:
    """Five years of a measure at a place, with the whole system dashed where it can be compared."""
    years = [words.year(*period) for period in figures.periods]
    here = figures.years(card)
    system = [] if figures.is_system else [figures.system(card, end=end) for _, end in figures.periods]
    comparable = any(figure is not None and figure.lower95 is not None for figure in here)
    points = [_named(point_of(card, year, one), "here") for year, one in zip(years, here, strict=True)]
    if comparable:
        points += [
            _named(point_of(card, year, one), "system") for year, one in zip(years, system, strict=False)
        ]
    enough = sum(point.value is not None for point in points if point.series == "here") > 1
    drawing = Drawing("trend", tuple(points), card.unit) if enough else None
    rows = tuple(
        (
            year,
            value_words(card, one),
            *([words.interval(one, card.unit)] if comparable and one and shown(one) else []),
        )
        for year, one in zip(years, here, strict=True)
    )
    columns = (words.years_are_named(figures.period[1]), "Value", *(["95% interval"] if comparable else []))
    upright = "; the upright line through it is its 95% interval" if comparable else ""
    dashes = " The dashed line is the whole system." if comparable and system else ""
    return Chart(
        key=key,
        heading=trend_heading(figures, card),
        what=f"{_measure(card)}, {figures.place.name}, by year",
        read=f"each dot is a year{upright}.{dashes} {scale_words(drawing)}",
        words=f"{'; '.join(f'{year}: {value}' for year, value, *_ in rows)}.",
        table=Rows(columns, rows),
        drawing=drawing,
        lines=tuple(line(figures, card, EVERYONE, EVERYONE, period) for period in figures.periods),
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
    if first.value == last.value:
        return f"{card.name}: {words.said(card, last.value or 0)}, as in {first_year}"
    then = words.number(first.value or 0, card.unit)
    change = f"from {then} to {words.said(card, last.value or 0)}"
    word = words.CHANGED.get(last.change, "")
    if last.lower95 is not None and not word:
        last_year = shown[-1][0]
        return f"{card.name}: {words.said(card, last.value or 0)} in {last_year}; {then} in {first_year}"
    return f"{card.name}{f', {word}' if word else ''}: {change} since {first_year}"


def _measure(card: Card) -> str:
    unit = words.measured_in(card)
    return f"{card.name}, {unit}" if unit and unit != "people" else card.name


def _named(point: Point, series: str) -> Point:
    label = point.label if series == "here" and point.value is not None else ""
    return Point(point.name, point.value, label, point.lower, point.upper, series, point.word)
