"""What a steward understands in a minute: sentences chosen and made from the figures."""

from stewardship.measures.published import Card
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.gaps import Gap, clearest, first_gap, gaps_in_outcomes, movement
from stewardship.profiles.gaps_read import unequal
from stewardship.profiles.gaps_words import beyond, excess_words
from stewardship.profiles.leads import for_each_person, headline, why_not
from stewardship.profiles.sentences import Sentence
from stewardship.profiles.trend_minute import months_sentence
from stewardship.profiles.variation_minute import variation_sentence

LOOK = "See the outcomes"
FEW = 2  # measures that a sentence names
ASKED = {
    "population": "How many people live with it",
    "resources": "What their care costs",
    "activity": "What they use",
}


def in_a_minute(figures: AreaFigures) -> list[Sentence]:
    """How many, what they cost, what they use, how they fare, where the gap is clearest, who is outside what is
    expected, and which months changed."""
    return [
        *_part(figures, "population", "See who"),
        *_part(figures, "resources", "See the money"),
        *_part(figures, "activity", "See the activity"),
        _fare(figures),
        gap_sentence(figures),
        *variation_sentence(figures),
        *months_sentence(figures),
    ]


def _part(figures: AreaFigures, part: str, look: str) -> list[Sentence]:
    if not figures.area.part(part):
        return []
    card = headline(figures, part)
    if card is None:
        reason = words.brief(why_not(figures, part))
        return [Sentence(f"{ASKED[part]} cannot be said.", f"{reason}.", part, look)]
    finding = words.phrase(card, _value(figures, card))
    each = for_each_person(figures, card)
    if each is not None and each.statistic == "mean":
        finding += f", {words.said(each, _value(figures, each))}"
    more = [_measured(figures, each or card, of_its_own=each is None), _year_before(figures, card)]
    return [Sentence(f"{finding}.", " ".join(filter(None, more)), part, look)]


def _value(figures: AreaFigures, card: Card) -> float:
    figure = figures.here(card)
    return figure.value or 0.0 if figure is not None else 0.0


def _measured(figures: AreaFigures, card: Card, *, of_its_own: bool) -> str:
    """A value with an interval: how sure, against the system, and since the first of the years."""
    figure = figures.here(card)
    if figure is None or figure.lower95 is None:
        return ""
    interval = words.interval(figure, card.unit)
    said = f"95% interval {interval}" if of_its_own else words.relative(card, figure.value or 0.0, interval)
    return "; ".join(filter(None, [said, _against(figures, card), _since(figures, card)])) + "."


def _against(figures: AreaFigures, card: Card) -> str:
    """How the value compares with the system."""
    figure, system = figures.here(card), figures.system(card)
    if figures.is_system or figure is None or system is None or system.value is None or not figure.compared:
        return ""
    there = words.number(system.value, card.unit)
    joined = "to" if figure.compared == "similar" else "than"
    return f"{figure.compared} {joined} the whole system ({there})"


def _since(figures: AreaFigures, card: Card) -> str:
    figure = figures.here(card)
    changed = words.CHANGED.get(figure.change, "") if figure is not None else ""
    return f"{changed} since {words.year(*figures.periods[0])}" if changed else ""


def _year_before(figures: AreaFigures, card: Card) -> str:
    """What a count or a sum was a year earlier, without judging it: it has no interval."""
    years = figures.years(card)
    now, before = years[-1], years[-2] if len(years) > 1 else None
    if now is None or before is None or not shown(before) or now.lower95 is not None:
        return ""
    difference = (now.value or 0) - (before.value or 0)
    if not difference:
        return "The same as the year before."
    if card.unit.startswith("£"):
        amount = words.money(abs(difference))
        return f"{amount} {'more' if difference > 0 else 'less'} than the year before."
    return f"The year before: {words.number(before.value or 0, card.unit)}."


def _fare(figures: AreaFigures) -> Sentence:
    """How many outcomes are better and worse: than the system, or at the system than in the first year."""
    counts = tally(figures)
    total = sum(counts.values())
    if not total:
        said = Sentence(
            "How people fare cannot be said.", "No outcome has a figure here.", "outcomes", "See why"
        )
    elif total == counts["not compared"]:
        said = Sentence("Outcomes: nothing to compare with yet.", f"{total} have a figure.", "outcomes", LOOK)
    else:
        more = " ".join(filter(None, [_behind(figures, counts), _against_year_before(figures)]))
        said = Sentence(f"{_compared(figures, counts)}.", more, "outcomes", LOOK)
    return said


