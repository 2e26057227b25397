"""The canonical tables written: sound rows of the checked views, each table once, in the order of person and
key."""

from collections.abc import Sequence
from pathlib import Path

from stewardship.records import model
from stewardship.records.engine import name_of, quoted, read_from
from stewardship.records.omop.mapping import CONDITION, EVENTS, PERSON, REGISTRATION, Meaning
from stewardship.records.omop.reading import Work
from stewardship.records.omop.visits import is_general_practice
from stewardship.records.progress import Progress
from stewardship.records.row_checks import engine_type

OWNED = (*(model.TABLES[name] for name in model.OF_SOURCES), model.ORGANISATION)
ROW_GROUP = 122_880
IDENTITIES = "identities.parquet"  # each person_id with the number that goes with it


def write_tables(work: Work, into: Path, progress: Progress) -> dict[str, int]:
    """Write every canonical table that this reader owns, empty where the feed fills none; rows written by
    table."""
    into.mkdir(parents=True, exist_ok=True)
    find_homes(work)
    written = {}
    for done, table in enumerate(OWNED):
        progress(f"Writing {table.name}", done / len(OWNED))
        written[table.name] = _write(work, table, _parts(work, table), into)
    work.quarantine.write(into / "quarantine.parquet")
    work.engine.run(
        f"COPY (SELECT DISTINCT identity AS person_id, identity_check FROM {work.rows('person')} "
        f"WHERE fault IS NULL AND identity IS NOT NULL ORDER BY ALL) TO {quoted(into / IDENTITIES)} (FORMAT parquet)"
    )
    return written


def find_homes(work: Work) -> None:
    """The table `home`: each person's home, its code, and whether that is a small area.

    Known areas and English LSOAs are; where no areas are given, so is any letter with 8 digits.
    """
    small_areas = work.options.small_areas
    work.engine.run(
        "CREATE OR REPLACE TABLE known_area AS SELECT unnest(?::VARCHAR[]) AS code",
        [sorted(small_areas or ())],
    )
    looks_right = "E01[0-9]{6}" if small_areas is not None else "[A-Z][0-9]{8}"
    work.engine.run(
        "CREATE OR REPLACE TABLE home AS SELECT p.person_id, p.source_row, p.birth_date, l.code, "
        "p.location_id IS NOT NULL AS named, k.code IS NOT NULL AS known, "
        f"coalesce(k.code IS NOT NULL OR regexp_full_match(l.code, '{looks_right}'), false) AS is_area "
        "FROM checked_person p LEFT JOIN location l USING (location_id) LEFT JOIN known_area k ON k.code "
        "= l.code "
        "WHERE p.fault IS NULL"
    )


def _parts(work: Work, table: model.Table) -> list[str]:
    """SQL of the parts of a canonical table, each with all its columns."""
    sources = [m for m in (PERSON, REGISTRATION, *EVENTS) if m.table is table and m.source in work.staged]
    parts = [_sound(work, meaning) for meaning in sources]
    if table is model.ADDRESS:
        return [_addresses(work)]
    if table is model.ORGANISATION and "care_site" in work.staged:
        return [_organisations(work)]
    if table is model.ACTIVITY_CODE and CONDITION.source in work.staged:
        parts.append(_diagnoses(work))
    return parts


def _sound(work: Work, meaning: Meaning) -> str:
    columns = {c.name: name_of(c.name) for c in meaning.table.columns}
    if meaning is REGISTRATION:
        columns["end"] = "registration_end"
        return _select(work, meaning.table, columns, meaning.source, "registration_settled")
    return _select(
        work, meaning.table, columns, meaning.source, f"checked_{meaning.source} WHERE fault IS NULL"
    )


def _addresses(work: Work) -> str:
    """A home has no dates in OMOP: it is taken as the person's always."""
    columns = {"person_id": "person_id", "small_area": "code", "start": f"DATE '{model.UNDATED_HOME}'"}
    return _select(work, model.ADDRESS, columns, PERSON.source, "home WHERE is_area")


def _diagnoses(work: Work) -> str:
    """Every condition that has a visit. Position: 1 where the source says primary; OMOP knows no other."""
    columns = {
        "event_id": "event_id",
        "activity_id": "visit",
        "person_id": "person_id",
        "kind": "'diagnosis'",
        "position": "CASE WHEN is_primary THEN 1 END",
        "system": "system",
        "code": "code",
        "date": '"start"',
    }
    rows = f"checked_{CONDITION.source} WHERE fault IS NULL AND visit IS NOT NULL"
    return _select(work, model.ACTIVITY_CODE, columns, CONDITION.source, rows)


def _organisations(work: Work) -> str:
    """Each code of a care site once, named as in its first row; a practice if people or its kind say so."""
    peoples_own = "site.care_site_id IN (SELECT care_site_id FROM person_loaded)"
    practice = f"bool_or({is_general_practice('site')} OR {peoples_own})"
    columns = {"code": "code", "name": "name", "role": "role"}
    rows = (
        "(SELECT code, arg_min(name, source_row) AS name, min(source_row) AS source_row, "
        f"CASE WHEN {practice} THEN 'practice' ELSE 'provider' END AS role FROM care_site site GROUP BY code)"
    )
    return _select(work, model.ORGANISATION, columns, "care_site", rows)


def _select(work: Work, table: model.Table, columns: dict[str, str], source: str, rows: str) -> str:
    provenance = {
        "source": quoted(work.options.source),
        "source_file": quoted(work.label(source)),
        "source_row": "source_row",
    }
    sql = {**columns, **provenance}
    select = ", ".join(
        f"({sql.get(c.name, 'NULL')})::{engine_type(c.type)} AS {name_of(c.name)}" for c in table.all_columns
    )
    return f"SELECT {select} FROM {rows}"


def _write(work: Work, table: model.Table, parts: Sequence[str], into: Path) -> int:
    nothing = ", ".join(f"NULL::{engine_type(c.type)} AS {name_of(c.name)}" for c in table.all_columns)
    union = " UNION ALL ".join(parts or [f"SELECT {nothing} WHERE false"])
    person_first = ["person_id"] if "person_id" in table.schema.names else []
    order = [*person_first, *table.key, "source_file", "source_row"]
    by = ", ".join(name_of(column) for column in dict.fromkeys(order))
    path = into / f"{table.name}.parquet"
    work.engine.run(
        f"COPY (SELECT * FROM ({union}) ORDER BY {by}) TO {quoted(path)} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    )
    count: int = work.engine.rows(f"SELECT count(*) FROM {quoted(read_from(path))}")[0][0]
    return count
