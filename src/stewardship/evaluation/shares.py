"""How many more or fewer have something happen to them within some days: matched sets, and a linear model on them.

The model takes off what is left unlike after matching, so that one of the two may be wrong (Ho and others 2007).
"""

from dataclasses import dataclass

import numpy as np

from stewardship.evaluation.clustered import shares_model
from stewardship.evaluation.matching import Sets
from stewardship.evaluation.pool import Flags, Numbers, Pool
from stewardship.evaluation.result import Effect

_LEAST_RATIO = 1e-9
_ROWS_A_COLUMN = 20  # of a model, so that it tells more than chance


@dataclass(frozen=True)
class Shares:
    """Shares (0 to 1) of matched people to whom something happened, and the difference with its interval."""

    cases: float
    controls: float
    difference: Effect

    @property
    def ratio_limits(self) -> tuple[float, float]:
        """Limits of the one share over the other, taking that of the controls as it is; above 0."""
        low, high = (1 + each / 100 / self.controls for each in (self.difference.low, self.difference.high))
        return max(low, _LEAST_RATIO), max(high, _LEAST_RATIO)


def happened_to(sets: Sets, happened: Flags) -> tuple[int, int, int, int]:
    """To how many cases it happened and to how many not, then of controls; a control of several sets counts once."""
    cases, controls = (happened[np.unique(sets.member[own])] for own in (sets.case, ~sets.case))
    return int(cases.sum()), int((~cases).sum()), int(controls.sum()), int((~controls).sum())


def difference_of_shares(pool: Pool, sets: Sets, happened: Flags, measure: str) -> Shares:
    """Of matched sets, at least two, the share of cases less that of controls, in percentage points."""
    rows = happened[sets.member].astype(np.float64)
    features = np.column_stack([np.ones(len(rows)), sets.case, _adjusting(pool, sets)])
    fit = shares_model(rows, features, sets.weight, sets.number, pool.person[sets.member])
    slope = np.zeros(features.shape[1])
    slope[1] = 100
    value = float(slope @ fit.coefficients)
    return Shares(
        cases=float(rows[sets.case].mean()),
        controls=float(np.average(rows[~sets.case], weights=sets.weight[~sets.case])),
        difference=Effect(measure, "percentage points", value, *fit.limits(value, slope), none=0.0),
    )


def before_and_after(
    pool: Pool, sets: Sets, before: Flags, after: Flags, cases: bool, measure: str
) -> Effect:
    """What before and after alone says of the cases, or of the controls: the share after less the share before."""
    own = sets.case == cases
    member = sets.member[own]
    change = after[member].astype(np.float64) - before[member]
    features = np.ones((len(change), 1))
    fit = shares_model(change, features, sets.weight[own], sets.number[own], pool.person[member])
    slope = np.array([100.0])
    value = float(slope @ fit.coefficients)
    return Effect(f"{measure}: after less before", "percentage points", value, *fit.limits(value, slope), 0.0)


def _adjusting(pool: Pool, sets: Sets) -> Numbers:
    """What to take off: the numbers to be alike in, about their means; nothing where there are too few rows."""
    columns = pool.alike_in[sets.member]
    if len(sets) < _ROWS_A_COLUMN * columns.shape[1]:
        return columns[:, :0]
    spread = columns.std(axis=0)
    varied = spread > 0
    return np.asarray(((columns - columns.mean(axis=0))[:, varied]) / spread[varied])
