"""How long people wait whose 62 days run (R9): the bands of the weekly return, and the headline backlog.

Source: section 5 of docs/cancer-waiting-times.md. A pause does not come off the age of an open pathway.
"""

from bisect import bisect_left
from datetime import date

from stewardship.rules.cancer.codes import NON_SPECIFIC_SYMPTOMS
from stewardship.rules.cancer.judgement import Adjustment, Band, Clock, Result, Waiting, Why
from stewardship.rules.cancer.pathway import Pathway
from stewardship.rules.cancer.standards import Limits

BANDS = tuple(Band)


def waiting(
    pathway: Pathway, clock: Clock, as_of: date | None, limits: Limits, first_seen: Adjustment | None
) -> Waiting | None:
    """The age of an open 62-day pathway on a day; None where it is not open, treated already, or no day is given."""
    if clock.result is not Result.OPEN or clock.stop is not None or clock.start is None or as_of is None:
        return None
    days = max(0, (as_of - clock.start).days - (first_seen.days if first_seen else 0))
    over = days > limits.referral_to_treatment
    apart = pathway.referral_type == NON_SPECIFIC_SYMPTOMS
    return Waiting(days, band_of(days, limits), over, over and not apart, _why(days, limits, over, apart))


def band_of(days: int, limits: Limits) -> Band:
    """The band of an age in days; the last day of a band is in it."""
    return BANDS[bisect_left(limits.bands, days)]


def _why(days: int, limits: Limits, over: bool, apart: bool) -> tuple[Why, ...]:
    where = "over" if over else "within"
    reasons = (Why("R9", f"open for {days} days, {where} {limits.referral_to_treatment}"),)
    if over and apart:
        return (*reasons, Why("R9", "non-specific symptoms are kept out of the headline backlog"))
    return reasons
