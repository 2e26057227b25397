"""The design of a matched comparison: people with an event beside people like them without, alike before its day.

It answers two questions. `compare_shares`: how many have something happen to them within some days, such as an
emergency admission within 7 days of a call. `compare_rates`: how often something happens, month by month, before and
after, such as emergency admissions of people whose care is coordinated. What before and after alone would say stands
beside each, for it is what a reader will otherwise believe.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stewardship.evaluation import checking, reading
from stewardship.evaluation.balance import Line, balance
from stewardship.evaluation.checking import SMALLEST
from stewardship.evaluation.followed import Happened
from stewardship.evaluation.matching import Sets, matched
from stewardship.evaluation.pool import Pool
from stewardship.evaluation.rates import (
    Around,
    PersonMonths,
    around,
    counted,
    difference_in_differences,
)
from stewardship.evaluation.reading import Naive, Words
from stewardship.evaluation.result import Check, Effect, Grade, Result
from stewardship.evaluation.shares import before_and_after, difference_of_shares, happened_to

DESIGN = "Matched comparison"
_EARLY, _LATE, _AFTER = 0, 1, 2  # columns of the months about an event
_BEFORE = (_EARLY, _LATE)


@dataclass(frozen=True)
class Flow:
    """How many there were at each step.

    exposed, others: events with it and without. unknown: of them, those of which something to be alike in is not known,
    or what came. without_like: exposed for whom nobody alike was found. sets: cases that were compared. controls:
    people they were compared with, each once. gone: cases that were not there any more when the time after began.
    """

    exposed: int
    others: int
    unknown: int
    without_like: int
    gone: int
    sets: int
    controls: int


@dataclass(frozen=True)
class Comparison:
    """A result, with who was compared and how alike they were.

    sets: of positions in the pool. avoided: how many fewer events the cases had than without it, with its limits, as
    `stewardship.rules.frailty.calls.bed_days` takes it; None where refused.
    """

    result: Result
    flow: Flow
    balance: tuple[Line, ...]
    sets: Sets
    avoided: tuple[float, float, float] | None


def compare_shares(pool: Pool, happened: Happened, words: Words) -> Comparison:
    """How many more or fewer of the exposed have something happen to them than of people like them."""
    sets = matched(pool, happened.counted)
    study = _Study.of(pool, sets, sets, happened_to(sets, happened.after), words)
    if study.is_refused:
        return study.refused()
    shares = difference_of_shares(pool, sets, happened.after, words.events)
    share, naive = shares.difference, _naive_shares(pool, sets, happened, words)
    value, low, high = (len(sets) / 100 * each for each in (share.value, share.low, share.high))
    in_all = Effect(f"{words.events}: more than without it, in all", "events", value, low, high, none=0.0)
    return study.told(
        effects=(share, in_all),
        naive=naive,
        checks=_earlier_shares(pool, sets, happened, words),
        ratio=shares.ratio_limits,
        said=reading.of_shares(words, shares.cases, shares.controls, share, naive),
    )


def compare_rates(pool: Pool, months: PersonMonths, words: Words) -> Comparison:
    """How many times as often something happens to the exposed as it would have, going by people like them."""
    every = matched(pool, np.ones(len(pool), dtype=bool))
    found = around(pool, every, months)
    study = _Study.of(pool, every, found.sets, counted(found, _BEFORE, _AFTER), words)
    if study.is_refused:
        return study.refused()
    rates = difference_in_differences(found, _BEFORE, _AFTER, words.events)
    naive = Naive(rates.change_cases, rates.change_controls)
    return study.told(
        effects=(rates.ratio, rates.per_thousand, rates.in_all),
        naive=naive,
        checks=[checking.months_before(found.months_before), checking.earlier(_earlier_rates(found, words))],
        ratio=(rates.ratio.low, rates.ratio.high),
        said=reading.of_rates(words, rates.ratio, naive),
    )


@dataclass(frozen=True)
class _Study:
    """A comparison in the making: who is compared, how alike they are, and whether they are enough."""

    flow: Flow
    lines: tuple[Line, ...]
    sets: Sets
    checks: tuple[Check, ...]
    words: Words

    @classmethod
    def of(cls, pool: Pool, every: Sets, sets: Sets, events: Sequence[int], words: Words) -> "_Study":
        """every: the sets as matched; sets: those of them that were there when the time after began."""
        lines = balance(pool, sets)
        checks = (
            checking.size(len(sets), events),
            checking.alike(lines),
            checking.found(len(every), len(every.without_like)),
        )
        return cls(_flow(pool, every, sets), lines, sets, checks, words)

    @property
    def is_refused(self) -> bool:
        return checking.refused(self.checks, self.lines)

    def refused(self) -> Comparison:
        """What is answered where no effect may be told."""
        said = reading.refused(self.words)
        result = Result(self.words.question, DESIGN, (), (), self.checks, (), said, Grade.X)
        return Comparison(result, self.flow, self.lines, self.sets, None)

    def told(
        self,
        *,
        effects: tuple[Effect, ...],
        naive: Naive | None,
        checks: Sequence[Check],
        ratio: tuple[float, float],
        said: str,
    ) -> Comparison:
        """What is answered. ratio: limits of the effect as a ratio. The last effect is of all cases together."""
        judged = (*self.checks, *checks)
        result = Result(
            question=self.words.question,
            design=DESIGN,
            effects=effects,
            naive=(naive.exposed, naive.others) if naive else (),
            checks=judged,
            warnings=(
                reading.hidden(*ratio),
                *checking.rough(len(self.sets)),
                *(check.words for check in judged if check.outcome == "fail"),
            ),
            reading=said,
            grade=checking.graded(judged),
        )
        in_all = effects[-1]
        avoided = (-in_all.value, -in_all.high, -in_all.low)
        return Comparison(result, self.flow, self.lines, self.sets, avoided)


def _flow(pool: Pool, every: Sets, sets: Sets) -> Flow:
    exposed = int(pool.exposed.sum())
    return Flow(
        exposed=exposed,
        others=len(pool) - exposed,
        unknown=int(every.incomplete.sum()),
        without_like=len(every.without_like),
        gone=len(every) - len(sets),
        sets=len(sets),
        controls=len(np.unique(pool.person[sets.member[~sets.case]])),
    )


def _naive_shares(pool: Pool, sets: Sets, happened: Happened, words: Words) -> Naive | None:
    """After less before, of the cases and of their controls; None where nothing can have happened before."""
    before, after = happened.before, happened.after
    if before is None:
        return None
    exposed, others = (
        before_and_after(pool, sets, before, after, cases, words.events) for cases in (True, False)
    )
    return Naive(exposed, others)


def _earlier_shares(pool: Pool, sets: Sets, happened: Happened, words: Words) -> list[Check]:
    """Whether the groups differ in what happened before the event, which it cannot have made."""
    if happened.before is None:
        return []
    if min(happened_to(sets, happened.before)) < SMALLEST:
        return [checking.earlier(None)]
    before = difference_of_shares(pool, sets, happened.before, f"{words.events} before")
    return [checking.earlier(before.difference)]


def _earlier_rates(found: Around, words: Words) -> Effect | None:
    """The same analysis of the year before alone, as if the event had been half a year earlier."""
    if min(counted(found, (_EARLY,), _LATE)) < SMALLEST:
        return None
    return difference_in_differences(found, (_EARLY,), _LATE, f"{words.events} before").ratio
