"""What to know before relying on a page: what is missing, hidden, small, or not what it seems."""

from dataclasses import dataclass

from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures


@dataclass(frozen=True)
class Caution:
    """A word and what it is about."""

    word: str
    text: str


def cautions(figures: AreaFigures) -> list[Caution]:
    """One caution for each reason, naming the measures it concerns."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for card in figures.area.measures:
        figure = figures.here(card)
        why = words.state(figure, card)
        if why:
            word, _, reason = why.partition(": ")
            reasons.setdefault((word, reason), []).append(card.name)
        elif figure is not None and figure.caution:
            word, _, reason = figure.caution.rpartition(": ")
            reasons.setdefault((word or "Take care", reason), []).append(card.name)
    return [Caution(word, f"{reason} ({_names(names)})") for (word, reason), names in reasons.items()]


def _names(names: list[str]) -> str:
    if len(names) > 4:
        return f"{len(names)} measures"
    return words.and_list([words.lower_first(name) for name in names])
