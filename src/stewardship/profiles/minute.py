"""What a steward understands in a minute: sentences chosen and made from the figures."""

from dataclasses import dataclass

from stewardship.measures.published import Card
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.gaps import Gap, movement, widest
from stewardship.profiles.rows import first_gap

LOOK = "See the outcomes"


@dataclass(frozen=True)
class Sentence:
    """A finding in bold, what stands behind it, and where on the page to look."""

    finding: str
    more: str
    anchor: str
    look: str


def in_a_minute(figures: AreaFigures) -> list[Sentence]:
    """How many, what they cost, what they use, how they fare, and where the gap is widest."""
    return [
        *_part(figures, "population", "See who"),
        *_part(figures, "resources", "See the money"),
        *_part(figures, "activity", "See the activity"),
        _fare(figures),
        _gap(figures),
    ]


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


def _part(figures: AreaFigures, part: str, look: str) -> list[Sentence]:
    if not figures.area.part(part):
        return []
    card = headline(figures, part)
    if card is None:
        reason = why_not(figures, part)
        return [Sentence(f"{words.PARTS[part]}: cannot be said.", f"{reason}.", part, look)]
    figure = figures.here(card)
    value = figure.value if figure and figure.value is not None else 0.0
    said = f"{card.name}: {words.said(card, value)}."
    return [
        Sentence(said, " ".join(filter(None, [_against(figures, card), _since(figures, card)])), part, look)
    ]


def _against(figures: AreaFigures, card: Card) -> str:
    """How the value compares with the system."""
    figure, system = figures.here(card), figures.system(card)
    if figures.is_system or figure is None or system is None or system.value is None or not figure.compared:
        return ""
    there = words.number(system.value, card.unit)
    if figure.compared == "similar":
        return f"Similar to the whole system ({there})."
    return f"{words.COMPARED[figure.compared]} than the whole system ({there})."


def _since(figures: AreaFigures, card: Card) -> str:
    """How far the value is from the year before, for counts and money, where no interval speaks."""
    years = figures.years(card)
    now, before = years[-1], years[-2] if len(years) > 1 else None
    if now is None or before is None or not (shown(now) and shown(before)) or card.part == "outcomes":
        return ""
    difference = (now.value or 0) - (before.value or 0)
    if now.lower95 is not None:
        return (
            f"{words.COMPARED[now.change]} than five years ago." if now.change in {"higher", "lower"} else ""
        )
    if not difference:
        return "The same as the year before."
    less = "less" if card.unit.startswith("£") else "fewer"
    amount = words.number(abs(difference), card.unit)
    return f"{amount} {'more' if difference > 0 else less} than the year before."


def _fare(figures: AreaFigures) -> Sentence:
    """How many outcomes are better and worse: than the system, or at the system than five years ago."""
    counts = tally(figures)
    total = sum(counts.values())
    if not total:
        return Sentence(
            "How people fare cannot be said.", "No outcome has a figure here.", "outcomes", "See why"
        )
    against = "five years ago" if figures.is_system else "the whole system"
    if total == counts["not compared"]:
        return Sentence("Outcomes: nothing to compare with yet.", f"{total} have a figure.", "outcomes", LOOK)
    if not counts["better"] and not counts["worse"]:
        finding = f"Outcomes: none of {total - counts['not compared']} can be told from {against}."
        return Sentence(finding, "Differences are no larger than chance explains.", "outcomes", LOOK)
    worse = [words.lower_first(card.name) for card in _outcomes(figures, "worse")]
    finding = f"Outcomes: {counts['better']} of {total} better than {against}, {len(worse) or 'none'} worse."
    similar = counts["similar"]
    more = f"{similar} differ{'s' if similar == 1 else ''} no more than chance explains." if similar else ""
    named = f"Worse: {words.and_list(worse)}." if 0 < len(worse) <= 4 else more
    return Sentence(finding, named, "outcomes", LOOK)


def tally(figures: AreaFigures) -> dict[str, int]:
    """How many outcomes with a value are better, worse, similar, or cannot be compared."""
    counts = {"better": 0, "worse": 0, "similar": 0, "not compared": 0}
    for card in figures.area.part("outcomes"):
        figure = figures.here(card)
        if figure is not None and shown(figure):
            word = figure.change if figures.is_system else figure.compared
            counts[word if word in counts else "not compared"] += 1
    return counts


def _outcomes(figures: AreaFigures, word: str) -> list[Card]:
    held = [(card, figures.here(card)) for card in figures.area.part("outcomes")]
    return [
        card
        for card, figure in held
        if figure is not None
        and shown(figure)
        and (figure.change if figures.is_system else figure.compared) == word
    ]


def _gap(figures: AreaFigures) -> Sentence:
    found = widest(figures)
    if found is None:
        reason = "No outcome has a figure for both the most and the least deprived fifth here."
        return Sentence("Where the gap is widest cannot be said.", reason, "outcomes", LOOK)
    if not found.beyond_chance:
        nearest = f"The widest, in {words.lower_first(found.card.name)}, is {found.words} ({found.interval})."
        return Sentence("No gap by deprivation is larger than chance allows.", nearest, "gap", "See the gap")
    finding = f"Widest gap: {words.lower_first(found.card.name)}, {found.words}."
    return Sentence(
        finding,
        f"{found.sides} (95% interval of the gap {found.interval}).{moved(figures, found)}",
        "gap",
        "See the gap",
    )


def moved(figures: AreaFigures, now: Gap) -> str:
    """A sentence on what became of a gap since the first year; empty when that cannot be said."""
    then = first_gap(figures, now.card)
    if then is None:
        return ""
    since = words.year(*figures.periods[0])
    return {
        "no change": f" No change beyond chance since {since} ({then.words}).",
        "narrowed": f" It has narrowed from {then.words} in {since}.",
        "widened": f" It has widened from {then.words} in {since}.",
    }[movement(now, then)]