def _against_year_before(figures: AreaFigures) -> str:
    """Which outcomes are better or worse than in the year before."""
    sides: dict[str, list[str]] = {"better": [], "worse": []}
    compared = 0
    for card in figures.area.part("outcomes"):
        figure = figures.here(card)
        said = figure.since_year_before if figure is not None and shown(figure) else ""
        compared += bool(said)
        if said in sides:
            sides[said].append(words.lower_first(card.name))
    if not compared:
        return ""
    told = [f"{_few(names)} {word}" for word, names in sides.items() if names]
    return f"Against the year before: {', '.join(told) or 'no change beyond chance'}."


def _few(names: list[str]) -> str:
    return words.and_list(names) if len(names) <= FEW else f"{words.small(len(names))} outcomes"


def _compared(figures: AreaFigures, counts: dict[str, int]) -> str:
    better, worse, similar = counts["better"], counts["worse"], counts["similar"]
    of = better + worse + similar
    first = words.year(*figures.periods[0])
    if not better and not worse:
        against = "changed since " + first if figures.is_system else "different from the whole system"
        if of == 1:
            return (
                f"The one outcome compared {'has' if figures.is_system else 'is'} not {against} beyond chance"
            )
        return (
            f"None of {of} outcomes compared {'has' if figures.is_system else 'is'} {against} beyond chance"
        )
    if figures.is_system:
        return f"{_of(of)}, {better or 'none'} improved since {first} and {worse or 'none'} got worse"
    are = "is" if better <= 1 else "are"
    return f"{_of(of)}, {better or 'none'} {are} better than in the whole system and {worse or 'none'} worse"


def _of(outcomes: int) -> str:
    return f"Of {outcomes} {'outcome' if outcomes == 1 else 'outcomes'} compared"


def _behind(figures: AreaFigures, counts: dict[str, int]) -> str:
    worse = [words.lower_first(card.name) for card in _outcomes(figures, "worse")]
    without = len(figures.area.part("outcomes")) - sum(counts.values())
    said = f"Worse: {words.and_list(worse)}. " if 0 < len(worse) <= 4 else ""
    similar = counts["similar"] if counts["better"] or counts["worse"] else 0
    rest = [
        (similar, "differs no more than chance explains", "differ no more than chance explains"),
        (counts["not compared"], "cannot be compared", "cannot be compared"),
        (without, "has no figure", "have no figure"),
    ]
    left = [f"{count} {one if count == 1 else many}" for count, one, many in rest if count]
    return f"{said}{f'{words.and_list(left)}.' if left else ''}".strip()


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


def gap_sentence(figures: AreaFigures) -> Sentence:
    """The clearest gap between the most and the least deprived fifth, or that none can be told."""
    found, of = clearest(figures), len(gaps_in_outcomes(figures))
    if found is None:
        reason = "No outcome can be compared between the most and the least deprived fifth here."
        return Sentence("Gaps by deprivation cannot be said.", reason, "outcomes", LOOK)
    name = words.lower_first(found.card.name)
    among = f"the clearest of {of} compared" if of > 1 else "the only one that can be compared"
    if not found.beyond_chance:
        nearest = f"{found.card.name}, {among}: {found.against} (95% interval {found.interval})."
        return Sentence("No gap by deprivation is larger than chance allows.", nearest, "gap", "See the gap")
    more = f"{found.sides} (95% interval of the gap {found.interval}); {among}.{moved(figures, found)}"
    cost = unequal(figures, found.card)
    if cost is not None and beyond(cost.excess_lower95, cost.excess_upper95):
        more += f" {excess_words(found.card, cost)}"
    return Sentence(f"Clearest gap: {name}, {found.against}.", more, "gap", "See the gap")


def moved(figures: AreaFigures, now: Gap) -> str:
    """A sentence on what became of a gap since the first year; empty when that cannot be said."""
    then = first_gap(figures, now.card)
    if then is None:
        return ""
    since = words.year(*figures.periods[0])
    return {
        "no change": f" No change beyond chance since {since} ({then.side}).",
        "narrowed": f" It has narrowed from {then.words} in {since}.",
        "widened": f" It has widened from {then.words} in {since}.",
        "turned round": f" It has turned round since {since} ({then.side}).",
    }[movement(now, then)]
