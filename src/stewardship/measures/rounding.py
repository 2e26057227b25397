"""How far a figure may be from the one before rounding: the lowest and the highest that it can be.

Rounded counts call chance a difference. What is said of a figure holds for every true count that is shown alike.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from stewardship.measures import statistics
from stewardship.measures.published import SHARES
from stewardship.measures.statistics import Estimates

Numbers = NDArray[np.float64]

OF_LIFE = ("life expectancy", "slope of life expectancy")
"""The statistics of life tables: no counts are shown beside them."""
YEARS_ROUNDED_TO = (0.1, 0.5, 1.0)
"""To what they are rounded: a tenth of a year, a half, or a whole one."""


def least_and_most(
    statistic: str,
    numerator: Numbers,
    denominator: Numbers,
    published: Estimates,
    *,
    per: float,
    rounded_by: Numbers | int,
) -> tuple[Estimates, Estimates]:
    """The lowest and the highest that each published figure can be, with their limits at 95%.

    statistic: a share, a rate, a standardised rate or of a life table. numerator, denominator: as they are shown. per:
    what the figure is multiplied by. rounded_by: how far a shown count may be from the true one; 0 is always 0.
    """
    if statistic in OF_LIFE:
        half = _step_of_years(published) / 2
        return _moved(published, -half), _moved(published, half)
    if statistic == "standardised rate":
        half = statistics.unit_of(published) / 2
        return _moved(published, -half), _moved(published, half)
    x_by, n_by = np.where(numerator > 0, rounded_by, 0), np.where(denominator > 0, rounded_by, 0)
    most = numerator + x_by
    if statistic in SHARES:
        most = np.minimum(most, denominator - n_by)
    made = statistics.proportions if statistic in SHARES else statistics.rates
    return (
        made(numerator - x_by, denominator + n_by, multiplier=per),
        made(most, denominator - n_by, multiplier=per),
    )


def _step_of_years(published: Estimates) -> Numbers:
    """The widest step that value and limits are all multiples of: what they may have been rounded to."""
    told = np.stack([published.value, published.lower95, published.upper95])
    step = np.full(published.value.shape, YEARS_ROUNDED_TO[0])
    for wider in YEARS_ROUNDED_TO[1:]:
        on_it = (np.abs(told / wider - np.rint(told / wider)) < 1e-6).all(axis=0)
        step = np.where(on_it, wider, step)
    return step


def _moved(estimates: Estimates, by: Numbers) -> Estimates:
    return replace(
        estimates,
        value=estimates.value + by,
        lower95=estimates.lower95 + by,
        upper95=estimates.upper95 + by,
    )
