"""What may be said of groups and places set side by side: only what was tested, which is each against all."""

from collections.abc import Sequence

from stewardship.measures.published import EVERYONE, Card, Figure
from stewardship.profiles import words
from stewardship.profiles.figures import shown
from stewardship.profiles.lines import Line

NAMED = 3  # groups that a heading names; of more it gives the number
NONE_DIFFERS = "none differs from everyone beyond chance"


def groups_said(card: Card, everyone: Figure | None, lines: Sequence[Line], by: str) -> str:
    """Which groups differ from everyone here: everyone's value lies outside a group's 95% interval."""
    held = _held(lines)
    if len(held) < 2:
        return "too few groups are shown to compare"
    untold = card.repeats or all(figure.lower95 is None for _, figure in held)
    if untold and held[-1][0].by == EVERYONE:
        group, all_here = (words.said(card, figure.value or 0.0) for _, figure in held)
        return f"{group}; everyone {all_here}"
    if everyone is None or not shown(everyone) or untold:
        return most_in(card, [(words.group(by, line.group), figure) for line, figure in held])
    sides: dict[str, list[str]] = {"lower": [], "higher": []}
    for line, figure in held:
        word = _side(figure, everyone.value or 0.0)
        if word:
            sides[word].append(words.group(by, line.group))
    differ = [f"{_named(names)} {word}" for word, names in sides.items() if names]
    return f"{words.and_list(differ)} than everyone, beyond chance" if differ else NONE_DIFFERS


def places_said(card: Card, lines: Sequence[Line]) -> str:
    """How many of the places with a value differ from the whole system."""
    held = _held(lines)
    counts = {word: sum(figure.compared == word for _, figure in held) for word in words.COMPARED}
    if not any(counts.values()):
        return most_in(card, [(line.place.name, figure) for line, figure in held])
    differ = [
        f"{count} {'is' if count == 1 else 'are'} {word}"
        for word, count in counts.items()
        if count and word != "similar"
    ]
    if not differ:
        return f"none of {len(held)} shown differs from the whole system beyond chance"
    return f"of {len(held)} shown, {words.and_list(differ)} than the whole system beyond chance"


def most_in(card: Card, named: Sequence[tuple[str, Figure]]) -> str:
    """Where a count or a sum is largest, which says nothing about chance."""
    if len(named) < 2:
        return "too few values are shown to compare"
    most = max(figure.value or 0.0 for _, figure in named)
    largest = [name for name, figure in named if figure.value == most]
    if len(largest) == len(named):
        return f"{words.said(card, most)} in each that is shown"
    return f"most in {_named(largest)}, {words.said(card, most)}"


def by_chance(count: int) -> str:
    """How many of that many would be told apart by chance alone; empty when it is less than half of one."""
    expected = round(count / 20)
    return f" Of {count}, chance alone would set about {words.small(expected)} apart." if expected else ""


def _held(lines: Sequence[Line]) -> list[tuple[Line, Figure]]:
    return [(line, line.figure) for line in lines if line.figure is not None and shown(line.figure)]


def _side(figure: Figure, everyone: float) -> str:
    if figure.lower95 is None or figure.upper95 is None:
        return ""
    return "higher" if figure.lower95 > everyone else "lower" if figure.upper95 < everyone else ""


def _named(names: list[str]) -> str:
    return words.and_list(names) if len(names) <= NAMED else f"{len(names)} groups"
