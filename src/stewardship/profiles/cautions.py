"""What to know before relying on a page: what is missing, hidden, small, or not what it seems."""

from dataclasses import dataclass

from stewardship.measures.published import Card
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures

NAMED = 2  # measures and kinds that are named; of more, the number is given


@dataclass(frozen=True)
class Caution:
    """A word and what it is about."""

    word: str
    text: str


def cautions(figures: AreaFigures) -> list[Caution]:
    """One caution for each reason, with the measures it concerns; those of outcomes and headlines first.

    Of several reasons of one measure the first stands for all: its page has the rest.
    """
    reasons: dict[tuple[str, str], list[str]] = {}
    for card in sorted(figures.area.measures, key=_last):
        word, reason = _why(figures, card)
        if reason:
            reasons.setdefault((word, reason), []).append(card.name)
    return [Caution(word, f"{reason} ({_names(names)})") for word, reason, names in _joined(reasons)]


def without_figure(figures: AreaFigures) -> int:
    """How many measures have no figure at this place."""
    return sum(1 for card in figures.area.measures if words.state(figures.here(card), card))


def _why(figures: AreaFigures, card: Card) -> tuple[str, str]:
    figure = figures.here(card)
    word, _, reason = words.state(figure, card).partition(": ")
    if reason:
        return word, reason.partition("; ")[0].partition(", so ")[0]
    word, _, reason = (figure.caution if figure is not None else "").rpartition(": ")
    return word or "Take care", reason


def _joined(reasons: dict[tuple[str, str], list[str]]) -> list[tuple[str, str, list[str]]]:
    """Reasons that are the same up to what came "with" what, made one, where the first of them stood."""
    alike: dict[tuple[str, str, bool], list[tuple[str, list[str]]]] = {}
    for (word, reason), names in reasons.items():
        said, _, of = reason.partition(" with ")
        alike.setdefault((word, said, bool(of)), []).append((of, names))
    return [
        (
            word,
            f"{said} with {_kinds([of for of, _ in held])}" if with_kinds else said,
            [name for _, names in held for name in names],
        )
        for (word, said, with_kinds), held in alike.items()
    ]


def _kinds(kinds: list[str]) -> str:
    more = len(kinds) - NAMED
    return words.and_list([*kinds[:NAMED], f"{more} more"] if more > 0 else kinds)


def _last(card: Card) -> int:
    return 0 if card.headline else 1 if card.part == "outcomes" else 2


def _names(names: list[str]) -> str:
    if len(names) > NAMED:
        return f"{len(names)} measures"
    return words.and_list([words.lower_first(name) for name in names])
