"""What is read or noted of residents, and on which occasions: three tables beside this file.

`kinds.csv`: each kind's SNOMED CT code, unit as the reader spells it, digits after the point, and by what share of what
is typical of the person readings are apart. The codes of screening other than bowel, and of the health check of people
with learning disability, are those in common use in general practice, not confirmed against the national reference
sets.
`occasions.csv`: who is seen (has one of `who`, of that age and sex), every how many years, the chance, what it rises by
with each fifth of less deprivation, how steady a person is from time to time, and what is recorded with which chance;
`besides` is drawn apart, so that what stands there leaves all other readings as they are.
`seldom.csv`: readings taken on other occasions, items a year in relation to each other, times `with_age` with each 20
years beyond 40.
Sources of chances: Quality and Outcomes Framework 2024/25 for the system's places (blood pressure of people with
hypertension, screening, MMR), GP learning disability and severe mental illness health checks 2024/25, seasonal
influenza uptake 2023/24; the rest is plausible and not measured.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from stewardship.synthetic.lives import Share


@dataclass(frozen=True)
class Kind:
    """A kind of reading or note; spread None for a note, which has no value. least, most: limits of a value."""

    key: str
    code: str
    unit: str
    digits: int
    spread: float | None
    least: float
    most: float


@dataclass(frozen=True)
class Occasion:
    """When residents are seen, who, and what is recorded then.

    every: years from one to the next; 0 for what happens once. once: `since` the condition, or on being `aged`;
    `record`: rounds that go on before someone registers here, as the record comes with them. season: `flu` or `spring`.
    steady: correlation of a person's taking part from one time to the next.
    """

    key: str
    who: tuple[str, ...]
    ages: tuple[float, float]
    sex: str
    every: float
    chance: float
    a_fifth: float
    steady: float
    once: str
    season: str
    recorded: tuple[tuple[str, float], ...]
    besides: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Seldom:
    """A reading taken when someone happens to be there."""

    key: str
    ages: tuple[int, int]
    a_year: float
    with_age: float


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds; a kind is known by its position here. Those with a value come first."""
    return tuple(
        Kind(
            row["key"], row["code"], row["unit"], int(row["digits"] or 0),
            float(row["spread"]) if row["spread"] else None, float(row["least"] or 0), float(row["most"] or 0),
        )
        for row in _rows("kinds")
    )  # fmt: skip


@cache
def positions() -> dict[str, int]:
    """Position of each kind by its key."""
    return {kind.key: position for position, kind in enumerate(kinds())}


@cache
def occasions() -> tuple[Occasion, ...]:
    """The occasions, in the table's order."""
    return tuple(
        Occasion(
            key=row["occasion"], who=tuple(row["who"].split("|")) if row["who"] else (),
            ages=(float(row["from_age"]), float(row["to_age"])), sex=row["sex"], every=float(row["every"]),
            chance=float(row["chance"]), a_fifth=float(row["a_fifth"]), steady=float(row["steady"]),
            once=row["once"], season=row["season"],
            recorded=_chances(row["recorded"]), besides=_chances(row["besides"]),
        )
        for row in _rows("occasions")
    )  # fmt: skip


@cache
def seldom() -> tuple[Seldom, ...]:
    """What is read on other occasions."""
    return tuple(
        Seldom(
            row["key"],
            (int(row["from_age"]), int(row["to_age"])),
            float(row["a_year"]),
            float(row["with_age"]),
        )
        for row in _rows("seldom")
    )


@cache
def of_kinds(field: str) -> Share:
    """`spread`, `digits`, `least` or `most` of every kind, by position; a spread is 0 where there is no value."""
    return np.array([getattr(kind, field) or 0.0 for kind in kinds()])


def _chances(told: str) -> tuple[tuple[str, float], ...]:
    """What is recorded and its chance, of "pulse:0.7|smoking:0.8"."""
    pairs = (part.split(":") for part in told.split("|") if part)
    return tuple((name, float(chance)) for name, chance in pairs)


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
