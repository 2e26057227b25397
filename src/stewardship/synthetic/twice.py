"""People who are registered twice: under two NHS numbers, of which the older is found to be superseded."""

from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.chance import stream
from stewardship.synthetic.homes import practice_near
from stewardship.synthetic.lives import NEVER, Days, People, Plan, Small, Whole
from stewardship.synthetic.places import Places

SHARE = 0.003  # of everybody ever registered
ENDED = 0.6  # share of the older registrations that have been ended
OLD_PROBLEMS = 0.3  # share of what was recorded of them before the newer number that is under the older
_LEAST_STAY = 800  # days here


@dataclass(frozen=True)
class Twice:
    """who: positions among the people. number: of the older record. practice: of it; ended: its last day, or NEVER.

    found: the day from which only the newer number is used.
    """

    who: Whole
    number: Whole
    practice: Small
    found: Days
    ended: Days


def registered_twice(plan: Plan, places: Places, people: People) -> Twice:
    """Who of a batch is registered twice; the same whenever it is drawn."""
    rng = stream(plan.seed, people.batch, "registered twice")
    last = np.minimum(people.end, plan.last)
    may = (last - np.maximum(people.start, plan.first) > _LEAST_STAY) & ~people.care_home
    who = np.flatnonzero(may & (rng.random(len(people)) < SHARE))
    found = plan.first + np.floor(rng.uniform(0.2, 0.9, len(who)) * (last[who] - plan.first)).astype(np.int32)
    found = np.maximum(found, people.start[who] + 60).astype(np.int32)
    ended = np.where(rng.random(len(who)) < ENDED, np.minimum(found + 200, last[who]), NEVER).astype(np.int32)
    ended = np.where(people.end[who] < NEVER, np.minimum(ended, people.end[who]), ended).astype(np.int32)
    return Twice(
        who=who,
        number=int(people.number.max(initial=0)) + 1 + np.arange(len(who)),
        practice=practice_near(rng, places, people.area[who]),
        found=found,
        ended=ended,
    )
