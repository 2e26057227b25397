"""What a forecast needs to know of the past: arrivals, and how likely it is to leave each step in a week, by age.

For each step and age the chance to leave in a week is the mean of all weeks; for each step one drift moves the chances
of all ages together, in the logit. Ages with few people borrow from those beside them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stewardship.measures.cancer.forecast_drift import Drift, drift_of
from stewardship.measures.cancer.forecast_weeks import AGES, ENDED, NEW, OVER_62, STAGES, WeeklyMoves, older

Numbers = npt.NDArray[np.float64]

BORROWED = 4.0
"""People's worth of what is borrowed from the ages beside, and from the step as a whole."""
UNKNOWN = 0.3
"""Chance to leave a step in a week where nobody was ever seen waiting at it."""
BANDS = (slice(0, 4), slice(4, OVER_62), slice(OVER_62, AGES))
"""Ages whose chances drift together: to 28 days or so, to 62, and over."""
BAND_OF = np.repeat(np.arange(len(BANDS)), [4, OVER_62 - 4, AGES - OVER_62])
RECENT = 13
"""Weeks that stand for today in words: how many are tested, treated or referred a week."""


@dataclass(frozen=True)
class Fitted:
    """The past, as a forecast takes it up.

    left, stayed: step x age, people's worth by age at the end of the week, for a Beta distribution of the chance to
    leave. gone: step x age x where to (steps, then ended), for a Dirichlet distribution of where those who leave go;
    started: the same of those who started in the week. drifts: of each step and band of ages. a_week: mean of arrivals,
    known from worth_of_a_week of them; arriving: their drift. open: step x age on the last Sunday, which is day `last`.
    leaving: people who left each step a week, of late; referred: who arrived.
    """

    left: Numbers
    stayed: Numbers
    gone: Numbers
    started: Numbers
    drifts: tuple[tuple[Drift, ...], ...]
    a_week: float
    worth_of_a_week: float
    arriving: Drift
    open: npt.NDArray[np.int64]
    last: int
    leaving: Numbers
    referred: float


def fitted(moves: WeeklyMoves) -> Fitted:
    """Take up the past: one week at least, whether or not anything happened in it."""
    before = np.concatenate([moves.opening[None], moves.open[:-1]])
    waiting = older(before)
    stayed = np.stack([moves.moved[:, step + 1, step] for step in range(len(STAGES))], axis=1)
    left = waiting - stayed
    worth_left, worth_stayed = _worth(left.sum(axis=0), waiting.sum(axis=0))
    chance = worth_left / (worth_left + worth_stayed)
    arrived = moves.arrivals.astype(np.float64)
    a_week = (arrived.sum() + 0.5) / (len(arrived) + 1)
    expected = np.full(len(arrived), a_week)
    return Fitted(
        left=worth_left,
        stayed=worth_stayed,
        gone=_gone(moves),
        started=moves.moved[-2 * RECENT :, NEW].sum(axis=(0, 2)).astype(np.float64),
        drifts=tuple(
            tuple(
                drift_of(
                    left[:, step, ages].sum(axis=1).astype(np.float64),
                    waiting[:, step, ages] @ chance[step, ages],
                    waiting[:, step, ages] @ (chance * (1 - chance))[step, ages],
                    moves.weeks,
                )
                for ages in BANDS
            )
            for step in range(len(STAGES))
        ),
        a_week=float(a_week),
        worth_of_a_week=float(arrived.sum() + 0.5),
        arriving=drift_of(arrived, expected, expected, moves.weeks),
        open=moves.open[-1],
        last=int(moves.weeks[-1]),
        leaving=left[-RECENT:].sum(axis=2).mean(axis=0),
        referred=float(arrived[-RECENT:].mean()),
    )


def _worth(left: npt.NDArray[np.int64], waiting: npt.NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """People's worth of leaving and staying, step x age, with what is borrowed from the ages beside."""
    distance = np.abs(np.subtract.outer(np.arange(AGES), np.arange(AGES)))
    near = 0.5**distance
    whole, whole_left = waiting.sum(axis=1, keepdims=True), left.sum(axis=1, keepdims=True)
    step = (whole_left + UNKNOWN) / (whole + 1)
    beside = (left @ near + step) / (waiting @ near + 1)
    return left + BORROWED * beside, waiting - left + BORROWED * (1 - beside)


def _gone(moves: WeeklyMoves) -> Numbers:
    """People's worth of going to each later step or ending, step x age x where to; nowhere that nobody ever went."""
    steps = len(STAGES)
    gone = moves.moved[:, 1:].sum(axis=0).transpose(0, 2, 1).astype(np.float64)
    gone[np.arange(steps), :, np.arange(steps)] = 0
    whole = gone.sum(axis=1)
    whole[whole.sum(axis=1) == 0, ENDED] = 1
    return np.asarray(gone + BORROWED * (whole / whole.sum(axis=1, keepdims=True))[:, None, :])
