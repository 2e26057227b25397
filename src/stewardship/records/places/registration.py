"""The hierarchy of registration: practice → network → alliance → system, with the dates that are known.

The practice map says which practices and networks there are; a practice that it calls unallocated is in no
network and lies in its alliance. The ePCN file adds the spells of each practice in its networks, and a
practice whose last spell has ended lies in its alliance from the next day.
Source: NHS Digital practice map, ePCN and epraccur.
"""

import re
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from stewardship.records.places.alliances import Alliances
from stewardship.records.places.files import (
    NETWORK_SPELLS,
    NETWORKS,
    PRACTICE_MAP,
    PRACTICES,
    Folders,
    Row,
)
from stewardship.records.places.places import PlacesError

UNALLOCATED = "U"
KEPT_CAPITAL = frozenset(
    {"AM", "ASOP", "GC", "HC", "HCC", "NHS", "PCN", "PMS", "SA", "SAS", "SS9", "STP", "VC"}
)
KEPT_SMALL = frozenset({"and", "le", "of", "on", "the"})

Spells = dict[str, list[Row]]


def registration_places(folders: Folders, alliances: Alliances, source: str) -> list[dict[str, Any]]:
    """The rows of `place` by registration."""
    practices = mapped_practices(folders)
    spells = _spells(folders)
    rows = [place for row in practices for place in _practice(row, spells, alliances, source)]
    rows += _networks(folders, practices, spells, alliances, source)
    in_use = {alliances.of(row, "CCG_CODE") for row in practices}
    return [*rows, *alliances.places(in_use, "registration", source)]


def mapped_practices(folders: Folders) -> list[Row]:
    """The rows of the practice map; an error if a practice is there twice."""
    seen: dict[str, Row] = {}
    for row in folders.rows(PRACTICE_MAP):
        first = seen.setdefault(row.text("PRACTICE_CODE"), row)
        if first is not row:
            raise PlacesError(
                f"Row {row.number:,} of {row.file} repeats the practice {row.text('PRACTICE_CODE')} of row "
                f"{first.number:,}; a practice is in one network at a time, so take one of them out."
            )
    return list(seen.values())


def _spells(folders: Folders) -> Spells:
    spells: Spells = defaultdict(list)
    for row in folders.rows_if_there(NETWORK_SPELLS):
        spells[row.text("Partner Organisation Code")].append(row)
    for rows in spells.values():
        rows.sort(key=lambda row: row.text("Practice to PCN Relationship Start Date"))
    return spells


def _practice(row: Row, spells: Spells, alliances: Alliances, source: str) -> list[dict[str, Any]]:
    code, alliance = row.text("PRACTICE_CODE"), alliances.of(row, "CCG_CODE")
    place = {
        "code": code,
        "name": titled(row.text("PRACTICE_NAME")),
        "level": "practice",
        "hierarchy": "registration",
        "parent": alliance,
        **row.origin(source),
    }
    if row.text("PCN_CODE") == UNALLOCATED:
        return [place]
    dated = [_spell(place, spell, source) for spell in spells.get(code, [])]
    if row.text("PCN_CODE") not in {spell["parent"] for spell in dated}:
        return [{**place, "parent": row.text("PCN_CODE")}]
    last = dated[-1]["end"]
    return dated if last is None else [*dated, {**place, "start": last + timedelta(days=1)}]


def _spell(place: dict[str, Any], spell: Row, source: str) -> dict[str, Any]:
    return {
        **place,
        "parent": spell.text("PCN Code"),
        "start": spell.day("Practice to PCN Relationship Start Date"),
        "end": spell.day("Practice to PCN Relationship End Date"),
        **spell.origin(source),
    }


def _networks(
    folders: Folders, practices: list[Row], spells: Spells, alliances: Alliances, source: str
) -> list[dict[str, Any]]:
    """Networks of the map, and those that its practices were in before or since."""
    details = {row.text("PCN Code"): row for row in folders.rows_if_there(NETWORKS)}
    known = {row.text("PRACTICE_CODE") for row in practices if row.text("PCN_CODE") != UNALLOCATED}
    found: dict[str, tuple[Row, str, str]] = {}
    for row in practices:
        if row.text("PCN_CODE") != UNALLOCATED:
            found.setdefault(row.text("PCN_CODE"), (row, "PCN_NAME", "CCG_CODE"))
    for practice in sorted(known & set(spells)):
        for row in spells[practice]:
            found.setdefault(row.text("PCN Code"), (row, "PCN Name", "PCN Parent Sub ICB Loc Code"))
    return [
        {
            "code": code, "name": titled(row.text(name)), "level": "network", "hierarchy": "registration",
            "parent": alliances.of(row, sub_icb), **_lifetime(details.get(code)), **row.origin(source),
        }
        for code, (row, name, sub_icb) in found.items()
    ]  # fmt: skip


def _lifetime(details: Row | None) -> dict[str, Any]:
    if details is None:
        return {}
    return {"start": details.day("Open Date"), "end": details.day("Close Date")}


def organisations(folders: Folders, places: list[dict[str, Any]], source: str) -> list[dict[str, Any]]:
    """Practices and networks as organisations: those of the hierarchy, and practices that closed before."""
    lives = {row.text("OrganisationCode"): row for row in folders.rows_if_there(PRACTICES)}
    networks = [place for place in places if place["level"] == "network"]
    practices = {code: _listed_practice(row, source) for code, row in lives.items()}
    practices |= {place["code"]: place for place in places if place["level"] == "practice"}
    return [
        *(_organisation(place, place.get("start"), place.get("end")) for place in networks),
        *(_organisation(place, *_open_and_close(lives.get(code))) for code, place in practices.items()),
    ]


def _listed_practice(row: Row, source: str) -> dict[str, Any]:
    name = titled(row.text("OrganisationName"))
    return {"code": row.text("OrganisationCode"), "name": name, "level": "practice", **row.origin(source)}


def _open_and_close(row: Row | None) -> tuple[date | None, date | None]:
    return (row.day("OpenDate"), row.day("CloseDate")) if row else (None, None)


def _organisation(place: dict[str, Any], start: date | None, end: date | None) -> dict[str, Any]:
    origin = {name: place[name] for name in ("source", "source_file", "source_row")}
    return {
        "code": place["code"],
        "name": place["name"],
        "role": place["level"],
        "start": start,
        "end": end,
        **origin,
    }


def titled(name: str) -> str:
    """A name sent in capitals as it is written: "SOUTHEND EAST PCN" is "Southend East PCN"."""
    if name != name.upper():
        return name
    return re.sub(r"[A-Z0-9']+", _word, name)


def _word(found: re.Match[str]) -> str:
    word = found.group()
    if word in KEPT_CAPITAL:
        return word
    return word.lower() if word.lower() in KEPT_SMALL and found.start() else word.capitalize()
