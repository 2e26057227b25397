"""Moves within the system: where people lived and which practice they were with before they came to where they are.

One move a person at most is told, of the years that are told; a practice that closes brings its people to another.
"""

from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.chance import stream
from stewardship.synthetic.homes import practice_near
from stewardship.synthetic.lives import NEVER, Days, People, Plan, Small, Whole
from stewardship.synthetic.places import Places

YEAR = 365.25
MOVING = 0.045  # of households move within the system in a year
_INTO_CARE = 0.4  # of care home residents come to it in a year
_KEEP_PRACTICE = 0.45  # share of those who move who stay with their practice
_FROM_THE_CLOSED = 0.45  # share of the people of a practice that took over another's who came from there
_PEOPLE = 2**40  # sets the former homes of single people apart from those of households
_SOON = 30  # days that people stay anywhere at least


@dataclass(frozen=True)
class Moves:
    """Of each person: the day they moved within the system, NEVER if they did not, and where they came from.

    registered: the day they came to their practice; `former` the one they were with before. Both days are the first of
    the new.
    """

    moved: Days
    area: Small
    household: Whole
    registered: Days
    former: Small


def moves_of(plan: Plan, places: Places, people: People) -> Moves:
    """The moves of a batch; the same whenever they are drawn."""
    rng = stream(plan.seed, people.batch, "moves")
    last = np.minimum(people.end, plan.last)
    homes, home = np.unique(people.household, return_inverse=True)
    together = rng.exponential(YEAR / MOVING, len(homes))[home]
    alone = rng.exponential(YEAR / _INTO_CARE, len(people))
    moved = (last - np.where(people.care_home, alone, together)).astype(np.int32)
    told = (moved > people.start + _SOON) & (moved < last - _SOON) & (moved > plan.first)
    moved = np.where(told, moved, NEVER).astype(np.int32)
    area = _area_before(rng, places, people.area, home, len(homes))
    elsewhere = (rng.random(len(homes)) >= _KEEP_PRACTICE)[home] & told
    former = np.where(elsewhere, practice_near(rng, places, area), people.practice).astype(np.int16)
    registered = np.where(former != people.practice, moved, NEVER).astype(np.int32)
    registered, former = _after_closing(rng, places, people, registered, former, home, last)
    household = np.where(people.care_home, -people.number - _PEOPLE, -people.household)
    return Moves(moved, area, household, registered, former)


def _area_before(rng: np.random.Generator, places: Places, area: Small, home: Whole, homes: int) -> Small:
    """An area of the same locality for each household."""
    before = np.zeros(homes, dtype=np.int16)
    before[home] = area
    for locality in range(len(places.localities.code)):
        here = np.flatnonzero(places.areas.locality[before] == locality)
        near = np.flatnonzero(places.areas.locality == locality)
        before[here] = near[rng.integers(0, len(near), len(here))]
    return before[home]


def _after_closing(
    rng: np.random.Generator,
    places: Places,
    people: People,
    registered: Days,
    former: Small,
    home: Whole,
    last: Days,
) -> tuple[Days, Small]:
    """Some people of a practice that took over a closed one were with that until it closed."""
    registered, former = registered.copy(), former.copy()
    came = (rng.random(int(home.max(initial=-1)) + 1) < _FROM_THE_CLOSED)[home]
    for closed in np.flatnonzero(places.practices.successor >= 0):
        day = int(places.practices.closed[closed]) + 1
        here = (people.practice == places.practices.successor[closed]) & (registered == NEVER)
        who = here & came & (people.start < day - _SOON) & (last >= day)
        registered[who], former[who] = day, closed
    return registered, former
