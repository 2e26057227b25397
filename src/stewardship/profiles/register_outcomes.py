"""What came of calls to the advice line, on pages: outcomes, avoidance claimed and observed, bed days."""

from stewardship.measures.frailty.calls_named import (
    ADMITTED,
    AT_HOME,
    ATTENDED,
    CAME,
    CLAIMED,
    DIED,
    by_day,
)
from stewardship.measures.published import EVERYONE
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.register_read import RegisterFigures, Row
from stewardship.rules.frailty.calls import DAYS

TOLD = (ATTENDED, ADMITTED, DIED, AT_HOME)
IN_WORDS = {
    ATTENDED: "Attended an emergency department",
    ADMITTED: "Admitted in an emergency",
    DIED: "Died",
    AT_HOME: "Still at home",
}
NOT_AN_EFFECT = (
    "Not to be admitted after a call is not the same as an admission avoided: many would not have been admitted "
    "without the call either."
)
COUNTED = (
    "Counted are index calls: the first call about a person, and the next one more than 7 days later. The day of the "
    "call is day 0. Left out are calls about people who were in hospital, and those not yet followed so far."
)
COLUMNS = (
    "What", "Of", "From", "To", "By", "Group", "Calls", "Of calls", "Per cent", "Lower 95%", "Upper 95%",
    "Why not shown",
)  # fmt: skip


def outcomes_chart(figures: RegisterFigures) -> Chart | None:
    """Attendance, admission, death and still at home, at 7 and 30 days; None where no call is known of."""
    rows = _rows(figures, [by_day(what, day) for day in DAYS for what in TOLD])
    if not rows:
        return None
    points = tuple(point(_label(row), row) for row in rows)
    admitted = next((row for row in rows if row["what"] == by_day(ADMITTED, DAYS[0])), None)
    return Chart(
        key="outcomes",
        heading=_heading(admitted),
        what=f"What came of index calls within 7 and 30 days, per cent, {when(rows)}, whole system",
        read="each mark is a share of calls and the line through it its 95% interval. Deaths stand "
        "apart, whether in hospital or not; who died without an admission is among those not admitted.",
        words="; ".join(f"{_label(row).lower()}: {share(row)}" for row in rows) + ".",
        table=table(rows, "What came of it", [_label(row) for row in rows]),
        drawing=drawn(points),
        said=COUNTED,
        download=outcomes_taken(figures),
    )


def avoidance_chart(figures: RegisterFigures) -> Chart | None:
    """Avoidance claimed beside avoidance observed: two different things."""
    rows = _rows(figures, [CLAIMED, *(by_day(ADMITTED, day) for day in DAYS)])
    if len(rows) < 2:
        return None
    observed = [_without(row) if row["what"] != CLAIMED else row for row in rows]
    names = ["Claimed: intended to convey or admit, and kept out by the advice"]
    names = [
        names[0] if row["what"] == CLAIMED else f"Observed: no emergency admission within {row['day']} days"
        for row in observed
    ]
    return Chart(
        key="avoidance",
        heading=_avoidance_heading(observed),
        what=f"Avoidance claimed, of calls in which the caller meant to convey or admit, and no admission observed, of "
        f"all index calls followed up, per cent, {when(rows)}, whole system",
        read="each mark is a share with its 95% interval. The shares are of different calls, and neither is an effect "
        "of the line.",
        words="; ".join(f"{name.lower()}: {share(row)}" for name, row in zip(names, observed, strict=True)) + ".",
        table=table(observed, "Avoidance", names),
        drawing=drawn(tuple(point(name, row) for name, row in zip(names, observed, strict=True))),
        said=f"{NOT_AN_EFFECT} What the line changed is told by comparing people alike who had no call.",
        download=outcomes_taken(figures),
    )  # fmt: skip


def by_group_charts(figures: RegisterFigures) -> list[Chart]:
    """No emergency admission within 7 days, by who called and by fifth of deprivation."""
    made = []
    for by, named in (("main caller", "who called"), ("deprivation fifth", "fifth of deprivation")):
        rows = [_without(row) for row in figures.outcome(by_day(ADMITTED, DAYS[0]), by)]
        if not rows:
            continue
        names = [words.group(by, row["group"]) for row in rows]
        made.append(Chart(
            key=f"outcomes-by-{by.replace(' ', '-')}",
            heading=f"No admission within 7 days, by {named}: {_spread(rows)}",
            what=f"No emergency admission within 7 days of an index call, by {named}, per cent, {when(rows)}, whole "
            "system",
            read="each mark is a group's share and the line through it its 95% interval. The order is not one of "
            "merit: callers call about people of different need.",
            words="; ".join(f"{name}: {share(row)}" for name, row in zip(names, rows, strict=True)) + ".",
            table=table(rows, by.capitalize(), names),
            drawing=drawn(tuple(point(name, row) for name, row in zip(names, rows, strict=True))),
            download=outcomes_taken(figures),
        ))  # fmt: skip
    return made


