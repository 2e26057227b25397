"""How many people are recorded with frailty, dementia and near the end of life, of those to be expected, on pages."""

from stewardship.measures.frailty.gap import FIFTH, GAP, expected_shares
from stewardship.measures.published import EVERYONE
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import Drawing, Point
from stewardship.profiles.register_read import RegisterFigures, Row

PLACES = ("alliance", "network")


def coverage_chart(figures: RegisterFigures) -> Chart | None:
    """People recorded for each 100 expected, by condition, of the whole system."""
    rows = [row for row in figures.gap if row["level"] == "system" and row["by"] == EVERYONE]
    if not rows:
        return None
    names = [_condition(row) for row in rows]
    return _chart(figures, "coverage", _heading(rows), "by condition, whole system", "Condition", names, rows)


def fifths_charts(figures: RegisterFigures) -> list[Chart]:
    """The same by fifth of deprivation, a chart a condition."""
    made = []
    for condition in expected_shares():
        rows = [
            row
            for row in figures.gap
            if row["level"] == "system" and row["by"] == FIFTH and row["condition"] == condition.key
        ]
        if rows:
            names = [words.group(FIFTH, row["group"]) for row in rows]
            heading = f"{condition.name}, most and least deprived fifth: {_ends(rows)}"
            key = f"coverage-{condition.key.replace('_', '-')}-by-fifth"
            what = f"{condition.name}, by fifth of deprivation, whole system"
            made.append(_chart(figures, key, heading, what, "Fifth of deprivation", names, rows))
    return made


def by_place(figures: RegisterFigures) -> list[tuple[str, Rows]]:
    """Recorded, expected and found, by alliance and network: a table a condition."""
    made = []
    for condition in expected_shares():
        rows = [
            row
            for row in figures.gap
            if row["level"] in PLACES and row["by"] == EVERYONE and row["condition"] == condition.key
        ]
        if rows:
            made.append(
                (
                    f"{condition.name}, by alliance and network",
                    _table("Place", [row["name"] for row in rows], rows),
                )
            )
    return made


def coverage_taken(figures: RegisterFigures) -> TakenAway:
    """Every condition, place and fifth, to take away."""
    return TakenAway(tuple(GAP.names), tuple(tuple(row[name] for name in GAP.names) for row in figures.gap))


def _chart(
    figures: RegisterFigures, key: str, heading: str, what: str, first: str, names: list[str], rows: list[Row]
) -> Chart:
    start, end = figures.published.snapshot.periods[-1]
    points = tuple(
        Point(name, None, "hidden")
        if row["found"] is None
        else Point(name, row["found"], f"{row['found']:.0f}", row["lower95"], row["upper95"])
        for name, row in zip(names, rows, strict=True)
    )
    return Chart(
        key=key,
        heading=heading,
        what=f"People recorded for each 100 to be expected, {what}, {words.period(start, end)}",
        read="each mark is how many are recorded for each 100 expected, and the line through it its 95% interval. "
        "100 is as many as expected; what is expected is an estimate, and no target.",
        words="; ".join(f"{name}: {point.label}" for name, point in zip(names, points, strict=True)) + ".",
        table=_table(first, names, rows),
        drawing=Drawing("intervals", points, "per 100")
        if sum(each.value is not None for each in points) > 1
        else None,
        said="Expected by "
        + "; ".join(f"{each.name.lower()}: {each.source.rstrip('.')}" for each in expected_shares())
        + ".",
        download=coverage_taken(figures),
    )


def _table(first: str, names: list[str], rows: list[Row]) -> Rows:
    cells: list[tuple[str, ...]] = [
        (name, row["reason"])
        if row["found"] is None
        else (
            name, f"{row['recorded']:,}", f"{row['expected']:,}", f"{row['missing']:,}",
            f"{row['found']:.0f} ({row['lower95']:.0f} to {row['upper95']:.0f})", row["verdict"],
        )
        for name, row in zip(names, rows, strict=True)
    ]  # fmt: skip
    columns = (first, "Recorded", "Expected", "Missing", "Of 100 expected (95% interval)", "Compared")
    return Rows(columns, tuple(cells))


def _condition(row: Row) -> str:
    return next(each.name for each in expected_shares() if each.key == row["condition"])


def _heading(rows: list[Row]) -> str:
    told = [row for row in rows if row["found"] is not None]
    if not told:
        return "How many are recorded of those expected is hidden"
    least = min(told, key=lambda row: row["found"])
    return (
        f"{_condition(least)}: {least['recorded']:,} people are recorded of {least['expected']:,} expected, "
        f"{least['missing']:,} are missing"
    )


def _ends(rows: list[Row]) -> str:
    told = [None if row["found"] is None else f"{row['found']:.0f}" for row in (rows[0], rows[-1])]
    if None in told:
        return "hidden"
    return f"{told[0]} and {told[1]} recorded for each 100 expected"
