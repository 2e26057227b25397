"""Canonical tables of a made-up system, written in place by the engine itself: many rows, quickly, by a seed.

Nothing here is plausible but the sizes: how many rows a resident has, and how often a code of a list stands there.
A person's number is a hash, as those of readers are, and a person's rows stand anywhere in a table.
"""

from datetime import date
from pathlib import Path
from typing import Any

from stewardship.records.engine import Engine, quoted
from stewardship.records.manifest import SourceEntry, write_manifest
from stewardship.records.model import ORGANISATION, PLACE, SMALL_AREA, TABLES
from stewardship.records.places import Places, invented_places
from stewardship.records.places.places import rows_of, small_area_row

AS_OF, SOURCE = "2026-03-31", "made"
CONDITIONS, READINGS, MEDICINES, CONTACTS, DIAGNOSES = 8, 20, 20, 50, 10  # rows a resident
# HbA1c, systolic pressure, cholesterol, body mass index, creatinine, urine albumin, feet, smoking
REVIEW = [
    "4548-4",
    "271649006",
    "1005671000000105",
    "60621009",
    "113075003",
    "1023491000000104",
    "401191002",
    "8517006",
]


def many_places(practices: int) -> Places:
    """A system of so many practices: a network has five of them, and five neighbourhoods of four small areas."""
    rows: list[dict[str, Any]] = []
    areas = []

    def add(code: str, level: str, hierarchy: str, parent: str | None) -> str:
        origin = {"source": SOURCE, "source_file": SOURCE, "source_row": len(rows)}
        rows.append(
            {"code": code, "name": code, "level": level, "hierarchy": hierarchy, "parent": parent, **origin}
        )
        return code

    systems = {
        hierarchy: add("ZZS", "system", hierarchy, None) for hierarchy in ("registration", "residence")
    }
    for number in range(practices // 5):
        if number < 4:
            for hierarchy, system in systems.items():
                add(f"alliance-{number}", "alliance", hierarchy, system)
        alliance = f"alliance-{number % 4}"
        network = add(f"ZZN{number:03}", "network", "registration", alliance)
        authority = f"X07{number % 20:06}"
        if number < 20:
            add(authority, "local_authority", "residence", alliance)
        for each in range(5 * number, 5 * number + 5):
            add(f"ZZP{each:03}", "practice", "registration", network)
            neighbourhood = add(f"X05{each:06}", "neighbourhood", "residence", authority)
            for small in range(4 * each, 4 * each + 4):
                area = small_area_row(f"X01{small:06}", 2025, small + 1, small % 10 + 1)
                areas.append({**area, "source": SOURCE, "source_file": SOURCE, "source_row": small})
                add(area["code"], "small_area", "residence", neighbourhood)
    kept = ("code", "name", "source", "source_file", "source_row")
    organisations = [
        {name: row[name] for name in kept} | {"role": row["level"]}
        for row in rows
        if row["hierarchy"] == "registration"
    ]
    return Places(
        rows_of(PLACE, rows), rows_of(SMALL_AREA, areas), rows_of(ORGANISATION, organisations), 2025
    )


def write_canonical(folder: Path, engine: Engine, residents: int, places: Places | None = None) -> None:
    """Write the records of one source into the folder, for so many residents, as a snapshot has them."""
    source, shared = folder / "sources" / SOURCE, folder / "shared"
    source.mkdir(parents=True, exist_ok=True)
    shared.mkdir(exist_ok=True)
    places = places or invented_places()
    places.write(shared)
    areas, practices = (
        sorted(places.small_areas),
        sorted(row["code"] for row in places.organisation.to_pylist() if row["role"] == "practice"),
    )
    engine.run(f"CREATE OR REPLACE TEMP TABLE areas AS SELECT unnest({areas}) AS code")
    queries = {
        "person": f"""SELECT of_hash(i) AS person_id, DATE '2026-03-31' - CAST(h(i, 1) % 33000 AS INTEGER) AS birth_date,
            'day' AS birth_precision, CASE h(i, 2) % 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex,
            ['White', 'White', 'White', 'White', 'Asian', 'Black', 'Mixed', 'Not known'][1 + h(i, 3) % 8]
            AS ethnic_group FROM range({residents}) t(i)""",
        "address": f"""SELECT of_hash(i) AS person_id, {areas}[1 + h(i, 4) % {len(areas)}] AS small_area,
            DATE '1990-01-01' AS "start" FROM range({residents}) t(i)""",
        "registration": f"""SELECT of_hash(i) AS person_id, {practices}[1 + h(i, 5) % {len(practices)}] AS practice,
            DATE '1990-01-01' AS "start", CASE WHEN h(i, 6) % 20 = 0 THEN DATE '2021-06-01' + CAST(h(i, 7) % 1700 AS INTEGER)
            END AS "end" FROM range({residents}) t(i)""",
        "condition": f"""SELECT e AS event_id, of_hash(e % {residents}) AS person_id, 'SNOMED' AS system,
            {_code(e_of=400, of_list=['44054006', '46635009', '15777000'], salt=10)} AS code,
            {_day(11, 9000)} AS "start" FROM range({residents * CONDITIONS}) t(e)""",
        "observation": f"""SELECT e AS event_id, of_hash(e % {residents}) AS person_id,
            CASE reading WHEN 0 THEN 'LOINC' ELSE 'SNOMED' END AS system,
            CASE WHEN reading < 8 THEN {REVIEW}[reading + 1] ELSE CAST(1000000 + h(e, 21) % 600 AS VARCHAR) END AS code,
            CASE WHEN reviewed THEN DATE '{AS_OF}' - CAST(h(e % {residents}, 24) % 900 AS INTEGER) ELSE {_day(22, 2200)} END
            AS date, CAST(30 + h(e, 23) % 60 AS DOUBLE) AS value,
            CASE reading WHEN 0 THEN 'mmol/mol' ELSE 'mm[Hg]' END AS unit
            FROM (SELECT e, e // {residents} < 8 AND h(e % {residents}, 25) % 4 = 0 AS reviewed,
            CASE WHEN reviewed THEN e // {residents} ELSE h(e, 20) % 20 END AS reading
            FROM range({residents * READINGS}) t(e))""",
        "medication": f"""SELECT e AS event_id, of_hash(e % {residents}) AS person_id, 'BNF' AS system,
            CASE h(e, 30) % 12 WHEN 0 THEN '0601012Z0AA' WHEN 1 THEN '0212000B0AA'
            ELSE '04' || CAST(10000 + h(e, 31) % 3000 AS VARCHAR) END AS code, {_day(32, 2200)} AS date,
            CAST(h(e, 33) % 2000 AS BIGINT) AS cost_pence FROM range({residents * MEDICINES}) t(e)""",
        "activity": f"""SELECT e AS activity_id, of_hash(e % {residents}) AS person_id,
            ['gp_appointment', 'gp_appointment', 'gp_appointment', 'gp_appointment', 'outpatient', 'outpatient',
             'community', 'emergency_department', 'emergency_admission', 'planned_admission'][1 + h(e, 40) % 10]
            AS point_of_delivery, CASE WHEN h(e, 40) % 10 IN (4, 5) THEN ['100', '307', '302', '130', '320', '502'][1 + h(e, 41) % 6]
            END AS specialty, {_day(42, 2200)} AS "start", {_day(42, 2200)} + CAST(h(e, 43) % 4 AS INTEGER) AS "end",
            CAST(h(e, 44) % 400000 AS BIGINT) AS cost_pence FROM range({residents * CONTACTS}) t(e)""",
        "activity_code": f"""SELECT e AS event_id, e * {CONTACTS // DIAGNOSES} + CAST(h(e, 50) % {CONTACTS // DIAGNOSES} AS BIGINT)
            AS activity_id, of_hash(activity_id % {residents}) AS person_id,
            CASE h(e, 51) % 5 WHEN 0 THEN 'procedure' ELSE 'diagnosis' END AS kind, CAST(1 + h(e, 52) % 3 AS BIGINT) AS position,
            CASE h(e, 51) % 5 WHEN 0 THEN 'OPCS4' ELSE 'ICD10' END AS system,
            CASE WHEN h(e, 51) % 5 = 0 THEN 'X0' || CAST(h(e, 53) % 100 AS VARCHAR) WHEN h(e, 53) % 30 = 0 THEN 'E101'
            ELSE 'J' || CAST(100 + h(e, 54) % 800 AS VARCHAR) END AS code, {_day(55, 2200)} AS date
            FROM range({residents * DIAGNOSES}) t(e)""",
        "death": f"""SELECT of_hash(i) AS person_id, DATE '2021-04-01' + CAST(h(i, 60) % 1800 AS INTEGER) AS date, 'ICD10' AS system,
            CASE h(i, 61) % 30 WHEN 0 THEN 'E149' ELSE 'I21' END AS code FROM range({residents}) t(i) WHERE h(i, 62) % 25 = 0""",
    }  # fmt: skip
    engine.run("CREATE OR REPLACE MACRO of_hash(i) AS CAST(hash(i) >> 1 AS BIGINT)")
    engine.run("CREATE OR REPLACE MACRO h(a, salt) AS CAST(hash(a * 1000 + salt) >> 1 AS BIGINT)")
    for name, query in queries.items():
        _write(source, engine, name, query)
    last_day = date.fromisoformat(AS_OF)
    write_manifest(folder, [SourceEntry(SOURCE, "linked", "made", frozenset(queries), last_day)])


def _write(folder: Path, engine: Engine, name: str, query: str) -> None:
    given = set(engine.arrow(f"DESCRIBE {query}")["column_name"].to_pylist())
    constants = {"source": "'made'", "source_file": "'made'", "source_row": "1"}
    columns = ", ".join(
        f'"{field.name}"' if field.name in given
        else f'CAST({constants.get(field.name, "NULL")} AS {_SQL[str(field.type)]}) AS "{field.name}"'
        for field in TABLES[name].schema
    )  # fmt: skip
    engine.run(
        f"COPY (SELECT {columns} FROM ({query})) TO {quoted(folder / f'{name}.parquet')} "
        "(FORMAT parquet, COMPRESSION zstd)"
    )


_SQL = {"int64": "BIGINT", "double": "DOUBLE", "string": "VARCHAR", "date32[day]": "DATE"}


def _code(*, e_of: int, of_list: list[str], salt: int) -> str:
    """A code of the list now and then, else one of many others."""
    return (
        f"CASE WHEN h(e, {salt}) % 40 = 0 THEN {of_list}[1 + h(e, {salt + 5}) % {len(of_list)}] "
        f"ELSE CAST(2000000 + h(e, {salt + 6}) % {e_of} AS VARCHAR) END"
    )


def _day(salt: int, days: int) -> str:
    return f"DATE '{AS_OF}' - CAST(h(e, {salt}) % {days} AS INTEGER)"
