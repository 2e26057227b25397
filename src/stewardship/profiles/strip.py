"""The five parts at a glance: who, pooled money, activity, burden, outcomes."""

from dataclasses import dataclass

from stewardship.measures.published import PARTS, Card
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.minute import headline, tally, why_not

NAMES = {
    "population": "Who",
    "resources": "Pooled money",
    "activity": "Activity",
    "burden": "Burden",
    "outcomes": "Outcomes",
}


@dataclass(frozen=True)
class Part:
    """One of the five: its number, and what the number is."""

    key: str
    name: str
    number: str
    what: str


def five_parts(figures: AreaFigures) -> list[Part]:
    """The five parts in order; a part without any figure says so."""
    return [*(_part(figures, part) for part in PARTS[:-1]), _outcomes(figures)]


def _part(figures: AreaFigures, part: str) -> Part:
    card = headline(figures, part)
    if card is None:
        word, _, reason = why_not(figures, part).partition(": ")
        return Part(part, NAMES[part], word, reason)
    others = [
        one
        for one in figures.area.part(part)
        if one is not card and (figure := figures.here(one)) and figure.value
    ]
    what = words.lower_first(card.name)
    unit = words.measured_in(card)
    if unit and unit != "people":
        what = f"{what}, {unit}"
    return Part(part, NAMES[part], _value(figures, card), _with_second(figures, what, others))


def _with_second(figures: AreaFigures, what: str, others: list[Card]) -> str:
    if not others:
        return what
    second = others[0]
    figure = figures.here(second)
    said = words.said(second, figure.value or 0.0) if figure else ""
    return f"{what}; {words.lower_first(second.name)}: {said}"


def _value(figures: AreaFigures, card: Card) -> str:
    figure = figures.here(card)
    return words.number(figure.value or 0.0, card.unit) if figure else ""


def _outcomes(figures: AreaFigures) -> Part:
    counts = tally(figures)
    total = sum(counts.values())
    if not total:
        return Part("outcomes", NAMES["outcomes"], "None", "no outcome has a figure here")
    against = "five years ago" if figures.is_system else "the whole system"
    rest = [f"{count} {word}" for word, count in counts.items() if count and word != "better"]
    hidden = len(figures.area.part("outcomes")) - total
    rest += [f"{hidden} without a figure"] if hidden else []
    return Part(
        "outcomes",
        NAMES["outcomes"],
        f"{counts['better']} of {total}",
        f"better than {against}; {', '.join(rest)}",
    )
