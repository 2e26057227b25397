"""The care areas side by side, a line each."""

from dataclasses import dataclass

from stewardship.measures.published import AreaCard, PlaceCard, Published
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.leads import headline, why_not
from stewardship.profiles.minute import gap_sentence


@dataclass(frozen=True)
class AreaSummary:
    """A care area in a line: how many people, and the clearest gap between them."""

    card: AreaCard
    people: str
    gap: str


def area_summaries(published: Published, place: PlaceCard) -> list[AreaSummary]:
    """Every published care area at a place, by phase and then by name."""
    areas = sorted(published.snapshot.areas, key=lambda area: (area.phase, area.name))
    return [_summary(AreaFigures(published, area, place)) for area in areas]


def _summary(figures: AreaFigures) -> AreaSummary:
    card = headline(figures, "population")
    figure = figures.here(card) if card else None
    if card is None or figure is None:
        people = words.brief(why_not(figures, "population"))
    else:
        people = words.said(card, figure.value or 0.0)
    return AreaSummary(figures.area, people, gap_sentence(figures).finding)
