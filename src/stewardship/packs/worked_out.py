"""What is hidden or missing in a pack, where its figures come from, and how each is worked out."""

from stewardship.measures.published import PARTS, Card
from stewardship.packs.blocks import Block, Heading, Points, Words
from stewardship.profiles import words
from stewardship.profiles.cautions import cautions, without_figure
from stewardship.profiles.figures import AreaFigures

HIDDEN = (
    "Where small numbers could point at a person the figure is hidden, and says Hidden; where a figure could not be "
    "made it says Missing, and why. Neither is zero."
)


def hidden_blocks(figures: AreaFigures) -> tuple[Block, ...]:
    """The rule by which small numbers are hidden, and every reason why a figure is hidden, missing or to be taken
    with care.
    """
    snapshot, held = figures.published.snapshot, len(figures.area.measures)
    without = without_figure(figures)
    edition = snapshot.deprivation_edition
    said = [f"{snapshot.disclosure}.", HIDDEN]
    said += [f"Deprivation: national fifths, {edition} edition."] if edition else []
    told = (
        f"{without} of {held} measures {'has' if without == 1 else 'have'} no figure here." if without else ""
    )
    reasons = tuple(Words(one.text, f"{one.word}:") for one in cautions(figures))
    return (
        Words(" ".join(said)),
        *([Words(told)] if told else []),
        Points(reasons) if reasons else Words("Nothing is missing or hidden here."),
    )


def worked_out_blocks(figures: AreaFigures) -> tuple[Block, ...]:
    """Every measure: what is counted, out of what, how sure it is, and where its definition comes from."""
    blocks: list[Block] = []
    for part in PARTS:
        cards = figures.area.part(part)
        if cards:
            blocks.append(Heading(words.PARTS[part]))
            blocks.append(Points(tuple(_definition(card) for card in cards)))
    return tuple(blocks)


def _definition(card: Card) -> Words:
    facts = (
        ("Counted", card.numerator),
        ("Out of", card.denominator),
        ("Interval", card.method),
        ("Definition from", card.source),
    )
    told = " ".join(f"{name}: {text.rstrip('.')}." for name, text in facts if text)
    unit = f", {card.unit}" if card.unit != card.statistic else ""
    return Words(
        f"{card.definition} {card.statistic.capitalize()}{unit}; {words.direction(card)}. {told}",
        f"{card.name}.",
    )
