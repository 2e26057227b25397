"""Who is on the lists of practices on the last day, counted: what is published of them, and what a census says."""

from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.lives import People, Plan, Whole
from stewardship.synthetic.places import Places

# Lists hold people who have moved away and are not yet taken off. Source: about a tenth more than residents in England
# (63.7 million on lists, 57.7 million residents, mid-2023); half of that here, for nobody here is on a list in vain.
LISTED_FOR_A_RESIDENT = 1.05
YOUNGEST = (0, 16, 25, 35, 50, 65)  # of the age groups of the census tables of small areas
_NOBODY = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Listed:
    """People on lists: by small area and age group, and by practice and small area."""

    by_age: Whole
    by_practice: Whole

    @classmethod
    def nobody(cls, places: Places) -> "Listed":
        """Nobody at all."""
        areas, practices = len(places.areas.code), len(places.practices.code)
        return cls(
            _counted(_NOBODY, _NOBODY, areas, len(YOUNGEST)), _counted(_NOBODY, _NOBODY, practices, areas)
        )

    def __add__(self, other: "Listed") -> "Listed":
        return Listed(self.by_age + other.by_age, self.by_practice + other.by_practice)


def listed_of(plan: Plan, places: Places, people: People) -> Listed:
    """Those of a batch on the last day of the plan."""
    here = np.flatnonzero((people.start <= plan.last) & (np.minimum(people.end, people.death) > plan.last))
    area, practice = people.area[here].astype(np.int64), people.practice[here].astype(np.int64)
    group = np.searchsorted(YOUNGEST, people.age(plan.last)[here], side="right") - 1
    areas, practices = len(places.areas.code), len(places.practices.code)
    return Listed(_counted(area, group, areas, len(YOUNGEST)), _counted(practice, area, practices, areas))


def residents(listed: Listed) -> Whole:
    """Usual residents by small area and age group, as a census would count them."""
    return np.rint(listed.by_age / LISTED_FOR_A_RESIDENT).astype(np.int64)


def _counted(row: Whole, column: Whole, rows: int, columns: int) -> Whole:
    return np.bincount(row * columns + column, minlength=rows * columns).reshape(rows, columns)
