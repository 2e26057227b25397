"""Control charts for what XmR does not suit: proportions of changing numbers of people, and rare events.

Sources: Laney 2002 (Quality Engineering 14:531); Nelson 1994 (Journal of Quality Technology 26:239) for days between
events; Benneyan 2001 (Health Care Management Science 4:305) for cases between events.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Array, divide, first_reason
from stewardship.measures.statistics.signals import signals
from stewardship.measures.statistics.spc import BASELINE, Chart, mean_known, moving_ranges, xmr

Of = Literal["proportion", "rate"]

_BETWEEN = 1 / 3.6  # the power that makes times between rare events nearly normal
_SIGMA = 1.128  # mean moving range of standard normal values


def laney(
    numerator: ArrayLike, denominator: ArrayLike, *, of: Of = "proportion", multiplier: float = 1
) -> Chart:
    """Laney's p' chart of proportions (u' of rates): limits by each point's own denominator and how points differ.

    numerator, denominator: series x points in the order of time; NaN where not known. of: "proportion" (s^2 = p
    (1 - p) / n) or "rate" (s^2 = u / n), p or u all events over all people. With z = (value - p) / s and S its mean
    moving range over 1.128, limits are p -/+ 3 s S, of proportions held between 0 and 1, times the multiplier. No
    limits, with the reason, for fewer than two points, or where nothing or everything is counted.
    """
    x, n = np.asarray(numerator, np.float64), np.asarray(denominator, np.float64)
    known = (x >= 0) & (n > 0) & ((x <= n) | (of != "proportion"))
    x, n = np.where(known, x, np.nan), np.where(known, n, np.nan)
    centre = divide(np.nansum(x, axis=1, keepdims=True), np.nansum(n, axis=1, keepdims=True))
    error = np.sqrt(centre * ((1 - centre) if of == "proportion" else 1) / n)
    sigma = mean_known(moving_ranges(divide(x / n - centre, error))) / _SIGMA
    lower, upper = np.maximum(centre - 3 * error * sigma, 0), centre + 3 * error * sigma
    if of == "proportion":
        upper = np.minimum(upper, 1)
    return _chart(*(line * multiplier for line in (x / n, centre, lower, upper)))


def days_between(days: ArrayLike) -> Chart:
    """t chart of rare events: XmR of the days between them to the power 1/3.6, its lines taken back.

    days: series x events, days since the event before; NaN where there is none. Longer is rarer.
    """
    bent = xmr(np.maximum(np.asarray(days, np.float64), 0) ** _BETWEEN)
    centre, lower, upper = (
        np.maximum(line, 0) ** (1 / _BETWEEN) for line in (bent.centre, bent.lower, bent.upper)
    )
    known = np.asarray(days, np.float64)
    return Chart(known, centre, lower, upper, bent.signals, bent.trial, bent.reason)


def cases_between(cases: ArrayLike) -> Chart:
    """g chart of rare events: how many cases went well between them.

    cases: series x events; NaN where there is none. Limits g -/+ 3 sqrt(g (g + 1)), at least 0, g their mean.
    """
    x = np.where(np.asarray(cases, np.float64) >= 0, np.asarray(cases, np.float64), np.nan)
    mean = mean_known(x)
    spread = 3 * np.sqrt(mean * (mean + 1))
    return _chart(x, mean, np.maximum(mean - spread, 0), mean + spread)


def _chart(x: Array, centre: Array, lower: Array, upper: Array) -> Chart:
    points = np.sum(~np.isnan(x), axis=1)
    enough = (points >= 2)[:, None]
    lines = [np.where(enough, np.broadcast_to(line, x.shape), np.nan) for line in (centre, lower, upper)]
    trial = np.broadcast_to((points < BASELINE)[:, None], x.shape)
    reason = first_reason(
        points.shape,
        (points == 0, "no values"),
        (points < 2, "fewer than 2 points"),
        (np.isnan(lines[1]).all(axis=1), "no differences to set limits by"),
    )
    return Chart(x, lines[0], lines[1], lines[2], signals(x, *lines), trial, reason)
