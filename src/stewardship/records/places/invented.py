"""A small system that does not exist, for demonstrations and tests.

Names cannot be taken for real places, and codes cannot be real ones: the ONS starts no code with X, and no
practice, network or board has an ODS code that starts with ZZP, ZZN or ZZS.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from stewardship.records.model import ORGANISATION, PLACE, SMALL_AREA
from stewardship.records.places.files import Row, Wanted, read_rows
from stewardship.records.places.patients import patients_table, shared
from stewardship.records.places.places import Places, checked, rows_of, small_area_row

SYSTEM_CODE, SYSTEM = "ZZS", "Exampleshire"
SOURCE = "invented places"
EDITION, SMALL_AREAS_OF_ENGLAND = 2025, 33_755
NEIGHBOURHOODS = Wanted(
    "invented_neighbourhoods",
    ("neighbourhood", "local_authority", "alliance", "network", "tenths"),
    "where each invented neighbourhood lies and the deprivation of its five small areas",
)
PRACTICES = Wanted(
    "invented_practices", ("practice", "network"), "which network each invented practice is in"
)
LIST_SHARES = (5, 3, 2)  # how a small area's patients choose among the three practices of their network

Rows = list[dict[str, Any]]


def invented_places() -> Places:
    """One system of 4 alliances: 8 networks, 24 practices; 4 authorities, 12 neighbourhoods, 60 small areas.

    Always the same. Deprivation is spread over all five national fifths.
    """
    neighbourhoods, practices = _rows(NEIGHBOURHOODS), _rows(PRACTICES)
    networks = {row.text("network"): _code_of_alliance(row) for row in neighbourhoods}
    network_codes = {name: f"ZZN{number:02}" for number, name in enumerate(networks, start=1)}
    by_practice = _by_practice(practices, networks, network_codes)
    by_home, areas = _by_home(neighbourhoods)
    return checked(
        Places(
            place=rows_of(PLACE, [*_top(neighbourhoods), *by_practice, *by_home]),
            small_area=rows_of(SMALL_AREA, areas),
            organisation=rows_of(ORGANISATION, _organisations([*_top(neighbourhoods), *by_practice])),
            deprivation_edition=EDITION,
            patients=_patients(neighbourhoods, practices, areas),
        )
    )


def _rows(wanted: Wanted) -> list[Row]:
    return list(read_rows(Path(__file__).with_name(f"{wanted.name}.csv"), wanted))


def _place(row: Row, code: str, name: str, level: str, hierarchy: str, parent: str | None) -> dict[str, Any]:
    place = {"code": code, "name": name, "level": level, "hierarchy": hierarchy, "parent": parent}
    return {**place, **row.origin(SOURCE)}


def _code_of_alliance(row: Row) -> str:
    return row.text("alliance").lower().replace(" ", "-")


def _top(neighbourhoods: list[Row]) -> Rows:
    """The system and its alliances, in both hierarchies."""
    rows = []
    alliances = {_code_of_alliance(row): row for row in neighbourhoods}
    for hierarchy in ("registration", "residence"):
        rows.append(_place(neighbourhoods[0], SYSTEM_CODE, SYSTEM, "system", hierarchy, None))
        for code, row in alliances.items():
            rows.append(_place(row, code, row.text("alliance"), "alliance", hierarchy, SYSTEM_CODE))
    return rows


def _by_practice(practices: list[Row], alliances: dict[str, str], codes: dict[str, str]) -> Rows:
    networks = {row.text("network"): row for row in reversed(practices)}
    return [
        *(
            _place(networks[name], code, name, "network", "registration", alliances[name])
            for name, code in codes.items()
        ),
        *(
            _place(row, _practice_code(row), row.text("practice"), "practice", "registration",
                   codes[row.text("network")])
            for row in practices
        ),
    ]  # fmt: skip


def _practice_code(row: Row) -> str:
    return f"ZZP{row.number:03}"


def _by_home(neighbourhoods: list[Row]) -> tuple[Rows, Rows]:
    """Places by residence, and the deprivation and population of the small areas among them."""
    places, areas = [], []
    authorities: dict[str, str] = {}
    for row in neighbourhoods:
        name, neighbourhood = row.text("local_authority"), f"X05{row.number:06}"
        if name not in authorities:
            authorities[name] = f"X07{len(authorities) + 1:06}"
            places.append(
                _place(row, authorities[name], name, "local_authority", "residence", _code_of_alliance(row))
            )
        places.append(
            _place(
                row, neighbourhood, row.text("neighbourhood"), "neighbourhood", "residence", authorities[name]
            )
        )
        for letter, area in zip("ABCDE", _small_areas(row), strict=True):
            called = f"{row.text('neighbourhood')} {letter}"
            places.append(_place(row, area["code"], called, "small_area", "residence", neighbourhood))
            areas.append(area)
    return places, areas


def _small_areas(row: Row) -> Rows:
    areas = []
    for place, tenth in enumerate(map(int, row.text("tenths").split())):
        number = 5 * (row.number - 1) + place + 1
        within = (number * 7 % 60 + 0.5) / 60  # spreads ranks over the tenth, no two the same
        rank = int((tenth - 1 + within) * SMALL_AREAS_OF_ENGLAND / 10) + 1
        described = small_area_row(f"X01{number:06}", EDITION, rank, tenth)
        areas.append({**described, "population": 1_350 + number * 37 % 60 * 10, **row.origin(SOURCE)})
    return areas


def _patients(neighbourhoods: list[Row], practices: list[Row], areas: Rows) -> pa.Table:
    """Most people are with a practice of their neighbourhood's network, a few elsewhere in the alliance."""
    alliance = {row.text("network"): row.text("alliance") for row in neighbourhoods}
    found: dict[tuple[str, str | None], int] = defaultdict(int)
    for area in areas:
        home = neighbourhoods[area["source_row"] - 1]
        near = [row for row in practices if alliance[row.text("network")] == home.text("alliance")]
        weights = []
        for place, row in enumerate(near):
            share = LIST_SHARES[(place + area["source_row"]) % 3]
            weights.append(share * (9 if row.text("network") == home.text("network") else 1))
        for row, patients in zip(near, shared(area["population"], weights), strict=True):
            found[_practice_code(row), area["code"]] += patients
    return patients_table(found)


def _organisations(places: Rows) -> Rows:
    kept = ("code", "name", "source", "source_file", "source_row")
    return [
        {**{name: place[name] for name in kept}, "role": place["level"]}
        for place in places
        if place["hierarchy"] == "registration"
    ]
