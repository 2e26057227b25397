"""How much of a fault is put up with, and who says so."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Threshold:
    """How much of a check's fault is put up with, and who says so: applied when results are read.

    check: key of the check. source: key of the source; "" for every one. at_most: share of what was examined.
    """

    check: str
    source: str
    at_most: float
    author: str
    reason: str
    date: date


def threshold_for(check: str, source: str, thresholds: tuple[Threshold, ...]) -> Threshold | None:
    """The system's own threshold: that of the source before that of every source, and of two the later."""
    meant = [each for each in thresholds if each.check == check and each.source in ("", source)]
    return max(meant, key=lambda each: (each.source != "", each.date), default=None)
