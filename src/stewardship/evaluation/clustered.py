"""Estimates of weighted models, with errors that are right for matched sets in which people come more than once.

What happens to the members of a set goes together, and so does what happens to a person in several sets. The variance
is that of sets plus that of people, less that of both at once. Sources: Cameron, Gelbach and Miller 2011; Austin and
Cafri 2020, for matching with controls that are used again.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.sandwich_covariance import cov_cluster_2groups

from stewardship.evaluation.pool import Numbers, Whole

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimated:
    """Coefficients of a model with their covariances: of both clusterings together, and of each by itself."""

    coefficients: Numbers
    covariances: tuple[Numbers, Numbers, Numbers]
    degrees: int

    def limits(self, value: float, slope: Numbers) -> tuple[float, float]:
        """Limits of a value that rises with the coefficients by the slope."""
        reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, self.degrees)) * self.error(slope)
        return value - reach, value + reach

    def error(self, slope: Numbers) -> float:
        """Standard error of the same. Where the two clusterings take away too much, the larger of them holds."""
        both, *each = (float(slope @ covariance @ slope) for covariance in self.covariances)
        return float(np.sqrt(both if both > 0 else max(*each, 0.0)))


def rates_model(
    events: Numbers, time: Numbers, features: Numbers, weight: Numbers, of_set: Whole, person: Whole
) -> Estimated:
    """Poisson regression of events over a time, on the log scale; one entry a row, times above 0."""
    model = GLM(events, features, family=Poisson(), offset=np.log(time), freq_weights=weight)
    return _estimated(model.fit(), of_set, person)


def shares_model(
    happened: Numbers, features: Numbers, weight: Numbers, of_set: Whole, person: Whole
) -> Estimated:
    """Linear regression of what happened (1) or did not (0): coefficients are differences of shares."""
    return _estimated(WLS(happened, features, weights=weight).fit(), of_set, person)


def _estimated(fit: object, of_set: Whole, person: Whole) -> Estimated:
    both, by_set, by_person = cov_cluster_2groups(fit, of_set, person)
    degrees = min(len(np.unique(of_set)), len(np.unique(person))) - 1
    return Estimated(np.asarray(fit.params), (both, by_set, by_person), max(degrees, 1))  # type: ignore[attr-defined]
