"""The fan of the forecast: the backlog that was, and what may come, as things are and under a change."""

from collections.abc import Sequence

from stewardship.measures.cancer.forecast_changes import AS_TODAY, Planned
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.cancer_forecast import Forecasts, change_words
from stewardship.profiles.cancer_read import Row
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import CHANGED, INNER, LINES, OUTER, PAST, Drawing, Point

KEY = "forecast"
FEW, SMALLEST = "fewer than 20", 20
COLUMNS = (
    "Forecast", "Change", "From", "Week ending", "Middle", "Lower limit, 50%", "Upper limit, 50%",
    "Lower limit, 80%", "Upper limit, 80%", "An empty number is",
)  # fmt: skip


def forecast_chart(forecasts: Forecasts, planned: Planned = AS_TODAY) -> Chart | None:
    """The fan of the next 26 weeks, with that of a change over it; None where nothing is forecast."""
    if forecasts.missing:
        return None
    today, changed = forecasts.today, forecasts.of(planned) if planned.changes else ()
    weeks = f"{words.day(today[0]['week'])} to {words.day(today[-1]['week'])}"
    return Chart(
        key=KEY,
        heading=_heading(forecasts, planned, today, changed),
        what=f"Forecast of open pathways over 62 days at the end of each week, {weeks}, whole system, non-specific "
        "symptoms not counted; made from pathways to the week before",
        read=_read(bool(changed)),
        words=_in_words(today, changed),
        table=_table(today, changed),
        drawing=_drawing(forecasts, today, changed),
        said=""
        if changed
        else "As things are means: referrals, and the pace of tests, results and treatments, go on "
        "as of late, drifting as they have before. Nobody foresees a strike or a machine that breaks.",
        download=forecast_table(forecasts, planned),
    )


def _heading(forecasts: Forecasts, planned: Planned, today: Sequence[Row], changed: Sequence[Row]) -> str:
    last = today[-1]
    if not changed:
        return f"In {len(today)} weeks {_about(last)} may be over 62 days, as things are ({_likely(last)})"
    return (
        f"With {change_words(forecasts, planned)}: {_about(changed[-1])} over 62 days in {len(today)} weeks "
        f"({_likely(changed[-1])}), rather than {_number(last['middle'])} ({_likely(last)})"
    )


def _about(row: Row) -> str:
    return f"{FEW} people" if row["middle"] is None else f"about {row['middle']:,} people"


def _likely(row: Row) -> str:
    return f"80% interval {_interval(row, '80')}"


def _interval(row: Row, of: str) -> str:
    lower, upper = row[f"lower{of}"], row[f"upper{of}"]
    if upper is None:
        return FEW
    return f"{upper:,} or fewer" if lower is None else f"{lower:,} to {upper:,}"


def _number(value: int | None) -> str:
    return FEW if value is None else f"{value:,}"


def _read(with_change: bool) -> str:
    bands = (
        "the line is what was counted; to its right the dashed line and grey band are the forecast as things are, the "
        "solid line and blue bands that with the change."
        if with_change
        else "the line is what was counted; to its right the dashed line is the middle of the forecast."
    )
    return (
        f"{bands} In 8 of 10 weeks the backlog should lie within the wide band, in 5 of 10 within the narrow one. "
        "A band whose lower limit is under 20 is drawn down to 0. The scale starts at 0."
    )


def _in_words(today: Sequence[Row], changed: Sequence[Row]) -> str:
    said = [_weeks_in_words("As things are", today)]
    if changed:
        said.append(_weeks_in_words("With the change", changed))
    return " ".join(said)


def _weeks_in_words(name: str, rows: Sequence[Row]) -> str:
    picked = [rows[at] for at in (3, 12, len(rows) - 1) if at < len(rows)]
    parts = [
        f"{_number(row['middle'])} on {words.day(row['week'])} ({_interval(row, '80')})" for row in picked
    ]
    return f"{name}: {'; '.join(parts)}; in brackets the 80% interval."


def _table(today: Sequence[Row], changed: Sequence[Row]) -> Rows:
    columns = ("Week ending", "Middle", "50% interval", "80% interval")
    if not changed:
        return Rows(columns, tuple((words.day(row["week"]), *_cells(row)) for row in today))
    both = tuple(f"{column}, with the change" for column in ("Middle", "50% interval", "80% interval"))
    return Rows(
        (*columns, *both),
        tuple(
            (words.day(row["week"]), *_cells(row), *_cells(other))
            for row, other in zip(today, changed, strict=True)
        ),
    )


def _cells(row: Row) -> tuple[str, ...]:
    return _number(row["middle"]), _interval(row, "50"), _interval(row, "80")


def _drawing(forecasts: Forecasts, today: Sequence[Row], changed: Sequence[Row]) -> Drawing:
    past = forecasts.past
    points = [
        Point(f"{row['week']:%b %Y}", None if row["count"] is None else float(row["count"]), series=PAST, at=float(at))
        for at, row in enumerate(past)
    ]  # fmt: skip
    now = past[-1]["count"] if past else None
    points += _fan(today, len(past), now, "", "as today" if changed else "")
    points += _fan(changed, len(past), now, CHANGED, "with the change")
    return Drawing("fan", tuple(points), "people")


def _fan(rows: Sequence[Row], after: int, now: int | None, word: str, name: str) -> list[Point]:
    """Two bands and the line of the middle, from what was counted last; a limit that is not told is the furthest that
    it may be."""
    points = []
    if rows and now is not None:
        points = [Point("", float(now), series=LINES, word=word, at=after - 1.0)]
        points += [Point("", None, "", now, now, series, word, after - 1.0) for series in (OUTER, INNER)]
    for number, row in enumerate(rows):
        at, week = float(after + number), f"{row['week']:%b %Y}"
        for series, of in ((OUTER, "80"), (INNER, "50")):
            lower, upper = row[f"lower{of}"] or 0, row[f"upper{of}"] or SMALLEST
            points.append(Point(week, None, "", lower, upper, series, word, at))
        middle = None if row["middle"] is None else float(row["middle"])
        label = f"{name} {_number(row['middle'])}".strip() if number == len(rows) - 1 else ""
        points.append(Point(week, middle, label, series=LINES, word=word, at=at))
    return points


def forecast_table(forecasts: Forecasts, planned: Planned) -> TakenAway:
    """Both forecasts, a row a week, to take away."""
    told = [("as things are", AS_TODAY)]
    told += [(change_words(forecasts, planned), planned)] if planned.changes else []
    rows: list[tuple[Cell, ...]] = []
    for name, one in told:
        begins = forecasts.begins(one).isoformat() if one.changes else ""
        rows += [
            ("as things are" if one is AS_TODAY else "with the change", name if one.changes else "", begins,
             row["week"].isoformat(), row["middle"], row["lower50"], row["upper50"], row["lower80"], row["upper80"],
             FEW)
            for row in forecasts.of(one)
        ]  # fmt: skip
    return TakenAway(COLUMNS, tuple(rows))
