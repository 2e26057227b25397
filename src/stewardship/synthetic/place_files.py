"""The places of a synthetic system as the public files that places are read from."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.listed import Listed, residents
from stewardship.synthetic.lives import NEVER, Plan
from stewardship.synthetic.places import SYSTEM, SYSTEM_CODE, Places

PARTNER = "places"
NETWORKS_BEGAN = date(2019, 7, 1)
PRACTICES_OPENED = date(1974, 4, 1)
_EPOCH = date(1970, 1, 1)
_AGES = (  # as the census tables of small areas give them
    "Aged 15 years and under", "Aged 16 to 24 years", "Aged 25 to 34 years", "Aged 35 to 49 years",
    "Aged 50 to 64 years", "Aged 65 years and over",
)  # fmt: skip


def places_sent(plan: Plan, places: Places, listed: Listed) -> list[Extract]:
    """The files of the folder of places, one table each. listed: everybody on the lists of practices."""
    tables = {
        "lsoa21_lookup": _lookup(places),
        "imd2025_lsoa21": _deprivation(places),
        "census2021_residents_age6_lsoa21": _residents(places, listed),
        "lsoa11_to_lsoa21": {"lsoa11_code": places.areas.code, "lsoa21_code": places.areas.code},
        "gp_registrations_by_lsoa11": _lists(places, listed),
        "practices_pcn_map": _practice_map(plan, places),
        "epcn_core_partners": _spells(places),
        "epcn_pcn_details": _networks(places),
        "gp_practices_epraccur": _practices(places),
        "alliances": _alliances(places),
        "organisations": _organisations(places),
    }
    return [Extract(PARTNER, name, None, pa.table(dict(columns))) for name, columns in tables.items()]


_Columns = Mapping[str, Sequence[object]]


def _lookup(places: Places) -> _Columns:
    areas, wards, authorities = places.areas, places.neighbourhoods, places.authorities
    authority = wards.authority[areas.neighbourhood]
    return {
        "lsoa21_code": areas.code,
        "lsoa21_name": areas.name,
        "sicbl24_name": [places.localities.name[place] for place in areas.locality],
        "sicbl24_code_nhs": [places.localities.code[place] for place in areas.locality],
        "ward24_name": [wards.name[place] for place in areas.neighbourhood],
        "ward24_code": [wards.code[place] for place in areas.neighbourhood],
        "ltla24_name": [authorities.name[place] for place in authority],
        "ltla24_code": [authorities.code[place] for place in authority],
    }


def _deprivation(places: Places) -> _Columns:
    areas = places.areas
    return {
        "lsoa21_code": areas.code,
        "IMD_decile": [int(tenth) for tenth in areas.tenth],
        "IMD_rank": [int(rank) for rank in areas.rank],
    }


def _residents(places: Places, listed: Listed) -> _Columns:
    """Residents of each small area by age, as a census would count them."""
    areas, each = places.areas, len(_AGES)
    return {
        "lsoa21_code": np.repeat(areas.code, each).tolist(),
        "lsoa21_name": np.repeat(areas.name, each).tolist(),
        "age_group": list(_AGES) * len(areas.code),
        "usual_residents": residents(listed).ravel().tolist(),
    }


def _lists(places: Places, listed: Listed) -> _Columns:
    """How many patients of each practice live in each small area, where there are any. Small areas here have not
    changed since 2011."""
    practice, area = np.nonzero(listed.by_practice)
    return {
        "practice_code": [places.practices.code[place] for place in practice.tolist()],
        "lsoa11_code": [places.areas.code[place] for place in area.tolist()],
        "patients": listed.by_practice[practice, area].tolist(),
    }


def _practice_map(plan: Plan, places: Places) -> _Columns:
    practices, networks, localities = places.practices, places.networks, places.localities
    locality = networks.locality[practices.network]
    return {
        "EXTRACT_DATE": [plan.last_day.strftime("%d%b%Y")] * len(practices.code),
        "PRACTICE_CODE": practices.code,
        "PRACTICE_NAME": practices.name,
        "PCN_CODE": [networks.code[place] for place in practices.network],
        "PCN_NAME": [networks.name[place] for place in practices.network],
        "CCG_CODE": [localities.code[place] for place in locality],
        "CCG_NAME": [localities.name[place] for place in locality],
        "STP_CODE": [SYSTEM_CODE] * len(practices.code),
        "STP_NAME": [SYSTEM] * len(practices.code),
    }


def _spells(places: Places) -> _Columns:
    """The networks of each practice from when to when."""
    practices, networks = places.practices, places.networks
    rows: list[tuple[str, str, int, date, date | None]] = []
    for place, (code, name) in enumerate(zip(practices.code, practices.name, strict=True)):
        start, before = NETWORKS_BEGAN, int(practices.formerly[place])
        if before >= 0:
            joined = _day(int(practices.joined[place]))
            rows.append((code, name, before, start, joined - timedelta(days=1)))
            start = joined
        end = int(practices.closed[place])
        rows.append((code, name, int(practices.network[place]), start, None if end == NEVER else _day(end)))
    codes = places.localities.code
    return {
        "Partner Organisation Code": [row[0] for row in rows],
        "Partner Name": [row[1] for row in rows],
        "PCN Code": [networks.code[row[2]] for row in rows],
        "PCN Name": [networks.name[row[2]] for row in rows],
        "PCN Parent Sub ICB Loc Code": [codes[networks.locality[row[2]]] for row in rows],
        "Practice to PCN Relationship Start Date": [f"{row[3]:%Y%m%d}" for row in rows],
        "Practice to PCN Relationship End Date": [f"{row[4]:%Y%m%d}" if row[4] else "" for row in rows],
    }


def _networks(places: Places) -> _Columns:
    networks = places.networks
    return {
        "PCN Code": networks.code,
        "PCN Name": networks.name,
        "Open Date": [f"{NETWORKS_BEGAN:%Y%m%d}"] * len(networks.code),
        "Close Date": [""] * len(networks.code),
    }


def _practices(places: Places) -> _Columns:
    practices = places.practices
    closed = [None if day == NEVER else _day(int(day)) for day in practices.closed]
    return {
        "OrganisationCode": practices.code,
        "OrganisationName": practices.name,
        "OpenDate": [str(PRACTICES_OPENED)] * len(practices.code),
        "CloseDate": ["" if day is None else str(day) for day in closed],
        "SuccessorCode": ["" if place < 0 else practices.code[place] for place in practices.successor],
    }


def _alliances(places: Places) -> _Columns:
    of = places.localities.alliance
    return {
        "sub_icb": places.localities.code,
        "alliance_code": [places.alliance_codes[place] for place in of],
        "alliance": [places.alliances[place] for place in of],
        "system_code": [SYSTEM_CODE] * len(of),
        "system": [SYSTEM] * len(of),
    }


def _organisations(places: Places) -> _Columns:
    bodies = places.organisations
    return {"OrganisationCode": bodies.code, "OrganisationName": bodies.name, "Kind": bodies.kind}


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)
