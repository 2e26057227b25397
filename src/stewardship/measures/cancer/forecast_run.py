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
Flags = npt.NDArray[np.bool_]

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

    @property
    def of_arrivals(self) -> "Change":
        """What of it is of arrivals alone."""
        return Change(self.from_week, referrals=self.referrals) if self.referrals else NO_CHANGE


NO_CHANGE = Change()


@dataclass(frozen=True)
class _Step:
    """One step in all draws. chance: logit to leave in a week, draws x age; level: what drift adds to it, weeks x
    draws x band of ages; where: of those who leave, shares that go on to each later step, draws x age."""

    place: int
    chance: Numbers
    level: Numbers
    where: tuple[tuple[int, Numbers], ...]

    def leaving(self, week: int, there: Flags) -> Numbers:
        """Chance to leave in a week, of some. there: draws x age."""
        draw, age = np.nonzero(there)
        return np.asarray(1 / (1 + np.exp(-(self.chance[there] + self.level[week][draw, BAND_OF[age]]))))


class Draws:
    """Draws of coming weeks from one past, for any change. What several changes have in common is drawn once.

    The same seed draws the same chances, levels and arrivals whatever the change, so two forecasts can be compared.
    days: the Sundays of the coming weeks, days since 1970.
    """

    def __init__(self, past: Fitted, days: Whole, *, draws: int, seed: int) -> None:
        self._past, self._draws, self._seed, self._weeks = past, draws, seed, len(days)
        self._days = np.concatenate([days, days[-1] + 7 * np.arange(1, SOONEST + 1)])
        self._steps: dict[int, _Step] = {}
        self._reached: dict[tuple[int, Change], tuple[Whole, Whole]] = {}
        self._at_pace: dict[tuple[int, Change], Whole] = {}

    def over_62(self, change: Change) -> Whole:
        """The backlog over 62 days at the end of the coming weeks, weeks x draws."""
        arrivals = change.of_arrivals
        first = next((place for place, more in enumerate(change.of_steps) if more), ENDED)
        coming, over = self._as_today(first, arrivals)
        for place in range(first, ENDED):
            left = self._left_as_today(place, arrivals) if place == first else self._left(place, coming[0])
            if more := change.of_steps[place]:
                turns = _whole(more, change.from_week, self._weeks)
                left = np.concatenate(
                    [in_turn(left, self._open(place), coming[0], turns), left[self._weeks :]]
                )
            coming, over = self._gone_through(place, coming, over, left)
        return over

    def _as_today(self, place: int, arrivals: Change) -> tuple[Whole, Whole]:
        """Who comes to a step and to those after it, step x weeks x draws x age, and who is over 62 days at those
        before it, where nothing but arrivals is changed."""
        if (place, arrivals) not in self._reached:
            if place:
                before = self._as_today(place - 1, arrivals)
                left = self._left_as_today(place - 1, arrivals)
                self._reached[place, arrivals] = self._gone_through(place - 1, *before, left)
            else:
                coming = np.zeros((ENDED, len(self._days), self._draws, AGES), dtype=np.int64)
                coming[..., 0] = _started(self._past, self._days, arrivals, self._draws, self._seed)
                over = np.zeros((self._weeks, self._draws), dtype=np.int64)
                self._reached[place, arrivals] = coming, over
        return self._reached[place, arrivals]

    def _left_as_today(self, place: int, arrivals: Change) -> Whole:
        if (place, arrivals) not in self._at_pace:
            coming, _ = self._as_today(place, arrivals)
            self._at_pace[place, arrivals] = self._left(place, coming[0])
        return self._at_pace[place, arrivals]

    def _left(self, place: int, coming: Whole) -> Whole:
        """Who leaves a step in each week at its pace, weeks x draws x age. coming: who comes to it."""
        step, left, state = self._step(place), np.zeros_like(coming), self._open(place)
        for week in range(len(coming)):
            waiting = older(state)
            random = np.random.default_rng([self._seed, place, 2, week])
            there = waiting > 0
            left[week][there] = random.binomial(waiting[there], step.leaving(week, there))
            state = waiting - left[week] + coming[week]
        return left

    def _gone_through(self, place: int, coming: Whole, over: Whole, left: Whole) -> tuple[Whole, Whole]:
        """What `_as_today` tells, of the next step."""
        over = over + _over_62(self._open(place), coming[0], left[: self._weeks])
        return _sent_on(self._step(place), left, coming[1:], self._seed), over

    def _step(self, place: int) -> _Step:
        if place not in self._steps:
            self._steps[place] = _drawn(self._past, self._days, place, self._draws, self._seed)
        return self._steps[place]

    def _open(self, place: int) -> Whole:
        return np.broadcast_to(self._past.open[place], (self._draws, AGES))


def _over_62(open_: Whole, coming: Whole, left: Whole) -> Whole:
    """Who waits at a step over 62 days at the end of each week, weeks x draws."""
    over = np.zeros(left.shape[:2], dtype=np.int64)
    state = open_
    for week in range(len(left)):
        state = older(state) - left[week] + coming[week]
        over[week] = state[:, OVER_62:].sum(axis=1)
    return over


def _sent_on(step: _Step, left: Whole, coming: Whole, seed: int) -> Whole:
    """Who comes to the later steps, with those who leave this one and go on; the others of them have ended."""
    coming = coming.copy()
    for week in range(len(left)):
        random = np.random.default_rng([seed, step.place, 3, week])
        there = left[week] > 0
        remaining = left[week][there]
        for place, share in step.where:
            part = random.binomial(remaining, share[there])
            remaining = remaining - part
            coming[place - step.place - 1, week][there] += part
    return coming


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
