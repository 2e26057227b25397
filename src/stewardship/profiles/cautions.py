"""What to know before relying on a page: what is missing, hidden, small, or not what it seems."""

from dataclasses import dataclass

from stewardship.measures.published import Card
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures


@dataclass(frozen=True)
class Caution:
    """A word and what it is about."""

    word: str
    text: str


def cautions(figures: AreaFigures) -> list[Caution]:
    """One caution for each reason, naming the measures it concerns; those of outcomes and headlines first."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for card in sorted(figures.area.measures, key=_last):
        figure = figures.here(card)
        why = words.state(figure, card)
        if why:
            word, _, reason = why.partition(": ")
            reasons.setdefault((word, reason), []).append(card.name)
        elif figure is not None and figure.caution:
            word, _, reason = figure.caution.rpartition(": ")
            reasons.setdefault((word or "Take care", reason), []).append(card.name)
    return [Caution(word, f"{reason} ({_names(names)})") for (word, reason), names in reasons.items()]


def without_figure(figures: AreaFigures) -> int:
    """How many measures have no figure at this place."""
    return sum(1 for card in figures.area.measures if words.state(figures.here(card), card))


def _last(card: Card) -> int:
    return 0 if card.headline else 1 if card.part == "outcomes" else 2


def _names(names: list[str]) -> str:
    if len(names) > 4:
        return f"{len(names)} measures"
    return words.and_list([words.lower_first(name) for name in names])
