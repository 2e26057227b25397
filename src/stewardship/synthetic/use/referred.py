"""Contacts that belong to a referral: those of one person and service in one year of the person's own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.lives import NEVER, Days, People, Plan, Whole
from stewardship.synthetic.use.own_years import began_before
from stewardship.synthetic.use.times import Happened, Positions

_WAIT, _UNTIL_CLOSED = 18.0, 30.0  # days to the first contact, and from the last to the end, on average
_YEAR = 365
_FOR_ITSELF = (
    0.8  # of the contacts told: one there has to be for anything to be told, however seldom they are
)


@dataclass(frozen=True)
class Referred:
    """Referrals, and the contacts in the order of their referrals.

    who, service, received, closed: of each referral, those last of which nobody has been seen yet; closed is NEVER
    where it goes on. referral: of each contact, the position of its own. contact: the positions of the contacts as they
    were, in the new order.
    """

    who: Positions
    service: Positions
    received: Days
    closed: Days
    referral: Whole
    contact: Whole


def referred(
    rng: np.random.Generator,
    plan: Plan,
    people: People,
    found: Happened,
    service: Positions,
    at_once: Sequence[int] = (),
) -> Referred:
    """The referrals that contacts come from: received some weeks before the first, closed some weeks after the last.

    found: its stretch is the year of the person's own, as `drawn_by_own_year` has it. at_once: services that see people
    on the day of the referral. Who waits for the first contact on the last day of all is told too: see `_waiting`.
    """
    key = (found.who.astype(np.int64) << 16) | (found.stretch.astype(np.int64) << 8) | service
    order = np.argsort(key, kind="stable")
    key = key[order]
    begins = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, dtype=np.int64)
    day = found.day[order]
    first, last = (step.reduceat(day, begins) if len(day) else day for step in (np.minimum, np.maximum))
    who, of = found.who[order][begins], service[order][begins]
    wait = rng.exponential(_WAIT, len(begins)).astype(np.int32)
    wait[np.isin(of, at_once)] = 0
    many = np.diff(np.append(begins, len(key)))
    came = np.maximum(people.start, people.birth)[who]
    ongoing = (found.stretch[order][begins] == 0) & (came < plan.first) & ~np.isin(of, at_once)
    seen = first.copy()
    seen[ongoing] -= _earlier(
        rng, began_before(plan, people)[who[ongoing]], first[ongoing] - plan.first, many[ongoing]
    )
    received = np.maximum(seen - wait, came)
    closed = last + rng.exponential(_UNTIL_CLOSED, len(begins)).astype(np.int32)
    leaves = np.minimum(people.end, people.death)[who]
    closed = np.where(closed > plan.last, NEVER, np.minimum(closed, leaves))
    number = np.repeat(np.arange(len(begins)), many)
    waiting = _waiting(plan, people, who, seen, received)
    return Referred(
        np.concatenate([who, who[waiting]]),
        np.concatenate([of, of[waiting]]),
        np.concatenate([received, received[waiting] + _YEAR]).astype(np.int32),
        np.concatenate([closed, np.full(len(waiting), NEVER)]).astype(np.int32),
        number,
        order,
    )


def _earlier(rng: np.random.Generator, before: Days, after: Days, many: Whole) -> Days:
    """How many days before the first contact that is told the first of all was, in a year that began before.

    before: days of that year that are not told; after: days told until the first contact; many: contacts told. In the
    days not told people have had about as many a day, and it may be none.
    """
    untold = rng.poisson((many - _FOR_ITSELF) * before / np.maximum(_YEAR - before, 1))
    at = before * (1 - rng.random(len(many)) ** (1 / np.maximum(untold, 1)))
    return np.where(untold > 0, after + before - np.floor(at), 0).astype(np.int32)


def _waiting(plan: Plan, people: People, who: Positions, first: Days, received: Days) -> Whole:
    """Referrals of a year before the last day that waited for their first contact then, of people who are still here.

    As many wait on the last day, whose first contact lies beyond what is told: the same a year later.
    """
    then = plan.last - _YEAR
    here = np.minimum(people.end, people.death)[who] > plan.last
    return np.flatnonzero((received <= then) & (first > then) & here)


def sent_days(days: Days, plan: Plan) -> Days:
    """When rows are sent that may have begun before the years that are told: then with the first of them."""
    return np.maximum(days, plan.first)
