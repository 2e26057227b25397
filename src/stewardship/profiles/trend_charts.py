"""The control charts of measures that are counted by month, and their tables."""

from stewardship.measures.derived import MonthInTrend, Reading
from stewardship.measures.published import Card
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, TakenAway, scale_words
from stewardship.profiles.drawings import LINES, Drawing, Point
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.trend_read import drawn_large, months_of, not_shown, reading
from stewardship.profiles.trend_words import (
    by_month,
    by_what,
    cautions,
    counted,
    found,
    in_words,
    month,
    read_words,
)


def months_charts(figures: AreaFigures) -> list[Chart]:
    """The control charts that a care-area page draws large."""
    made = [months_chart(figures, one.card, f"months-{one.card.key}") for one in drawn_large(figures)]
    return [chart for chart in made if chart is not None]


def measure_months(figures: AreaFigures, card: Card) -> list[Chart]:
    """The control chart of one measure, if its months can be read."""
    chart = months_chart(figures, card, "months")
    return [chart] if chart is not None else []


def months_chart(figures: AreaFigures, card: Card, key: str) -> Chart | None:
    """The control chart of a measure's months at a place; None where they are not read."""
    now, rows = reading(figures, card), months_of(figures, card)
    if now is None or not now.reading:
        return None
    drawing = Drawing("months", (*_lines(rows), *_marks(rows)), "events")
    said = [f"{by_what(card, now)}." if now.signal else "", cautions(figures, card, now)]
    return Chart(
        key=key,
        heading=f"{by_month(card)}: {words.lower_first(found(now))}",
        what=f"{counted(card)}, {figures.place.name}, {month(rows[0].month)} to {month(rows[-1].month)}",
        read=read_words(card, now, rows, scale_words(drawing)),
        words=in_words(rows),
        table=_table(figures, card, rows),
        drawing=drawing,
        said=" ".join(filter(None, said)),
        download=months_table(figures, [card]),
    )


def _marks(rows: tuple[MonthInTrend, ...]) -> list[Point]:
    return [
        Point(
            f"{row.month:%b %Y}", None if row.count is None else float(row.count), word=row.side, at=float(at)
        )
        for at, row in enumerate(rows)
    ]


def _lines(rows: tuple[MonthInTrend, ...]) -> list[Point]:
    """Mean and limits at each month of the chart."""
    return [
        Point("", row.mean, "", row.lower, row.upper, LINES, at=float(at))
        for at, row in enumerate(rows)
        if row.mean is not None
    ]


def _table(figures: AreaFigures, card: Card, rows: tuple[MonthInTrend, ...]) -> Rows:
    why = not_shown(figures, card)
    cells: list[tuple[str, ...]] = []
    for row in rows:
        if row.count is None:
            cells.append((month(row.month), why.get(row.month, "Missing: no figure was made")))
            continue
        said = f"{words.COMPARED[row.side]}: {row.signal}" if row.signal else ""
        if row.mean is None or row.lower is None or row.upper is None:
            cells.append((month(row.month), f"{row.count:,}", "", "", "before the chart"))
            continue
        limits = f"{row.lower:,.0f} to {row.upper:,.0f}"
        cells.append((month(row.month), f"{row.count:,}", f"{row.mean:,.0f}", limits, said or "Common cause"))
    return Rows(("Month", "Number", "Mean", "Limits", "Signal"), tuple(cells))


def months_table(figures: AreaFigures, cards: list[Card]) -> TakenAway:
    """The months of measures with their lines and signals, to take away."""
    columns = (
        "Part", "Measure", "Counted", "Place", "Place code", "Month", "Number", "Why not shown",
        "Mean", "Lower limit", "Upper limit", "Special cause", "Side",
        "Reading of the latest month", "Since", "Lines follow a yearly pattern", "Why no reading", "Take care",
    )  # fmt: skip
    rows = []
    for card in cards:
        now, why = reading(figures, card), not_shown(figures, card)
        if now is not None:
            rows += [
                _cells(figures, card, now, row, why.get(row.month, "")) for row in months_of(figures, card)
            ]
    return TakenAway(columns, tuple(rows))


def _cells(figures: AreaFigures, card: Card, now: Reading, row: MonthInTrend, why: str) -> tuple[Cell, ...]:
    return (
        words.PARTS.get(card.part, card.part), card.name, counted(card), figures.place.name, figures.place.code,
        row.month.isoformat(), row.count, why,
        *(None if line is None else round(line, 1) for line in (row.mean, row.lower, row.upper)),
        row.signal, row.side, now.reading, now.since.isoformat() if now.since else "",
        "yes" if now.yearly else "no", now.reason, cautions(figures, card, now),
    )  # fmt: skip


def every_month(figures: AreaFigures) -> TakenAway:
    """The months of every measure of the care area, to take away."""
    return months_table(figures, list(figures.area.measures))
