"""Who the invented residents are: age, sex, ethnicity, home and practice.

Ages and sexes follow the registered population of a real system of about 1.3 million people in April 2026, in
thousands (computed from NHS England's counts of patients registered at GP practices).
"""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from stewardship.records.places import Places, PlacesError
from stewardship.records.places.spread import homes_by_chance, practices_by_chance
from support.invented_omop.concepts import Text, Whole

Share = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
YEAR = 365.25

# Group -> share of people at 40, and the codes of NHS 2001 that they gave with their weights.
ETHNICITY = {
    "White": (0.780, {"A": 90, "B": 1, "C": 9}),
    "Asian": (0.085, {"H": 40, "J": 20, "K": 15, "L": 20, "R": 5}),
    "Black": (0.065, {"N": 75, "M": 15, "P": 10}),
    "Mixed": (0.030, {"D": 40, "E": 20, "F": 20, "G": 20}),
    "Other": (0.015, {"S": 100}),
    "Not known": (0.025, {"Z": 70, "": 30}),
}


@dataclass(frozen=True)
class People:
    """The residents, one element of each array a person; days count from 1 January 1970.

    deprived: from 0, a home in the least deprived small area of England, to 1, in the most deprived.
    arrived: the day each became a resident; practice: None where no practice is known.
    """

    person: Whole
    birth: Whole
    female: Flags
    group: Text
    ethnicity: Text
    area: Text
    deprived: Share
    practice: Text
    arrived: Whole

    def age(self, day: Whole | int) -> Share:
        """Age in years on a day."""
        return np.asarray((day - self.birth) / YEAR, dtype=np.float64)


@dataclass(frozen=True)
class Stay:
    """First and last day on which each person is seen, and whether the last is the day of death."""

    first: Whole
    last: Whole
    died: Flags


def day_number(day: date) -> int:
    """Days since 1 January 1970."""
    return (day - date(1970, 1, 1)).days


def drawn_evenly(rng: np.random.Generator, chance: Share, order: Whole) -> Flags:
    """Who is drawn, each with their own chance, evenly along an order, so that small groups get their share.

    Systematic sampling: along the order, one is drawn each time the chances add up to another whole.
    """
    upto = np.floor(np.cumsum(chance[order]) + rng.random())
    drawn = np.zeros(len(chance), dtype=bool)
    drawn[order] = np.diff(upto, prepend=0) >= 1
    return drawn


def invent_people(residents: int, seed: int, as_of: date, places: Places) -> People:
    """Residents of the places, spread over small areas in proportion to their population."""
    if not places.residents:
        raise PlacesError(
            "The places have no small areas with a population, so residents cannot be invented for them; "
            "read them from a folder with lsoa21_lookup.csv, or use the invented places."
        )
    rng = np.random.default_rng([seed, 1])
    person = np.arange(1, residents + 1, dtype=np.int64)
    years, female = _ages(rng, residents)
    birth = day_number(as_of) - np.floor(years * YEAR).astype(np.int64)
    area = homes_by_chance(person, places, seed)
    deprived = _deprived(area, places)
    group, ethnicity = _ethnicity(rng, years, deprived)
    practice = np.full(residents, None, dtype=object)
    if places.patients is not None:
        practice = practices_by_chance(person, area, places.patients, seed)
    return People(
        person=person, birth=birth, female=female, group=group, ethnicity=ethnicity, area=area,
        deprived=deprived, practice=practice, arrived=_arrived(rng, birth, as_of),
    )  # fmt: skip


def _ages(rng: np.random.Generator, residents: int) -> tuple[Share, Flags]:
    with Path(__file__).with_name("age_structure.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    youngest = np.array([float(row["youngest"]) for row in rows] * 2)
    oldest = np.array([float(row["oldest"]) for row in rows] * 2)
    weight = np.array([float(row[sex]) for sex in ("female", "male") for row in rows])
    drawn = rng.choice(len(weight), size=residents, p=weight / weight.sum())
    years = youngest[drawn] + rng.random(residents) * (oldest[drawn] + 1 - youngest[drawn])
    return years, drawn < len(rows)


def _deprived(area: Text, places: Places) -> Share:
    """The deprivation of each home from its tenth, in the middle of it; half way where that is not known."""
    tenths = {
        row["code"]: row["deprivation_decile"]
        for row in places.small_area.to_pylist()
        if row["deprivation_edition"] == places.deprivation_edition
    }
    return np.array([1 - (tenths[code] - 0.5) / 10 if tenths[code] else 0.5 for code in area])


def _ethnicity(rng: np.random.Generator, years: Share, deprived: Share) -> tuple[Text, Text]:
    """Groups and codes; groups other than White are younger and live in more deprived areas."""
    groups = list(ETHNICITY)
    shares = np.array([share for share, _ in ETHNICITY.values()])
    weights = np.tile(shares, (len(years), 1))
    lift = np.clip(1.5 - years / 80, 0.4, None) * (0.7 + 0.6 * deprived)
    weights[:, 1:5] *= lift[:, None]
    upto = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    drawn = np.minimum((rng.random(len(years))[:, None] > upto).sum(axis=1), len(groups) - 1)
    codes = np.full(len(years), "", dtype=object)
    for number, (_, given) in enumerate(ETHNICITY.values()):
        of = drawn == number
        weight = np.array(list(given.values())) / sum(given.values())
        codes[of] = np.array(list(given), dtype=object)[rng.choice(len(given), size=of.sum(), p=weight)]
    return np.array(groups, dtype=object)[drawn], codes


def _arrived(rng: np.random.Generator, birth: Whole, as_of: date) -> Whole:
    """Most people came long before the five years that are told; one in ten came during them."""
    years_ago = np.where(
        rng.random(len(birth)) < 0.1, rng.uniform(0.1, 5, len(birth)), rng.uniform(6, 40, len(birth))
    )
    came: Whole = np.maximum(birth, day_number(as_of) - np.floor(years_ago * YEAR).astype(np.int64))
    return came
