"""Who the people of a feed are: the number that the feed has for each in its own files, and their person_id."""

from stewardship.records.omop.mapping import ACTIVITY, PERSON
from stewardship.records.omop.reading import Work, define_checked, tally
from stewardship.records.omop.visits import emergency_visits
from stewardship.records.row_checks import Fault

ANOTHER_ROW = "the person is in the file under another person_id too: the first row is kept"


def check_persons(work: Work) -> None:
    """Define `checked_person`, and `person_loaded`: `local_id`, the feed's own number, with the person_id.

    Of several rows of one person the first sound one is kept; the numbers of all of them are the person's.
    """
    engine = work.engine
    empty = Fault("local_id IS NULL", "'person_id'", "'person_id is empty'")
    define_checked(work, PERSON, "person_row", said={"person_id": work.options.naming.column}, first=(empty,))
    engine.run(
        "CREATE OR REPLACE TABLE person_repeated AS SELECT person_id, min(source_row) AS kept_row "
        "FROM person_row WHERE fault IS NULL GROUP BY person_id HAVING count(*) > 1"
    )
    again = "p.fault IS NULL AND p.source_row > r.kept_row"
    engine.run(
        "CREATE OR REPLACE VIEW checked_person AS SELECT p.* REPLACE ("
        f"CASE WHEN {again} THEN 'person_id' ELSE p.fault_column END AS fault_column, "
        f"CASE WHEN {again} THEN '{ANOTHER_ROW}' ELSE p.fault END AS fault), "
        f"coalesce({again}, false) AS again FROM person_row p LEFT JOIN person_repeated r USING (person_id)"
    )
    tally(work, PERSON.source, PERSON.table.name)
    engine.run(
        "CREATE OR REPLACE TABLE person_loaded AS SELECT local_id, person_id, birth_date, location_id, "
        "care_site_id FROM checked_person WHERE fault IS NULL OR again"
    )


def find_visits(work: Work) -> None:
    """The tables `er`, emergency visits, and `visit_person`, whose each visit is: for stays, diagnoses, procedures."""
    nothing = "SELECT NULL::BIGINT AS visit_occurrence_id, NULL::BIGINT AS local_id WHERE false"
    persons = nothing
    if ACTIVITY.source in work.staged:
        visits = work.rows(ACTIVITY.source)
        work.engine.run(f"CREATE OR REPLACE TABLE er AS {emergency_visits(visits)}")
        persons = (
            "SELECT visit_occurrence_id, arg_min(person_id, source_row) AS local_id "
            f"FROM {visits} WHERE fault IS NULL GROUP BY visit_occurrence_id"
        )
    work.engine.run(
        f"CREATE OR REPLACE TABLE visit_person AS SELECT v.*, known.person_id FROM ({persons}) v "
        "LEFT JOIN person_loaded known USING (local_id)"
    )
