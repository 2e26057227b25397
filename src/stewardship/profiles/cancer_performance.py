"""Performance against the three standards: control charts by month."""

from dataclasses import dataclass

import numpy as np

from stewardship.measures import statistics
from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.cancer_read import STANDARDS, CancerFigures, Row, Standard
from stewardship.profiles.charts import Chart, Rows, TakenAway, scale_words
from stewardship.profiles.drawings import LINES, Drawing, Point
from stewardship.profiles.trend_words import month

MONTHS_DRAWN, FEWEST_MONTHS = 36, 12
SIDES = {"improving": "better", "worsening": "worse", "common cause": ""}
COLUMNS = (
    "Standard", "Period", "From", "To", "By", "Group", "Patients", "Within the standard", "Per cent",
    "Lower limit, 95%", "Upper limit, 95%", "Median days", "90th percentile, days", "Standing standard, per cent",
    "Ambition, per cent", "Why not shown",
)  # fmt: skip


@dataclass(frozen=True)
class MonthRead:
    """One month of a standard with its lines; reading: improving, worsening, common cause, or empty."""

    row: Row
    centre: float
    lower: float
    upper: float
    reading: str
    cause: str


def performance_charts(figures: CancerFigures) -> list[Chart]:
    """The control chart of each standard."""
    return [chart for each in STANDARDS if (chart := performance_chart(figures, each)) is not None]


def performance_chart(figures: CancerFigures, standard: Standard) -> Chart | None:
    """A standard by month; None where no month is published. Drawn from twelve months that are shown."""
    rows = figures.standard(standard.key, "month")[-MONTHS_DRAWN:]
    if not rows:
        return None
    read = read_months(rows)
    enough = sum(row["value"] is not None for row in rows) >= FEWEST_MONTHS
    drawing = _drawing(read) if enough else None
    return Chart(
        key=standard.key.replace("_", "-"),
        heading=heading(standard, figures, read if enough else []),
        what=f"{standard.name}, per cent of {standard.who} in each month, {_span(rows)}",
        read=(
            "each mark is a month and the band is where months lie by chance. A blue square is a change for the better "
            "and an orange diamond one for the worse; grey circles are common cause. The dashed line is the standing "
            f"standard. {scale_words(drawing)}"
        ),
        words=_in_words(standard, rows),
        table=_table(read),
        drawing=drawing,
        download=standards_table(figures, standard.key),
    )  # fmt: skip


def read_months(rows: list[Row]) -> list[MonthRead]:
    """Months with mean, limits and reading of an XmR chart; hidden months break no run of moving ranges."""
    values = np.array([[np.nan if row["value"] is None else row["value"] for row in rows]])
    chart = statistics.xmr(values)
    told = statistics.readings(chart, better="higher")[0]
    cause = chart.signals.cause[0]
    lines = zip(chart.centre[0], np.maximum(chart.lower[0], 0), np.minimum(chart.upper[0], 100), strict=True)
    return [
        MonthRead(row, float(centre), float(low), float(high), str(said), str(why))
        for row, (centre, low, high), said, why in zip(rows, lines, told, cause, strict=True)
    ]


def heading(standard: Standard, figures: CancerFigures, read: list[MonthRead]) -> str:
    """The finding: the latest year beside the standing standard, and whether the latest month shows a change."""
    year = figures.standard(standard.key, "year")[-1]
    if year["value"] is None:
        return f"{standard.name}: the year is hidden, small numbers"
    said = f"{year['value']:.1f}% {standard.counted}"
    if year["threshold"] is not None:
        gap = year["value"] - year["threshold"]
        side = "at" if abs(gap) < 0.05 else "above" if gap > 0 else f"{abs(gap):.1f} points below"
        said += f", {side} the standard of {year['threshold']:.0f}%"
    latest = next((one for one in reversed(read) if one.row["value"] is not None), None)
    if latest is None:
        return said
    change = {"improving": "improving", "worsening": "getting worse"}.get(latest.reading)
    return f"{said}; {f'{change} by month' if change else 'no change by month beyond chance'}"


def _drawing(read: list[MonthRead]) -> Drawing:
    marks = [
        Point(f"{one.row['start']:%b %Y}", one.row["value"], word=SIDES.get(one.reading, ""), at=float(at))
        for at, one in enumerate(read)
    ]
    lines = [
        Point("", one.centre, "", one.lower, one.upper, LINES, at=float(at)) for at, one in enumerate(read)
    ]
    standing = read[-1].row["threshold"]
    return Drawing("months", (*lines, *marks), "%", standing, "the standing standard")


def _span(rows: list[Row]) -> str:
    return f"{month(rows[0]['start'])} to {month(rows[-1]['start'])}, whole system"


def _in_words(standard: Standard, rows: list[Row]) -> str:
    known = [row for row in rows if row["value"] is not None]
    if not known:
        return "Every month is hidden: fewer than 20 people, or the count would tell of fewer than 20."
    low, high = (pick(known, key=lambda row: row["value"]) for pick in (min, max))
    last, hidden = known[-1], len(rows) - len(known)
    standing = last["threshold"]
    beside = f" The standing standard is {standing:.0f}%" if standing is not None else ""
    ambition = f" and the ambition {last['ambition']:.0f}%" if last["ambition"] is not None else ""
    return (
        f"Between {low['value']:.1f}% ({month(low['start'])}) and {high['value']:.1f}% ({month(high['start'])}); "
        f"{last['value']:.1f}% in {month(last['start'])}: {last['within']:,g} of {last['total']:,g} "
        f"{standard.who}.{beside}{f'{ambition}.' if beside else ''}"
        f"{f' {hidden} months are hidden.' if hidden else ''}"
    )


def _table(read: list[MonthRead]) -> Rows:
    cells: list[tuple[str, ...]] = []
    for one in reversed(read):
        row, name = one.row, month(one.row["start"])
        if row["value"] is None:
            cells.append((name, HIDDEN_WORDS if row["reason"] else "No patients"))
            continue
        side = words.COMPARED.get(SIDES.get(one.reading, ""), "") or "Common cause"
        cells.append((
            name, f"{row['value']:.1f}%", f"{row['lower95']:.1f} to {row['upper95']:.1f}",
            f"{row['within']:,g} of {row['total']:,g}", f"{side}: {one.cause}" if one.cause else side,
        ))  # fmt: skip
    return Rows(("Month", "Share", "95% interval", "Patients", "Signal"), tuple(cells))


def standards_table(figures: CancerFigures, *keys: str) -> TakenAway:
    """Every figure of standards, by month, year and of whom, to take away."""
    names = {each.key: each.name for each in STANDARDS}
    rows = [
        _cells(names[key], row)
        for key in keys
        for by in BYS
        for period in ("month", "year")
        for row in figures.standard(key, period, by)
    ]
    return TakenAway(COLUMNS, tuple(rows))


BYS = (
    "everyone", "provider", "route", "tumour group", "deprivation fifth", "age band", "ethnic group", "sex",
    "inclusion health",
)  # fmt: skip


def _cells(name: str, row: Row) -> tuple[Cell, ...]:
    numbers = (
        "total",
        "within",
        "value",
        "lower95",
        "upper95",
        "median_days",
        "ninetieth_days",
        "threshold",
        "ambition",
    )
    return (
        name, row["period"], row["start"].isoformat(), row["end"].isoformat(), row["by"], row["group"],
        *(None if row[each] is None else round(row[each], 4) for each in numbers), row["reason"],
    )  # fmt: skip
