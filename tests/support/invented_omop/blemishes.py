"""Rows that are wrong on purpose, so that a test's checks have something to find.

| table | what is wrong | rows |
|---|---|---|
| PERSON | born in the future | 1 |
| PERSON | no sex, home, ethnicity or time of observation | 1 |
| PERSON | a person twice | 1 |
| VISIT_OCCURRENCE | ends before it starts | 2 |
| VISIT_OCCURRENCE | at a care site that is not in CARE_SITE | 1 |
| CONDITION_OCCURRENCE | of a person who is not in PERSON | 2 |
| CONDITION_OCCURRENCE | without a date | 1 |
| MEASUREMENT | the same reading twice | 1 |
| MEASUREMENT | dated after the last day told | 1 |
| MEASUREMENT | HbA1c without a unit | 1 |
| MEASUREMENT | HbA1c ten times too high: a slip of the decimal point | 1 |
| MEASUREMENT | after the person's death | 1 |
"""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from support.invented_omop.concepts import concepts

NOBODY, NOWHERE = 999_999_999, 999_999
Row = dict[str, Any]


def with_blemishes(tables: dict[str, pa.Table], as_of: date) -> dict[str, pa.Table]:
    """The same tables with the blemishes at their ends; nothing that was there is changed."""
    spoilt = {
        "PERSON": _people(tables["PERSON"], as_of),
        "VISIT_OCCURRENCE": _visits(tables["VISIT_OCCURRENCE"]),
        "CONDITION_OCCURRENCE": _conditions(tables["CONDITION_OCCURRENCE"]),
        "MEASUREMENT": _measurements(tables["MEASUREMENT"], tables["DEATH"], as_of),
    }
    return {name: _appended(table, spoilt.get(name, [])) for name, table in tables.items()}


def _appended(table: pa.Table, rows: list[Row]) -> pa.Table:
    return pa.concat_tables([table, pa.Table.from_pylist(rows, schema=table.schema)]) if rows else table


def _last(table: pa.Table, number: int) -> list[Row]:
    """The last rows of a table, the very last first; fewer if it has not so many."""
    rows: list[Row] = table.slice(max(len(table) - number, 0)).to_pylist()
    return rows[::-1]


def _people(table: pa.Table, as_of: date) -> list[Row]:
    rows = _last(table, 1)
    if not rows:
        return []
    one, number = rows[0], rows[0]["person_id"]
    unknown = {
        "gender_concept_id": 0, "gender_source_value": None, "race_source_value": None, "location_id": None,
        "care_site_id": None,
    }  # fmt: skip
    return [
        {**one, "person_id": number + 1, "person_source_value": None, "year_of_birth": as_of.year + 73},
        {**one, "person_id": number + 2, "person_source_value": None, **unknown},
        one,
    ]


def _visits(table: pa.Table) -> list[Row]:
    number, key = len(table), "visit_occurrence_id"
    rows = _last(table, 3)
    early = [{**row, "visit_end_date": row["visit_start_date"] - timedelta(days=9)} for row in rows[:2]]
    elsewhere = [{**row, "care_site_id": NOWHERE} for row in rows[2:]]
    return [{**row, key: number + extra} for extra, row in enumerate(early + elsewhere, start=1)]


def _conditions(table: pa.Table) -> list[Row]:
    number, key = len(table), "condition_occurrence_id"
    rows = [{**row, "visit_occurrence_id": None} for row in _last(table, 3)]
    strangers = [{**row, "person_id": NOBODY} for row in rows[:2]]
    undated = [{**row, "condition_start_date": None} for row in rows[2:]]
    return [{**row, key: number + extra} for extra, row in enumerate(strangers + undated, start=1)]


def _measurements(table: pa.Table, deaths: pa.Table, as_of: date) -> list[Row]:
    hba1c = table.filter(pc.equal(table["measurement_concept_id"], concepts()["hba1c"].id))
    rows, died, number = _last(hba1c, 4), deaths.slice(0, 1).to_pylist(), len(table)
    if len(rows) < 4:
        return []
    spoilt = [
        {**rows[0], "measurement_date": as_of + timedelta(days=400)},
        {**rows[1], "unit_concept_id": 0, "unit_source_value": None},
        {**rows[2], "value_as_number": rows[2]["value_as_number"] * 10},
    ]
    after = {"measurement_date": _after(as_of, died), "person_id": died[0]["person_id"]} if died else {}
    spoilt += [{**rows[3], **after}] if after else []
    return [
        rows[3],
        *({**row, "measurement_id": number + extra} for extra, row in enumerate(spoilt, start=1)),
    ]


def _after(as_of: date, died: list[Row]) -> date:
    """Thirty days after a death, or the last day told if that comes first."""
    later: date = died[0]["death_date"] + timedelta(days=30)
    return min(as_of, later)
