"""The tables and charts of a measure's page: its years, its groups, and its places."""

from stewardship.measures.published import EVERYONE, Card
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, category_chart
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.lines import Line, group_lines, place_lines
from stewardship.profiles.places import level_name, peers
from stewardship.profiles.trends import trend_chart

COLUMNS = {
    "sex": "Sex",
    "age band": "Age band",
    "ethnic group": "Ethnic group",
    "deprivation fifth": "Fifth of deprivation",
}


def measure_charts(figures: AreaFigures, card: Card) -> list[Chart]:
    """The years, then every characteristic the measure is published by, then the places."""
    if card.missing:
        return []
    groups = [_group_chart(figures, card, by) for by in _characteristics(figures, card)]
    return [trend_chart(figures, card, "years"), *groups, *_places(figures, card)]


def _characteristics(figures: AreaFigures, card: Card) -> list[str]:
    known = [*COLUMNS, *figures.published.snapshot.groups]
    return [by for by in dict.fromkeys(known) if by != EVERYONE and figures.groups(card, by)]


def _group_chart(figures: AreaFigures, card: Card, by: str) -> Chart:
    lines = group_lines(figures, card, by, (figures.period,))
    name = COLUMNS.get(by, by.capitalize())
    return category_chart(
        key=by.replace(" ", "-"),
        heading=_spread(card, lines, by),
        what=f"{card.name}, by {by}, {figures.place.name}, {words.period(*figures.period)}",
        card=card,
        lines=lines,
        names=[words.group(by, one.group) for one in lines],
        column=name,
        comparator=figures.here(card),
        among="groups",
        comparator_name=f"everyone in {figures.place.name}",
    )


def _spread(card: Card, lines: list[Line], by: str) -> str:
    """From the lowest to the highest and whether chance may explain it, or that too little is shown."""
    held = [(one.group, one.figure) for one in lines if one.figure is not None and shown(one.figure)]
    if len(held) < 2:
        return f"By {by}: too few groups are shown to compare"
    low = min(held, key=lambda one: one[1].value or 0)
    high = max(held, key=lambda one: one[1].value or 0)
    if low[1].value == high[1].value:
        return f"By {by}: {words.said(card, low[1].value or 0)} in every group shown"
    if high[1].lower95 is None:
        return f"By {by}: most in {words.group(by, high[0])}, {words.said(card, high[1].value or 0)}"
    lowest, highest = words.number(low[1].value or 0, card.unit), words.number(high[1].value or 0, card.unit)
    said = f"from {lowest} ({words.group(by, low[0])}) to {highest} ({words.group(by, high[0])})"
    if low[1].upper95 is None or low[1].upper95 < high[1].lower95:
        return f"By {by}: {said}"
    return f"By {by}: no difference that chance could not explain, {said}"


def _places(figures: AreaFigures, card: Card) -> list[Chart]:
    level, basis = peers(figures.published, figures.place)
    where = words.lower_first(level_name(level, basis))
    lines = place_lines(figures, card, level, basis)
    if not lines:
        return []
    counts = {
        word: sum(1 for x in lines if x.figure and x.figure.compared == word) for word in words.COMPARED
    }
    differ = [f"{count} {word}" for word, count in counts.items() if count and word != "similar"]
    said = (
        f"{words.and_list(differ)} than the whole system" if differ else "none differs from the whole system"
    )
    compared = any(counts.values())
    return [
        category_chart(
            key="places",
            heading=f"By place: {said}" if compared else "By place",
            what=f"{card.name}, {where}, {words.period(*figures.period)}",
            card=card,
            lines=lines,
            names=[one.place.name for one in lines],
            column="Place",
            comparator=figures.system(card),
            comparator_name="the whole system",
        )
    ]
