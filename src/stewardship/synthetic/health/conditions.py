"""How many have each condition, by age, sex and deprivation.

Each has a published share of the people of its ages. Its shape by age and its ratios by sex and deprivation are
multiplied so that they come to that share in the published population.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from stewardship.synthetic.lives import Share
from stewardship.synthetic.population import population_shares
from stewardship.synthetic.tables import published
from stewardship.synthetic.under_served import under_served_shares

OLDEST = 110
MOST = 0.9  # of any group have any condition
UNDER_SERVED_TIMES = (
    1.4  # as many of the under-served group have each long-term condition as of others like them
)
NOBODY = 9.0  # standard deviations that nobody reaches


@dataclass(frozen=True)
class Condition:
    """One condition of the table of published shares.

    code: SNOMED CT. share: of the people from the age of `youngest`. frailty: its correlation with personal frailty.
    group: conditions of a group go together beyond that; empty for none.
    """

    key: str
    code: str
    term: str
    share: float
    youngest: int
    source: str
    frailty: float
    group: str


def _condition(row: dict[str, str]) -> Condition:
    return Condition(
        key=row["key"], code=row["code"], term=row["term"], share=float(row["per_cent"]) / 100,
        youngest=int(row["youngest"]), source=row["source"], frailty=float(row["frailty"]), group=row["group"],
    )  # fmt: skip


CONDITIONS = {row["key"]: _condition(row) for row in published("conditions")}
"""The conditions of the table, by key; others follow from them (see `consequences`)."""

NON_DIABETIC_HYPERGLYCAEMIA = Condition(
    "non_diabetic_hyperglycaemia", "15777000", "Prediabetes", 0.075, 18, "England", 0.35, "metabolic"
)


@cache
def shares_of(key: str) -> Share:
    """Share who have a condition by sex (1 women), fifth and year of age: an array of 2, 5 and 111."""
    row = next(row for row in published("conditions") if row["key"] == key)
    return _scaled(row, CONDITIONS[key].share, CONDITIONS[key].youngest)


def _scaled(row: dict[str, str], share: float, youngest: int) -> Share:
    at = np.arange(0, 100, 10)
    by_age = np.interp(np.arange(OLDEST + 1), at, [float(row[f"at_{age}"]) for age in at])
    by_sex = _by_sex(row["women"])
    people = population_shares()
    by_fifth = float(row["deprived"]) ** ((2 - np.arange(5)) / 4)
    of_age = np.maximum(people.sum(axis=0), 1e-12)
    of_age = of_age / of_age.sum(axis=0)
    gradient = by_fifth[:, None] / (of_age * by_fifth[:, None]).sum(axis=0)
    relative = by_sex[:, None, None] * gradient * by_age
    counted = people[:, :, youngest:] / people[:, :, youngest:].sum()
    factor = share / (counted * relative[:, :, youngest:]).sum()
    for _ in range(3):  # what is cut off at the most goes to the others
        found = np.minimum(relative * factor, MOST)
        factor *= share / (counted * found[:, :, youngest:]).sum()
    return np.asarray(np.minimum(relative * factor, MOST))


def _by_sex(women: str) -> Share:
    """How common a condition is in men and in women, from how many times as common it is in women.

    women: a number; or `only` or `none`, where women alone or men alone can have it.
    """
    if women in ("only", "none"):
        return np.array([0.0, 2.0] if women == "only" else [2.0, 0.0])
    times = float(women)
    return np.array([2 / (1 + times), 2 * times / (1 + times)])


@cache
def hyperglycaemia_shares() -> Share:
    """Share with diabetes of type 2 or raised glucose short of it: the latter follows the shape of the former."""
    row = next(row for row in published("conditions") if row["key"] == "type_2_diabetes")
    milder = {
        f"at_{age}": value
        for age, value in zip(range(0, 100, 10), (0, 0, 0.5, 2, 5, 9, 14, 18, 19, 17), strict=True)
    }
    short_of = NON_DIABETIC_HYPERGLYCAEMIA
    beyond = _scaled(
        {**row, **{age: str(value) for age, value in milder.items()}, "deprived": "1.4", "women": "1.0"},
        short_of.share,
        short_of.youngest,
    )
    return np.asarray(np.minimum(shares_of("type_2_diabetes") + beyond, MOST))


def thresholds(shares: Share) -> npt.NDArray[np.float32]:
    """Above how many standard deviations people have a condition, by being under-served (1 yes), and as `shares`.

    Others have so much less of it that the shares stay as they are in each fifth.
    """
    member = under_served_shares()[:, None]
    others = (1 - UNDER_SERVED_TIMES * member) / (1 - member)
    both = np.minimum(np.stack([shares * others, shares * UNDER_SERVED_TIMES]), MOST)
    return np.where(both > 0, ndtri(1 - np.maximum(both, 1e-12)), NOBODY).astype(np.float32)


@cache
def limits_of(key: str) -> npt.NDArray[np.float32]:
    """Thresholds of a condition of the table: served or not, sex, fifth and age."""
    return thresholds(shares_of(key))
