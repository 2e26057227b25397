"""The two pictures of a gap: the fifths over the years, and now, with the line that is fitted through them."""

import math

from stewardship.measures.derived import Unequal
from stewardship.measures.published import SHARES, Card, Figure
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, Rows, scale_words, short_words
from stewardship.profiles.drawings import FITTED, Drawing, Point
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.gaps import DEPRIVATION, LEAST, MOST, Gap, clearest, first_gap, movement
from stewardship.profiles.gaps_read import unequal
from stewardship.profiles.gaps_words import (
    beyond,
    excess_words,
    moved_words,
    slope_interval,
    slope_side,
    slope_words,
)
from stewardship.profiles.lines import Line, group_lines

ENDS = {MOST: "Most deprived (Core20)", LEAST: "Least deprived"}
FIFTHS = ("1", "2", "3", "4", "5")
STEPS = 20  # of the fitted line, which is a curve on the scale of the picture


def gap_charts(figures: AreaFigures) -> list[Chart]:
    """The clearest gap of the area in outcomes: over the years, and now."""
    now = clearest(figures)
    if now is None:
        return []
    slope = slope_chart(figures, now.card)
    return [gap_chart(figures, now), *([slope] if slope is not None else [])]


def gap_chart(figures: AreaFigures, now: Gap) -> Chart:
    """A gap between fifths of deprivation, over the years."""
    card, groups = now.card, figures.groups(now.card, DEPRIVATION)
    lines = group_lines(figures, card, DEPRIVATION, figures.periods)
    points = tuple(_gap_point(one, figures) for one in lines)
    drawing, row = Drawing("gap", points, card.unit), unequal(figures, card)
    years = [words.year(*period) for period in figures.periods]
    rows = tuple(
        (
            words.group(DEPRIVATION, group),
            *(short_words(card, one) for one in figures.years(card, DEPRIVATION, group)),
        )
        for group in groups
    )
    return Chart(
        key="gap",
        heading=_gap_heading(figures, now),
        what=f"{card.name}, by fifth of deprivation of home, {figures.place.name}, by year",
        read=(
            "the dark line is the most deprived fifth, the dashed one the least, grey the three between; the "
            f"further apart the two ends, the wider the gap. {scale_words(drawing)}"
        ),
        words=f"In {years[-1]} {now.sides}: a gap of {now.words} (95% interval {now.interval}).",
        table=Rows(("Fifth", *years), rows),
        drawing=drawing,
        lines=tuple(lines),
        said=moved_words(card, row, words.year(*figures.periods[0])) if row is not None else "",
    )


def _gap_point(one: Line, figures: AreaFigures) -> Point:
    value = one.figure.value if one.figure is not None and shown(one.figure) else None
    last = one.period == figures.period and one.group in ENDS and value is not None
    label = f"{ENDS[one.group]}\n{words.number(value or 0, one.card.unit)}" if last else ""
    return Point(words.year(*one.period), value, label, series=one.group)


def _gap_heading(figures: AreaFigures, now: Gap) -> str:
    then, since = first_gap(figures, now.card), words.year(*figures.periods[0])
    name, moved = words.lower_first(now.card.name), movement(now, then)
    if not now.beyond_chance:
        return f"No gap beyond chance in {name}: {now.against} ({now.interval})"
    if then is None or moved == "no change":
        unmoved = f", not changed beyond chance since {since}" if then else ""
        return f"The gap in {name}: {now.against} ({now.interval}){unmoved}"
    if moved == "turned round":
        return f"The gap in {name} has turned round since {since}: now {now.against} ({now.interval})"
    return f"The gap in {name} has {moved} from {then.words} to {now.words} since {since}"


