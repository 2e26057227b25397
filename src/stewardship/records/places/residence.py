"""The hierarchy of residence: small area → neighbourhood → local authority → alliance → system.

Small areas are LSOAs of 2021, neighbourhoods are wards of 2024, local authorities are lower-tier districts.
Source: ONS lookups; English indices of deprivation 2019 (LSOA 2011) and 2025 (LSOA 2021); Census 2021; ONS
mid-2020 populations.
"""

from collections import defaultdict
from typing import Any

from stewardship.records.places.alliances import Alliances
from stewardship.records.places.files import (
    AGES21,
    IMD2019,
    IMD2025,
    LSOA21_LOOKUP,
    RESIDENTS11,
    RESIDENTS21,
    Folders,
    Row,
)
from stewardship.records.places.places import PlacesError, small_area_row

LEVELS = (
    ("small_area", "lsoa21_code", "lsoa21_name", "ward24_code"),
    ("neighbourhood", "ward24_code", "ward24_name", "ltla24_code"),
    ("local_authority", "ltla24_code", "ltla24_name", None),
)


def residence_places(folders: Folders, alliances: Alliances, source: str) -> list[dict[str, Any]]:
    """The rows of `place` by residence."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    in_use = set()
    for row in folders.rows(LSOA21_LOOKUP):
        alliance = alliances.of(row, "sicbl24_code_nhs")
        in_use.add(alliance)
        for level, code, name, parent in LEVELS:
            place = {
                "code": row.text(code), "name": row.text(name), "level": level, "hierarchy": "residence",
                "parent": row.text(parent) if parent else alliance, **row.origin(source),
            }  # fmt: skip
            _agree(rows.setdefault((level, row.text(code)), place), place, row)
    return [*rows.values(), *alliances.places(in_use, "residence", source)]


def _agree(first: dict[str, Any], again: dict[str, Any], row: Row) -> None:
    if first["parent"] != again["parent"]:
        raise PlacesError(
            f"Row {row.number:,} of {row.file} puts {again['code']} in {again['parent']}, but row "
            f"{first['source_row']:,} puts it in {first['parent']}; a place lies in one other, so correct "
            "one of the rows."
        )
    if again["level"] == "small_area" and first is not again:
        raise PlacesError(
            f"Row {row.number:,} of {row.file} repeats the small area {again['code']} of row "
            f"{first['source_row']:,}; take one of them out."
        )


def small_areas(folders: Folders, source: str) -> list[dict[str, Any]]:
    """The rows of `small_area`: LSOAs of 2021 with the index of 2025, and those of 2011 with that of 2019."""
    return [*_of_2021(folders, source), *_of_2011(folders, source)]


def _of_2021(folders: Folders, source: str) -> list[dict[str, Any]]:
    known = {row.text("lsoa21_code") for row in folders.rows(LSOA21_LOOKUP)}
    people = residents21(folders)
    deprived = {row.text("lsoa21_code"): row for row in folders.rows(IMD2025)}
    missing = sorted(known - set(deprived))
    if missing:
        raise PlacesError(
            f"imd2025_lsoa21.csv has no row for {missing[0]} ({len(missing):,} small areas of the lookup are "
            "missing); supply the whole file."
        )
    return [_deprivation(deprived[code], code, 2025, people.get(code), source) for code in sorted(known)]


def _of_2011(folders: Folders, source: str) -> list[dict[str, Any]]:
    people = {
        row.text("lsoa11_code"): row.whole("total_population") for row in folders.rows_if_there(RESIDENTS11)
    }
    return [
        _deprivation(row, row.text("lsoa11_code"), 2019, people.get(row.text("lsoa11_code")), source)
        for row in folders.rows_if_there(IMD2019)
    ]


def _deprivation(row: Row, code: str, edition: int, people: int | None, source: str) -> dict[str, Any]:
    described = small_area_row(code, edition, row.whole("IMD_rank"), row.whole("IMD_decile"))
    return {**described, "population": people, **row.origin(source)}


def residents21(folders: Folders) -> dict[str, int]:
    """Usual residents of each LSOA of 2021 at the census: by age, or else added up from another table."""
    for table in RESIDENTS21:
        if folders.find(table):
            column = "usual_residents" if table is AGES21 else "n"
            people: dict[str, int] = defaultdict(int)
            for row in folders.rows(table):
                people[row.text("lsoa21_code")] += row.whole(column) or 0
            return dict(people)
    return {}
