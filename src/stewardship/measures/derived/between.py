"""Whether a measure differs between two places, in the words of a page: only what holds for every count shown alike.

Two places that share nobody are held against each other, each with its own chance. Where one lies within the other it
is held against the other's value as fixed, as every place is against the whole system.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from stewardship.measures import statistics
from stewardship.measures.derived.shown import NUMBERS, Numbers, per_of
from stewardship.measures.published import SHARES, Card, Figure
from stewardship.measures.rounding import OF_LIFE, least_and_most
from stewardship.measures.statistics import Estimates
from stewardship.measures.statistics.estimates import divide

HIDDEN = "one of the two is hidden"
MISSING = "one of the two is missing"
ROUNDING = "rounding may make the difference, or hide it"
MANY_EACH = "one person often has several"
NO_CHANCE = "too few to judge chance by"
NO_LIMITS = "published without limits"
NO_INTERVAL = {
    "count": "a count, which has no interval", "amount": "a sum, which has no interval",
    "mean": "a mean, which has no interval", "mean of events": "a mean, which has no interval",
    "ratio of events": "a ratio of events, of which chance is not judged",
}  # fmt: skip
_Span = tuple[Estimates, Estimates]  # the lowest and the highest that a figure can be


@dataclass(frozen=True)
class Between:
    """better, worse, higher, lower or similar, of the first against the second; why it cannot be told, if it cannot."""

    word: str
    why: str = ""


def between(card: Card, first: Figure | None, second: Figure | None, *, within: str = "") -> Between:
    """The first figure of a measure against the second, of the same year and everyone.

    within: "first" or "second" where that one's place lies within the other's; empty where they share nobody.
    """
    why = _why_not(card, first, second)
    if why or first is None or second is None:
        return Between("", why)
    firm = _word(card, _spanned(card, first), _spanned(card, second), within)
    as_shown = _word(card, (_estimate(card, first),) * 2, (_estimate(card, second),) * 2, within)
    if firm == "similar" and as_shown != "similar":
        return Between("", ROUNDING)
    return Between(firm, "" if firm else NO_CHANCE)


def _why_not(card: Card, first: Figure | None, second: Figure | None) -> str:
    both = (first, second)
    if any(one is not None and one.state == "suppressed" for one in both):
        return HIDDEN
    if card.missing or any(one is None or one.state != "shown" or one.value is None for one in both):
        return MISSING
    if card.statistic in NO_INTERVAL:
        return NO_INTERVAL[card.statistic]
    if card.repeats:
        return MANY_EACH
    without = any(one is None or one.lower95 is None for one in both)
    return "" if not without else NO_LIMITS if card.statistic == "published" else NO_CHANCE


def _word(card: Card, first: _Span, second: _Span, within: str) -> str:
    """The word that holds both for the least and the most that the difference can be."""
    if within == "second":
        return _turned(_word(card, second, first, "first"))
    if within == "first":
        (least, most), (low, high) = first, second
        apart = replace(least, lower95=least.lower95 - high.value, upper95=most.upper95 - low.value)
        return str(statistics.compared(apart, 0.0, better=card.better).at95[0])  # type: ignore[arg-type]
    gap, none = _gap_of(card)
    smallest, largest = gap(first[0], second[1]), gap(first[1], second[0])
    apart = replace(smallest, upper95=largest.upper95)
    return str(statistics.compared(apart, none, better=card.better).at95[0])  # type: ignore[arg-type]


def _turned(word: str) -> str:
    turned = {"better": "worse", "worse": "better", "higher": "lower", "lower": "higher"}
    return turned.get(word, word)


def _gap_of(card: Card) -> tuple[Callable[[Estimates, Estimates], Estimates], float]:
    """How two of a kind are held against each other, and the value that means no difference."""
    if card.statistic in SHARES:
        return lambda one, two: statistics.difference_of_proportions(*_counts(one), *_counts(two)), 0.0
    if card.statistic == "rate":
        return lambda one, two: statistics.difference_of_rates(
            *_counts(one), *_counts(two), multiplier=1
        ), 0.0
    return statistics.difference_of_estimates, 0.0


def _counts(one: Estimates) -> tuple[Numbers, Numbers]:
    return one.numerator, one.denominator


def _spanned(card: Card, figure: Figure) -> _Span:
    """The lowest and the highest that a published figure can be."""
    estimate, by = _estimate(card, figure), card.rounded_to // 2
    if card.statistic == "published":
        return estimate, estimate
    if card.statistic == "against expected":
        found, expected = estimate.numerator, divide(100 * estimate.numerator, estimate.value)
        least, most = (
            statistics.rates(np.maximum(found + each, 0), expected, multiplier=100) for each in (-by, by)
        )
        return least, most
    counts = estimate.numerator, estimate.denominator
    per = 1.0 if card.statistic in OF_LIFE else per_of(card)
    return least_and_most(card.statistic, *counts, estimate, per=per, rounded_by=by)


def _estimate(card: Card, figure: Figure) -> Estimates:
    """A published figure as an estimate of one place."""
    told = {name: np.array([getattr(figure, name)], np.float64) for name in NUMBERS}  # None becomes NaN
    return Estimates(**told, method=card.method, reason=np.array([""], dtype=object))
