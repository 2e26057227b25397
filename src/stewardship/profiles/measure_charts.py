"""The tables and charts of a measure's page: its years and months, its groups, and its places."""

from stewardship.measures.published import EVERYONE, Card
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, category_chart
from stewardship.profiles.differences import groups_said, places_said
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.gaps import DEPRIVATION, gap
from stewardship.profiles.gaps_charts import slope_chart
from stewardship.profiles.lines import Line, group_lines, place_lines, place_names
from stewardship.profiles.places import level_name, peers
from stewardship.profiles.trend_charts import measure_months
from stewardship.profiles.trends import trend_chart
from stewardship.profiles.variation_charts import measure_funnels

COLUMNS = {
    "sex": "Sex",
    "age band": "Age",
    "ethnic group": "Ethnic group",
    "deprivation fifth": "Fifth of deprivation",
    "inclusion health": "Inclusion health",
}


def measure_charts(figures: AreaFigures, card: Card) -> list[Chart]:
    """The years and the months, then every characteristic the measure is published by, then the places."""
    if card.missing:
        return []
    groups = [_group_chart(figures, card, by) for by in _characteristics(figures, card)]
    by_place = card.of_people or card.statistic == "published"  # ledgers are not divided by place
    places = _places(figures, card) if by_place else []
    slope = slope_chart(figures, card)
    fifths = [slope] if slope is not None else []
    years = [trend_chart(figures, card, "years"), *measure_months(figures, card)]
    return [*years, *groups, *fifths, *places, *measure_funnels(figures, card)]


def _characteristics(figures: AreaFigures, card: Card) -> list[str]:
    known = [*COLUMNS, *figures.published.snapshot.groups]
    return [by for by in dict.fromkeys(known) if by != EVERYONE and figures.groups(card, by)]


def _group_chart(figures: AreaFigures, card: Card, by: str) -> Chart:
    lines = group_lines(figures, card, by, (figures.period,))
    name = COLUMNS.get(by, by.capitalize())
    return category_chart(
        key=by.replace(" ", "-"),
        heading=_found(figures, card, lines, by),
        what=f"{card.name}, by {by}, {figures.place.name}, {words.period(*figures.period)}",
        card=card,
        lines=lines,
        names=[words.group(one.by, one.group) for one in lines],
        column=name,
        comparator=figures.here(card),
        among="groups",
        comparator_name=f"everyone in {figures.place.name}",
    )


def _found(figures: AreaFigures, card: Card, lines: list[Line], by: str) -> str:
    """What differs: the two ends of deprivation from each other, the groups of the rest from everyone."""
    now = gap(figures, card) if by == DEPRIVATION else None
    if now is None:
        return f"By {by}: {groups_said(card, figures.here(card), lines, by)}"
    if card.repeats:
        return f"By {by}: {now.against}"
    if now.beyond_chance:
        return f"By {by}: {now.against} ({now.interval})"
    return f"By {by}: no gap beyond chance, {now.against} ({now.interval})"


def _places(figures: AreaFigures, card: Card) -> list[Chart]:
    level, basis = peers(figures.published, figures.place)
    where = words.lower_first(level_name(level, basis))
    lines = place_lines(figures, card, level, basis)
    if not lines:
        return []
    return [
        category_chart(
            key="places",
            heading=f"By place: {places_said(card, lines)}",
            what=f"{card.name}, {where}, {words.period(*figures.period)}",
            card=card,
            lines=lines,
            names=place_names(figures, lines),
            column="Place",
            comparator=figures.system(card),
            comparator_name="the whole system",
        )
    ]
