"""Conditions that many die of are found as often in each year that is told.

Who dies of a condition within the years told was found before that, so onsets of the dead become fewer towards the last
day; those who will die of it afterwards are among the living. Onsets of the living within the years told are moved,
in their order, so that with those who are expected of everybody else they are spread evenly: expected and not counted,
for what chance adds to the early years in a batch could not be taken from them, and the last would be left with less.
As many have the condition on the first day as before, and as many on the last.
"""

import numpy as np

from stewardship.synthetic.lives import NEVER, Days, Flags, People, Plan, Share

YEAR = 365.25
_A_YEAR = 4  # parts of a year in which onsets are counted


def spread_evenly(plan: Plan, people: People, onset: Days, sooner: float = 1.0) -> Days:
    """Onsets of a condition with those of the living moved within the years told.

    sooner: what remains, before that, of the time for which the living have had it.
    """
    living = (people.end == NEVER) & (onset < NEVER)
    days = onset.copy()
    days[living] = plan.last - np.floor((plan.last - onset[living]) * sooner).astype(np.int32)
    registered = (days >= np.maximum(people.start, plan.first)) & (days <= np.minimum(people.end, plan.last))
    return _moved(plan, people, days, registered & living, registered & ~living)


def _moved(plan: Plan, people: People, days: Days, moving: Flags, staying: Flags) -> Days:
    who = np.flatnonzero(moving)
    who = who[np.argsort(days[who], kind="stable")]
    edges = np.linspace(plan.first, plan.last + 1, plan.years * _A_YEAR + 1)
    room = _room(_expected(plan, (people.end - days)[staying], edges), len(who))
    upto = np.concatenate([[0.0], np.cumsum(room)])
    wanted = (np.arange(len(who)) + 0.5) * upto[-1] / max(len(who), 1)
    at = np.floor(np.interp(wanted, upto, edges)).astype(np.int32)
    days[who] = np.clip(at, np.maximum(people.start, people.birth)[who], plan.last)
    return days


def _expected(plan: Plan, before: Days, edges: Share) -> Share:
    """How many of those who died or left are expected to be found in each part.

    before: days from being found to that. They die and leave as often throughout, so whoever was found so long before
    may have been found on any day from the first to so many days before the last.
    """
    until = np.maximum(plan.last + 1 - before, plan.first + 1)[:, None]
    inside = np.clip(np.minimum(edges[1:], until) - edges[:-1], 0, None)
    return np.asarray((inside / (until - plan.first)).sum(axis=0))


def _room(taken: Share, many: int) -> Share:
    """How many of some more belong into each part, so that the fewest are in none: they are filled to one level."""
    level = ((np.cumsum(np.sort(taken)) + many) / np.arange(1, len(taken) + 1)).min()
    return np.asarray(np.maximum(level - taken, 1e-9))
