"""What follows from a condition in some who have it: complications, a heart attack, spread of a cancer."""

import numpy as np

from stewardship.synthetic.lives import NEVER, Days, Share
from stewardship.synthetic.tables import published

YEAR = 365.25
_FRAILER = 0.3  # more likely by this share with each standard deviation of frailty


def consequences(
    rng: np.random.Generator, onset: dict[str, Days], frailty: Share, seen: Days
) -> dict[str, Days]:
    """The days that follow-on conditions began, by key; `onset` must have those they follow from."""
    found = {}
    for row in published("consequences"):
        since = first_of(onset, row["of"])
        chance = float(row["share"]) * np.exp(_FRAILER * frailty - _FRAILER**2 / 2)
        later = since + rng.exponential(float(row["years"]) * YEAR / 2, len(since))
        has = (since < NEVER) & (rng.random(len(since)) < chance) & (later <= seen)
        found[row["key"]] = np.where(has, later, NEVER).astype(np.int32)
    return found


def first_of(onset: dict[str, Days], key: str) -> Days:
    """The first day of a condition, or of any of its kinds: `diabetes` is either type, `cancer` any site."""
    kinds = {
        "diabetes": [name for name in onset if name in ("type_1_diabetes", "type_2_diabetes")],
        "cancer": [name for name in onset if name.startswith("cancer_")],
    }
    return np.asarray(np.minimum.reduce([onset[name] for name in kinds.get(key, [key])]), dtype=np.int32)
