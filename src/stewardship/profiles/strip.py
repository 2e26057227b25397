"""The five parts at a glance: who, pooled money, activity, burden, outcomes."""

from dataclasses import dataclass

from stewardship.measures.published import PARTS, Card
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.leads import for_each_person, headline, why_not
from stewardship.profiles.minute import tally

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
        word, _, reason = words.brief(why_not(figures, part)).partition(": ")
        return Part(part, NAMES[part], word, reason)
    unit = words.measured_in(card)
    what = words.lower_first(card.name) + (f", {unit}" if unit and unit != "people" else "")
    each = for_each_person(figures, card)
    if each is not None and each.statistic == "mean":
        what += f"; {_value(figures, each)} {words.measured_in(each)}".rstrip()
    return Part(part, NAMES[part], _value(figures, card), what)


def _value(figures: AreaFigures, card: Card) -> str:
    figure = figures.here(card)
    return words.number(figure.value or 0.0, card.unit) if figure else ""


def _outcomes(figures: AreaFigures) -> Part:
    counts = tally(figures)
    better, worse = counts["better"], counts["worse"]
    of = better + worse + counts["similar"]
    if not of:
        said = "no outcome can be compared" if sum(counts.values()) else "no outcome has a figure here"
        return Part("outcomes", NAMES["outcomes"], "None", said)
    first = words.year(*figures.periods[0])
    against = f"improved since {first}" if figures.is_system else "better than the whole system"
    return Part("outcomes", NAMES["outcomes"], f"{better} of {of}", f"{against}, {worse or 'none'} worse")
