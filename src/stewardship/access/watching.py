"""What is done about unusual reading: alerts are raised, and closed as justified or not, each an event of the log."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from stewardship.access import alerts
from stewardship.access.actions import Action
from stewardship.access.actors import Actor
from stewardship.access.alerts import Alert, Closing, Outcome
from stewardship.access.log import record, written_moment
from stewardship.access.site_log import site_log
from stewardship.access.store import Log
from stewardship.access.watch import limits

DAYS = 40  # how far back the watch looks, so that a month's silence is seen before what followed it
WATCH = Actor(member_id=None, name="the watch over unusual reading", role="job")
FEWEST_WORDS = 10


class AlertError(Exception):
    """An alert cannot be closed so; the message says why, for the one who tried."""


def raise_alerts(*, now: datetime) -> list[Alert]:
    """Look at what was read lately, and raise what is unusual and was not raised before as far as it goes now.

    An alert that was raised stays until it is closed, however long ago it was. Returns those raised now.
    """
    log = site_log()
    told = log.of(Action.TELL_OWN_RECORD)
    events = log.since(written_moment(now - timedelta(days=DAYS)))
    found = alerts.alerts(events, limits(), log.keys, told)
    before = _raised(log)
    new = [one for one in reversed(found) if one.key not in before or before[one.key].until < one.until]
    for one in new:
        words = alerts.raised_words(one)
        record(by=WATCH, did=Action.RAISE_ALERT, query=alerts.alert_query(one.key), reason=words, via="job")
    return new


def standing() -> tuple[list[Alert], list[tuple[Alert, Closing]]]:
    """The alerts that are open and those that were closed, with how; latest first."""
    log = site_log()
    closed = _closed(log)
    everything = sorted(_raised(log).values(), key=lambda one: (one.last, one.key), reverse=True)
    still = [one for one in everything if alerts.still_open(one, closed)]
    return still, [(one, closed[one.key]) for one in everything if one not in still]


def close_alert(*, key: str, seen_until: int, outcome: Outcome, words: str, by: Actor) -> None:
    """Close an alert as justified or not, with words that say why.

    seen_until: how far the alert went when it was judged; one that grew since is refused, to be looked at again.
    Raises AlertError in a sentence, AccessLogError where it cannot be written.
    """
    log = site_log()
    alert = _raised(log).get(key)
    if alert is None or not alerts.still_open(alert, _closed(log)):
        raise AlertError("This alert is closed already, or never was. Go back to the list.")
    if alert.until != seen_until:
        raise AlertError(
            "More was read since you opened this page. Look at the alert again before you close it."
        )
    if by.member_id is None or by.member_id == alert.member:
        raise AlertError("This alert is about you, so somebody else has to close it.")
    if len(words.strip()) < FEWEST_WORDS:
        raise AlertError("Say in a few words how you know, for example whom you asked.")
    said = alerts.closing_words(outcome, alert.until, words.strip())
    record(by=by, did=Action.CLOSE_ALERT, query=alerts.alert_query(key), reason=said)


def tell_own_record(*, person_ids: list[int], by: Actor) -> None:
    """Let the watch notice when a member opens their own record; only a digest of which it is is kept."""
    if by.member_id is None:
        raise AlertError("Only a member can tell which record is their own.")
    keys = site_log().keys
    for person_id in person_ids:
        record(by=by, did=Action.TELL_OWN_RECORD, query=alerts.own_digest(keys, by.member_id, person_id))


def _raised(log: Log) -> Mapping[str, Alert]:
    return alerts.latest(alerts.raised(log.of(Action.RAISE_ALERT), log.keys))


def _closed(log: Log) -> Mapping[str, Closing]:
    return alerts.closings(log.of(Action.CLOSE_ALERT), log.keys)
