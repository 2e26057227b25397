"""The folder is sound OMOP, except for the rows that are wrong on purpose."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from stewardship.records.model import POINTS_OF_DELIVERY
from stewardship.records.places import Places, PlacesError, invented_places
from support.invented_omop import write_invented_omop
from support.invented_omop.omop_files import COLUMNS

KEYS = {
    "PERSON": "person_id", "LOCATION": "location_id", "CARE_SITE": "care_site_id", "CONCEPT": "concept_id",
    "OBSERVATION_PERIOD": "observation_period_id", "VISIT_OCCURRENCE": "visit_occurrence_id",
    "CONDITION_OCCURRENCE": "condition_occurrence_id", "MEASUREMENT": "measurement_id",
    "OBSERVATION": "observation_id", "DRUG_EXPOSURE": "drug_exposure_id", "COST": "cost_id",
    "PROCEDURE_OCCURRENCE": "procedure_occurrence_id", "DEATH": "person_id",
}  # fmt: skip
EVENTS = {
    "VISIT_OCCURRENCE": "visit_start_date", "CONDITION_OCCURRENCE": "condition_start_date",
    "MEASUREMENT": "measurement_date", "OBSERVATION": "observation_date",
    "DRUG_EXPOSURE": "drug_exposure_start_date", "PROCEDURE_OCCURRENCE": "procedure_date",
}  # fmt: skip


def test_every_table_is_there_with_all_its_columns(folder):
    assert {path.stem for path in folder.path.iterdir()} == set(COLUMNS)
    for name, columns in COLUMNS.items():
        assert pq.read_schema(folder.path / f"{name}.parquet").names == columns.split()


def test_the_same_arguments_give_the_same_bytes_and_another_seed_does_not(tmp_path):
    def written(name, seed):
        write_invented_omop(tmp_path / name, places=invented_places(), residents=300, seed=seed)
        return {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}

    first = written("first", 1)
    assert written("again", 1) == first
    other = written("other", 2)
    assert all(other[name] != first[name] for name in ("PERSON.parquet", "VISIT_OCCURRENCE.parquet"))


REPEATED = {"PERSON": 1, "MEASUREMENT": 1}


@pytest.mark.parametrize("table", KEYS)
def test_keys_are_unique_but_for_the_blemishes(folder, table):
    key = KEYS[table]
    again = folder.value(f"SELECT count({key}) - count(DISTINCT {key}) FROM {table}")
    assert again == REPEATED.get(table, 0)


LINKS = [
    ("PERSON", "location_id", "LOCATION", "location_id", 0),
    ("PERSON", "care_site_id", "CARE_SITE", "care_site_id", 0),
    ("VISIT_OCCURRENCE", "care_site_id", "CARE_SITE", "care_site_id", 1),
    ("CONDITION_OCCURRENCE", "person_id", "PERSON", "person_id", 2),
    *((table, "person_id", "PERSON", "person_id", 0) for table in
      ("OBSERVATION_PERIOD", "VISIT_OCCURRENCE", "MEASUREMENT", "OBSERVATION", "DRUG_EXPOSURE",
       "PROCEDURE_OCCURRENCE", "DEATH")),
    *((table, "visit_occurrence_id", "VISIT_OCCURRENCE", "visit_occurrence_id", 0) for table in
      ("CONDITION_OCCURRENCE", "PROCEDURE_OCCURRENCE")),
    *((table, column, "CONCEPT", "concept_id", 0) for table, column in (
        ("CONDITION_OCCURRENCE", "condition_concept_id"), ("MEASUREMENT", "measurement_concept_id"),
        ("CONDITION_OCCURRENCE", "condition_source_concept_id"), ("MEASUREMENT", "unit_concept_id"),
        ("OBSERVATION", "observation_concept_id"), ("DRUG_EXPOSURE", "drug_concept_id"),
        ("PROCEDURE_OCCURRENCE", "procedure_concept_id"), ("DEATH", "cause_concept_id"),
        ("VISIT_OCCURRENCE", "visit_concept_id"), ("PERSON", "gender_concept_id"),
    )),
]  # fmt: skip


@pytest.mark.parametrize("table, column, other, key, broken", LINKS, ids=[f"{t}.{c}" for t, c, *_ in LINKS])
def test_links_hold_but_for_the_blemishes(folder, table, column, other, key, broken):
    lost = (
        f"SELECT count(*) FROM {table} WHERE coalesce({column}, 0) <> 0 "
        f"AND {column} NOT IN (SELECT {key} FROM {other})"
    )
    assert folder.value(lost) == broken


@pytest.mark.parametrize("domain, table", [("Visit", "VISIT_OCCURRENCE"), ("Drug", "DRUG_EXPOSURE")])
def test_every_cost_belongs_to_something_and_is_whole_pence(folder, domain, table):
    assert (
        folder.value(
            f"SELECT count(*) FROM COST WHERE cost_domain_id = '{domain}' "
            f"AND cost_event_id NOT IN (SELECT {KEYS[table]} FROM {table})"
        )
        == 0
    )
    assert str(pq.read_schema(folder.path / "COST.parquet").field("total_paid").type) == "decimal128(12, 2)"
    assert folder.value("SELECT count(*) FROM COST WHERE total_paid IS NULL OR total_paid <= 0") == 0


def test_the_blemishes_are_those_that_are_documented(folder):
    measured, died = "SELECT count(*) FROM MEASUREMENT", "JOIN DEATH USING (person_id)"
    visits = "SELECT count(*) FROM VISIT_OCCURRENCE"
    found = {
        "born in the future": "SELECT count(*) FROM PERSON WHERE year_of_birth > 2026",
        "no home": "SELECT count(*) FROM PERSON WHERE location_id IS NULL AND gender_concept_id = 0",
        "ends before it starts": f"{visits} WHERE visit_end_date < visit_start_date",
        "no date": "SELECT count(*) FROM CONDITION_OCCURRENCE WHERE condition_start_date IS NULL",
        "after the last day": "SELECT count(*) FROM MEASUREMENT WHERE measurement_date > '2026-03-31'",
        "no unit": "SELECT count(*) FROM MEASUREMENT WHERE unit_source_value IS NULL",
        "a slip of the point": "SELECT count(*) FROM MEASUREMENT WHERE unit_source_value = 'mmol/mol' "
                               "AND value_as_number > 200",
        "after death": f"{measured} {died} WHERE measurement_date > death_date",
    }  # fmt: skip
    counts = {what: folder.value(sql) for what, sql in found.items()}
    assert counts == {what: 2 if what == "ends before it starts" else 1 for what in found}


@pytest.mark.parametrize("table", EVENTS)
def test_nothing_happens_before_birth_after_death_or_after_leaving_but_for_the_blemishes(folder, table):
    day = EVENTS[table]
    outside = f"""
        SELECT count(*) FROM {table} JOIN OBSERVATION_PERIOD USING (person_id) JOIN (
            SELECT DISTINCT person_id, make_date(year_of_birth, month_of_birth, day_of_birth) AS born
            FROM PERSON
        ) USING (person_id) WHERE {day} < born OR {day} > observation_period_end_date
    """
    assert folder.value(outside) == (2 if table == "MEASUREMENT" else 0)


def test_points_of_delivery_and_specialties_are_told_outright(folder):
    told = {row[0] for row in folder.rows("SELECT DISTINCT visit_source_value FROM VISIT_OCCURRENCE")}
    assert {each.split(":")[0] for each in told} <= set(POINTS_OF_DELIVERY)
    assert {
        "outpatient:307",
        "outpatient:130",
        "outpatient:653",
        "gp_appointment",
        "emergency_admission",
    } <= told


def test_people_are_registered_with_a_practice_of_their_small_area(folder):
    pairs = {(row["practice"], row["small_area"]) for row in invented_places().patients.to_pylist()}
    found = folder.rows(
        "SELECT DISTINCT care_site_source_value, location_source_value FROM PERSON "
        "JOIN CARE_SITE USING (care_site_id) JOIN LOCATION ON PERSON.location_id = LOCATION.location_id"
    )
    assert set(found) <= pairs


def test_another_last_day_and_few_residents_work(tmp_path):
    write_invented_omop(tmp_path, places=invented_places(), residents=20, as_of=date(2024, 2, 29))
    ends = pq.read_table(tmp_path / "OBSERVATION_PERIOD.parquet")["observation_period_end_date"].to_pylist()
    assert max(ends) == date(2024, 2, 29)


def test_places_without_population_are_refused(tmp_path):
    known = invented_places()
    empty = Places(known.place.slice(0, 0), known.small_area.slice(0, 0), known.organisation)
    with pytest.raises(PlacesError, match="no small areas with a population"):
        write_invented_omop(tmp_path, places=empty)
