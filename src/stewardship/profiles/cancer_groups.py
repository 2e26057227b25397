"""Who waits longer, and what the referrals found: shares of groups with their intervals."""

from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.measures.published import EVERYONE
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.cancer_performance import standards_table
from stewardship.profiles.cancer_read import FASTER_DIAGNOSIS, REFERRAL, STANDARDS, CancerFigures, Row
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import Drawing, Point

NONE_THERE = "No one in the group"
WAITS_BY = {"deprivation fifth": "fifth of deprivation", "age band": "age", "ethnic group": "ethnic group"}
AGES = ("0-4", "5-14", "15-24", "25-44", "45-64", "65-74", "75-84", "85+")
FOUND = {
    "conversion": "Told of cancer, of all who were told",
    "early stage": "Found at stage 1 or 2, of cancers staged",
}


def waits_charts(figures: CancerFigures) -> list[Chart]:
    """The 28 days by deprivation, age and ethnic group, with the 62 days and median waits in the table."""
    made = [_waits_chart(figures, by) for by in WAITS_BY]
    return [chart for chart in made if chart is not None]


def _waits_chart(figures: CancerFigures, by: str) -> Chart | None:
    rows = in_order(figures.latest(FASTER_DIAGNOSIS, by), by)
    if not rows:
        return None
    everyone = figures.latest(FASTER_DIAGNOSIS)[0]
    what = WAITS_BY[by]
    return Chart(
        key=f"waits-by-{by.replace(' ', '-')}",
        heading=_waits_heading(rows, everyone, by),
        what=f"Told within 28 days by {what}, per cent, {words.period(everyone['start'], everyone['end'])}, whole "
        "system",
        read="each mark is a group's share and the line through it its 95% interval; the dashed line is everyone. The "
        "order is not one of merit.",
        words=_in_words(rows, by),
        table=_waits_table(figures, rows, by),
        drawing=_intervals(rows, by, everyone["value"]),
        download=standards_table(figures, *(each.key for each in STANDARDS)),
    )


def in_order(rows: list[Row], by: str) -> list[Row]:
    """Groups in their order: ages from the youngest, others by name, and last whoever is not known."""
    order = AGES if by == "age band" else ()
    return sorted(
        rows,
        key=lambda row: (
            order.index(row["group"]) if row["group"] in order else 99,
            row["group"] == "Not known",
            row["group"],
        ),
    )


def _waits_heading(rows: list[Row], everyone: Row, by: str) -> str:
    """Which groups differ from everyone beyond chance, by their 95% intervals."""
    what, value = WAITS_BY[by], everyone["value"]
    held = [row for row in rows if row["value"] is not None]
    if value is None or len(held) < 2:
        return f"By {what}: too few groups are shown to compare"
    less = [named(by, row["group"]) for row in held if row["upper95"] < value]
    more = [named(by, row["group"]) for row in held if row["lower95"] > value]
    if less:
        return f"Told in time less often than everyone: {words.and_list(less)}"
    if more:
        return f"Told in time more often than everyone: {words.and_list(more)}"
    return f"No {what} is told in time more or less often than everyone, beyond chance"


def _intervals(rows: list[Row], by: str, level: float | None) -> Drawing | None:
    points = tuple(
        Point(
            named(by, row["group"]), row["value"], "hidden" if row["value"] is None else f"{row['value']:.0f}%",
            row["lower95"], row["upper95"],
        )
        for row in rows if row["state"] != "missing"
    )  # fmt: skip
    enough = sum(point.value is not None for point in points) > 1
    return Drawing("intervals", points, "%", level, "everyone") if enough else None


def _in_words(rows: list[Row], by: str) -> str:
    said = [
        f"{named(by, row['group'])} {row['value']:.1f}% ({row['lower95']:.1f} to {row['upper95']:.1f})"
        for row in rows
        if row["value"] is not None
    ]
    return f"{'; '.join(said)}." if said else "Every group is hidden."


