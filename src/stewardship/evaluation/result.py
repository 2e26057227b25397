"""What an evaluation answers with, whatever its design: effects with intervals, checks, warnings and a reading."""

from dataclasses import dataclass
from enum import StrEnum

from stewardship.records.findings import Outcome


class Grade(StrEnum):
    """How far a result may be leant on; shown beside it wherever it stands."""

    A = "A: randomised, and its protocol was written before"
    B = "B: a strong comparison without randomising, whose checks passed"
    C = "C: a comparison with doubtful checks"
    D = "D: before and after alone, or people who chose themselves"
    X = "X: refused, for its assumptions failed or its numbers are too small"


@dataclass(frozen=True)
class Effect:
    """How large a difference is, with its interval.

    measure: what is told, in words. unit: of value and limits, in words. none: the value of no difference at all, 1 of
    a ratio and 0 of a difference. low, high: limits at the confidence.
    """

    measure: str
    unit: str
    value: float
    low: float
    high: float
    none: float
    confidence: float = 0.95

    @property
    def told_apart_from_none(self) -> bool:
        """Whether the interval leaves out that there is no difference."""
        return not self.low <= self.none <= self.high


@dataclass(frozen=True)
class Check:
    """One thing that has to hold for the design to be believed, and whether it does, in a sentence."""

    name: str
    outcome: Outcome
    words: str


@dataclass(frozen=True)
class Result:
    """What a study found.

    question: in one sentence, who, what, beside whom, over which time. effects: the one that was named beforehand
    first; none where the result is refused. naive: what before and after alone would have said of the same people.
    warnings: what a reader has to know before leaning on it. reading: what it says, in plain words.
    """

    question: str
    design: str
    effects: tuple[Effect, ...]
    naive: tuple[Effect, ...]
    checks: tuple[Check, ...]
    warnings: tuple[str, ...]
    reading: str
    grade: Grade

    @property
    def effect(self) -> Effect | None:
        """The effect that was named beforehand; None where the result is refused."""
        return self.effects[0] if self.effects else None
