"""Life expectancy and healthy life expectancy of each group, with limits."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Array, Estimates, Words, divide
from stewardship.measures.statistics.intervals import Interval, normal_quantile
from stewardship.measures.statistics.life_table import (
    band_of_age,
    from_here_on,
    life_table,
    variance_of_years,
)

WIDEST = 20.0  # years: an expectancy less certain than this is not given

Chance = Literal["in health", "in health and deaths"]


def life_expectancy(deaths: ArrayLike, population: ArrayLike, *, from_age: int = 0) -> Estimates:
    """Years of life that people of an age can expect, at the death rates of each group.

    deaths, population: groups x the 20 bands of `LIFE_BANDS`. from_age: a start of a band. The life table is that
    of `life_table` (Chiang II); limits are e -/+ z SE, SE^2 = sum(var(q) l^2 ((1-a) h + e')^2) / l^2 over this
    band and older, with the last term of 90 and over (l/2)^2 4/(D M^2) (Silcocks). The result's
    numerator and denominator are the deaths and the people from that age on.

    No figure, with the reason, where there is no life table, where nobody is expected to reach the age, and where
    the 95% interval is wider than 20 years: then the limits remain.
    Sources: Chiang 1984; Silcocks, Jenner and Reza 2001.
    """
    table, band = life_table(deaths, population), band_of_age(from_age)
    error = np.sqrt(variance_of_years(table)[:, band])
    return _expectancy(
        table.remaining[:, band],
        error,
        table.reason,
        totals=(_from(deaths, band), _from(population, band)),
        method="Chiang II; Silcocks",
    )


def healthy_life_expectancy(
    deaths: ArrayLike,
    population: ArrayLike,
    healthy: ArrayLike,
    surveyed: ArrayLike,
    *,
    from_age: int = 0,
    chance: Chance = "in health and deaths",
) -> Estimates:
    """Years that people of an age can expect to live in good health, by Sullivan's method.

    deaths, population: groups x the 20 bands of `LIFE_BANDS`. healthy: the proportion in good health in each band,
    groups x bands or one a band for all; surveyed: the effective number of people asked. HLE = sum(L w) / l over the
    band and older, w the proportion. The same gives years free of disability or of a condition. Variance: sum(L^2
    w (1-w) / m) / l^2 for chance in health (Sullivan), and with it, for chance in deaths, the term of
    `variance_of_years` (Newman); the method of the result says which. Where a survey ends at 85 and over,
    give its proportion for 85-89 and 90+ too, with the people asked shared between them.

    No figure, with the reason, where there is no life expectancy, and where a proportion is not known or outside 0
    to 1, or nobody was asked. Sources: Sullivan 1971 (HSMHA Health Reports 86:347); Newman 1988 (Statistics in
    Medicine 7:787).
    """
    table, band = life_table(deaths, population), band_of_age(from_age)
    w, m = (
        np.broadcast_to(np.asarray(given, np.float64), table.years.shape) for given in (healthy, surveyed)
    )
    reason = _of_health(w[:, band:], m[:, band:], table.reason)
    of_health = divide(table.years**2 * w * (1 - w), m)
    variance = divide(from_here_on(of_health), table.alive**2)
    if chance == "in health and deaths":
        variance = variance + variance_of_years(table, w)
    return _expectancy(
        divide(from_here_on(table.years * w), table.alive)[:, band],
        np.sqrt(np.maximum(variance[:, band], 0)),
        reason,
        totals=(_from(deaths, band), _from(population, band)),
        method="Sullivan; chance in health" + (" and deaths (Newman)" if chance != "in health" else ""),
    )


def _of_health(w: Array, m: Array, reason: Words) -> Words:
    reason = reason.copy()
    without = reason == ""
    reason[without & ~(m > 0).all(axis=1)] = "nobody was asked about health in some ages"
    reason[without & ((w < 0) | (w > 1)).any(axis=1)] = "a proportion is not between 0 and 1"
    reason[without & np.isnan(w).any(axis=1)] = "health not known in some ages"
    return reason


def _expectancy(
    years: Array, error: Array, reason: Words, *, totals: tuple[Array, Array], method: str
) -> Estimates:
    reason = reason.copy()
    reason[(reason == "") & np.isnan(years)] = "nobody is expected to reach this age"
    kept = reason == ""
    years, error = np.where(kept, years, np.nan), np.where(kept, error, np.nan)
    at95, at99_8 = (
        Interval(years - normal_quantile(c) * error, years + normal_quantile(c) * error)
        for c in (0.95, 0.998)
    )
    wide = at95.upper - at95.lower > WIDEST
    reason[wide] = f"the interval is wider than {WIDEST:.0f} years"
    value = np.where(wide, np.nan, years)
    return Estimates(value, at95.lower, at95.upper, at99_8.lower, at99_8.upper, *totals, method, reason)


def _from(counts: ArrayLike, band: int) -> Array:
    return np.asarray(np.asarray(counts, np.float64)[:, band:].sum(axis=1), np.float64)
