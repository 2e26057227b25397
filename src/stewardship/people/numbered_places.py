"""Places as numbers: for each practice and each small area, the places that it lies in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import pyarrow as pa

from stewardship.people.joins import Keyed
from stewardship.records.opened import Records
from stewardship.records.places import memberships

PLACE_COLUMNS = ("practice", "network", "alliance", "local_authority", "neighbourhood")
_PRACTICE = ("practice", "network", "alliance")
_HOME = ("small_area", "neighbourhood", "local_authority", "alliance")

OF_PRACTICE = tuple(f"{level}_number" for level in _PRACTICE)
OF_HOME = (*(f"{level}_number" for level in _HOME if level != "alliance"), "alliance_of_home_number", "fifth")

Row = dict[str, Any]
Numbers = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, eq=False)
class NumberedPlaces:
    """The places of a day, numbered from 0 in the order of their codes.

    names: the codes of each of PLACE_COLUMNS, and of small areas. of_practice: the numbers of practice, network and
    alliance by code of practice. of_home: those of small area, neighbourhood, local authority and alliance, and the
    fifth of deprivation, by code of small area. anybody_registered: whether any registration names a practice of them.
    """

    names: Mapping[str, Sequence[str]]
    of_practice: Keyed
    of_home: Keyed
    anybody_registered: bool

    @classmethod
    def of(cls, records: Records, *, as_of: date) -> "NumberedPlaces":
        """The memberships that count at the date."""
        rows = memberships(records.engine.ibis.to_pyarrow(records.table("place")), as_of)
        names = {
            level: sorted({row["code"] for row in rows if row["level"] == level}) for level in PLACE_COLUMNS
        }
        numbers = {level: {code: number for number, code in enumerate(names[level])} for level in names}
        practices = _places_of(rows, "registration", "practice")
        homes = _places_of(rows, "residence", "small_area")
        fifths = _fifths(records)
        homes |= {area: {} for area in fifths if area not in homes}
        names["small_area"] = sorted(homes)
        numbers["small_area"] = {code: number for number, code in enumerate(names["small_area"])}
        homes = {area: {**homes[area], "small_area": area} for area in names["small_area"]}
        of_home = _numbered(homes, _HOME, numbers)
        of_home = of_home.rename_columns({"alliance_number": "alliance_of_home_number", "code": "small_area"})
        of_home = of_home.append_column("fifth", pa.array([fifths.get(area) for area in homes], pa.int16()))
        of_practice = _numbered(practices, _PRACTICE, numbers).rename_columns({"code": "practice"})
        return cls(
            names,
            Keyed(ibis.memtable(of_practice), ("practice",)),
            Keyed(ibis.memtable(of_home), ("small_area",)),
            _any_registered_with(list(practices), records),
        )


def numbers_of(name: str, known: Sequence[str], *, by_name: bool = False) -> Keyed:
    """The names of a column beside their numbers: (name, name_number), to be looked up by the number or by the name."""
    table = pa.table({
        name: pa.array(list(known), pa.string()),
        f"{name}_number": pa.array(range(len(known)), pa.int32()),
    })  # fmt: skip
    return Keyed(ibis.memtable(table), (name if by_name else f"{name}_number",))


def _places_of(rows: Sequence[Row], hierarchy: str, lowest: str) -> dict[str, dict[str, str]]:
    """For each place of the lowest level, itself and the places that it lies in, by their level."""
    by_code = {row["code"]: row for row in rows if row["hierarchy"] == hierarchy}
    found: dict[str, dict[str, str]] = {}
    for code, row in by_code.items():
        step: Row | None = row if row["level"] == lowest else None
        while step is not None:
            found.setdefault(code, {})[step["level"]] = step["code"]
            step = by_code.get(step["parent"])
    return found


def _numbered(places: Mapping[str, Mapping[str, str]], levels: Sequence[str], numbers: Numbers) -> pa.Table:
    columns = {
        f"{level}_number": pa.array(
            [numbers[level].get(above.get(level, "")) for above in places.values()], pa.int32()
        )
        for level in levels
    }
    return pa.table({"code": pa.array(list(places), pa.string()), **columns})


def _fifths(records: Records) -> dict[str, int | None]:
    """The national deprivation fifth of each small area, from the latest edition there is."""
    areas = records.table("small_area")
    latest = areas.filter(areas.deprivation_edition == areas.deprivation_edition.max().as_scalar())
    rows = records.engine.ibis.to_pyarrow(latest.select("code", "deprivation_fifth")).to_pylist()
    return {row["code"]: row["deprivation_fifth"] for row in rows}


def _any_registered_with(practices: Sequence[str], records: Records) -> bool:
    """Whether any registration names one of these practices."""
    registration = records.table("registration")
    named = registration.filter(registration.practice.isin(practices)).limit(1)
    return bool(records.engine.ibis.to_pyarrow(named).num_rows)
