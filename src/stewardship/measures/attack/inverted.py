"""Percentages, rates and limits worked back to the counts they were made from.

A percentage of rounded counts, with its limits, is what anybody can work out from those counts, and tells nothing more.
One that cannot be had from the counts shown beside it was made from the true ones: then only some true counts fit.
The limits of a standardised rate tell the number of events, unless rounding lets many fit.
"""

import numpy as np

from stewardship.measures import statistics
from stewardship.measures.attack.known import STEPS, Inverted, Known, Numbers
from stewardship.measures.published import SHARES, Card

TRIED = 400  # counts tried on either side of what is known
LARGEST = 5_000  # a count above that is not worked back: no small group can be told by it


def invert(each: Inverted) -> None:
    """Narrow what is known of numerators and denominators by what was made from them, in place."""
    if each.measure.statistic == "standardised rate":
        _by_limits(each)
        return
    made = _made(each.measure, each.shown_numerator, each.shown_denominator)
    same = np.isclose(made, each.values, rtol=1e-6, atol=1e-9).all(axis=0)
    for row in np.flatnonzero(~same):
        _by_trying(each, int(row))


def _made(card: Card, x: Numbers, n: Numbers) -> Numbers:
    """Value and limits of counts, as a measure's card says they are made."""
    if card.statistic == "ratio of events":
        got = statistics.ratio_of_counts(x, n)
    else:
        make = statistics.proportions if card.statistic in SHARES else statistics.rates
        got = make(x, n, multiplier=multiplier_of(card))
    return np.stack([got.value, got.lower95, got.upper95, got.lower99_8, got.upper99_8])


def multiplier_of(card: Card) -> float:
    """What a measure's value is multiplied by, as its unit says."""
    return 100.0 if card.unit == "%" else float(card.unit.removeprefix("per ").replace(",", "") or 1)


def _by_trying(each: Inverted, row: int) -> None:
    """Every pair of counts that is known to be possible, and of these the ones that give the value and limits."""
    cell = each.cells[row]
    tops, belows = _possible(each.numerator, cell), _possible(each.denominator, cell)
    if not len(tops) or not len(belows):
        return
    x, n = (grid.ravel() for grid in np.meshgrid(tops, belows))
    if each.measure.statistic in SHARES:
        x, n = x[x <= n], n[x <= n]
    made = _made(each.measure, x, n)
    seen = each.values[:, row]
    near = np.array([_decimals_of(value) for value in seen])[:, None] / 2 + 1e-9
    fit = (np.abs(made - seen[:, None]) <= near).all(axis=0)
    if fit.any():
        _told(each.numerator, cell, x[fit], STEPS[4])
        _told(each.denominator, cell, n[fit], STEPS[4])


def _possible(known: Known, cell: int) -> Numbers:
    low = float(np.ceil(known.low[cell]))
    high = min(float(np.floor(known.high[cell])), low + TRIED)
    return np.arange(low, high + 1) if low <= LARGEST else np.empty(0)


def _decimals_of(value: float) -> float:
    """The last decimal that a published number has: 14.3 is known to 0.1."""
    for places in range(7):
        if abs(value * 10**places - round(value * 10**places)) < 1e-7:
            return float(10.0**-places)
    return 1e-7


def _told(known: Known, cell: int, values: Numbers, step: str) -> None:
    low, high = known.low.copy(), known.high.copy()
    low[cell], high[cell] = max(low[cell], values.min()), min(high[cell], values.max())
    known.narrow(low, high, step)


def _by_limits(each: Inverted) -> None:
    """How many events a standardised rate can be of, by the distances of its limits."""
    v = each.values
    half = _half(v)
    middle = np.where(np.isnan(each.shown_numerator), 0, each.shown_numerator)
    start = np.where(np.isnan(each.shown_numerator), 10, np.maximum(middle - 20, 10))
    tried = start[:, None] + np.arange(41.0)
    fit = statistics.counts_that_fit(v, half, tried)
    some = fit.any(axis=1)
    low, high = each.numerator.low.copy(), each.numerator.high.copy()
    lowest = np.where(fit, tried, np.inf).min(axis=1)
    highest = np.where(fit, tried, -np.inf).max(axis=1)
    at = each.cells[some]
    low[at] = np.maximum(low[at], lowest[some])
    unsure = fit[:, -1][some]  # more than were tried may fit too
    high[at] = np.where(unsure, high[at], np.minimum(high[at], highest[some]))
    each.numerator.narrow(low, high, STEPS[5])


def counts_left(each: Inverted) -> np.ndarray:
    """How many counts of events fit each standardised rate and its limits alone, one a row."""
    v = each.values
    half = _half(v)
    around = np.where(np.isnan(each.shown_numerator), 60, each.shown_numerator)
    tried = np.maximum(around[:, None] + np.arange(-50.0, 51.0), 1)
    fit = statistics.counts_that_fit(v, half, tried) & (around[:, None] + np.arange(-50, 51) >= 10)
    return np.asarray(fit.sum(axis=1))


def _half(v: Numbers) -> Numbers:
    """Half of what each value and its limits, 5 x rows, are rounded to, as far as can be seen."""
    none = np.full(v.shape[1], "", dtype=object)
    seen = statistics.unit_of(statistics.Estimates(v[0], v[1], v[2], v[3], v[4], v[0], v[0], "", none))
    return np.asarray(np.maximum(seen / 2, 1e-9 * np.abs(v[0])))
