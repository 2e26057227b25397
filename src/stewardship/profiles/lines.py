"""Figures as lines of a download: what each is about, and the figure, if there is one."""

from dataclasses import dataclass
from datetime import date

from stewardship.measures.published import EVERYONE, Card, Figure, PlaceCard
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.gaps import DEPRIVATION


@dataclass(frozen=True)
class Line:
    """One figure that was, or was not, made."""

    card: Card
    place: PlaceCard
    by: str
    group: str
    period: tuple[date, date]
    figure: Figure | None


def line(figures: AreaFigures, card: Card, by: str, group: str, period: tuple[date, date]) -> Line:
    """The line of this place's figure."""
    return Line(card, figures.place, by, group, period, figures.here(card, by, group, period[1]))


def part_lines(figures: AreaFigures, part: str) -> list[Line]:
    """What the table of a part is made of: five years here and in the system, and outcomes by fifth."""
    lines: list[Line] = []
    for card in figures.area.part(part):
        lines += everyone_lines(figures, card)
        if part == "outcomes":
            lines += group_lines(figures, card, DEPRIVATION, figures.periods[-1:])
    return lines


def everyone_lines(figures: AreaFigures, card: Card) -> list[Line]:
    """Everyone, latest year first, here and then in the whole system."""
    years = list(reversed(figures.periods))
    lines = [line(figures, card, EVERYONE, EVERYONE, period) for period in years]
    if not figures.is_system and not card.missing:
        there = figures.system_place
        lines += [
            Line(card, there, EVERYONE, EVERYONE, one, figures.system(card, end=one[1])) for one in years
        ]
    return lines


def group_lines(
    figures: AreaFigures, card: Card, by: str, periods: tuple[tuple[date, date], ...]
) -> list[Line]:
    """The groups of a characteristic, in their order, for each of the years; beside one that stands alone, everyone."""
    groups = [(by, group) for group in figures.groups(card, by)]
    beside = [(EVERYONE, EVERYONE)] if len(groups) == 1 else []
    return [line(figures, card, *group, period) for period in periods for group in [*groups, *beside]]


def place_names(figures: AreaFigures, lines: list[Line]) -> list[str]:
    """The names of the places, the one that the page is about marked."""
    here = figures.place.code
    return [f"{one.place.name} (here)" if one.place.code == here else one.place.name for one in lines]


def place_lines(figures: AreaFigures, card: Card, level: str = "", basis: str = "") -> list[Line]:
    """The latest year at every place, or at the places of one level."""
    return [
        Line(card, place, EVERYONE, EVERYONE, figures.period, figure)
        for place, figure in figures.across(card)
        if not level or (place.level, place.basis) == (level, basis)
    ]
