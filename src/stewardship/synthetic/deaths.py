"""What the register of deaths sends."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, nhs_numbers
from stewardship.synthetic.lives import Flags, Health, People, Plan
from stewardship.synthetic.use.rates import dies_in_hospital

Positions = npt.NDArray[np.int64]
PLACES = ("Hospital", "Home", "Care home", "Hospice", "Elsewhere")
_OUTSIDE = (
    0.68,
    0.15,
    0.11,
    0.06,
)  # of deaths outside hospitals and care homes: at home, in a care home, hospice, else
_IN_CARE_HOME = (0.04, 0.95, 0.0, 0.01)  # the same of people who live in one

# What is told as contributing, by the condition it is, the likeliest first.
CONTRIBUTORY = {
    "dementia": "F03", "copd": "J449", "heart_failure": "I509", "chronic_kidney_disease": "N189",
    "type_2_diabetes": "E119", "atrial_fibrillation": "I489", "coronary_heart_disease": "I259", "stroke": "I694",
    "alcohol_dependence": "F102", "severe_frailty": "R54", "hypertension": "I10",
}  # fmt: skip
_TOLD = 0.55  # share of those conditions that are told


def deaths(plan: Plan, people: People, health: Health) -> Extract:
    """Who died by the last day, of what and where; the same whenever it is drawn."""
    rng = stream(plan.seed, people.batch, "deaths told")
    who = np.flatnonzero(people.death <= plan.last)
    first, second = _contributory(rng, people, health, who)
    place = _place(rng, people, dies_in_hospital(plan, people), who)
    causes, cause = np.unique(health.cause[who], return_inverse=True)
    told = tuple(CONTRIBUTORY.values())
    table = pa.table(
        {
            "NHSNumber": nhs_numbers(people.number[who]),
            "DateOfDeath": days(people.death[who]),
            "UnderlyingCauseICD10": chosen([str(code) for code in causes], cause),
            "ContributoryCause_01": chosen(told, first),
            "ContributoryCause_02": chosen(told, second),
            "PlaceOfDeath": chosen(PLACES, place),
        }
    )
    return Extract("deaths", "deaths", None, table)


def _contributory(
    rng: np.random.Generator, people: People, health: Health, who: Positions
) -> tuple[Positions, Positions]:
    """Positions among what is told of the first and the second contributory cause; -1 for none."""
    has = np.stack([health.onset[condition][who] <= people.death[who] for condition in CONTRIBUTORY])
    kind = health.cause[who].astype("<U3")
    other = np.stack([kind != code[:3] for code in CONTRIBUTORY.values()])
    told = has & other & (rng.random(has.shape) < _TOLD)
    order = np.cumsum(told, axis=0) * told
    return _nth(order, 1), _nth(order, 2)


def _nth(order: npt.NDArray[np.int64], nth: int) -> Positions:
    found = order == nth
    return np.where(found.any(axis=0), found.argmax(axis=0), -1)


def _place(rng: np.random.Generator, people: People, in_hospital: Flags, who: Positions) -> Positions:
    chance = rng.random(len(who))[:, None]
    upto = np.where(people.care_home[who][:, None], np.cumsum(_IN_CARE_HOME), np.cumsum(_OUTSIDE))
    return np.where(in_hospital[who], 0, 1 + np.minimum((chance > upto).sum(axis=1), 3))
