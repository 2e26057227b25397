"""The charts of a care-area page that look closer: the places, a trend, the money and the ages."""

from stewardship.measures.published import Card
from stewardship.profiles import words
from stewardship.profiles.charts import Chart, category_chart
from stewardship.profiles.differences import places_said
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.gaps_charts import gap_charts
from stewardship.profiles.leads import for_each_person, headline
from stewardship.profiles.lines import Line, group_lines, line, place_lines, place_names
from stewardship.profiles.places import level_name, peers
from stewardship.profiles.trend_charts import months_charts
from stewardship.profiles.trends import trend_chart
from stewardship.profiles.variation import most_telling
from stewardship.profiles.variation_charts import funnel_charts


def every_chart(figures: AreaFigures) -> list[Chart]:
    """The charts of all parts of the page."""
    return [*gap_charts(figures), *funnel_charts(figures), *months_charts(figures), *area_charts(figures)]


def area_charts(figures: AreaFigures) -> list[Chart]:
    """The charts that this area and place have figures for, in the order they are shown."""
    made = [places_chart(figures), changes_chart(figures), money_chart(figures)]
    return [chart for chart in [*made, ages_chart(figures)] if chart is not None]


def places_chart(figures: AreaFigures) -> Chart | None:
    """The outcome in which most places differ from the system, place by place in the order of their names."""
    level, basis = peers(figures.published, figures.place)
    if most_telling(figures, level) is not None:
        return None  # the funnel of these places tells it, and makes allowance for how they differ anyway
    every = [(card, place_lines(figures, card, level, basis)) for card in figures.area.part("outcomes")]
    found = [(card, lines) for card, lines in every if sum(shown(one.figure) for one in lines) > 1]
    if not found:
        return None
    card, lines = max(found, key=_telling)
    return category_chart(
        key="places",
        heading=f"{card.name}: {places_said(card, lines)}",
        what=f"{card.name}, {words.lower_first(level_name(level, basis))}, {words.period(*figures.period)}",
        card=card,
        lines=lines,
        names=place_names(figures, lines),
        column="Place",
        comparator=figures.system(card),
        comparator_name="the whole system",
    )


def _telling(one: tuple[Card, list[Line]]) -> tuple[int, bool, int]:
    """Most places flagged first, then a headline, then most places shown."""
    card, lines = one
    flagged = _flagged(lines, "worse") + _flagged(lines, "better")
    return flagged, card.headline, sum(shown(line.figure) for line in lines)


def _flagged(lines: list[Line], word: str) -> int:
    return sum(1 for one in lines if one.figure is not None and one.figure.compared == word)


def changes_chart(figures: AreaFigures) -> Chart | None:
    """The years of the activity that speaks for the area, for each person where that is known; else of
    another part. What has an interval shows whether a change is more than chance.
    """
    for part in ("activity", "outcomes", "burden", "population"):
        card = headline(figures, part)
        if card is not None:
            return trend_chart(figures, for_each_person(figures, card) or card)
    return None


def money_chart(figures: AreaFigures) -> Chart | None:
    """What the money goes on, largest first: amounts of money that are not the headline total."""
    cards = [card for card in figures.area.part("resources") if card.unit == "£" and not card.headline]
    held = [(card, figure) for card in cards if (figure := figures.here(card)) is not None and shown(figure)]
    if len(held) < 2:
        return None
    held.sort(key=lambda one: (-(one[1].value or 0), one[0].name))
    lines = [line(figures, card, "everyone", "everyone", figures.period) for card, _ in held]
    largest = held[0]
    among = "Most money" if len(held) == len(cards) else "Most money, of what is shown"
    return category_chart(
        key="money",
        heading=f"{among}: {words.lower_first(largest[0].name)}, {words.money(largest[1].value or 0)}",
        what=f"Money by what it is spent on, {figures.place.name}, {words.period(*figures.period)}",
        card=largest[0],
        lines=lines,
        names=[card.name for card, _ in held],
        column="Spent on",
    )


def ages_chart(figures: AreaFigures) -> Chart | None:
    """How old the people of the area are."""
    card = headline(figures, "population")
    if card is None:
        return None
    lines = group_lines(figures, card, "age band", (figures.period,))
    held = [(one.group, one.figure.value or 0) for one in lines if one.figure and shown(one.figure)]
    if len(held) < 2:
        return None
    most = max(count for _, count in held)
    largest = [words.group("age band", group) for group, count in held if count == most]
    each = " each" if len(largest) > 1 else ""
    among = "" if len(held) == len(lines) else " shown"
    are = f"groups{among} are" if each else f"group{among} is"
    return category_chart(
        key="ages",
        heading=f"The largest age {are} {words.and_list(largest)}: {words.quantity(most, card.unit)}{each}",
        what=f"{card.name}, by age band, {figures.place.name}, {words.period(*figures.period)}",
        card=card,
        lines=lines,
        names=[words.group("age band", one.group) for one in lines],
        column="Age band",
        among="groups",
    )
