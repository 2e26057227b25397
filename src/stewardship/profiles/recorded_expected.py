"""How many people are recorded beside how many are expected, where a published number tells it."""

from dataclasses import dataclass

from stewardship.measures.published import Card, Figure
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures

WHAT_IT_IS = (
    "How many people would have the condition, if it were as common here as whoever published the number found "
    "it among people of these ages. So it is worked out, and nobody is counted in it."
)
WHAT_IT_IS_NOT = (
    "No list of people, and no target. It knows little of this place but how many people of which ages live here, so "
    "it may be wrong by more than the interval, which allows for chance in the people found alone. Fewer people found "
    "than expected is a reason to look for the rest; it does not say that they are there."
)


@dataclass(frozen=True)
class Recorded:
    """A measure of people found, against those expected, in words."""

    card: Card
    said: str


@dataclass(frozen=True)
class RecordedAndExpected:
    """What the population part shows. without: that some have no expected number, once for all; empty where all do."""

    recorded: tuple[Recorded, ...]
    without: str


def recorded_and_expected(figures: AreaFigures) -> RecordedAndExpected | None:
    """The latest year at the place; None where the area has no such measure."""
    cards = [card for card in figures.area.measures if is_against_expected(card)]
    if not cards:
        return None
    told = [(card, figures.here(card)) for card in cards]
    without = [card for card, figure in told if words.state(figure, card).startswith("Missing")]
    held = [(card, figure) for card, figure in told if card not in without]
    return RecordedAndExpected(
        recorded=tuple(Recorded(card, _said(card, figure)) for card, figure in held),
        without=_without(without),
    )


def is_against_expected(card: Card) -> bool:
    """Whether a measure holds the people found against a number that is expected."""
    return card.statistic == "against expected"


def _said(card: Card, figure: Figure | None) -> str:
    """3,485 recorded; 4,467 expected (whose number): 78 of 100 found (95% interval 75 to 81); or why not."""
    why = words.state(figure, card)
    if why or figure is None or figure.value is None:
        return f"{why}."
    expected, _, whose = figure.source.partition(": ")
    recorded = f"{figure.numerator:,} recorded; " if figure.numerator is not None else ""
    sure = ""
    if figure.lower95 is not None and figure.upper95 is not None:
        sure = f" (95% interval {figure.lower95:.0f} to {figure.upper95:.0f})"
    return f"{recorded}{expected} ({whose}): {figure.value:.0f} of 100 found{sure}."


def _without(cards: list[Card]) -> str:
    if not cards:
        return ""
    whom = words.and_list([card.numerator.removesuffix(" recorded").rstrip(".") for card in cards])
    return (
        f"No expected number of {words.lower_first(whom)} was sent for this place and year, so how many are not found "
        "yet is not known."
    )
