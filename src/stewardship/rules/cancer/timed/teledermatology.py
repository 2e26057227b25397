"""What follows from a teledermatology review: the next step, and what it does to the 28-day clock.

Source: `teledermatology.toml`. An outcome stops no clock by itself: the person has to be told (rule R2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from stewardship.rules.cancer.timed.configured import configured
from stewardship.rules.cancer.timed.tracked import Triaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An outcome. owner: code of `milestones.toml`. tells: end reason of the 28-day clock once told; empty: it runs on.

    repeats: new pictures are taken, and counted.
    """

    code: str
    words: str
    next_step: str
    owner: str
    tells: str
    repeats: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockEffect:
    """What an outcome does to the 28-day clock. stop: the day it stopped; None while it runs. words: why."""

    stop: date | None
    end_reason: str
    words: str


@cache
def outcomes() -> dict[str, Outcome]:
    """The outcomes by their codes, in order."""
    return {
        row["code"]: Outcome(
            code=row["code"], words=row["words"], next_step=row["next_step"], owner=row["owner"],
            tells=row.get("tells", ""), repeats=row.get("repeats", False),
        )
        for row in configured("teledermatology")["outcome"]
    }  # fmt: skip


def outcome_of(code: str) -> Outcome:
    """An outcome by its code; ValueError for one that is not configured."""
    if code not in outcomes():
        raise ValueError(f'"{code}" is no outcome of teledermatology. Use one of: {", ".join(outcomes())}.')
    return outcomes()[code]


def clock_effect(triaged: Triaged, as_of: date) -> ClockEffect:
    """What a review does to the 28-day clock on a day; ValueError for an unknown outcome."""
    outcome = outcome_of(triaged.outcome)
    if not outcome.tells:
        return ClockEffect(stop=None, end_reason="", words="The clock runs: the question is still open.")
    told = triaged.patient_told
    if told is None or told > as_of:
        return ClockEffect(stop=None, end_reason="", words="The clock runs until the person is told.")
    return ClockEffect(
        stop=told, end_reason=outcome.tells, words="The clock stopped when the person was told."
    )


def pictures_repeated(reviews: Iterable[Triaged]) -> int:
    """How often pictures had to be taken again; ValueError for an unknown outcome."""
    return sum(outcome_of(review.outcome).repeats for review in reviews)
