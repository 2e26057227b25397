"""Limits of a fitted line by simulation: values drawn anew, the line fitted to each draw."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.statistics.estimates import Array, Estimates, divide
from stewardship.measures.statistics.intervals import Interval

Small = NDArray[np.float32]

DRAWS = 10_000
SEED = 20_130_204  # any number will do: the same one gives the same limits
AT_ONCE = 200_000  # numbers held for one step, so that memory does not grow with the places

CONFIDENCES = (0.95, 0.998)


@dataclass(frozen=True)
class Scale:
    """The scale on which values are drawn (and curves fitted): the way there and back."""

    to: Callable[[Any], Any]  # of arrays, in the precision they come in
    back: Callable[[Any], Any]

    @classmethod
    def plain(cls) -> "Scale":
        """Values as they are."""
        return cls(np.asarray, np.asarray)

    @property
    def is_plain(self) -> bool:
        """Whether it changes nothing."""
        return self.back is np.asarray


@dataclass(frozen=True)
class DrawnLimits:
    """For each confidence the limits of the slope and of the ratio of the line's two ends."""

    slope: dict[float, Interval]
    relative: dict[float, Interval]


def drawn_limits(
    centre: Array, spread: Array, fit: Array, scale: Scale, *, curved: bool, draws: int, seed: int
) -> DrawnLimits:
    """Limits of slope and ratio for each place.

    centre, spread: places x quantiles, value and standard error on the scale of the draws. fit: 2 x places x
    quantiles, the weights of the values in slope and intercept. Limits are the order statistics at round(draws
    (1-C)/2) and round(draws (1+C)/2). Not curved: draws go back to the natural scale, the line is fitted to each,
    and limits are of its slope and of (intercept + slope) / intercept. Curved: limits q of the slope on the scale,
    with the middle of the fitted line held: ends at back(middle -/+ q/2).
    NaN for places where any number is NaN.
    """
    normal = np.random.default_rng(seed).standard_normal((centre.shape[1], draws), dtype=np.float32)
    kept = np.flatnonzero(~np.isnan(centre + spread + fit.sum(axis=0)).any(axis=1))
    ranks = order_ranks(draws)
    found = np.full((2, len(centre), len(ranks)), np.nan)
    bend = None if curved or scale.is_plain else scale
    for some in _portions(kept, normal.size):
        off = _off_the_line(fit[:, some], centre[some], spread[some], normal, bend)
        line = np.einsum("kpq,pq->kp", fit[:, some], bend.back(centre[some]) if bend else centre[some])
        slope, intercept = line[:, :, None]
        found[0, some] = slope + _ranked(off[0], ranks)
        if not curved:
            found[1, some] = 1 + divide(slope, intercept) + _ranked(_ratio_off(off, line), ranks)
    if curved:
        middle = np.einsum("pq,pq->p", fit[1] + fit[0] / 2, centre)[:, None]
        low, high = scale.back(middle - found[0] / 2), scale.back(middle + found[0] / 2)
        found = np.stack([high - low, divide(high, low)])
    return DrawnLimits(*(_intervals(limits) for limits in found))


def reliability(drawn_with: Callable[[int], Estimates], *, seeds: int = 10) -> Array:
    """How far simulated 95% limits move with the seed: one number a place, in the unit of the estimates.

    drawn_with: makes the estimates with a seed, such as `lambda seed: slope_index(..., seed=seed).slope`. It is
    called with 0 to `seeds` - 1; the result is the mean absolute difference of both limits from those of the first
    seed.
    """
    first, *others = (drawn_with(seed) for seed in range(seeds))
    apart = [
        np.abs(getattr(other, side) - getattr(first, side))
        for other in others
        for side in ("lower95", "upper95")
    ]
    return np.asarray(np.mean(apart, axis=0), np.float64)


def order_ranks(draws: int) -> list[int]:
    """Positions, from 0, of the lower and upper limit at 95% and at 99.8% among sorted draws."""
    shares = [share for c in CONFIDENCES for share in ((1 - c) / 2, (1 + c) / 2)]
    return [max(round(draws * share), 1) - 1 for share in shares]


def _off_the_line(weights: Array, centre: Array, spread: Array, normal: Small, bend: Scale | None) -> Small:
    """How far slope and intercept of every draw are from those of the values, 2 x places x draws.

    Held in single precision, which is a ten-millionth of a distance that is itself chance.
    """
    few = weights.astype(np.float32)
    if bend is None:
        return np.asarray((weights * spread).astype(np.float32) @ normal)
    at, by = centre.astype(np.float32)[:, :, None], spread.astype(np.float32)[:, :, None]
    moved = by * normal
    moved += at
    moved = bend.back(moved)
    moved -= bend.back(at)
    return np.asarray(np.swapaxes(np.swapaxes(few, 0, 1) @ moved, 0, 1))


def _ratio_off(off: Small, line: Array) -> Small:
    """How far slope over intercept of every draw is from that of the values."""
    ratio, intercept = (
        divide(line[0], line[1]).astype(np.float32)[:, None],
        line[1].astype(np.float32)[:, None],
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((off[0] - off[1] * ratio) / (intercept + off[1]))


def _ranked(drawn: Small, ranks: list[int]) -> Small:
    return np.asarray(np.partition(drawn, ranks, axis=1)[:, ranks])


def _portions(places: NDArray[np.intp], numbers_each: int) -> Iterator[NDArray[np.intp]]:
    step = max(1, AT_ONCE // numbers_each)
    for start in range(0, len(places), step):
        yield places[start : start + step]


def _intervals(limits: Array) -> dict[float, Interval]:
    return {c: Interval(limits[:, 2 * i], limits[:, 2 * i + 1]) for i, c in enumerate(CONFIDENCES)}
