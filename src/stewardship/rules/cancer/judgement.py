"""What the rules conclude of a pathway, each conclusion with the rules that gave it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from stewardship.rules.cancer.codes import Route


class Standard(StrEnum):
    """The three standards, by the names under which a `Judgement` and standards.toml keep them."""

    FASTER_DIAGNOSIS = "faster_diagnosis"
    DECISION_TO_TREATMENT = "decision_to_treatment"
    REFERRAL_TO_TREATMENT = "referral_to_treatment"


class Result(StrEnum):
    """How a clock stands against its standard. An open clock is OPEN, however long it has run."""

    MET = "MET"
    BREACH = "BREACH"
    OPEN = "OPEN"
    EXCLUDED = "EXCLUDED"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class Band(StrEnum):
    """Bands of the weekly return, in days; day 104 is in the third."""

    TO_28 = "0-28"
    TO_62 = "29-62"
    TO_104 = "63-104"
    OVER_104 = ">104"


class Method(StrEnum):
    """How a 62-day wait is shared out over providers (R8)."""

    SOLO = "SOLO"
    SIX_SCENARIO = "SIX_SCENARIO"
    SHARED = "SHARED_50_50"
    OPEN = "OPEN"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class Why(NamedTuple):
    """One reason: the rule it comes from ("R1" to "R11") and a sentence that a page can show."""

    rule: str
    words: str


class Adjustment(NamedTuple):
    """Days that are taken off a wait, and why. Of 0 days, why nothing is; those of a clock are of one at least."""

    days: int
    why: Why


class WillBe(NamedTuple):
    """What an open clock comes to if the booked stop is kept: that day, the wait in days, MET or BREACH."""

    stop: date
    days: int
    result: Result


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the three waits. Days are whole calendar days, less adjustments; None where no wait is counted.

    `target` is the last day inside the standard: start + limit + adjustments. Waits of an open clock are counted to the
    day it is judged on, None where there was none.
    """

    result: Result
    why: tuple[Why, ...]
    start: date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    stop: date | None = None
    days: int | None = None
    target: date | None = None
    will_be: WillBe | None = None

    @property
    def breach_date(self) -> date | None:
        """The first day outside the standard; None where nothing is counted."""
        return None if self.target is None else self.target + timedelta(1)

    def days_to_breach(self, on: date) -> int | None:
        """Days from that day (or the stop, once there is one) to the target; below 0 after a breach."""
        return None if self.target is None else (self.target - (self.stop or on)).days

    def is_over(self, on: date | None) -> bool:
        """Whether it stopped, or stands on a day, past its target; it may not be counted yet, and needs a reason."""
        day = self.stop or on
        if self.target is None or day is None or self.result is Result.EXCLUDED:
            return False
        return day > self.target


@dataclass(frozen=True, slots=True)
class Share:
    """What of one patient, and of a breach, is counted for a provider: 0, 0.5 or 1 each."""

    provider: str
    patients: float
    breaches: float


@dataclass(frozen=True, slots=True)
class Allocation:
    """Who a 62-day wait is counted for. With one provider, that one stands as investigating.

    `case` is 1 to 6 of the national table, under SIX_SCENARIO alone; the days of the two phases add up to the wait.
    """

    method: Method
    why: tuple[Why, ...]
    case: int | None = None
    investigating: Share | None = None
    treating: Share | None = None
    investigating_days: int | None = None
    treating_days: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long somebody has been waiting whose 62-day clock is open (R9): days without the first-seen adjustment.

    `in_backlog`: over 62 days. `in_headline`: counted in the headline too, which leaves out non-specific symptoms.
    """

    days: int
    band: Band
    in_backlog: bool
    in_headline: bool
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that the rules say of a pathway on a day; `as_of` None takes every date as having happened.

    `first_seen_days` and `treatment_days` are the adjustments of the pathway's own dates, 0 where there is none.
    """

    as_of: date | None
    route: Route
    faster_diagnosis: Clock
    decision_to_treatment: Clock
    referral_to_treatment: Clock
    allocation: Allocation
    waiting: Waiting | None
    first_seen_days: int
    treatment_days: int

    def clock(self, standard: Standard) -> Clock:
        """The clock of a standard."""
        clock: Clock = getattr(self, standard.value)
        return clock
