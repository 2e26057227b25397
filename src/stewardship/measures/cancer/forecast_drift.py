"""How a weekly rate drifts: a level that walks, a yearly season, and weeks that scatter more than chance.

A rate is compared week by week with what its mean over all weeks would give: apart, on the logarithmic or logit scale,
is one step of Newton's method, (observed - expected) / information. The level is followed by a Kalman filter for every
pair of two spreads on a grid; how well a pair foretold each next week decides how much it counts. So a draw carries the
uncertainty of the level and of both spreads. Source: Harvey, Forecasting, structural time series models (1989), ch. 3.

What is thought before any week is seen was set on synthetic systems with seeds 1 to 50; the figures that are told of
the forecast come from other seeds (docs/cancer-forecast.md).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Sundays = npt.NDArray[np.integer]

WALKS = np.geomspace(0.002, 0.25, 12)
"""Standard deviation of a week's step of the level."""
SCATTERS = np.array([0.0, 0.02, 0.05, 0.1, 0.2, 0.4])
"""Standard deviation of a week by itself, beyond chance."""
USUAL_WALK, WALK_SPREAD, USUAL_SCATTER = 0.03, 0.5, 0.15
"""What is thought before any week is seen: walks log-normal about the first; scatters half-normal."""
KEPT = 0.97
"""Of how far the level is from the mean of all weeks, the share that is left a week later: half in 23 weeks."""
FIRST_SPREAD = 0.5
"""Standard deviation of the level before the first week, about the mean of all weeks."""
TOGETHER = 0.9
"""Correlation of a step of the level with what moves all rates of a service alike."""
YEAR = 365.25
SEASON_FROM = 104
"""Weeks of history from which a season is looked for."""
SEASON_SPREAD = 0.1


@dataclass(frozen=True)
class Drift:
    """Where the level is after the last week, for each pair of spreads. Arrays have one entry a pair, but for season.

    weight: how much the pair counts, together 1. level, spread: mean and standard deviation. season: what goes with
    the cosine and with the sine of the year. best: the highest level of past weeks, as the pairs together see it.
    """

    weight: Numbers
    walk: Numbers
    scatter: Numbers
    level: Numbers
    spread: Numbers
    season: Numbers
    best: float

    def drawn(self, random: np.random.Generator, days: Sundays, common: Numbers) -> Numbers:
        """Levels of coming weeks that end on given days, weeks x draws, with season and scatter.

        common: weeks x draws of a standard normal, what moves all rates alike.
        """
        weeks, draws = common.shape
        pair = random.choice(len(self.weight), draws, p=self.weight)
        own = random.standard_normal((weeks, draws))
        steps = (TOGETHER * common + np.sqrt(1 - TOGETHER**2) * own) * self.walk[pair]
        levels = np.empty((weeks, draws))
        level = self.level[pair] + random.standard_normal(draws) * self.spread[pair]
        for week in range(weeks):
            level = KEPT * level + steps[week]
            levels[week] = level
        scatter = random.standard_normal((weeks, draws)) * self.scatter[pair]
        return np.asarray(levels + scatter + (_waves(days) @ self.season)[:, None])


def drift_of(observed: Numbers, expected: Numbers, information: Numbers, days: Sundays) -> Drift:
    """The drift of a rate from weekly numbers. All have one entry a week.

    observed, expected: events, and events at the mean of all weeks. information: how much a unit of the scale moves
    them: the expected number for a count, the sum of n p (1 - p) for shares; 0 for a week that says nothing.
    """
    known = information > 0
    apart = np.divide(observed - expected, information, out=np.zeros(len(observed)), where=known)
    season = _season(apart, information, days)
    walk, scatter = (each.ravel() for each in np.meshgrid(WALKS, SCATTERS, indexing="ij"))
    likely = -0.5 * (np.log(walk / USUAL_WALK) / WALK_SPREAD) ** 2 - 0.5 * (scatter / USUAL_SCATTER) ** 2
    level, variance = np.zeros(len(walk)), np.full(len(walk), FIRST_SPREAD**2)
    past = []
    for week, value in enumerate(apart - _waves(days) @ season):
        level, variance = KEPT * level, KEPT**2 * variance + walk**2
        if known[week]:
            around = variance + scatter**2 + 1 / information[week]
            likely = likely - 0.5 * (np.log(around) + (value - level) ** 2 / around)
            gain = variance / around
            level, variance = level + gain * (value - level), variance * (1 - gain)
        past.append(level)
    weight = np.exp(likely - likely.max())
    weight /= weight.sum()
    best = max(float(weight @ each) for each in past)
    return Drift(weight, walk, scatter, level, np.sqrt(variance), season, best)


def _waves(days: Sundays) -> Numbers:
    turn = np.asarray(days) % YEAR * (2 * np.pi / YEAR)
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)


def _season(apart: Numbers, information: Numbers, days: Sundays) -> Numbers:
    """One wave a year by weighted least squares, drawn towards none; none where fewer than two years are known."""
    if len(apart) < SEASON_FROM:
        return np.zeros(2)
    columns = np.column_stack([_waves(days), np.ones(len(apart))])
    weighted = columns * information[:, None]
    towards_none = np.diag([1 / SEASON_SPREAD**2, 1 / SEASON_SPREAD**2, 1e-6])
    return np.asarray(np.linalg.solve(columns.T @ weighted + towards_none, weighted.T @ apart)[:2])