def slope_chart(figures: AreaFigures, card: Card) -> Chart | None:
    """The fifths now, where they stand among everyone, with the fitted line; None where not all five are shown."""
    row = unequal(figures, card)
    held = [(group, figures.here(card, DEPRIVATION, group)) for group in FIFTHS]
    fifths = [(group, figure) for group, figure in held if figure is not None and shown(figure)]
    if row is None or len(fifths) < len(FIFTHS):
        return None
    points = [*_fifths(card, fifths), *_fitted(card, row)]
    drawing = Drawing("slope", tuple(points), card.unit)
    line = "the line is fitted through them all; the " if row.slope is not None else "no line is fitted; the "
    said = " ".join(filter(None, [slope_words(card, row), excess_words(card, row)]))
    return Chart(
        key="slope",
        heading=_slope_heading(card, row),
        what=f"{card.name}, fifths of deprivation of home, {figures.place.name}, {words.period(*figures.period)}",
        read=(
            "each dot is a fifth of areas, the most deprived on the left, and as far along as its people are among "
            f"everyone; the upright through it is its 95% interval; {line}steeper it falls or rises, the more "
            f"unequal. {scale_words(drawing)}"
        ),
        words="; ".join(
            f"{words.group(DEPRIVATION, group)}: {words.said(card, figure.value or 0)}"
            for group, figure in fifths
        )
        + ".",
        table=_slope_table(card, fifths),
        drawing=drawing,
        lines=tuple(group_lines(figures, card, DEPRIVATION, (figures.period,))),
        said=said,
    )


def _slope_heading(card: Card, row: Unequal) -> str:
    if row.slope is None:
        return f"{card.name}: the five fifths now"
    interval = slope_interval(row)
    if interval and not beyond(row.slope_lower95, row.slope_upper95):
        return f"{card.name}: no slope beyond chance from the least to the most deprived"
    side = f"{slope_side(card, row)} at the most deprived end than at the least"
    return f"{card.name}: {side}{f' ({interval})' if interval else ''}"


def _fifths(card: Card, fifths: list[tuple[str, Figure]]) -> list[Point]:
    """Each at the middle of its people, as shares of all of them."""
    people = [float(figure.denominator or 0) for _, figure in fifths]
    total, before, points = sum(people) or 1.0, 0.0, []
    for (group, figure), here in zip(fifths, people, strict=True):
        at = round((before + here / 2) / total, 4)
        points.append(Point(group, figure.value, "", figure.lower95, figure.upper95, at=at))
        before += here
    return points


def _fitted(card: Card, row: Unequal) -> list[Point]:
    """The fitted line between its two ends: straight on the scale it was fitted on, labelled at both."""
    if row.most is None or row.least is None or row.most <= 0 or row.least <= 0:
        return []
    whole = 100.0 if card.unit == "%" else _per(card)
    share = card.statistic in SHARES

    def to(value: float) -> float:
        return math.log(value / (whole - value)) if share else math.log(value)

    def back(value: float) -> float:
        return whole / (1 + math.exp(-value)) if share else math.exp(value)

    first, last = to(row.most), to(row.least)
    points = []
    for step in range(STEPS + 1):
        at = step / STEPS
        value = back(first + (last - first) * at)
        label = words.number(value, card.unit) if step in (0, STEPS) else ""
        points.append(Point("", value, label, series=FITTED, at=at))
    return points


def _per(card: Card) -> float:
    return float(card.unit.removeprefix("per ").replace(",", ""))


def _slope_table(card: Card, fifths: list[tuple[str, Figure]]) -> Rows:
    unit = words.measured_in(card)
    rows = tuple(
        (
            words.group(DEPRIVATION, group),
            words.number(figure.value or 0, card.unit),
            words.interval(figure, card.unit),
            f"{figure.denominator or 0:,}",
        )
        for group, figure in fifths
    )
    of = (
        "People"
        if card.statistic == "proportion"
        else "Events"
        if card.statistic in SHARES
        else "Person-years"
    )
    return Rows(("Fifth", f"Value{f', {unit}' if unit else ''}", "95% interval", of), rows)
