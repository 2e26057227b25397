"""Which measure speaks for a part of a care area, and which says the same for each person."""

from stewardship.measures.published import Card
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures, shown

FOR_EACH_PERSON = ("proportion", "rate", "mean")


def headline(figures: AreaFigures, part: str) -> Card | None:
    """The card that speaks for a part, if it has a value. Another steps in for one that is missing, never
    for one that is hidden: its number would be read as the hidden one's.
    """
    lead = first_card(figures, part)
    figure = figures.here(lead) if lead else None
    if lead is None or shown(figure):
        return lead
    if figure is not None and figure.state == "suppressed":
        return None
    return next((card for card in figures.area.part(part) if shown(figures.here(card))), None)


def first_card(figures: AreaFigures, part: str) -> Card | None:
    """The part's headline, or its first card when none is marked; None when nothing is declared."""
    cards = figures.area.part(part)
    return next((card for card in cards if card.headline), cards[0] if cards else None)


def why_not(figures: AreaFigures, part: str) -> str:
    """Why nothing speaks for a part: what is hidden or missing, in words."""
    lead = first_card(figures, part)
    return words.state(figures.here(lead), lead) if lead else "Missing: nothing is counted in this part"


def for_each_person(figures: AreaFigures, card: Card) -> Card | None:
    """The shown share, rate or mean of what a total counts; None when there is none.

    It counts the same over the same people; a count of people is the share that the burden tells.
    """
    if card.statistic not in {"count", "amount"}:
        return None
    of_people = card.part == "population"
    return next(
        (
            one
            for one in figures.area.part("burden" if of_people else card.part)
            if one.statistic in FOR_EACH_PERSON
            and one.numerator == card.numerator
            and (of_people or one.denominator == card.denominator)
            and shown(figures.here(one))
        ),
        None,
    )
