"""Who uses the advice line and when, on pages: calls by month, weekday, caller, network, and by need."""

import numpy as np

from stewardship.measures import statistics
from stewardship.measures.published import EVERYONE
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.register_read import RegisterFigures, Row

WAYS = {"caller": "who called", "weekday": "day of the week", "reason": "reason", "network": "network"}
MONTHS = 12
COLUMNS = ("Period", "From", "To", "By", "Group", "Calls", "Why not shown")


def months_chart(figures: RegisterFigures) -> Chart | None:
    """Calls of each of the last twelve months."""
    rows = [row for row in figures.calls if row["period"] == "month" and row["by"] == EVERYONE]
    rows = sorted(rows, key=lambda row: row["end"])[-MONTHS:]
    if not rows:
        return None
    names = [f"{row['start']:%b %Y}" for row in rows]
    told = [row["calls"] for row in rows if row["calls"] is not None]
    heading = (
        f"Between {min(told):,} and {max(told):,} calls a month" if told else "Calls by month are hidden"
    )
    what = f"Calls to the advice line in each month, {names[0]} to {names[-1]}, whole system"
    return _bars(figures, "calls-by-month", heading, what, "Month", names, rows)


def use_charts(figures: RegisterFigures) -> list[Chart]:
    """Calls of the latest year in each way of dividing them."""
    made = []
    for by, named in WAYS.items():
        rows = figures.calls_by(by)
        if by != "weekday":
            rows = sorted(rows, key=lambda row: (-(row["calls"] or 0), row["group"]))
        if rows:
            names = [figures.name_of(by, row["group"]) for row in rows]
            period = words.period(rows[0]["start"], rows[0]["end"])
            made.append(_bars(
                figures, f"calls-by-{by}", _most(named, names, rows),
                f"Calls to the advice line by {named}, {period}, whole system", named.capitalize(), names, rows,
            ))  # fmt: skip
    return made


def need_chart(figures: RegisterFigures) -> Chart | None:
    """Calls for each 1,000 people in need, by fifth of deprivation; None where either is not published."""
    rows = [row for row in figures.calls_by("deprivation fifth") if row["group"] in figures.in_need]
    if not rows:
        return None
    people = np.array([figures.in_need[row["group"]] for row in rows], np.float64)
    calls = np.array([np.nan if row["calls"] is None else row["calls"] for row in rows], np.float64)
    found = statistics.rates(calls, people, multiplier=1000)
    names = [words.group("deprivation fifth", row["group"]) for row in rows]
    values = [None if np.isnan(each) else float(each) for each in found.value]
    limits = [(float(low), float(high)) for low, high in zip(found.lower95, found.upper95, strict=True)]
    points = tuple(
        Point(name, None, "hidden") if value is None else Point(name, value, f"{value:.1f}", *ends)
        for name, value, ends in zip(names, values, limits, strict=True)
    )
    cells: list[tuple[str, ...]] = [
        (name, row["reason"])
        if value is None
        else (name, f"{value:.1f}", f"{ends[0]:.1f} to {ends[1]:.1f}", f"{row['calls']:,}", f"{of:,.0f}")
        for name, row, value, ends, of in zip(names, rows, values, limits, people, strict=True)
    ]
    period = words.period(rows[0]["start"], rows[0]["end"])
    enough = sum(value is not None for value in values) > 1
    return Chart(
        key="use-by-need",
        heading=_need_heading(values),
        what=f"Calls for each 1,000 people aged 65 and over with frailty, dementia or end of life need, by fifth of "
        f"deprivation, {period}, whole system",
        read="each mark is a fifth's rate and the line through it its 95% interval. A fifth with more need has more "
        "calls if the line is used alike; the rate takes the number of people into account, not how ill they are.",
        words="; ".join(f"{name}: {point.label}" for name, point in zip(names, points, strict=True)) + ".",
        table=Rows(("Fifth of deprivation", "Per 1,000", "95% interval", "Calls", "People in need"), tuple(cells)),
        drawing=Drawing("intervals", points, "per 1,000") if enough else None,
        download=calls_taken(figures),
    )  # fmt: skip


def calls_taken(figures: RegisterFigures) -> TakenAway:
    """All calls, every month, year and group, to take away."""
    rows: list[tuple[Cell, ...]] = [
        (
            row["period"], row["start"].isoformat(), row["end"].isoformat(), row["by"],
            figures.name_of(row["by"], row["group"]), row["calls"], row["reason"],
        )
        for row in figures.calls
    ]  # fmt: skip
    return TakenAway(COLUMNS, tuple(rows))


def _bars(
    figures: RegisterFigures, key: str, heading: str, what: str, first: str, names: list[str], rows: list[Row]
) -> Chart:
    points = tuple(
        Point(name, row["calls"], "hidden" if row["calls"] is None else f"{row['calls']:,}")
        for name, row in zip(names, rows, strict=True)
    )
    told = sum(each.value is not None for each in points) > 1
    return Chart(
        key=key,
        heading=heading,
        what=what,
        read="the longer the bar, the more calls. Bars start at 0; a group without a bar is hidden or has none.",
        words="; ".join(f"{each.name}: {each.label}" for each in points) + ".",
        table=Rows(
            (first, "Calls"),
            tuple(
                (name, row["reason"] or f"{row['calls']:,}") for name, row in zip(names, rows, strict=True)
            ),
        ),
        drawing=Drawing("bars", points, "calls") if told else None,
        said="These are calls, counted, not a sample: they have no interval.",
        download=calls_taken(figures),
    )


def _most(named: str, names: list[str], rows: list[Row]) -> str:
    told = [(row["calls"], name) for name, row in zip(names, rows, strict=True) if row["calls"]]
    if not told:
        return f"Calls by {named} are hidden: small numbers"
    calls, name = max(told, key=lambda each: each[0])
    return f"By {named}, most calls are counted for {name}: {calls:,}"


def _need_heading(values: list[float | None]) -> str:
    first, last = values[0], values[-1]
    if first is None or last is None:
        return "Whether those in greatest need use the line cannot be told: small numbers"
    return (
        f"{first:.0f} calls for each 1,000 people in need in the most deprived fifth, {last:.0f} in the least"
    )
