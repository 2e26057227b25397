"""The gap between people who live in the most and the least deprived fifth of areas."""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from stewardship.measures.published import SHARES, Card, Figure
from stewardship.measures.rounding import OF_LIFE
from stewardship.measures.statistics import (
    Estimates,
    difference_of_estimates,
    difference_of_proportions,
    ratio_of_estimates,
    ratio_of_proportions,
    ratio_of_rates,
)
from stewardship.profiles.figures import AreaFigures, shown
from stewardship.profiles.words import number

DEPRIVATION = "deprivation fifth"
MOST, LEAST = "1", "5"


@dataclass(frozen=True)
class Gap:
    """How far the most deprived fifth is from the least.

    size and its 95% interval: percentage points for per cent (least less most deprived fifth, signed), years for
    life expectancy likewise, times for what is told of so many, such as a rate (most over least deprived).
    """

    card: Card
    most: Figure
    least: Figure
    size: float
    lower: float
    upper: float

    @property
    def is_ratio(self) -> bool:
        """Whether size is "times" rather than percentage points or years."""
        return self.card.statistic not in (*SHARES, *OF_LIFE)

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval leaves out "no gap"."""
        none = 1.0 if self.is_ratio else 0.0
        return not self.lower <= none <= self.upper

    @property
    def strength(self) -> float:
        """How many half-widths of its own interval the gap is away from none."""
        if not self.is_ratio:
            return abs(self.size) / max(self.upper - self.lower, 1e-9) * 2
        return abs(math.log(self.size)) / max(math.log(self.upper / self.lower), 1e-9) * 2

    @property
    def words(self) -> str:
        """9 points; 6.5 years; 2.3 times. Without sign: the two fifths say which is higher."""
        if self.is_ratio:
            return f"{self.size:.1f} times"
        if self.card.statistic in OF_LIFE:
            return f"{number(abs(self.size), self.card.unit)} {self.card.unit}"
        points = f"{abs(self.size):.0f}" if abs(self.size) >= 9.5 else f"{abs(self.size):.1f}"
        return f"{points.removesuffix('.0')} percentage points"

    @property
    def side(self) -> str:
        """13 percentage points lower; 1.3 times as high: the most deprived fifth against the least."""
        if self.is_ratio:
            return f"{self.words} as high"
        return f"{self.words} {'lower' if self.size > 0 else 'higher'}" if self.size else "no difference"

    @property
    def against(self) -> str:
        """The side, and of which fifths."""
        if self.is_ratio:
            return f"{self.side} in the most deprived fifth as in the least"
        if not self.size:
            return "no difference between the most and the least deprived fifth"
        return f"{self.side} in the most deprived fifth than in the least"

    @property
    def interval(self) -> str:
        """7.9 to 10.1, in the unit of `words`."""
        ends = (self.lower, self.upper)
        if not self.is_ratio and self.size < 0:
            ends = (-self.upper, -self.lower)
        return f"{ends[0]:.1f} to {ends[1]:.1f}".replace("-", "−")

    @property
    def sides(self) -> str:
        """The two values in words."""
        most, least = self.most.value or 0, self.least.value or 0
        unit = self.card.unit
        return (
            f"{number(most, unit)} in the most deprived fifth, {number(least, unit)} in the least"
            f"{f', {unit}' if unit != '%' else ''}"
        )


def gap(figures: AreaFigures, card: Card, end: date | None = None) -> Gap | None:
    """The gap of a proportion, a rate or a life expectancy here, or None where one of the two fifths is not shown."""
    most = figures.here(card, DEPRIVATION, MOST, end)
    least = figures.here(card, DEPRIVATION, LEAST, end)
    if most is None or least is None or not (shown(most) and shown(least)):
        return None
    estimate = _estimate(card, most, least)
    if estimate is None or estimate.reason[0]:
        return None
    size, lower, upper = (float(part[0]) for part in (estimate.value, estimate.lower95, estimate.upper95))
    return Gap(card, most, least, size, lower, upper)


def _estimate(card: Card, most: Figure, least: Figure) -> Estimates | None:
    """The gap from published, rounded counts; None for statistics that have no counts to compare."""
    a, n = [most.numerator or 0], [most.denominator or 0]
    b, m = [least.numerator or 0], [least.denominator or 0]
    if card.statistic in SHARES:
        if card.unit == "%":
            return difference_of_proportions(b, m, a, n, multiplier=100)
        return ratio_of_proportions(a, n, b, m)
    if card.statistic in OF_LIFE:
        return difference_of_estimates(_as_estimates(least), _as_estimates(most))
    if card.statistic == "standardised rate":
        return ratio_of_estimates(*_limits(most), *_limits(least))
    return ratio_of_rates(a, n, b, m) if card.statistic == "rate" else None


def _as_estimates(figure: Figure) -> Estimates:
    """A figure beside which no counts are published."""
    value, lower, upper = (np.array(one) for one in _limits(figure))
    none = np.full(1, np.nan)
    return Estimates(value, lower, upper, none, none, none, none, "", np.array([""], dtype=object))


def _limits(figure: Figure) -> tuple[list[float], list[float], list[float]]:
    """Value and limits, not known (NaN) where there is none."""
    known = [math.nan if one is None else one for one in (figure.value, figure.lower95, figure.upper95)]
    return known[:1], known[1:2], known[2:]


def gaps_in_outcomes(figures: AreaFigures) -> list[Gap]:
    """The gap in every outcome that has one and whose interval tells of chance: not of events that come more than
    once to one person.
    """
    found = [gap(figures, card) for card in figures.area.part("outcomes") if not card.repeats]
    return [one for one in found if one is not None]


def clearest(figures: AreaFigures) -> Gap | None:
    """The gap in an outcome that is furthest from none, measured in the width of its own interval.

    Points and times cannot be ranked by size; how clearly each differs from none can.
    """
    return max(gaps_in_outcomes(figures), key=lambda one: one.strength, default=None)


def first_gap(figures: AreaFigures, card: Card) -> Gap | None:
    """The gap in the first of the years."""
    return gap(figures, card, figures.periods[0][1])


def movement(now: Gap, then: Gap | None) -> str:
    """What became of a gap: narrowed, widened, turned round, or no change beyond chance; empty when it
    cannot be said. The change's own 95% interval leaves out none: its two sides are those of both gaps, joined.
    """
    if then is None:
        return ""
    moved, at, before = _signed(now) - _signed(then), _reach(now), _reach(then)
    lower, upper = moved - math.hypot(at[0], before[1]), moved + math.hypot(at[1], before[0])
    if lower <= 0 <= upper:
        return "no change"
    if _signed(now) * _signed(then) < 0:
        return "turned round"
    return "narrowed" if abs(_signed(now)) < abs(_signed(then)) else "widened"


def _signed(one: Gap) -> float:
    return math.log(one.size) if one.is_ratio else one.size


def _reach(one: Gap) -> tuple[float, float]:
    """How far the interval reaches below and above, on the scale of `_signed`."""
    if one.is_ratio:
        return math.log(one.size / one.lower), math.log(one.upper / one.size)
    return one.size - one.lower, one.upper - one.size
