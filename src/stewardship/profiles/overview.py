"""The care areas side by side, a line each."""

from dataclasses import dataclass

from stewardship.measures.published import AreaCard, PlaceCard, Published
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.minute import headline, in_a_minute, why_not


@dataclass(frozen=True)
class AreaSummary:
    """A care area in a line: how many people, and how they fare."""

    card: AreaCard
    people: str
    headline: str


def area_summaries(published: Published, place: PlaceCard) -> list[AreaSummary]:
    """Every published care area at a place, by phase and then by name."""
    areas = sorted(published.snapshot.areas, key=lambda area: (area.phase, area.name))
    return [_summary(AreaFigures(published, area, place)) for area in areas]


def _summary(figures: AreaFigures) -> AreaSummary:
    card = headline(figures, "population")
    figure = figures.here(card) if card else None
    if card is None or figure is None:
        people = why_not(figures, "population")
    else:
        people = words.said(card, figure.value or 0.0)
    return AreaSummary(figures.area, people, in_a_minute(figures)[-1].finding)
