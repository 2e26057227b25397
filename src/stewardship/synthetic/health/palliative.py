"""Since when people are on the palliative care register: most for months, some for years with a slow illness."""

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.chance import stream
from stewardship.synthetic.lives import NEVER, Days, People, Plan, Share

YEAR = 365.25
OF_CANCER, OF_OTHERS = 0.75, 0.28  # share of the dead who were on it; together some two in five
_GROWN = 18  # years: children who die are rarely on it
_SOON, _YEARS_SOON, _YEARS_LATE = (
    0.75,
    0.35,
    4.4,
)  # share who die of it soon; mean years to death of these and others


def palliative_care(plan: Plan, people: People, onset: Days, cause: npt.NDArray[np.str_]) -> Days:
    """The day people came onto the register.

    onset: of the living, whoever has one is on it; as many as published. cause: of death, as ICD-10. Of the living,
    each has been on it as long as they would be had the dead come onto it at the same rate throughout.
    """
    rng = stream(plan.seed, people.batch, "palliative care")
    died = people.death <= plan.last
    chance = np.where(np.char.startswith(cause, "C"), OF_CANCER, OF_OTHERS)
    grown = people.death - people.birth >= _GROWN * YEAR
    drawn = rng.random(len(people)) < chance
    of_soon = _SOON * _YEARS_SOON
    still = of_soon / (of_soon + (1 - _SOON) * _YEARS_LATE)
    years = np.where(died, _years(rng, len(people), _SOON), _years(rng, len(people), still))
    seen = np.minimum(people.end, plan.last)
    day = np.maximum(seen - np.round(years * YEAR), people.birth)
    return np.where(np.where(died, drawn & grown, onset < NEVER), day, NEVER).astype(np.int32)


def _years(rng: np.random.Generator, many: int, soon: float) -> Share:
    mean = np.where(rng.random(many) < soon, _YEARS_SOON, _YEARS_LATE)
    return np.asarray(mean * rng.exponential(1.0, many))
