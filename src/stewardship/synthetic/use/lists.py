"""What is written down beside the making of use: rates, reasons and codes, read from the lists of this folder."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

AGES = 121
Table = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Stream:
    """A kind of contact, and how often it happens.

    per_year: contacts a registered person-year, or an adult's. per_frail_year: the same of people known to have
    frailty, None where they follow from everything else. of: `everyone` or `adults`. frailty: what the logarithm of the
    rate rises by with one standard deviation. most: times as often at most, by conditions and frailty together.
    most_over_least: the most deprived fifth over the least, all else alike. near_death: times as often in the last 90
    days of life. winter: how far January is above the mean year. saturday, sunday: of a working day. planned: whether
    care is planned, so that the under-served get less of it. source: of per_year.
    """

    key: str
    per_year: float
    per_frail_year: float | None
    of: str
    frailty: float
    most: float
    most_over_least: float
    near_death: float
    winter: float
    saturday: float
    sunday: float
    planned: bool
    source: str


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of the lists, by heading."""
    with Path(__file__).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def streams() -> tuple[Stream, ...]:
    """Every stream of contacts, in one order."""
    return tuple(
        Stream(
            key=row["stream"],
            per_frail_year=float(row["per_frail_year"]) if row["per_frail_year"] else None,
            of=row["of"],
            planned=row["planned"] == "Y",
            source=row["source"],
            **{name: float(row[name]) for name in _NUMBERS},
        )
        for row in rows("streams")
    )


_NUMBERS = ("per_year", "frailty", "most", "most_over_least", "near_death", "winter", "saturday", "sunday")


@cache
def position(stream: str) -> int:
    """Where a stream stands among all."""
    return [each.key for each in streams()].index(stream)


@cache
def log_rate_by_age() -> Table:
    """Logarithm of the relative rate: stream, sex (0 male, 1 female), whole years of age up to 120.

    Shapes remembered from the statistics by age that `streams.csv` names.
    """
    found = np.zeros((len(streams()), 2, AGES), dtype=np.float32)
    for row in rows("ages"):
        knots = [int(heading) for heading in row if heading.isdigit()]
        rates = np.interp(np.arange(AGES), knots, [float(row[str(knot)]) for knot in knots])
        found[position(row["stream"]), int(row["sex"] == "F")] = np.log(np.maximum(rates, 1e-9))
    return found


def log_rate_by_condition(conditions: Sequence[str]) -> Table:
    """Logarithm of how many times as often people with a condition have a contact: stream, condition."""
    told = {row["condition"]: row for row in rows("conditions")}
    return np.array(
        [
            [np.log(float(told[condition].get(stream.key, 1))) for condition in conditions]
            for stream in streams()
        ],
        dtype=np.float32,
    )


@cache
def conditions() -> tuple[str, ...]:
    """The conditions that change how often people have contacts."""
    return tuple(row["condition"] for row in rows("conditions"))
