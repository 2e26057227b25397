"""Hospital stays, put together of their episodes: one activity a stay, with the codes of all its episodes.

Source: NHS Data Dictionary, HOSPITAL PROVIDER SPELL; the point of delivery by ADMISSION METHOD and PATIENT
CLASSIFICATION. A stay is judged by its first episode.
"""

from pathlib import Path

from stewardship.records.engine import Engine, name_of, quoted
from stewardship.records.extracts.hospital import ELECTIVE, EMERGENCY, MATERNITY, TRANSFER
from stewardship.records.extracts.own_numbers import of_a_code
from stewardship.records.extracts.typed import one_of
from stewardship.records.extracts.written import PACKED
from stewardship.records.model import ACTIVITY
from stewardship.records.row_checks import engine_type

DAY_CASE, REGULAR = "2", ("3", "4")
_ICD_LIST = 24  # places of one episode

# The first word that holds; maternity (births too) and transfers are neither planned nor emergencies.
_POINT = (
    f"CASE WHEN {one_of('classification', REGULAR)} THEN 'regular_attender' "
    f"WHEN {one_of('method', EMERGENCY)} THEN 'emergency_admission' "
    f"WHEN {one_of('method', MATERNITY)} THEN 'maternity_admission' "
    f"WHEN {one_of('method', TRANSFER)} THEN 'other_admission' "
    f"WHEN classification = '{DAY_CASE}' THEN 'day_case' WHEN {one_of('method', ELECTIVE)} THEN 'planned_admission' "
    "ELSE 'unclassified_admission' END"
)
_METHOD = (
    f"CASE WHEN {one_of('method', EMERGENCY)} THEN 'emergency' WHEN {one_of('method', ELECTIVE)} THEN 'elective' "
    f"WHEN {one_of('method', MATERNITY)} THEN 'maternity' "
    f"WHEN {one_of('method', TRANSFER)} THEN 'other' END"
)


def _columns() -> str:
    """SQL of the columns of `activity` of a stay; those that no episode tells are empty."""
    told = {
        "activity_id": "spell",
        "point_of_delivery": _POINT,
        "end": 'CASE WHEN discharged >= "start" THEN discharged END',
        "admission_method": _METHOD,
        "cost_basis": "CASE WHEN cost_pence IS NOT NULL THEN 'actual' END",
    }
    as_they_stand = (
        "person_id",
        "provider",
        "specialty",
        "start",
        "cost_pence",
        "source",
        "source_file",
        "source_row",
    )
    told |= {name: name_of(name) for name in as_they_stand}
    return ", ".join(
        f"({told.get(c.name, 'NULL')})::{engine_type(c.type)} AS {name_of(c.name)}"
        for c in ACTIVITY.all_columns
    )


def put_together(episodes: str, folder: Path, engine: Engine) -> None:
    """Write `activity.parquet` and `activity_code.parquet` of stays. episodes: SQL of rows of `EPISODE`.

    Episodes stand in the order of their number, then of their day. Position 1 is the primary diagnosis, or main
    procedure, of the first episode; codes of later episodes follow those of the ones before.
    """
    engine.run(
        "CREATE OR REPLACE TEMP TABLE ordered_episodes AS SELECT *, row_number() OVER "
        '(PARTITION BY spell ORDER BY coalesce(place, 99), "start", event_id) AS nth '
        f"FROM {episodes}"
    )
    first = "arg_min({0}, nth)"
    told = ", ".join(
        f"{first.format(each)} AS {each}"
        for each in ("person_id", "method", "classification", "provider", "specialty", "cost_pence", "source",
                     "source_file", "source_row")
    )  # fmt: skip
    engine.run(
        f"COPY (SELECT {_columns()} FROM (SELECT spell, "
        f'{told}, coalesce(min(admitted), min("start")) AS "start", max(discharged) AS discharged '
        "FROM ordered_episodes GROUP BY spell) ORDER BY person_id, activity_id) "
        f"TO {quoted(folder / 'activity.parquet')} ({PACKED})"
    )
    parts = " UNION ALL ".join(
        "SELECT event_id, spell, person_id, nth, \"start\", source, source_file, source_row, "
        f"'{kind}' AS kind, '{system}' AS system, {offset} AS beyond, unnest({names}) AS code, "
        f"generate_subscripts({names}, 1) AS place FROM ordered_episodes"
        for kind, system, names, offset in (
            ("diagnosis", "ICD10", "diagnoses", 0), ("procedure", "OPCS4", "procedures", _ICD_LIST),
        )
    )  # fmt: skip
    engine.run(
        f"COPY (SELECT {of_a_code('(beyond + place)')} AS event_id, spell AS activity_id, "
        f'person_id, kind, (nth - 1) * {_ICD_LIST} + place AS position, system, code, "start" AS date, source, '
        f"source_file, source_row FROM ({parts}) WHERE code IS NOT NULL AND code <> '') "
        f"TO {quoted(folder / 'activity_code.parquet')} ({PACKED})"
    )
    engine.run("DROP TABLE ordered_episodes")
