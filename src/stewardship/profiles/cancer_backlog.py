"""The backlog over time by band, and of whom it is made."""

from datetime import timedelta

from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.measures.published import EVERYONE
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.cancer_providers import called
from stewardship.profiles.cancer_read import CancerFigures, Row
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import Drawing, Point

OVER_62, OVER_104, ALL = "over 62", ">104", "all"
WEEKS_DRAWN = 156
BANDS = {
    ALL: "All open",
    "0-28": "0 to 28 days",
    "29-62": "29 to 62",
    "63-104": "63 to 104",
    ">104": "Over 104",
}
COLUMNS = ("Week ending", "By", "Group", "Days open", "Open pathways", "Why not shown")


def backlog_chart(figures: CancerFigures) -> Chart | None:
    """Open pathways over 62 and over 104 days, week by week; None where nothing is published."""
    over = figures.weeks(OVER_62)[-WEEKS_DRAWN:]
    if not over:
        return None
    longest = figures.weeks(OVER_104)[-WEEKS_DRAWN:]
    known = [row for row in over if row["count"] is not None]
    points = [*_points(over, "over 62 days"), *_points(longest, "over 104 days")]
    return Chart(
        key="backlog",
        heading=backlog_heading(over),
        what=f"Open pathways over 62 days at the end of each week, {words.period(over[0]['week'], over[-1]['week'])}, "
        "whole system, non-specific symptoms not counted",
        read=(
            "each line is how many people are waiting beyond a limit on the Sunday that ends a week: a rising line "
            "means that more pass the limit than are treated or told that it is not cancer. A line is broken where a "
            "week's count is hidden. The scale starts at 0."
        ),
        words=_in_words(over),
        table=_table(figures),
        drawing=Drawing("weeks", tuple(points), "people") if len(known) > 1 else None,
        download=backlog_table(figures),
    )  # fmt: skip


def backlog_heading(over: list[Row]) -> str:
    """How many wait over 62 days now, beside a year before and the highest."""
    last = over[-1]
    if last["count"] is None:
        return "How many are waiting over 62 days is hidden: small numbers"
    said = f"{last['count']:,} people are waiting over 62 days"
    before = next((row for row in over if row["week"] == last["week"] - timedelta(weeks=52)), None)
    if before is not None and before["count"] is not None:
        change = last["count"] - before["count"]
        said += (
            f", {abs(change):,} {'more' if change > 0 else 'fewer'} than a year before"
            if change
            else ", as a year before"
        )
    highest = max((row for row in over if row["count"] is not None), key=lambda row: row["count"])
    if highest["count"] > last["count"]:
        said += f"; the most were {highest['count']:,} on {words.day(highest['week'])}"
    return said


def _points(rows: list[Row], series: str) -> list[Point]:
    last = max((at for at, row in enumerate(rows) if row["count"] is not None), default=-1)
    return [
        Point(
            f"{row['week']:%b %Y}", None if row["count"] is None else float(row["count"]),
            f"{series}: {row['count']:,}" if at == last else "", series=series, at=float(at),
        )
        for at, row in enumerate(rows)
    ]  # fmt: skip


def _in_words(over: list[Row]) -> str:
    known = [row for row in over if row["count"] is not None]
    hidden = len(over) - len(known)
    if not known:
        return "Every week is hidden: fewer than 20 people wait over 62 days, or the count would tell of fewer than 20."
    low, high = (pick(known, key=lambda row: row["count"]) for pick in (min, max))
    return (
        f"Over 62 days: {known[-1]['count']:,} on {words.day(known[-1]['week'])}; at most {high['count']:,} on "
        f"{words.day(high['week'])} and at least {low['count']:,} on {words.day(low['week'])}, of the weeks shown."
        f"{f' {hidden} weeks are hidden.' if hidden else ''}"
    )


def _table(figures: CancerFigures) -> Rows:
    """The latest 26 weeks by band, newest first."""
    by_band = {band: {row["week"]: row for row in figures.weeks(band)} for band in BANDS}
    weeks = sorted(by_band[ALL], reverse=True)[:26]
    cells = [(words.day(week), *(_count(by_band[band][week]) for band in BANDS)) for week in weeks]
    return Rows(("Week ending", *BANDS.values()), tuple(cells))


def _count(row: Row) -> str:
    return HIDDEN_WORDS if row["count"] is None else f"{row['count']:,}"


def backlog_by(figures: CancerFigures, by: str) -> Rows | None:
    """The latest week by group: all open, and over 62 days. Groups with nobody open are left out."""
    rows = [row for row in figures.backlog if row["by"] == by]
    if not rows:
        return None
    last = max(row["week"] for row in rows)
    held = {(row["group"], row["band"]): row for row in rows if row["week"] == last}
    groups = sorted({group for group, _ in held if held[group, ALL]["count"] != 0})
    cells = [(called(by, group), *(_count(held[group, band]) for band in (ALL, OVER_62))) for group in groups]
    return Rows((by.capitalize(), "All open", "Over 62 days"), tuple(cells))


def backlog_table(figures: CancerFigures) -> TakenAway:
    """Every week, group and band, to take away."""
    rows: list[tuple[Cell, ...]] = [
        (row["week"].isoformat(), row["by"], row["group"], row["band"], row["count"], row["reason"])
        for row in sorted(figures.backlog, key=lambda row: (row["by"] != EVERYONE, row["by"], row["group"]))
    ]
    return TakenAway(COLUMNS, tuple(rows))
