"""How the register grows, whom it reaches and whether reviews are held in time, on pages."""

from stewardship.measures.published import EVERYONE
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.register_read import RegisterFigures, Row

ADDED, THERE, REVIEWED = "added", "on the register", "reviewed in twelve months"
MONTHS = 12
COLUMNS = (
    "What", "Period", "From", "To", "By", "Group", "People", "Of people", "Per cent", "Lower 95%", "Upper 95%",
    "Why not shown",
)  # fmt: skip


def growth_chart(figures: RegisterFigures) -> Chart | None:
    """People put on the register in each of the last twelve months; None where it was not sent back."""
    rows = [row for row in figures.register if row["what"] == ADDED]
    rows = sorted(rows, key=lambda row: row["end"])[-MONTHS:]
    there = next((row for row in figures.register if row["what"] == THERE and row["by"] == EVERYONE), None)
    if not rows or there is None:
        return None
    names = [f"{row['start']:%b %Y}" for row in rows]
    points = tuple(
        Point(name, row["count"], "hidden" if row["count"] is None else f"{row['count']:,}")
        for name, row in zip(names, rows, strict=True)
    )
    many = "How many people are on the register is hidden" if there["count"] is None else (
        f"{there['count']:,} people are on the register"
    )  # fmt: skip
    return Chart(
        key="growth",
        heading=many,
        what=f"People on the register at {words.day(there['end'])} who were put on it in each month, {names[0]} to "
        f"{names[-1]}, whole system",
        read="the longer the bar, the more people. Bars start at 0; a month without a bar is hidden or has none.",
        words="; ".join(f"{each.name}: {each.label}" for each in points) + ".",
        table=Rows(
            ("Month", "People"),
            tuple(
                (name, row["reason"] or f"{row['count']:,}") for name, row in zip(names, rows, strict=True)
            ),
        ),
        drawing=Drawing("bars", points, "people")
        if sum(each.value is not None for each in points) > 1
        else None,
        said="Counted are people, not a sample: they have no interval. Who left the register since is not among them.",
        download=register_taken(figures),
    )


def reviews_chart(figures: RegisterFigures) -> Chart | None:
    """Of people on the register for a year, those reviewed in it, of everyone and by fifth."""
    rows = [row for row in figures.register if row["what"] == REVIEWED]
    rows = sorted(rows, key=lambda row: (row["by"] != EVERYONE, row["group"]))
    everyone = next((row for row in rows if row["by"] == EVERYONE), None)
    if everyone is None:
        return None
    names = [
        "Everyone" if row["by"] == EVERYONE else words.group("deprivation fifth", row["group"])
        for row in rows
    ]
    points = tuple(
        Point(name, None, "hidden" if row["reason"] else "no figure")
        if row["value"] is None
        else Point(name, row["value"], f"{row['value']:.1f}%", row["lower95"], row["upper95"])
        for name, row in zip(names, rows, strict=True)
    )
    return Chart(
        key="reviews",
        heading=_reviews_heading(everyone),
        what=f"People on the register for a year or more who were reviewed in it, by fifth of deprivation, per cent, "
        f"{words.period(everyone['start'], everyone['end'])}, whole system",
        read="each mark is a share and the line through it its 95% interval. Who needs a review sooner than in a year "
        "is counted by the year here; worklists know the sooner day.",
        words="; ".join(f"{each.name}: {each.label}" for each in points) + ".",
        table=Rows(
            ("Who", "Reviewed", "95% interval", "People"),
            tuple(_cells(name, row) for name, row in zip(names, rows, strict=True)),
        ),
        drawing=Drawing("intervals", points, "%")
        if sum(each.value is not None for each in points) > 1
        else None,
        download=register_taken(figures),
    )  # fmt: skip


def register_taken(figures: RegisterFigures) -> TakenAway:
    """Every figure of the register, to take away."""
    rows: list[tuple[Cell, ...]] = [
        (
            row["what"], row["period"], row["start"].isoformat(), row["end"].isoformat(), row["by"], row["group"],
            row["count"], row["of"],
            *(None if row[name] is None else round(row[name], 4) for name in ("value", "lower95", "upper95")),
            row["reason"],
        )
        for row in figures.register
    ]  # fmt: skip
    return TakenAway(COLUMNS, tuple(rows))


def _cells(name: str, row: Row) -> tuple[str, ...]:
    if row["value"] is None:
        return name, row["reason"] or "Missing: nobody is on the register for a year"
    interval = f"{row['lower95']:.1f} to {row['upper95']:.1f}"
    return name, f"{row['value']:.1f}%", interval, f"{row['count']:,} of {row['of']:,}"


def _reviews_heading(row: Row) -> str:
    if row["value"] is None:
        return "Whether reviews are held in time cannot be told yet"
    return f"{row['value']:.0f}% of people on the register for a year were reviewed in it"