def safety_rows(figures: RegisterFigures) -> Rows | None:
    """What may show harm: deaths within 7 days, and coming to an emergency department soon after advice to stay."""
    rows = _rows(figures, [by_day(DIED, DAYS[0]), CAME])
    names = [
        "Died within 7 days, of those followed up"
        if row["what"] != CAME
        else "Came to an emergency department on the day of the call or the next, of those advised to stay at home"
        for row in rows
    ]
    return table(rows, "Safety", names) if rows else None


def bed_days_rows(figures: RegisterFigures) -> Rows | None:
    """Bed days claimed, with what they rest on."""
    row = figures.bed_days
    if row is None:
        return None
    columns = ("Bed days", words.year(row["start"], row["end"]))
    if row["state"] != "shown":
        return Rows(columns, (("Bed days claimed", row["reason"]),))
    return Rows(columns, (
        ("Admissions claimed to be avoided", f"{row['claimed']:,}"),
        ("Mean stay", f"{row['mean_stay']:.1f} nights ({row['shortest']:.1f} to {row['longest']:.1f})"),
        ("Bed days claimed", f"{row['days']:,} ({row['least']:,} to {row['most']:,})"),
        ("Assumed", f"every admission claimed would have come, and lasted as long as {row['stays']:,} emergency stays "
                    "that the same people had before a call; no admission came later instead"),
    ))  # fmt: skip


def outcomes_taken(figures: RegisterFigures) -> TakenAway:
    """Every share, year and group, to take away."""
    rows: list[tuple[Cell, ...]] = [
        (
            row["what"], row["of"], row["start"].isoformat(), row["end"].isoformat(), row["by"], row["group"],
            row["numerator"], row["denominator"],
            *(None if row[name] is None else round(row[name], 4) for name in ("value", "lower95", "upper95")),
            row["reason"],
        )
        for row in figures.outcomes
    ]  # fmt: skip
    return TakenAway(COLUMNS, tuple(rows))


def share(row: Row | None) -> str:
    """A share with its interval and its calls, or why there is none."""
    if row is None:
        return "not known"
    if row["value"] is None:
        return row["reason"] or "Missing: no calls of this kind"
    interval = f"{row['lower95']:.1f} to {row['upper95']:.1f}"
    return f"{row['value']:.1f}% ({interval}), {row['numerator']:,} of {row['denominator']:,}"


def when(rows: list[Row]) -> str:
    """The period of some rows, in words."""
    return words.period(rows[0]["start"], rows[0]["end"])


def table(rows: list[Row], first: str, names: list[str]) -> Rows:
    """Shares with their intervals, beneath a chart."""
    cells: list[tuple[str, ...]] = [
        (name, row["reason"] or "Missing: no calls of this kind")
        if row["value"] is None
        else (
            name, f"{row['value']:.1f}%", f"{row['lower95']:.1f} to {row['upper95']:.1f}",
            f"{row['numerator']:,} of {row['denominator']:,}",
        )
        for name, row in zip(names, rows, strict=True)
    ]  # fmt: skip
    return Rows((first, "Share", "95% interval", "Calls"), tuple(cells))


def point(name: str, row: Row) -> Point:
    """A share as a mark with its interval."""
    if row["value"] is None:
        return Point(name, None, "hidden" if row["reason"] else "no figure")
    return Point(name, row["value"], f"{row['value']:.1f}%", row["lower95"], row["upper95"])


def drawn(points: tuple[Point, ...]) -> Drawing | None:
    """Marks with intervals; None where fewer than two can be drawn."""
    enough = sum(each.value is not None for each in points) > 1
    return Drawing("intervals", points, "%") if enough else None


def _rows(figures: RegisterFigures, wanted: list[str]) -> list[Row]:
    return [row for what in wanted for row in figures.outcome(what) if row["by"] == EVERYONE]


def _label(row: Row) -> str:
    what = str(row["what"]).rpartition(" by day ")[0]
    return (
        f"{IN_WORDS.get(what, what)} within {row['day']} days"
        if what != AT_HOME
        else (f"{IN_WORDS[what]} on day {row['day']}")
    )


def _without(row: Row) -> Row:
    """The other side of a share: those not admitted."""
    if row["value"] is None:
        return row
    return {
        **row,
        "numerator": row["denominator"] - row["numerator"], "value": 100 - row["value"],
        "lower95": 100 - row["upper95"], "upper95": 100 - row["lower95"],
    }  # fmt: skip


def _heading(admitted: Row | None) -> str:
    if admitted is None or admitted["value"] is None:
        return "How many were admitted after a call is hidden: small numbers"
    return f"{100 - admitted['value']:.0f}% of calls were followed by no emergency admission within 7 days"


def _avoidance_heading(rows: list[Row]) -> str:
    claimed = next((row for row in rows if row["what"] == CLAIMED), None)
    if claimed is None or claimed["value"] is None:
        return "How many admissions calls claim to have avoided is hidden: small numbers"
    return (
        f"Of {claimed['denominator']:,} calls whose caller meant to convey or admit, {claimed['numerator']:,} claim an "
        "admission avoided"
    )


def _spread(rows: list[Row]) -> str:
    told = [row["value"] for row in rows if row["value"] is not None]
    if len(told) < 2:
        return "too few groups are shown to compare"
    return f"from {min(told):.0f}% to {max(told):.0f}%"
