"""What came of a call to the advice line: index calls, days 7 and 30, avoidance claimed and observed, safety, bed days.

Days are calendar days, and the day of the call is day 0: whatever happens up to the end of day 7 is within 7 days,
at whatever hour. Sources: measures of the domain's advice lines (British Geriatrics Society abstract of a community
frailty hotline for what was counted); an observed non-admission is not yet one avoided.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAYS = (7, 30)
INDEX_DAYS = 7
"""Calls of a person up to this day after an index call belong to it."""


class Intended(StrEnum):
    """What the caller would have done without the line, asked before the advice."""

    CONVEY = "convey"
    ADMIT = "admit"
    ED = "ED"
    SDEC = "SDEC"
    GP = "stay with GP"
    UNSURE = "unsure"


class Advice(StrEnum):
    """What was advised; a call may have several."""

    STAY = "stay at home with plan"
    TREAT_AT_HOME = "start treatment at home"
    VIRTUAL_WARD = "virtual ward"
    UCR = "UCR"
    SDEC = "SDEC or hot clinic"
    ED = "ED"
    ADMISSION = "direct admission"
    PALLIATIVE = "hospice / palliative"
    MEDICATION = "medication change"
    TESTS = "tests"
    SAFEGUARDING = "safeguarding"
    SOCIAL_CARE = "social care"
    OTHER = "other"


TO_HOSPITAL = frozenset({Advice.ED, Advice.ADMISSION})
AT_HOME = frozenset({Advice.STAY, Advice.TREAT_AT_HOME})


class Result(StrEnum):
    """What had come of a call by a day."""

    NOT_YET_KNOWN = "not yet known"
    ADMITTED = "admitted in emergency"
    DIED = "died, not admitted"
    NOT_ADMITTED = "not admitted in emergency"
    NOT_COUNTED = "not counted: was in hospital"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Days in hospital. start, end: first and last day; end None while it goes on."""

    start: date
    end: date | None
    emergency: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is known of somebody after a call. known_to: the last day that the data tell of."""

    stays: tuple[Stay, ...] = ()
    attended: tuple[date, ...] = ()
    died: date | None = None
    known_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What had come of a call by a day. The last three are None while it is not yet known."""

    day: int
    result: Result
    attended: bool | None
    died: bool | None
    at_home: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """Calls by what came of them. Those who died, who were in hospital and of whom it is not yet known stand apart."""

    calls: int
    admitted: int
    not_admitted: int
    died: int
    in_hospital: int
    not_yet_known: int

    @property
    def share_not_admitted(self) -> float | None:
        """Of those admitted or not, the share of those not; None where there are none."""
        known = self.admitted + self.not_admitted
        return self.not_admitted / known if known else None


def index_calls(calls: Iterable[tuple[Hashable, date]]) -> tuple[tuple[Hashable, date], ...]:
    """Of calls (person, day), those that outcomes are counted of: one a person in 7 days, the first, in order of days.

    Whatever a person calls about on days 1 to 7 after an index call belongs to it, so that no admission is an
    outcome of two calls; all calls count as activity.
    """
    last: dict[Hashable, date] = {}
    found = []
    for person, day in sorted(calls, key=lambda call: call[1]):
        if person not in last or (day - last[person]).days > INDEX_DAYS:
            last[person] = day
            found.append((person, day))
    return tuple(found)


def outcome(call: date, since: Since, day: int) -> Outcome:
    """What had come of a call by the end of so many days after it. An admission comes before a death."""
    end = call + timedelta(days=day)
    if was_in_hospital(call, since.stays):
        return Outcome(day=day, result=Result.NOT_COUNTED, attended=None, died=None, at_home=None)
    if since.known_to < end:
        return Outcome(day=day, result=Result.NOT_YET_KNOWN, attended=None, died=None, at_home=None)
    died = since.died is not None and since.died <= end
    admitted = any(stay.emergency and call <= stay.start <= end for stay in since.stays)
    in_bed = any(stay.start <= end and (stay.end is None or stay.end > end) for stay in since.stays)
    result = Result.ADMITTED if admitted else Result.DIED if died else Result.NOT_ADMITTED
    attended = any(call <= on <= end for on in since.attended)
    return Outcome(day=day, result=result, attended=attended, died=died, at_home=not died and not in_bed)


def was_in_hospital(call: date, stays: Iterable[Stay]) -> bool:
    """Whether somebody was an inpatient when the call came: admitted before its day, and there after it.

    Who is admitted on the day of the call, or went home on it, is not.
    """
    return any(stay.start < call and (stay.end is None or stay.end > call) for stay in stays)


def observed(outcomes: Iterable[Outcome]) -> Observed:
    """Outcomes of index calls, added up."""
    results = [each.result for each in outcomes]
    return Observed(
        calls=len(results),
        admitted=results.count(Result.ADMITTED),
        not_admitted=results.count(Result.NOT_ADMITTED),
        died=results.count(Result.DIED),
        in_hospital=results.count(Result.NOT_COUNTED),
        not_yet_known=results.count(Result.NOT_YET_KNOWN),
    )


def claimed(intended: Intended | None, advice: Iterable[Advice]) -> bool | None:
    """Whether a call claims an admission avoided: the caller meant to convey or admit, and the advice kept them out.

    None where the caller's intention was not asked, or no advice is known.
    """
    given = frozenset(advice)
    if intended is None or not given:
        return None
    return intended in (Intended.CONVEY, Intended.ADMIT) and not given & TO_HOSPITAL


def unplanned_attendance_after_staying(advice: Iterable[Advice], call: date, since: Since) -> bool | None:
    """Whether somebody advised to stay at home came to an emergency department on the day of the call or the next.

    Records tell days, not hours, so that this is a little more than 24 hours. None for other advice, and not yet known.
    """
    next_day = call + timedelta(days=1)
    if not frozenset(advice) & AT_HOME or since.known_to < next_day:
        return None
    return any(call <= on <= next_day for on in since.attended)


@dataclass(frozen=True, slots=True, kw_only=True)
class BedDays:
    """Bed days of admissions avoided, with the least and the most that the two intervals allow, and the assumptions."""

    days: float
    least: float
    most: float
    mean_stay: float
    assumptions: tuple[str, ...]


def bed_days(avoided: tuple[float, float, float], stays: Sequence[int]) -> BedDays | None:
    """Bed days of admissions avoided: their number times the mean stay of like patients; None without two stays.

    avoided: the number, its lower and its upper limit (95%), as an effect gives them; below 0 is more admissions.
    stays: nights of emergency stays of like patients without a call.
    """
    if len(stays) < 2:
        return None
    mean = sum(stays) / len(stays)
    spread = sum((each - mean) ** 2 for each in stays) / (len(stays) - 1)
    margin = 1.96 * (spread / len(stays)) ** 0.5
    shortest, longest = max(0.0, mean - margin), mean + margin
    number, lower, upper = avoided
    ends = [many * stay for many in (lower, upper) for stay in (shortest, longest)]
    return BedDays(
        days=number * mean,
        least=min(ends),
        most=max(ends),
        mean_stay=mean,
        assumptions=(
            f"Each admission avoided would have lasted as long as those of {len(stays):,} emergency stays of like "
            f"patients without a call: {mean:.1f} nights on average ({shortest:.1f} to {longest:.1f}).",
            "An admission that came later instead is not taken off.",
            "The range joins the limits of both numbers, so that it is wider than 95% would be.",
        ),
    )
