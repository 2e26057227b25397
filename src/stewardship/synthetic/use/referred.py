"""Contacts that belong to a referral: those of one person and service in one year of the time told."""

from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.lives import NEVER, Days, People, Plan, Whole
from stewardship.synthetic.use.times import Happened, Positions

_WAIT, _UNTIL_CLOSED = 18.0, 30.0  # days to the first contact, and from the last to the end, on average


@dataclass(frozen=True)
class Referred:
    """Referrals, and the contacts in the order of their referrals.

    who, service, first, received, closed: of each referral; first is the day of its first contact, and closed is NEVER
    where it goes on. referral: of each contact, the
    position of its own. contact: the positions of the contacts as they were, in the new order.
    """

    who: Positions
    service: Positions
    first: Days
    received: Days
    closed: Days
    referral: Whole
    contact: Whole


def referred(
    rng: np.random.Generator, plan: Plan, people: People, found: Happened, service: Positions
) -> Referred:
    """The referrals that contacts come from: received some weeks before the first, closed some weeks after the last."""
    key = (found.who.astype(np.int64) << 16) | (found.stretch.astype(np.int64) << 8) | service
    order = np.argsort(key, kind="stable")
    key = key[order]
    begins = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, dtype=np.int64)
    day = found.day[order]
    first, last = (step.reduceat(day, begins) if len(day) else day for step in (np.minimum, np.maximum))
    who = found.who[order][begins]
    wait = rng.exponential(_WAIT, len(begins)).astype(np.int32)
    received = np.maximum(first - wait, np.maximum(people.start, people.birth)[who])
    closed = last + rng.exponential(_UNTIL_CLOSED, len(begins)).astype(np.int32)
    leaves = np.minimum(people.end, people.death)[who]
    closed = np.where(closed > plan.last, NEVER, np.minimum(closed, leaves))
    number = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(key))))
    return Referred(who, service[order][begins], first, received, closed.astype(np.int32), number, order)


def sent_days(days: Days, plan: Plan) -> Days:
    """When rows are sent that may have begun before the years that are told: then with the first of them."""
    return np.maximum(days, plan.first)
