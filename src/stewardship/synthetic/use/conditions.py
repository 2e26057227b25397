"""Since when people have what their use follows from."""

import numpy as np

from stewardship.synthetic.lives import NEVER, Days, Health

ANY_CANCER = "cancer"
_SMOKES, _USED_TO, _OBESE = 2, 1, 30.0


def since(health: Health, condition: str) -> Days:
    """The day each person's condition is first recorded, NEVER where it is not.

    Beside conditions, `cancer` is any cancer; `smoker`, `former_smoker` and `obese` have no beginning that is told.
    """
    if condition in health.onset:
        return health.onset[condition]
    if condition == ANY_CANCER:
        kinds = [onset for key, onset in health.onset.items() if key.startswith("cancer_")]
        return np.asarray(np.min(kinds, axis=0), dtype=np.int32)
    traits = {
        "smoker": health.smoking == _SMOKES,
        "former_smoker": health.smoking == _USED_TO,
        "obese": health.body_mass_index >= _OBESE,
    }
    return np.where(traits[condition], -NEVER, NEVER).astype(np.int32)
