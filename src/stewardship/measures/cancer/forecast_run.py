"""Draws of the coming weeks: people arrive, grow older week by week, and leave each step by chance.

Steps follow each other, so all weeks of one step are gone through before the next. Under a change a step sees off so
many more (or fewer) a week than it would have at its present pace with the same people: that is a limit, so what is
left over waits, and what is won is kept; see `forecast_order`. Steps that are not changed keep their pace, whatever
comes to them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stewardship.measures.cancer.forecast_fit import BAND_OF, Fitted
from stewardship.measures.cancer.forecast_order import SOONEST, in_turn
from stewardship.measures.cancer.forecast_weeks import AGES, ENDED, OVER_62, older

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

REFERRED, COMMON = 98, 99
"""Of the seed: the streams of who is referred, and of what moves the pace of all steps alike."""


@dataclass(frozen=True)
class Change:
    """So many more a week, or fewer where negative, from a week on (1 is the first week of the forecast).

    tests, results, treatments: done each week. referrals: received each week.
    """

    from_week: int = 1
    tests: float = 0
    results: float = 0
    treatments: float = 0
    referrals: float = 0

    @property
    def of_steps(self) -> tuple[float, ...]:
        """How many more leave each step a week."""
        return (self.tests, self.results, 0.0, self.treatments)


NO_CHANGE = Change()


@dataclass(frozen=True)
class _Step:
    """One step in all draws. chance: logit to leave in a week, draws x age; level: what drift adds to it, weeks x
    draws x band of ages; where: of those who leave, shares that go on to each later step, draws x age."""

    place: int
    chance: Numbers
    level: Numbers
    where: tuple[tuple[int, Numbers], ...]

    def leaving(self, week: int) -> Numbers:
        """Chance to leave in a week, draws x age."""
        return np.asarray(1 / (1 + np.exp(-(self.chance + self.level[week][:, BAND_OF]))))


def over_62_drawn(past: Fitted, days: Whole, change: Change, *, draws: int, seed: int) -> Whole:
    """The backlog over 62 days at the end of coming weeks, weeks x draws. days: their Sundays.

    The same seed draws the same chances, levels and arrivals whatever the change, so two forecasts can be compared.
    """
    weeks = len(days)
    beyond = np.concatenate([days, days[-1] + 7 * np.arange(1, SOONEST + 1)])
    coming = np.zeros((ENDED, len(beyond), draws, AGES), dtype=np.int64)
    coming[..., 0] = _started(past, beyond, change, draws, seed)
    over = np.zeros((weeks, draws), dtype=np.int64)
    for place, more in enumerate(change.of_steps):
        if not past.open[place].any() and not coming[place].any():
            continue
        step = _drawn(past, beyond, place, draws, seed)
        open_ = np.broadcast_to(past.open[place], (draws, AGES))
        left = _at_pace(step, open_, coming[place], seed)
        if more:
            left[:weeks] = in_turn(left, open_, coming[place], _whole(more, change.from_week, weeks))
        over += _over_62(open_, coming[place], left[:weeks])
        _sent_on(step, left, coming, seed)
    return over


def _at_pace(step: _Step, open_: Whole, coming: Whole, seed: int) -> Whole:
    """Who leaves a step in each week at its pace, weeks x draws x age."""
    left = np.zeros_like(coming)
    state = open_
    for week in range(len(coming)):
        waiting = older(state)
        left[week] = np.random.default_rng([seed, step.place, 2, week]).binomial(waiting, step.leaving(week))
        state = waiting - left[week] + coming[week]
    return left


def _over_62(open_: Whole, coming: Whole, left: Whole) -> Whole:
    """Who waits at a step over 62 days at the end of each week, weeks x draws."""
    over = np.zeros(left.shape[:2], dtype=np.int64)
    state = open_
    for week in range(len(left)):
        state = older(state) - left[week] + coming[week]
        over[week] = state[:, OVER_62:].sum(axis=1)
    return over


def _sent_on(step: _Step, left: Whole, coming: Whole, seed: int) -> None:
    """Give to `coming` those who leave and go on to a later step; the others have ended."""
    for week in range(len(left)):
        random = np.random.default_rng([seed, step.place, 3, week])
        remaining = left[week]
        for place, share in step.where:
            part = random.binomial(remaining, share)
            remaining = remaining - part
            coming[place, week] += part


def _whole(more: float, from_week: int, weeks: int) -> Whole:
    """Whole numbers, week by week, that come to so many a week from a week on."""
    upto = np.floor(abs(more) * np.clip(np.arange(weeks + 1) + 1 - from_week, 0, None) + 1e-9)
    return np.asarray(np.diff(upto) * np.sign(more), dtype=np.int64)


def _started(past: Fitted, days: Whole, change: Change, draws: int, seed: int) -> Whole:
    """Who arrives in each week and is still open at its end, step x weeks x draws."""
    random = np.random.default_rng([seed, REFERRED, 0])
    shares = random.dirichlet(past.started + 0.01, draws)
    mean = random.gamma(past.worth_of_a_week, size=draws) / past.worth_of_a_week * past.a_week
    expected = mean * np.exp(past.arriving.drawn(random, days, random.standard_normal((len(days), draws))))
    arrived = _changed(random.poisson(expected), expected, change, np.random.default_rng([seed, REFERRED, 1]))
    which = np.random.default_rng([seed, REFERRED, 2])
    return np.moveaxis(which.multinomial(arrived, shares), -1, 0)[:ENDED]


def _changed(arrived: Whole, expected: Numbers, change: Change, random: np.random.Generator) -> Whole:
    """Arrivals, weeks x draws, with so many more or fewer referrals as the change has."""
    after = (np.arange(len(arrived)) + 1 >= change.from_week)[:, None]
    if change.referrals < 0:
        kept = np.clip(1 + change.referrals / np.maximum(expected, 1e-9), 0, 1)
        return np.where(after, random.binomial(arrived, kept), arrived)
    return np.asarray(arrived + after * random.poisson(change.referrals, arrived.shape))


def _drawn(past: Fitted, days: Whole, place: int, draws: int, seed: int) -> _Step:
    random = np.random.default_rng([seed, place, 1])
    chance = np.clip(random.beta(past.left[place], past.stayed[place], (draws, AGES)), 1e-6, 1 - 1e-6)
    common = np.random.default_rng([seed, COMMON, 0]).standard_normal((len(days), draws))
    levels = [drift.drawn(random, days, common) for drift in past.drifts[place]]
    where: list[tuple[int, Numbers]] = []
    shares = random.standard_gamma(past.gone[place], (draws, *past.gone[place].shape))
    rest = shares.sum(axis=2)
    for later in range(place + 1, ENDED):
        if past.gone[place, :, later].any():
            where.append((later, np.clip(shares[..., later] / np.maximum(rest, 1e-12), 0, 1)))
            rest = rest - shares[..., later]
    return _Step(
        place=place,
        chance=np.log(chance / (1 - chance)),
        level=np.stack(levels, axis=-1),
        where=tuple(where),
    )
