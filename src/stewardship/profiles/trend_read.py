"""The months of a care area at a place as they read now: each quantity once, what the page is about first."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stewardship.measures.derived import (
    COMMON_CAUSE,
    MonthInTrend,
    Reading,
    read_readings,
    read_trend,
)
from stewardship.measures.months import read_months
from stewardship.measures.published import Card, Published
from stewardship.profiles.figures import AreaFigures

DRAWN = 2  # control charts that a care-area page draws large
SIDES = {"improving": "better", "getting worse": "worse", "rising": "higher", "falling": "lower"}
_Months = dict[str, tuple[MonthInTrend, ...]]


@dataclass(frozen=True)
class Told:
    """A quantity that is counted by month: the measure that tells it here, and how its months read."""

    card: Card
    reading: Reading
    headline: bool

    @property
    def special(self) -> bool:
        """Whether its latest month shows more than chance."""
        return self.reading.reading not in ("", COMMON_CAUSE)


def reading(figures: AreaFigures, card: Card) -> Reading | None:
    """How a measure's months read at this place; None where none are published."""
    return _readings(figures.published, figures.area.key, figures.place.code).get(card.key)


def months_of(figures: AreaFigures, card: Card) -> tuple[MonthInTrend, ...]:
    """The months of a measure at this place, oldest first."""
    return _months(figures.published, figures.area.key, figures.place.code).get(card.key, ())


def not_shown(figures: AreaFigures, card: Card) -> dict[date, str]:
    """The months of a measure that are hidden or missing here, and why."""
    return _not_shown(figures.published, figures.area.key, figures.place.code).get(card.key, {})


def told_by_month(figures: AreaFigures) -> list[Told]:
    """Each quantity that has months, headlines first, then those that changed.

    Emergency admissions and their rate count the same by month: they are told once, by the measure that says which
    direction is good.
    """
    same: dict[str, list[tuple[Card, Reading]]] = {}
    for card in figures.area.measures:
        found = reading(figures, card)
        if found is not None:
            same.setdefault(card.numerator_is or card.key, []).append((card, found))
    told = [
        Told(
            *min(each, key=lambda one: (one[0].better == "neither", not one[0].headline)),
            any(card.headline for card, _ in each),
        )
        for each in same.values()
    ]
    return sorted(told, key=lambda one: (not one.headline, not one.special, one.card.part != "outcomes"))


def drawn_large(figures: AreaFigures) -> list[Told]:
    """Those that a care-area page draws large."""
    return [one for one in told_by_month(figures) if one.reading.reading][:DRAWN]


@lru_cache(maxsize=64)
def _readings(published: Published, care_area: str, place: str) -> dict[str, Reading]:
    return {row.measure: row for row in read_readings(published, care_area, place)}


@lru_cache(maxsize=64)
def _months(published: Published, care_area: str, place: str) -> _Months:
    found: dict[str, list[MonthInTrend]] = {}
    for row in read_trend(published, care_area, place):
        found.setdefault(row.measure, []).append(row)
    return {measure: tuple(rows) for measure, rows in found.items()}


@lru_cache(maxsize=64)
def _not_shown(published: Published, care_area: str, place: str) -> dict[str, dict[date, str]]:
    found: dict[str, dict[date, str]] = {}
    for row in read_months(published, care_area, place):
        if row.state != "shown":
            word = "Hidden" if row.state == "suppressed" else "Missing"
            why = row.reason or word
            found.setdefault(row.measure, {})[row.month] = why if why.startswith(word) else f"{word}: {why}"
    return found
