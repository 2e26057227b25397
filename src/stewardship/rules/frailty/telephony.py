"""Measures of the line itself: how many calls were answered, how long callers waited, how complete records are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from statistics import median


class Status(StrEnum):
    """What became of a call on the telephone."""

    ANSWERED = "answered"
    MISSED = "missed"
    CALLED_BACK = "called back"
    TRANSFERRED = "transferred"
    ABANDONED = "abandoned"


SPOKEN_TO = frozenset({Status.ANSWERED, Status.TRANSFERRED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Seconds that callers waited until they were answered."""

    median: float
    centile_95: int


def answer_rate(statuses: Iterable[Status]) -> float | None:
    """Of all calls, the share answered when they came; a call back later is not. None without calls."""
    found = list(statuses)
    return sum(each in SPOKEN_TO for each in found) / len(found) if found else None


def waits(seconds: Sequence[int]) -> Waits | None:
    """Of answered calls; the 95th centile is the smallest wait that 95 per cent did not wait longer than."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    return Waits(median=median(ordered), centile_95=ordered[ceil(0.95 * len(ordered)) - 1])


def is_complete(*, patient: bool, reason: bool, advice: bool) -> bool:
    """Whether an advice record has its patient, or why there is none; its reason; and the kind of advice."""
    return patient and reason and advice


def completeness(complete: int, answered: int) -> float | None:
    """Complete advice records as a share of answered calls, so that a call without a record counts against it."""
    return complete / answered if answered else None
