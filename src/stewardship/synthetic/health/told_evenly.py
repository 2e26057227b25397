"""Conditions that many die of are found as often in each year that is told.

Who dies of a condition within the years told was found before that, so onsets of the dead become fewer towards the last
day; those who will die of it afterwards are among the living. Onsets of the living within the years told are moved,
in their order, so that with those of everybody else they are spread evenly. As many have the condition on the first day
as before, and as many on the last.
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
    room = _room(np.histogram(days[staying], edges)[0], len(who))
    upto = np.concatenate([[0.0], np.cumsum(room)])
    wanted = (np.arange(len(who)) + 0.5) * upto[-1] / max(len(who), 1)
    at = np.floor(np.interp(wanted, upto, edges)).astype(np.int32)
    days[who] = np.clip(at, np.maximum(people.start, people.birth)[who], plan.last)
    return days


def _room(taken: Share, many: int) -> Share:
    """How many of some more belong into each part, so that there are as many in each as far as can be."""
    return np.asarray(np.maximum((taken.sum() + many) / len(taken) - taken, 1e-9))