def _waits_table(figures: CancerFigures, rows: list[Row], by: str) -> Rows:
    treated = {row["group"]: row for row in figures.latest(REFERRAL, by)}
    cells: list[tuple[str, ...]] = []
    for row in rows:
        name = named(by, row["group"])
        if row["value"] is None:
            cells.append((name, NONE_THERE if row["state"] == "missing" else HIDDEN_WORDS))
            continue
        ninetieth = "" if row["ninetieth_days"] is None else f" ({row['ninetieth_days']:.0f})"
        cells.append((
            name, f"{row['value']:.1f}% ({row['lower95']:.1f} to {row['upper95']:.1f})",
            f"{row['within']:,.0f} of {row['total']:,.0f}", f"{row['median_days']:.0f}{ninetieth}",
            _share(treated.get(row["group"])),
        ))  # fmt: skip
    columns = (
        "Group", "Told within 28 days (95% interval)", "People", "Median days (90th percentile)",
        "Treated within 62 days",
    )  # fmt: skip
    return Rows(columns, tuple(cells))


def named(by: str, group: str) -> str:
    """A group in words: a fifth says which end is which."""
    if by != "deprivation fifth" or not group.isdigit():
        return words.group(by, group)
    return {"1": "most deprived fifth", "5": "least deprived fifth"}.get(group, f"fifth {group}")


def _share(row: Row | None) -> str:
    return "hidden" if row is None or row["value"] is None else f"{row['value']:.1f}%"


def found_chart(figures: CancerFigures) -> Chart | None:
    """Conversion by tumour group; None where nothing is published."""
    everyone = figures.found("conversion")
    if not everyone:
        return None
    rows = in_order(figures.found("conversion", "tumour group"), "tumour group")
    first = everyone[0]
    return Chart(
        key="conversion",
        heading="The share told of cancer is hidden"
        if first["value"] is None
        else f"{first['value']:.1f}% of those told had cancer",
        what=f"{FOUND['conversion']}, by what was suspected, per cent, {words.period(first['start'], first['end'])}, "
        "whole system",
        read="each mark is a group's share and the line through it its 95% interval; the dashed line is everyone. "
        "Neither more nor less is better: a low share may be cautious referring, a high one referring too late.",
        words=_in_words(rows, "tumour group"),
        table=_found_table([first, *rows]),
        drawing=_intervals([row for row in rows if row["value"] is not None], "tumour group", first["value"]),
        said=found_words(figures),
        download=found_table(figures),
    )  # fmt: skip


def found_words(figures: CancerFigures) -> str:
    """Stage and emergency presentation: what is known, or why nothing is."""
    said = []
    for row in figures.found("early stage"):
        if row["value"] is not None:
            share = f"{row['value']:.0f}% ({row['lower95']:.0f} to {row['upper95']:.0f})"
            said.append(
                f"Of {row['denominator']:,} cancers whose stage is known, {share} were found at stage 1 or 2."
            )
        else:
            said.append(f"Stage: {words.lower_first(row['reason'])}.")
    said += [f"In an emergency: {words.lower_first(row['reason'])}." for row in figures.found("emergency")]
    return " ".join(said)


def _found_table(rows: list[Row]) -> Rows:
    cells: list[tuple[str, ...]] = []
    for row in rows:
        name = "Everyone" if row["by"] == EVERYONE else row["group"]
        if row["value"] is None:
            cells.append((name, row["reason"] or NONE_THERE))
            continue
        share = f"{row['lower95']:.1f} to {row['upper95']:.1f}"
        cells.append((name, f"{row['value']:.1f}%", share, f"{row['numerator']:,} of {row['denominator']:,}"))
    return Rows(("What was suspected", "Told of cancer", "95% interval", "People"), tuple(cells))


def found_table(figures: CancerFigures) -> TakenAway:
    """Conversion, stage and emergency presentation, of everyone and of groups, to take away."""
    columns = (
        "Measure", "From", "To", "By", "Group", "Found", "Of", "Per cent", "Lower limit, 95%", "Upper limit, 95%",
        "Why not shown",
    )  # fmt: skip
    measures = ("conversion", "early stage", "emergency")
    bys = (EVERYONE, "route", "tumour group", "deprivation fifth", "age band", "ethnic group", "sex")
    return TakenAway(
        columns,
        tuple(_cells(FOUND.get(m, m), r) for m in measures for by in bys for r in figures.found(m, by)),
    )


def _cells(name: str, row: Row) -> tuple[Cell, ...]:
    numbers = (row[each] for each in ("value", "lower95", "upper95"))
    return (
        name, row["start"].isoformat(), row["end"].isoformat(), row["by"], row["group"], row["numerator"],
        row["denominator"], *(None if number is None else round(number, 4) for number in numbers), row["reason"],
    )  # fmt: skip
