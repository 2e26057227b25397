"""How well forecasts foretold: what was forecast at some weeks of the past beside what came, and beside a simple guess.

The simple guess is that the backlog stays as it is, give or take what it moved in as many weeks of the past; its
limits are then widened or narrowed by one factor so that they held as often, of the same trials, as they should have.
That makes it as good as it can be made, and no forecast could know that factor beforehand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stewardship.measures.cancer.forecast import WEEKS, Forecast, forecast
from stewardship.measures.cancer.forecast_fit import fitted
from stewardship.measures.cancer.forecast_weeks import WeeklyMoves

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

LEAST_SPREAD = 0.5
"""People: the least that a backlog is thought to move, where it never moved."""


@dataclass(frozen=True)
class Trial:
    """A forecast of a past week. came: the backlog of the weeks that were forecast; known: of those before."""

    forecast: Forecast
    came: npt.NDArray[np.int64]
    known: npt.NDArray[np.int64]

    @property
    def held80(self) -> Flags:
        """In which weeks the 80 per cent interval held."""
        return np.asarray((self.forecast.lower80 <= self.came) & (self.came <= self.forecast.upper80))

    @property
    def held50(self) -> Flags:
        """In which weeks the 50 per cent interval held."""
        return np.asarray((self.forecast.lower50 <= self.came) & (self.came <= self.forecast.upper50))

    @property
    def width80(self) -> Numbers:
        """How wide the 80 per cent interval was, in people."""
        return np.asarray(self.forecast.upper80 - self.forecast.lower80)


def tried(moves: WeeklyMoves, week: int, *, draws: int, seed: int) -> Trial:
    """Forecast from the end of a week, by its position, after which `WEEKS` more have to be known."""
    made = forecast(fitted(moves.until(week)), draws=draws, seed=seed)
    return Trial(made, moves.over_62[week + 1 : week + 1 + WEEKS], moves.over_62[: week + 1])


def past_moves(known: npt.NDArray[np.int64]) -> Numbers:
    """By how much a backlog moved in 1, 2 and up to `WEEKS` weeks of its past: root of the mean square."""
    changes = (known[ahead:] - known[:-ahead] for ahead in range(1, WEEKS + 1))
    return np.asarray(np.maximum([np.sqrt(np.mean(change**2.0)) for change in changes], LEAST_SPREAD))


def walked(known: npt.NDArray[np.int64]) -> Numbers:
    """The same as a random walk has it: what it moved in one week, times the root of the weeks."""
    ahead = np.arange(1, WEEKS + 1)
    return np.asarray(np.maximum(np.diff(known).std() * np.sqrt(ahead), LEAST_SPREAD))


def widths_of_guess(trials: Sequence[Trial], spreads: Sequence[Numbers], share: float) -> Numbers:
    """Widths of the simple guess's intervals, trial x week, made to hold in that share of all. spreads: of each."""
    spread = np.stack(spreads)
    wrong = np.abs(np.stack([trial.came - trial.known[-1] for trial in trials])) / spread
    return np.asarray(2 * np.quantile(wrong, share) * spread)
