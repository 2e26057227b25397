"""What the summary of a page says of variation: which networks and practices are outside what is expected."""

from stewardship.measures.derived import FUNNEL_LEVELS, InFunnel
from stewardship.measures.published import Card
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.sentences import Sentence
from stewardship.profiles.variation import MANY, ONE, funnel, inside, outside, placed
from stewardship.profiles.variation_words import side

NAMED = 2  # places and measures that the summary names
ANCHOR, LOOK = "variation", "See the variation"
Outside = tuple[Card, InFunnel]


def variation_sentence(figures: AreaFigures) -> list[Sentence]:
    """Who in this place is outside what is expected in an outcome; nothing where no position is told."""
    codes = inside(figures.published, figures.place)
    told: list[Outside] = [
        (card, row)
        for level in FUNNEL_LEVELS
        for card in figures.area.part("outcomes")
        for row in placed(funnel(figures, card, level))
        if row.place in codes
    ]
    if not told:
        return []
    far = [(card, row) for card, row in told if row in outside((row,))]
    alone = {row.place for _, row in told} == {figures.place.code}
    if not far:
        who = f"{figures.place.name} is" if alone else f"No {' or '.join(_levels(told))} here is"
        than = "not further from the whole system than is expected" if alone else (
            "further from the whole system than is expected"
        )  # fmt: skip
        return [Sentence(f"{who} {than}.", _of(told), ANCHOR, LOOK)]
    return [
        Sentence(
            f"{_counted(far)} further from the whole system than is expected.",
            _named(figures, far),
            ANCHOR,
            LOOK,
        )
    ]


def _levels(told: list[Outside]) -> list[str]:
    held = {row.level for _, row in told}
    return [ONE[level] for level in FUNNEL_LEVELS if level in held]


def _of(told: list[Outside]) -> str:
    outcomes = len({card.key for card, _ in told})
    return f"{outcomes} {'outcome' if outcomes == 1 else 'outcomes'} looked at."


def _counted(far: list[Outside]) -> str:
    """One network and two practices are."""
    counts = {level: len({row.place for _, row in far if row.level == level}) for level in FUNNEL_LEVELS}
    parts = [
        f"{words.small(count)} {ONE[level] if count == 1 else MANY[level]}"
        for level, count in counts.items()
        if count
    ]
    said = words.and_list(parts)
    return f"{said[0].upper()}{said[1:]} {'is' if sum(counts.values()) == 1 else 'are'}"


def _named(figures: AreaFigures, far: list[Outside]) -> str:
    """By side: which place, in what; of many only how many."""
    said = []
    for word in sorted({side(row) for _, row in far}):
        of_side = [(card, row) for card, row in far if side(row) == word]
        names = [
            f"{figures.published.place(row.place).name} ({words.lower_first(card.name)})"
            for card, row in of_side
        ]
        more = len(names) - NAMED
        said.append(
            f"{word.capitalize()}: {words.and_list([*names[:NAMED], f'{more} more'] if more > 0 else names)}."
        )
    return f"{' '.join(said)} That is a question, not a verdict."
