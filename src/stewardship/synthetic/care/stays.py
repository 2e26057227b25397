"""When a resident is there to be cared for: registered, alive, and within the years that are told."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.lives import Days, Health, People, Plan, Share

YEAR = 365.25
Positions: TypeAlias = npt.NDArray[np.integer]
Numbers: TypeAlias = npt.NDArray[np.floating]


@dataclass(frozen=True)
class Stay:
    """First and last day of each person within the years told; whoever has none has a last day before the first."""

    first: Days
    last: Days

    @property
    def years(self) -> Share:
        """Length of each stay in years, 0 for who has none."""
        return np.asarray(np.clip(self.last.astype(np.int64) - self.first + 1, 0, None) / YEAR)

    @property
    def middle(self) -> Days:
        """The day halfway."""
        return np.asarray((self.first.astype(np.int64) + self.last) // 2, dtype=np.int32)


def stay_of(plan: Plan, people: People) -> Stay:
    """The part of each person's registration that falls within the years told."""
    return Stay(
        np.asarray(np.maximum(np.maximum(people.start, people.birth), plan.first), dtype=np.int32),
        np.asarray(np.minimum(np.minimum(people.end, people.death), plan.last), dtype=np.int32),
    )


def since_any(health: Health, conditions: tuple[str, ...]) -> Days:
    """The day the first of several conditions was first recorded; NEVER where none is.

    `cancer` stands for cancer of any site.
    """
    days = [onset for condition in conditions for onset in _onsets(health, condition)]
    return np.asarray(np.minimum.reduce(days), dtype=np.int32)


def _onsets(health: Health, condition: str) -> list[Days]:
    if condition == "cancer":
        return [onset for key, onset in health.onset.items() if key.startswith("cancer_")]
    return [health.onset[condition]]
