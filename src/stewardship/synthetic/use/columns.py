"""Columns that stand in the extracts of several partners: about the person, and what a contact cost."""

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.extracts import chosen, days, nhs_numbers
from stewardship.synthetic.lives import ETHNIC_CATEGORIES, People, Share, Whole
from stewardship.synthetic.places import Places
from stewardship.synthetic.use.lists import rows
from stewardship.synthetic.use.times import Positions

HOSPITAL_OF_ALLIANCE = (0, 1, 2, 1)  # whose residents go to which of the trust's sites
ELSEWHERE = 0.09  # of hospital care is given by trusts of other systems; a catchment model of 2022


class Columns:
    """Columns about the people of a batch, by the position of the person."""

    def __init__(self, people: People, places: Places) -> None:
        self._people, self._places = people, places

    @cached_property
    def _numbers(self) -> pa.Array:
        return nhs_numbers(self._people.number)

    @cached_property
    def _area_codes(self) -> pa.Array:
        return pa.array(self._places.areas.code, pa.string())

    def nhs_number(self, who: Positions) -> pa.DictionaryArray:
        """NHS numbers."""
        return chosen(self._numbers, who)

    def practice(self, who: Positions) -> pa.DictionaryArray:
        """Codes of the practices where they are registered."""
        return chosen(self._places.practices.code, self._people.practice[who])

    def of_hospital(self, who: Positions) -> dict[str, pa.Array]:
        """What hospitals send of a person with every contact."""
        people = self._people
        return {
            "NHSNumber": self.nhs_number(who),
            "DateOfBirth": days(people.birth[who]),
            "Sex": chosen(["1", "2"], people.female[who].astype(np.int32)),
            "EthnicGroup": chosen(ETHNIC_CATEGORIES, people.ethnicity[who]),
            "LSOA21": chosen(self._area_codes, people.area[who]),
        }

    def hospital(self, rng: np.random.Generator, who: Positions) -> tuple[Positions, list[str], list[str]]:
        """Which hospital gives care: position among sites, the sites' codes, and the codes of their trusts."""
        sites = self._places.organisations.of("hospital site")
        trusts = self._places.organisations.of("hospital trust")
        trust_of = [next(trust for trust in trusts if site.startswith(trust)) for site in sites]
        locality = self._places.areas.locality[self._people.area[who]]
        own = np.array(HOSPITAL_OF_ALLIANCE)[self._places.localities.alliance[locality]]
        away = [number for number, trust in enumerate(trust_of) if trust != trusts[0]]
        if not away:
            return own.astype(np.int32), sites, trust_of
        elsewhere = rng.random(len(who), dtype=np.float32) < ELSEWHERE
        return np.where(elsewhere, away[0], own).astype(np.int32), sites, trust_of


def pounds() -> dict[str, int]:
    """Unit costs in pounds, by what a contact is; see `unit_costs.csv`."""
    return {row["contact"]: int(row["pounds"]) for row in rows("unit_costs")}


def unit_cost(contact: str, many: int) -> pa.Array:
    """Pence of contacts to each of which a partner's system applies the unit cost."""
    return pa.array(np.full(many, 100 * pounds()[contact], dtype=np.int64))


def spread_cost(unit: float, weight: Share) -> Whole:
    """Pence of each contact in proportion to its weight; on average the unit cost in pounds, but for rounding.

    So what is not attended, and has no weight, is paid for by what is.
    """
    if not weight.any():
        return np.zeros(len(weight), dtype=np.int64)
    return np.asarray(np.rint(unit * 100 / weight.mean() * weight), dtype=np.int64)


def picked(rng: np.random.Generator, weights: npt.ArrayLike, many: int) -> npt.NDArray[np.int8]:
    """Positions drawn with these weights."""
    upto = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.searchsorted(upto / upto[-1], rng.random(many, dtype=np.float32), side="right").astype(np.int8)
