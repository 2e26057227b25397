"""Whether matched groups are alike in what was known before, told by size of the differences and never by a p-value.

Sources: Austin 2009 and Stuart 2010: standardised differences under 0.1, and ratios of variances from 0.5 to 2.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from stewardship.evaluation.matching import Sets
from stewardship.evaluation.pool import Numbers, Pool

ALIKE = 0.1  # standard deviations apart, at most
NOT_ACCEPTABLE = 0.25
LEAST_RATIO, MOST_RATIO = 0.5, 2.0


@dataclass(frozen=True)
class Line:
    """One thing that was known before: means of the exposed and the others, before matching and after.

    A standardised difference is the difference of means in standard deviations of before matching; NaN where there is
    nobody on one side. variance_ratio: exposed over others after matching; 1 of what does not vary, NaN of yes and no.
    """

    name: str
    mean_exposed_before: float
    mean_others_before: float
    difference_before: float
    mean_exposed_after: float
    mean_others_after: float
    difference_after: float
    variance_ratio: float

    @property
    def alike(self) -> bool:
        """Whether matched groups are alike in it."""
        ratio = self.variance_ratio
        spread = np.isnan(ratio) or LEAST_RATIO <= ratio <= MOST_RATIO
        return abs(self.difference_after) <= ALIKE and bool(spread)


def balance(pool: Pool, sets: Sets) -> tuple[Line, ...]:
    """A line for every number to be alike in, and for every value of what had to be the same."""
    return tuple(_line(name, column, pool, sets, flag) for name, column, flag in _columns(pool))


def told(lines: tuple[Line, ...]) -> str:
    """What is left unlike after matching, in words."""
    unlike = [line for line in lines if not line.alike]
    if not lines:
        return "Nothing was known beforehand in which the groups could be compared."
    if not unlike:
        return f"The groups are alike in all that was known before, within {ALIKE} standard deviations."
    worst = sorted(unlike, key=lambda line: -abs(line.difference_after))
    return "The groups are still not alike in: " + "; ".join(map(_told, worst)) + "."


def _told(line: Line) -> str:
    if abs(line.difference_after) <= ALIKE:
        return f"{line.name} (as high on average, but spread {line.variance_ratio:.2f} times as widely)"
    if np.isnan(line.difference_after):
        return f"{line.name} (nobody to compare)"
    way = "higher" if line.difference_after > 0 else "lower"
    return f"{line.name} ({abs(line.difference_after):.2f} standard deviations {way} in those who had it)"


def _columns(pool: Pool) -> Iterator[tuple[str, Numbers, bool]]:
    for name, numbers in pool.near.items():
        yield name, numbers, False
    for name, column in pool.exact.items():
        values = column.astype(str)
        for value in np.unique(values):
            yield f"{name} {value}", (values == value).astype(np.float64), True


def _line(name: str, column: Numbers, pool: Pool, sets: Sets, flag: bool) -> Line:
    known = ~sets.incomplete
    first, other = column[known & pool.exposed], column[known & ~pool.exposed]
    spread = float(np.sqrt((_variance(first) + _variance(other)) / 2))
    matched = column[sets.member]
    case, control = matched[sets.case], matched[~sets.case]
    weight = sets.weight[~sets.case]
    means = [_mean(first), _mean(other), _mean(case), _mean(control, weight)]
    return Line(
        name=name,
        mean_exposed_before=means[0],
        mean_others_before=means[1],
        difference_before=_apart(means[0], means[1], spread),
        mean_exposed_after=means[2],
        mean_others_after=means[3],
        difference_after=_apart(means[2], means[3], spread),
        variance_ratio=np.nan if flag else _ratio(_variance(case), _variance(control, weight)),
    )


def _mean(numbers: Numbers, weight: Numbers | None = None) -> float:
    return float(np.average(numbers, weights=weight)) if len(numbers) else float("nan")


def _variance(numbers: Numbers, weight: Numbers | None = None) -> float:
    return _mean((numbers - _mean(numbers, weight)) ** 2, weight)


def _apart(one: float, other: float, spread: float) -> float:
    if abs(one - other) < 1e-12:
        return 0.0
    return (one - other) / spread if spread > 0 else float(np.copysign(np.inf, one - other))


def _ratio(one: float, other: float) -> float:
    if one < 1e-12 and other < 1e-12:
        return 1.0
    return one / other if other > 0 else float("inf")
