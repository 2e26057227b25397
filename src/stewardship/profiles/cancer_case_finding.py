"""Prostate case finding: how many went on from each step to the next, by fifth and ethnic group."""

from stewardship.measures.published import EVERYONE
from stewardship.measures.spreadsheets import Cell
from stewardship.profiles import words
from stewardship.profiles.cancer_groups import WAITS_BY, in_order, named
from stewardship.profiles.cancer_read import CancerFigures, Row
from stewardship.profiles.charts import Chart, Rows, TakenAway
from stewardship.profiles.drawings import Drawing, Point

BY = ("deprivation fifth", "ethnic group")
STEPS = ("invited", "consented", "tested", "raised", "referred", "found")
STEP_WORDS = {
    "invited": "Invited", "consented": "Consented", "tested": "PSA tested", "raised": "PSA raised",
    "referred": "Referred", "found": "Cancer found",
}  # fmt: skip


def case_finding_chart(figures: CancerFigures) -> Chart | None:
    """How many went on from each step of prostate case finding to the next; None where none is known of."""
    rows = [row for row in figures.case_finding if row["by"] == EVERYONE]
    if not rows:
        return None
    held = sorted(rows, key=lambda row: STEPS.index(row["step"]))
    points = tuple(
        Point(
            STEP_WORDS[row["step"]], None if row["count"] is None else float(row["count"]), _step_label(row)
        )
        for row in held
    )
    first, tested = held[0], next((row for row in held if row["step"] == "tested"), None)
    return Chart(
        key="case-finding",
        heading=_case_heading(first, tested),
        what=f"People at each step of prostate case finding, invited {words.period(first['start'], first['end'])}, "
        "whole system",
        read="the longer the bar, the more people reached the step; in brackets, of those of the step before. Bars "
        "start at 0.",
        said=gaps_in_words(figures),
        words="; ".join(f"{STEP_WORDS[row['step']].lower()} {_step_label(row)}" for row in held) + ".",
        table=_case_table(held),
        drawing=Drawing("bars", points, "people")
        if sum(point.value is not None for point in points) > 1
        else None,
        download=case_finding_table(figures),
    )


def gaps_in_words(figures: CancerFigures) -> str:
    """Which fifths and ethnic groups consented more or less often than everyone.

    Twelve are compared, so that a group differs beyond chance only where everyone lies outside its 99.8% interval.
    """
    rows = [row for row in figures.case_finding if row["step"] == "consented" and row["value"] is not None]
    everyone = next((row["value"] for row in rows if row["by"] == EVERYONE), None)
    if everyone is None:
        return ""
    said = []
    for by in BY:
        groups = in_order([row for row in rows if row["by"] == by], by)
        less = [named(by, row["group"]) for row in groups if row["upper99_8"] < everyone]
        more = [named(by, row["group"]) for row in groups if row["lower99_8"] > everyone]
        if len(groups) < 2:
            said.append(f"By {WAITS_BY[by]} too few groups are shown to compare who consented.")
        elif not less and not more:
            said.append(f"No {WAITS_BY[by]} consented more or less often than everyone, beyond chance.")
        if less:
            said.append(f"Consented less often than everyone, beyond chance: {words.and_list(less)}.")
        if more:
            said.append(f"Consented more often than everyone, beyond chance: {words.and_list(more)}.")
    return " ".join(said)


def _step_label(row: Row | None) -> str:
    if row is None:
        return ""
    if row["count"] is None:
        return "hidden"
    return f"{row['count']:,}" + ("" if row["value"] is None else f" ({row['value']:.0f}%)")


def _case_heading(first: Row, tested: Row | None) -> str:
    if first["count"] is None or tested is None or tested["count"] is None:
        return "Too few people were invited to tell of"
    return f"Of {first['count']:,} people invited, {tested['count']:,} had a PSA test"


def _case_table(rows: list[Row]) -> Rows:
    cells: list[tuple[str, ...]] = []
    for row in rows:
        if row["count"] is None:
            cells.append((STEP_WORDS[row["step"]], row["reason"]))
            continue
        share = (
            ""
            if row["value"] is None
            else f"{row['value']:.0f}% ({row['lower95']:.0f} to {row['upper95']:.0f})"
        )
        cells.append((STEP_WORDS[row["step"]], f"{row['count']:,}", share))
    return Rows(("Step", "People", "Of the step before (95% interval)"), tuple(cells))


def case_finding_by(figures: CancerFigures, by: str) -> Rows | None:
    """People at each step by fifth or ethnic group, with the share of the step before."""
    rows = [row for row in figures.case_finding if row["by"] == by]
    held = {(row["group"], row["step"]): row for row in rows}
    groups = [row["group"] for row in in_order([r for r in rows if r["step"] == "invited"], by)]
    cells = [
        (words.group(by, group), *(_step_label(held.get((group, step))) for step in STEPS))
        for group in groups
    ]
    return Rows((by.capitalize(), *STEP_WORDS.values()), tuple(cells)) if cells else None


def case_finding_table(figures: CancerFigures) -> TakenAway:
    """Every step and group, to take away."""
    columns = (
        "Step",
        "From",
        "To",
        "By",
        "Group",
        "People",
        "Of the step before",
        "Per cent",
        "Why not shown",
    )
    rows: list[tuple[Cell, ...]] = [
        (
            STEP_WORDS[row["step"]], row["start"].isoformat(), row["end"].isoformat(), row["by"], row["group"],
            row["count"], row["of"], None if row["value"] is None else round(row["value"], 4), row["reason"],
        )
        for row in figures.case_finding
    ]  # fmt: skip
    return TakenAway(columns, tuple(rows))
