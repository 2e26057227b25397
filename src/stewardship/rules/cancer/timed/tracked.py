"""What the timed rules have to know of one person's pathway: dates, and nothing that tells who it is.

Every day is a date without a time. A field that is None, or empty, is not known or has not happened. Which code lists
the codes are of is said beside each field; the rules are in the modules beside this one.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from stewardship.rules.cancer.judgement import Clock, Judgement, Result
from stewardship.rules.cancer.timed.fit import Fit

FIRST_SEEN_RULE = "R4"  # the rule of missed first appointments, the one adjustment before a decision to treat


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates of one milestone of a pathway, or of one of several tests under the same code.

    code: a milestone code of `milestones.toml` (REF, TRI, FSEEN, TEST1, ..., FDT). kind: imaging, endoscopy, histology
    or test where the record says which; empty: as the timed pathway has it. not_needed: the reason why it is not
    needed; empty where it is needed, so that nothing is left out without a reason.
    """

    code: str
    requested: date | None = None
    booked: date | None = None
    done: date | None = None
    reported: date | None = None
    kind: str = ""
    not_needed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A next action: whose it is, the day by which it should be done, and the day it was.

    owner: an owner code of `milestones.toml`, or a code of the workspace's own.
    """

    owner: str = ""
    due: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An escalation that was made. level: 1 to 5 of `escalation.toml`. answered: the day of the first answer."""

    level: int
    on: date
    answered: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Triaged:
    """An outcome of teledermatology, and the days on which the person and the practice were told of it.

    outcome: TD1 to TD7 of `teledermatology.toml`.
    """

    outcome: str
    decided: date
    patient_told: date | None = None
    practice_told: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A cancer care review. months: 3 or 12, as in `reviews.toml`. by_practice: False where only a hospital held it."""

    months: int
    done: date | None = None
    by_practice: bool = True
    declined: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """One pathway as the worklists, the ladder of escalation and the timed pathway see it.

    timed_pathway: a key of `milestones.toml`; "generic" where there is no other.
    clock_start: the day on which the 62-day clock starts: receipt of the referral, or the upgrade.
    adjusted_days: days taken off for a missed first appointment (0 where there are none).
    waiting_to_be_told: the 28-day clock runs. waiting_for_treatment: the 62-day clock runs. Both are as judged by
    `stewardship.rules.cancer`.
    fit: the last faecal immunochemical test, or why there is none; None where neither is recorded.
    first_seen: the first appointment or first test. told: the day the person was told, whatever they were told.
    closed: the day the pathway left the list. cancer_ended: the day of first treatment, or of closure with a cancer.
    transfer_planned: another provider is to treat; transferred: the day it received the agreed minimum dataset.
    decided: decision to treat. treatment_booked: the day for which first treatment is booked. treated: it started.
    ruled_out: the day a clinician ruled cancer out; practice_told: the day the practice was told of it.
    harm_reviewed: the day the clinical harm review was completed.
    diagnosed: the day of diagnosis of a cancer that has care reviews.
    vanished: the day of the first nightly file without this pathway, where no reason was given.
    """

    timed_pathway: str
    clock_start: date
    adjusted_days: int = 0
    waiting_to_be_told: bool = True
    waiting_for_treatment: bool = True
    milestones: tuple[Dates, ...] = ()
    actions: tuple[Action, ...] = ()
    escalations: tuple[Raised, ...] = ()
    triaged: Triaged | None = None
    fit: Fit | None = None
    first_seen: date | None = None
    told: date | None = None
    ruled_out: date | None = None
    practice_told: date | None = None
    decided: date | None = None
    transfer_planned: bool = False
    transferred: date | None = None
    treatment_booked: date | None = None
    treated: date | None = None
    cancer_ended: date | None = None
    harm_reviewed: date | None = None
    diagnosed: date | None = None
    reviews: tuple[Review, ...] = ()
    closed: date | None = None
    vanished: date | None = None

    @property
    def day_zero(self) -> date:
        """The day from which days are counted: start of the clock, later by the adjustment."""
        return self.clock_start + timedelta(days=self.adjusted_days)

    def day(self, on: date) -> int:
        """Which day of the pathway this is, in whole days since day zero; below 0 before it."""
        return (on - self.day_zero).days

    @property
    def is_open(self) -> bool:
        """Whether the pathway is still on the list."""
        return self.closed is None


def as_judged(tracked: Tracked, judgement: Judgement) -> Tracked:
    """The same pathway with its clocks as the rules of waiting times judged them.

    Days are those of the 62-day clock, or of the 28-day clock where that alone is counted. Without either, the start
    stays as it was and no clock runs.
    """
    told, treated = judgement.faster_diagnosis, judgement.referral_to_treatment
    clock = treated if treated.start is not None else told
    return replace(
        tracked,
        clock_start=clock.start or tracked.clock_start,
        adjusted_days=sum(each.days for each in clock.adjustments if each.why.rule == FIRST_SEEN_RULE),
        waiting_to_be_told=_runs(told),
        waiting_for_treatment=_runs(treated),
    )


def _runs(clock: Clock) -> bool:
    """Whether somebody still waits: a clock that has stopped can be open until it is known how to count it."""
    return clock.result is Result.OPEN and clock.stop is None
