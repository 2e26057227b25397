"""XmR control charts, and how to read them, by the rules of Making Data Count.

Sources: Wheeler 1993 (Understanding variation); NHS England, Making Data Count; as applied by the R package
NHSRplotthedots.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stewardship.measures.statistics.compare import Better
from stewardship.measures.statistics.estimates import Array, Flags, Words, divide, first_reason
from stewardship.measures.statistics.signals import Signals, signals

LIMITS = 2.66  # mean moving ranges from the mean to a limit: 3 / 1.128
SCREENED = 3.267  # a moving range of so many mean ones is left out
BASELINE = 12  # points that limits should rest on

_READINGS = {  # low or falling, common cause, high or rising
    "higher": ("worsening", "common cause", "improving"),
    "lower": ("improving", "common cause", "worsening"),
    "neither": ("lower", "common cause", "higher"),
}


@dataclass(frozen=True)
class Chart:
    """A control chart of each series, arrays of series x points.

    centre, lower, upper: the lines at each point, in the unit of the values. signals: its special causes. trial:
    whether the limits at a point rest on fewer than 12 points, and may still move. reason: why a series has no
    limits, '' where it has them.
    """

    values: Array
    centre: Array
    lower: Array
    upper: Array
    signals: Signals
    trial: Flags
    reason: Words


def xmr(
    values: ArrayLike,
    *,
    phases: ArrayLike | None = None,
    baseline: int | None = None,
    screened: bool = False,
) -> Chart:
    """XmR chart of each series: mean of the values -/+ 2.66 mean moving ranges.

    values: series x points in the order of time; NaN where there is no value: the moving range then reaches to the
    next one. phases: a whole number a point (for all series, or series x points) where a documented change of the
    process starts new limits, and new runs. baseline: how many first points of each phase set its limits; all if
    not given. `screened` leaves moving ranges of 3.267 mean ones or more out and takes their mean again, once, as
    NHSRplotthedots does and the NHS Excel tool does not: say which. No limits, with the reason, for fewer than two
    points.
    """
    x = np.asarray(values, np.float64)
    phase = np.broadcast_to(np.zeros(1) if phases is None else np.asarray(phases), x.shape)
    lines = np.full((3, *x.shape), np.nan)
    tests, trial = np.zeros((4, *x.shape), np.int8), np.ones(x.shape, np.bool_)
    for one in np.unique(phase):
        here = phase == one
        part = np.where(here, x, np.nan)
        centre, spread, points = _limits(part, baseline, screened=screened)
        drawn = np.stack(
            [np.broadcast_to(line, x.shape) for line in (centre, centre - spread, centre + spread)]
        )
        found = signals(part, *drawn)
        lines = np.where(here, drawn, lines)
        tests = np.where(here, np.stack(found.in_order()), tests)
        trial = np.where(here, points < BASELINE, trial)
    known = np.sum(~np.isnan(x), axis=1)
    reason = first_reason(
        known.shape,
        (known == 0, "no values"),
        (np.isnan(lines[1]).all(axis=1), "fewer than 2 points"),
    )
    return Chart(x, lines[0], lines[1], lines[2], Signals(*tests), trial, reason)


def readings(chart: Chart, *, better: Better) -> Words:
    """Each point in plain words: improving, worsening or common cause; higher or lower where neither is better.

    '' where there is no value or no limits.
    """
    words = np.array(_READINGS[better], dtype=object)[chart.signals.sign + 1]
    return np.where(np.isnan(chart.values + chart.lower), "", words).astype(object)


def assurance(chart: Chart, target: ArrayLike, *, better: Better) -> Words:
    """Whether each series will meet a target if nothing changes, by the limits at its last point.

    target: in the unit of the values, one for all or one a series. Where all values between the limits are better:
    "consistently passes"; where none is: "consistently fails"; else "hit and miss". '' without limits, target or a
    direction of good.
    """
    lower, upper = _at_last(chart.lower), _at_last(chart.upper)
    aim = np.broadcast_to(np.asarray(target, np.float64), lower.shape)
    below, above = aim < lower, aim > upper
    passes, fails = (below, above) if better == "higher" else (above, below)
    return first_reason(
        aim.shape,
        (np.isnan(aim + lower) | (better == "neither"), ""),
        (passes, "consistently passes"),
        (fails, "consistently fails"),
        (np.True_, "hit and miss"),
    )


def moving_ranges(values: Array) -> Array:
    """|x - the known value before| of each series at each point, NaN at the first and at unknown ones."""
    known = ~np.isnan(values)
    at = np.broadcast_to(np.arange(values.shape[1]), values.shape)
    before = np.full(values.shape, -1)
    before[:, 1:] = np.maximum.accumulate(np.where(known, at, -1), axis=1)[:, :-1]
    previous = np.take_along_axis(values, np.maximum(before, 0), axis=1)
    return np.where(before >= 0, np.abs(values - previous), np.nan)


def _limits(x: Array, baseline: int | None, *, screened: bool) -> tuple[Array, Array, NDArray[np.int64]]:
    """Mean, distance of the limits from it, and points they rest on, each series x 1."""
    number = np.cumsum(~np.isnan(x), axis=1)
    set_by = ~np.isnan(x) & (number <= (x.shape[1] if baseline is None else baseline))
    ranges = moving_ranges(np.where(set_by, x, np.nan))
    typical = mean_known(ranges)
    if screened:
        typical = mean_known(np.where((ranges < SCREENED * typical) | (ranges == 0), ranges, np.nan))
    return mean_known(np.where(set_by, x, np.nan)), LIMITS * typical, set_by.sum(axis=1, keepdims=True)


def mean_known(x: Array) -> Array:
    """Mean of the known values of each series, series x 1, NaN where there are none."""
    known = np.sum(~np.isnan(x), axis=1, keepdims=True)
    return divide(np.nansum(x, axis=1, keepdims=True), known.astype(np.float64))


def _at_last(line: Array) -> Array:
    return line[:, -1] if line.shape[1] else np.full(len(line), np.nan)
