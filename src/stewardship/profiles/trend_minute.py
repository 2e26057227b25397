"""What the summary of a page says of months: the one change most worth saying, if there is any."""

from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.sentences import Sentence
from stewardship.profiles.trend_read import SIDES, Told, told_by_month
from stewardship.profiles.trend_words import by_month, by_what, found

ANCHOR, LOOK = "months", "See the months"


def months_sentence(figures: AreaFigures) -> list[Sentence]:
    """The change that says most; nothing where all is common cause."""
    told = [one for one in told_by_month(figures) if one.reading.reading]
    changed = [one for one in told if one.special]
    if not changed:
        return []
    most = max(changed, key=_telling)
    of = (
        f"Of {len(told)} counts by month {words.small(len(changed))} changed beyond chance."
        if len(told) > 1
        else ""
    )
    finding = f"{by_month(most.card)}: {words.lower_first(found(most.reading))}."
    more = " ".join(filter(None, [f"{by_what(most.card, most.reading)}.", of]))
    return [Sentence(finding, more, ANCHOR, LOOK)]


def _telling(one: Told) -> tuple[bool, bool, bool, bool]:
    """A change for the better or the worse first, and of these the worse; then outcomes, then headlines."""
    side = SIDES[one.reading.reading]
    return side in ("better", "worse"), side == "worse", one.card.part == "outcomes", one.headline
