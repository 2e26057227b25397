"""How large the backlog over 62 days will be in each of the next 26 weeks, with intervals, as things are and changed.

Open pathways by age in weeks and step are carried forward: arrivals with their season, level and scatter; chances to
leave each step by age, with a level that drifts. Every draw has its own parameters, so the intervals hold what is not
known of them besides chance. Tested on synthetic systems: docs/cancer-forecast.md.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stewardship.measures.cancer.forecast_fit import Fitted
from stewardship.measures.cancer.forecast_run import NO_CHANGE, Change, Draws

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

WEEKS = 26
DRAWS = 1000
LEAST_HISTORY = 13
"""Weeks of pathways that have to be known before anything is forecast."""
LEVELS = (10, 25, 50, 75, 90)


@dataclass(frozen=True)
class Forecast:
    """The backlog over 62 days at the end of each coming week. Every array has one entry a week.

    weeks: Sundays, days since 1970. middle: half of the draws are below. The two limits of 50, and of 80 per cent.
    """

    weeks: Whole
    middle: Numbers
    lower50: Numbers
    upper50: Numbers
    lower80: Numbers
    upper80: Numbers


def forecast(
    past: Fitted, change: Change = NO_CHANGE, *, weeks: int = WEEKS, draws: int = DRAWS, seed: int = 1
) -> Forecast:
    """Forecast the backlog from the past. The same seed gives the same forecast; 1,000 draws of 26 weeks."""
    days = past.last + 7 * np.arange(1, weeks + 1, dtype=np.int64)
    return summed_up(days, Draws(past, days, draws=draws, seed=seed).over_62(change))


def summed_up(days: Whole, over: Whole) -> Forecast:
    """The forecast that draws come to, weeks x draws. days: the Sundays of the weeks.

    People are whole, so every draw stands for all numbers that are nearest to it: else limits would hold too often
    where the backlog is small.
    """
    about = (np.arange(over.shape[1]) + 0.5) / over.shape[1] - 0.5
    spread = np.sort(over, axis=1) + np.random.default_rng(0).permutation(about)
    lower80, lower50, middle, upper50, upper80 = np.maximum(np.percentile(spread, LEVELS, axis=1), 0)
    return Forecast(days, middle, lower50, upper50, lower80, upper80)
