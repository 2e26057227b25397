"""Where the days go: each step's days beside the days it should take, and which step runs furthest over."""

from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.measures.published import EVERYONE
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.cancer_read import CancerFigures, Row
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import Drawing, Point

DUE, REACHED = "Day it is due", "Median day it is reached"
COLUMNS = (
    "Step", "From", "To", "By", "Group", "Pathways", "Median days of the step", "90th percentile, days",
    "Days the step should take", "Median day of the pathway", "Day of the pathway it is due", "Why not shown",
)  # fmt: skip


def steps_chart(figures: CancerFigures) -> Chart | None:
    """The day on which each step is reached beside the day it is due; None where no step is published."""
    rows = [row for row in figures.steps if row["by"] == EVERYONE]
    if not rows:
        return None
    told = [row for row in rows if row["day_by"] is not None and row["day_due"] is not None]
    points = [
        Point(row["step"], row[column], series=series)
        for row in told
        for series, column in ((DUE, "day_due"), (REACHED, "day_by"))
    ]
    return Chart(
        key="steps",
        heading=steps_heading(figures),
        what=f"Day of the pathway on which each step ends, {words.period(rows[0]['start'], rows[0]['end'])}, whole "
        "system",
        read=(
            "the dark circle is the day by which the timed pathway has the step end, the open square the day by which "
            "half of people reach it: the line between them is the delay, or the time in hand. Later steps are of "
            "fewer people: those with cancer. The scale starts at 0."
        ),
        words=_in_words(rows),
        table=_table(rows),
        drawing=Drawing("pairs", tuple(points), "days") if len(told) > 1 else None,
        said="Days of the timed pathway are general knowledge of the national 28-day pathway, to be verified locally.",
        download=steps_table(figures),
    )


def steps_heading(figures: CancerFigures) -> str:
    """In which step most days are lost; or which ends too late, though it takes no longer than it should itself."""
    return said_of_steps([row for row in figures.steps if row["by"] == EVERYONE])


def said_of_steps(rows: list[Row]) -> str:
    """The heading of one group's steps."""
    worst, late = slowest(rows), _late(rows)
    if worst is not None:
        return (
            f"Most days are lost from {words.lower_first(worst['step'])}: half of people wait "
            f"{worst['median_days']:.0f} days or more, where {worst['target_days']:.0f} are allowed"
        )
    if late:
        last = max(late, key=lambda row: row["day_by"] - row["day_due"])
        return (
            f"{last['step']} ends on day {last['day_by']:.0f} or later for half of people, and is due by day "
            f"{last['day_due']:.0f}; the days are lost before it"
        )
    if not any(row["day_by"] is not None for row in rows):
        return "How long the steps take is hidden: small numbers"
    return "Every step that is shown is reached by the day it is due, by half of people or more"


def slowest(rows: list[Row]) -> Row | None:
    """Of the steps that half of people reach after the day they are due, the one that itself runs furthest over."""
    over = [row for row in _late(rows) if row["median_days"] > row["target_days"]]
    return max(over, key=lambda row: row["median_days"] - row["target_days"], default=None)


def _late(rows: list[Row]) -> list[Row]:
    """The steps that half of people reach after the day they are due."""
    held = [row for row in rows if None not in (row["day_by"], row["day_due"], row["target_days"])]
    return [row for row in held if row["day_by"] > row["day_due"]]


def steps_by_group(figures: CancerFigures) -> Rows | None:
    """Median and 90th percentile of each step by tumour group; groups hidden in every step are left out."""
    rows = [row for row in figures.steps if row["by"] == "tumour group"]
    names = list(dict.fromkeys(row["step"] for row in figures.steps))
    held = {(row["group"], row["step"]): row for row in rows}
    groups = sorted({row["group"] for row in rows if row["median_days"] is not None})
    cells = [(group, *(_days(held[group, name]) for name in names), _worst(rows, group)) for group in groups]
    return Rows(("Tumour group", *names, "Furthest over"), tuple(cells)) if cells else None


def _days(row: Row) -> str:
    """Median, and the 90th percentile in brackets where it is told."""
    if row["median_days"] is None:
        return "hidden"
    ninetieth = row["ninetieth_days"]
    return f"{row['median_days']:.0f}" + (f" ({ninetieth:.0f})" if ninetieth is not None else "")


def _worst(rows: list[Row], group: str) -> str:
    worst = slowest([row for row in rows if row["group"] == group])
    return "none" if worst is None else words.lower_first(worst["step"])


def _in_words(rows: list[Row]) -> str:
    told = [row for row in rows if row["median_days"] is not None]
    said = [
        f"{words.lower_first(row['step'])}: {row['median_days']:.0f} days at the median"
        + (
            f", {row['ninetieth_days']:.0f} at the 90th percentile"
            if row["ninetieth_days"] is not None
            else ""
        )
        for row in told
    ]
    return f"{words.lower_first('; '.join(said)).capitalize()}." if said else "Every step is hidden."


def _table(rows: list[Row]) -> Rows:
    cells: list[tuple[str, ...]] = []
    for row in rows:
        if row["median_days"] is None:
            cells.append((row["step"], HIDDEN_WORDS))
            continue
        target = "" if row["target_days"] is None else f"{row['target_days']:.0f}"
        reached = f"{row['day_by']:.0f}" + ("" if row["day_due"] is None else f", due {row['day_due']:.0f}")
        cells.append((row["step"], _days(row), target, reached, f"{row['people']:,}"))
    columns = ("Step", "Median days (90th percentile)", "Should take", "Reached on day", "Pathways")
    return Rows(columns, tuple(cells))


def steps_table(figures: CancerFigures) -> TakenAway:
    """Every step of everyone and of tumour groups, to take away."""
    numbers = ("people", "median_days", "ninetieth_days", "target_days", "day_by", "day_due")
    rows: list[tuple[Cell, ...]] = [
        (
            row["step"], row["start"].isoformat(), row["end"].isoformat(), row["by"], row["group"],
            *(row[name] for name in numbers), row["reason"],
        )
        for row in figures.steps
    ]  # fmt: skip
    return TakenAway(COLUMNS, tuple(rows))
