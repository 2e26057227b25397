"""One of several things for each contact, by who the person is."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.lives import Days, Health, People
from stewardship.synthetic.use.conditions import since
from stewardship.synthetic.use.times import Positions


def suited(
    rng: np.random.Generator,
    table: Sequence[dict[str, str]],
    bands: Sequence[str],
    edges: Sequence[int],
    people: People,
    health: Health,
    who: Positions,
    day: Days,
) -> Positions:
    """A row of the table for each contact, drawn by weight.

    bands: headings of the weights by age; edges: years of age at which the next band begins. A row weighs `times` as
    much for who has its `condition`; nothing for who does not, where `only` is Y, nor for the other `sex`.
    """
    band = np.digitize((day - people.birth[who]) * np.float32(1 / 365.25), edges).astype(np.int8)
    upto = np.zeros((len(table), len(who)), dtype=np.float32)
    total = np.zeros(len(who), dtype=np.float32)
    for number, row in enumerate(table):
        weight = np.array([float(row[name]) for name in bands], dtype=np.float32)[band]
        if row["sex"]:
            weight *= people.female[who] == (row["sex"] == "F")
        if row["condition"]:
            without = np.float32(0 if row["only"] == "Y" else 1)
            weight *= np.where(since(health, row["condition"])[who] <= day, np.float32(row["times"]), without)
        total += weight
        upto[number] = total
    drawn = rng.random(len(who), dtype=np.float32) * total
    return counted(upto, drawn)


def counted(upto: npt.NDArray[np.float32], drawn: npt.NDArray[np.float32]) -> Positions:
    """How many rows of added weights each number has passed."""
    found = np.zeros(len(drawn), dtype=np.int32)
    for row in upto:
        found += row <= drawn
    return np.minimum(found, len(upto) - 1)
