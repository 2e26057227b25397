"""The worklists of the tracking list: who is on each on a day.

A worklist is its name, words and limits in `worklists.toml`, and one small rule here under the same key. Source: the
standing lists of a public register's reports, and the rules of waiting times for days 28, 38, 62 and 104. Days are of
the pathway: whole days since its day zero.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from stewardship.rules.cancer.timed.configured import configured
from stewardship.rules.cancer.timed.fit import BY_FIT, Finding, read_fit
from stewardship.rules.cancer.timed.results import open_tests, result_known
from stewardship.rules.cancer.timed.reviews import reviews_due
from stewardship.rules.cancer.timed.tracked import Tracked

Limits = Mapping[str, int]
Rule = Callable[[Tracked, date, Limits], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """A worklist. key: its name in addresses. words: who is on it. limits: whole days, by the names its rule reads."""

    key: str
    name: str
    words: str
    limits: Limits

    def holds(self, tracked: Tracked, as_of: date) -> bool:
        """Whether this pathway is on the worklist on a day."""
        return RULES[self.key](tracked, as_of, self.limits)


@cache
def worklists() -> tuple[Worklist, ...]:
    """All worklists, in the order in which they are shown."""
    return tuple(
        Worklist(key=row["key"], name=row["name"], words=row["words"], limits=row.get("limits", {}))
        for row in configured("worklists")["worklist"]
    )


def worklists_of(tracked: Tracked, as_of: date) -> tuple[str, ...]:
    """The keys of all worklists that this pathway is on, in their order."""
    return tuple(worklist.key for worklist in worklists() if worklist.holds(tracked, as_of))


def result_known_not_told(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """A result that settles the question is known, and the person has not been told."""
    return _not_told(tracked, as_of) and result_known(tracked, as_of) is not None


def ruled_out_not_notified(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """Cancer is ruled out, and the person or the practice has not been told; also once the pathway is closed."""
    told = _by(tracked.told, as_of) and _by(tracked.practice_told, as_of)
    return _by(tracked.ruled_out, as_of) and not told


def teledermatology_to_send(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """The pictures are reviewed, and the person or the practice was told neither of that nor of anything later."""
    triaged = tracked.triaged
    if triaged is None or triaged.decided > as_of:
        return False
    patient = triaged.patient_told or _since(triaged.decided, tracked.told)
    practice = triaged.practice_told or _since(triaged.decided, tracked.practice_told)
    return not (_by(patient, as_of) and _by(practice, as_of))


def approaching_28(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """The 28-day clock runs, in the last days within the standard."""
    return tracked.waiting_to_be_told and _approaching(tracked, as_of, limits)


def over_28(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """The 28-day clock runs, and day 28 has passed."""
    return tracked.is_open and tracked.waiting_to_be_told and tracked.day(as_of) > limits["after_day"]


def approaching_38(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """Waiting for treatment in the last days up to 38, neither decided nor handed over."""
    settled = _by(tracked.decided, as_of) or _by(tracked.transferred, as_of)
    return tracked.waiting_for_treatment and not settled and _approaching(tracked, as_of, limits)


def transfers_due(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """Another provider is to treat and has not received the dataset, from some days before day 38 on."""
    waits = tracked.is_open and tracked.waiting_for_treatment
    due = tracked.day(as_of) >= limits["until_day"] - limits["days_before"]
    return waits and tracked.transfer_planned and due and not _by(tracked.transferred, as_of)


def approaching_62(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """The 62-day clock runs, in the last days within the standard."""
    return tracked.waiting_for_treatment and _approaching(tracked, as_of, limits)


def waiting_over(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """The 62-day clock runs, and this day has passed; day 62, or 104, is itself not over."""
    return tracked.is_open and tracked.waiting_for_treatment and tracked.day(as_of) > limits["after_day"]


def harm_review_due(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """Waits, was treated or was closed with a cancer after day 104, with no completed harm review."""
    if _by(tracked.harm_reviewed, as_of):
        return False
    ended = tracked.cancer_ended
    if ended is not None and ended <= as_of:
        return tracked.day(ended) > limits["after_day"]
    return waiting_over(tracked, as_of, limits)


def no_next_action(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """On the list without an action that is still to be done."""
    return tracked.is_open and all(_by(action.done, as_of) for action in tracked.actions)


def next_action_overdue(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """An action should have been done before this day; one that is due today is not overdue."""
    to_do = (action for action in tracked.actions if not _by(action.done, as_of))
    return tracked.is_open and any(action.due is not None and action.due < as_of for action in to_do)


def first_appointment_not_booked(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """Nobody has seen or tested the person, and no day for it is booked, some days after the referral."""
    booked = any(
        row.done or row.booked or row.reported
        for row in tracked.milestones
        if row.code == "FSEEN" or row.code.startswith("TEST")
    )
    late = tracked.day(as_of) > limits["after_day"]
    seen = booked or tracked.first_seen is not None
    return tracked.is_open and tracked.waiting_for_treatment and late and not seen


def waiting_for_histology(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """A biopsy was taken longer ago than the limit and is not reported."""
    taken = (test.done for test in open_tests(tracked, as_of, {"histology"}))
    longest = limits["days_since_taken"]
    return tracked.is_open and any(on is not None and (as_of - on).days > longest for on in taken)


def waiting_for_imaging(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """Imaging, endoscopy or another test was requested longer ago than the limit and is not reported."""
    requested = (test.requested for test in open_tests(tracked, as_of, {"imaging", "endoscopy", "test"}))
    longest = limits["days_since_requested"]
    return tracked.is_open and any(on is not None and (as_of - on).days > longest for on in requested)


def fit_below_threshold(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """Referred for the bowel with a FIT below the threshold, and not told yet: for clinical review, and kept apart."""
    if tracked.fit is None or tracked.timed_pathway != BY_FIT:
        return False
    waits = tracked.waiting_to_be_told and _not_told(tracked, as_of)
    return waits and read_fit(tracked.fit, as_of).finding is Finding.BELOW


def care_reviews_due(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """A care review by the practice is due or overdue; also long after the pathway is closed."""
    return bool(reviews_due(tracked.diagnosed, tracked.reviews, as_of))


def vanished(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    """The nightly file no longer has the pathway, and nobody has closed it with a reason."""
    return tracked.is_open and _by(tracked.vanished, as_of)


RULES: Mapping[str, Rule] = {
    "result-known-not-told": result_known_not_told,
    "ruled-out-not-notified": ruled_out_not_notified,
    "teledermatology-to-send": teledermatology_to_send,
    "approaching-28": approaching_28,
    "over-28": over_28,
    "approaching-38": approaching_38,
    "transfers-due": transfers_due,
    "approaching-62": approaching_62,
    "over-62": waiting_over,
    "over-104": waiting_over,
    "harm-review-due": harm_review_due,
    "no-next-action": no_next_action,
    "next-action-overdue": next_action_overdue,
    "first-appointment-not-booked": first_appointment_not_booked,
    "waiting-for-histology": waiting_for_histology,
    "waiting-for-imaging": waiting_for_imaging,
    "fit-below-threshold": fit_below_threshold,
    "care-reviews-due": care_reviews_due,
    "vanished": vanished,
}


def _since(first: date, day: date | None) -> date | None:
    return day if day is not None and day >= first else None


def _by(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


def _not_told(tracked: Tracked, as_of: date) -> bool:
    return tracked.is_open and not _by(tracked.told, as_of)


def _approaching(tracked: Tracked, as_of: date, limits: Limits) -> bool:
    until = limits["until_day"]
    return tracked.is_open and until - limits["days_before"] <= tracked.day(as_of) <= until
