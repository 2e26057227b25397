"""What the dead of a batch died of, which goes together with what they had."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.lives import NEVER, Days, People, Share
from stewardship.synthetic.tables import published

YEAR = 365.25
_FROM = np.array([0, 1, 15, 35, 50, 65, 80])  # the youngest of each column of the table
_WITH_IT = 3.0  # times as likely of a condition that one has than of one that one has not
_KNOWN_FOR = (
    1.1  # years, on average, that a condition is recorded before one dies of it where it was not already
)
_KNOWN_FOR_LESS = {
    "cancer_lung": 0.5,
    "cancer_other": 0.5,
}  # the same of cancers that most die of within a year
_RECORDED = 0.92  # share of those who die of a condition that was not recorded who have it recorded before


@dataclass(frozen=True)
class Causes:
    """codes: of each cause. of: the condition that goes before it, or empty. weight: by sex, fifth, age band, cause."""

    codes: tuple[tuple[str, ...], ...]
    of: tuple[str, ...]
    weight: Share


@cache
def causes() -> Causes:
    """The published shares of causes."""
    rows = published("causes")
    columns = [f"at_{age}" for age in _FROM]
    by_age = np.array([[float(row[column]) for row in rows] for column in columns])
    by_sex = np.array([[row["sex"] in ("both", sex) for row in rows] for sex in "MF"])
    deprived = np.array([float(row["deprived"]) for row in rows])
    by_fifth = deprived ** ((2 - np.arange(5)[:, None]) / 4)
    weight = by_sex[:, None, None, :] * by_fifth[None, :, None, :] * by_age[None, None, :, :]
    return Causes(
        tuple(tuple(row["codes"].split()) for row in rows), tuple(row["of"] for row in rows), weight
    )


def causes_of(
    rng: np.random.Generator, people: People, onset: dict[str, Days]
) -> tuple[npt.NDArray[np.str_], dict[str, Days]]:
    """The underlying cause of each death, empty for the living; and onsets in which those conditions are there."""
    told = causes()
    dead = np.flatnonzero(people.death < NEVER)
    age = (people.death[dead] - people.birth[dead]) / YEAR
    band = np.searchsorted(_FROM, np.maximum(age, 0), side="right") - 1
    weight = told.weight[people.female[dead].astype(np.int64), people.fifth[dead] - 1, band].copy()
    for cause, condition in enumerate(told.of):
        if condition:
            weight[:, cause] *= np.where(onset[condition][dead] <= people.death[dead], _WITH_IT, 1.0)
    upto = np.cumsum(weight, axis=1)
    drawn = (rng.random(len(dead))[:, None] * upto[:, -1:] > upto).sum(axis=1)
    code = np.array([codes[0] for codes in told.codes])[drawn]
    other = np.array([codes[-1] for codes in told.codes])[drawn]
    middle = np.array([codes[len(codes) // 2] for codes in told.codes])[drawn]
    which = rng.random(len(dead))
    underlying = np.full(len(people), "", dtype="<U4")
    underlying[dead] = np.where(which < 0.5, code, np.where(which < 0.75, middle, other))
    return underlying, _recorded(rng, people, onset, dead, np.array(told.of)[drawn])


def _recorded(
    rng: np.random.Generator,
    people: People,
    onset: dict[str, Days],
    dead: npt.NDArray[np.intp],
    of: npt.NDArray[np.str_],
) -> dict[str, Days]:
    """Onsets with those of the conditions that people died of, if they were not known before."""
    years = np.array([_KNOWN_FOR_LESS.get(condition, _KNOWN_FOR) for condition in of.tolist()])
    before = people.death[dead] - rng.exponential(years * YEAR, len(dead))
    known = rng.random(len(dead)) < _RECORDED
    found = dict(onset)
    for condition in set(of.tolist()) - {""}:
        mine = (of == condition) & known
        days = onset[condition].copy()
        who = dead[mine]
        days[who] = np.minimum(days[who], np.maximum(before[mine], people.birth[who]).astype(np.int32))
        found[condition] = days
    return found
