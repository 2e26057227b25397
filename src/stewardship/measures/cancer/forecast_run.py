"""Draws of the coming weeks: people arrive, grow older week by week, and leave each step by chance.

Steps follow each other, so all weeks of one step are gone through before the next. Under a change a step does so many
more (or fewer) a week than it would have done at its present pace with the same people: that is a limit, so what is
left over waits, and what is won is kept. More is done only while people wait for it, and nobody is dealt with faster
than at the best pace on record times `FASTER`. Steps that are not changed keep their pace, whatever comes to them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stewardship.measures.cancer.forecast_fit import BAND_OF, Fitted, older
from stewardship.measures.cancer.forecast_weeks import AGES, ENDED, OVER_62, STAGES

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

FASTER = 1.5
"""Odds to leave a step in a week, over those of the best pace on record: with more capacity still, nobody is ready."""
HALVINGS = 18
COMMON = 99
"""Of the seed: the stream of what moves the pace of all steps alike."""
FURTHEST = 12.0
"""On the logit: next to nobody leaves."""


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
    """One step in all draws. chance: logit to leave, draws x age; level: its drift, weeks x draws; most: highest shift
    of the logit; where: of those who leave, shares that go on to each later step, draws x age."""

    place: int
    chance: Numbers
    level: Numbers
    most: Numbers
    where: tuple[tuple[int, Numbers], ...]

    def leaving(self, shift: Numbers) -> Numbers:
        """Chance to leave in a week, draws x age. shift: of the logit, draws."""
        return np.asarray(1 / (1 + np.exp(-(self.chance + shift))))

    def hurried(self, week: int, waiting: Whole, wanted: Numbers) -> Numbers:
        """Chance to leave such that so many leave of those who wait, as far as they can be hurried."""
        level = self.level[week]
        most = np.maximum(level, self.most)
        low, high = np.full((len(wanted), 1), -FURTHEST), np.full((len(wanted), 1), FURTHEST)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            leaving = self.leaving(np.minimum(level + middle, most))
            few = (waiting * leaving).sum(axis=1, keepdims=True) < wanted[:, None]
            low, high = np.where(few, middle, low), np.where(few, high, middle)
        return self.leaving(np.minimum(level + high, most))

    def split(self, random: np.random.Generator, left: Whole) -> list[tuple[int, Whole]]:
        """Those who leave, by the later step they go on to; the others have ended."""
        remaining, parts = left, []
        for place, share in self.where:
            part = random.binomial(remaining, share)
            remaining = remaining - part
            parts.append((place, part))
        return parts


def over_62_drawn(
    past: Fitted, days: npt.NDArray[np.integer], change: Change, *, draws: int, seed: int
) -> Whole:
    """The backlog over 62 days at the end of coming weeks, weeks x draws. days: their Sundays.

    The same seed draws the same chances, levels and arrivals whatever the change, so two forecasts can be compared.
    """
    steps = len(STAGES)
    coming = np.zeros((steps, len(days), draws, AGES), dtype=np.int64)
    coming[..., 0] = _started(past, days, change, draws, seed)
    over = np.zeros((len(days), draws), dtype=np.int64)
    for place in range(steps):
        if past.open[place].any() or coming[place].any():
            step = _drawn(past, days, place, draws, seed)
            over += _gone_through(step, past.open[place], coming, change, seed)
    return over


def _gone_through(step: _Step, open_: Whole, coming: Whole, change: Change, seed: int) -> Whole:
    """Go through all weeks of a step; `coming` is given those who go on. Returns who waits over 62 days at it."""
    weeks, draws, _ = step.level.shape
    state = usual = np.broadcast_to(open_, (draws, AGES))
    over = np.zeros((weeks, draws), dtype=np.int64)
    more = change.of_steps[step.place]
    for week in range(weeks):
        random = np.random.default_rng([seed, step.place, 2, week])
        waiting, pace = older(state), step.leaving(step.level[week])
        chance = pace
        if more and week + 1 >= change.from_week:
            usual = older(usual)
            wanted = (usual * pace).sum(axis=1) + more
            chance = step.hurried(week, waiting, wanted)
        left = random.binomial(waiting, chance)
        state = waiting - left + coming[step.place, week]
        if more:
            kept = usual - np.random.default_rng([seed, step.place, 3, week]).binomial(usual, pace)
            usual = kept + coming[step.place, week] if week + 1 >= change.from_week else state
        for place, part in step.split(random, left):
            coming[place, week] += part
        over[week] = state[:, OVER_62:].sum(axis=1)
    return over


def _started(past: Fitted, days: npt.NDArray[np.integer], change: Change, draws: int, seed: int) -> Whole:
    """Who arrives in each week and is still open at its end, step x weeks x draws."""
    random = np.random.default_rng([seed, ENDED])
    shares = random.dirichlet(past.started + 0.01, draws)
    mean = random.gamma(past.worth_of_a_week, size=draws) / past.worth_of_a_week * past.a_week
    expected = mean * np.exp(past.arriving.drawn(random, days, random.standard_normal((len(days), draws))))
    arrived = random.poisson(expected)
    after = (np.arange(len(days)) + 1 >= change.from_week)[:, None]
    if change.referrals < 0:
        kept = np.clip(1 + change.referrals / np.maximum(expected, 1e-9), 0, 1)
        arrived = np.where(after, random.binomial(arrived, kept), arrived)
    elif change.referrals > 0:
        arrived = arrived + after * random.poisson(change.referrals, arrived.shape)
    return np.moveaxis(random.multinomial(arrived, shares), -1, 0)[:ENDED]


def _drawn(past: Fitted, days: npt.NDArray[np.integer], place: int, draws: int, seed: int) -> _Step:
    random = np.random.default_rng([seed, place, 1])
    chance = np.clip(random.beta(past.left[place], past.stayed[place], (draws, AGES)), 1e-6, 1 - 1e-6)
    common = np.random.default_rng([seed, COMMON]).standard_normal((len(days), draws))
    levels = np.stack([drift.drawn(random, days, common) for drift in past.drifts[place]], axis=-1)
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
        level=levels[..., BAND_OF],
        most=np.array([drift.best for drift in past.drifts[place]])[BAND_OF] + np.log(FASTER),
        where=tuple(where),
    )
