"""Invented residents look like those of a system: shares and gradients lie in stated ranges."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest

from stewardship.care_areas.vocabulary import CODE_LISTS
from support.invented_omop.concepts import concepts
from support.invented_omop.population import ETHNICITY

AGES = Path(__file__).resolve().parents[1] / "support" / "invented_omop" / "age_structure.csv"
PEOPLE = """
    WITH person_once AS (
        SELECT person_id, gender_concept_id = 8532 AS female, race_source_value AS ethnicity, location_id,
               make_date(year_of_birth, month_of_birth, day_of_birth) AS born
        FROM PERSON WHERE location_id IS NOT NULL AND year_of_birth <= 2026
    ), diagnosed AS (
        SELECT person_id, min(condition_start_date) AS since, max(condition_source_value) AS type
        FROM CONDITION_OCCURRENCE WHERE condition_source_value IN ('44054006', '46635009') GROUP BY person_id
    ), people AS (
        SELECT *, deprivation_fifth AS fifth, date_diff('day', born, DATE '2026-03-31') / 365.25 AS age
        FROM (SELECT DISTINCT * FROM person_once) JOIN LOCATION USING (location_id)
        JOIN areas ON areas.code = location_source_value JOIN OBSERVATION_PERIOD USING (person_id)
        LEFT JOIN diagnosed USING (person_id)
    ), living AS (FROM people WHERE observation_period_end_date = '2026-03-31')
"""
PROCESSES = {
    "999791000000106": 1, "271649006": 2, "1005671000000105": 3, "60621009": 4, "1000731000000107": 5,
    "1023491000000104": 6, "401191002": 7, "266919005": 8, "8517006": 8, "77176002": 8,
}  # fmt: skip


def test_ages_follow_the_registered_population(crowd):
    with AGES.open(encoding="utf-8") as file:
        expected = {
            int(row["youngest"]): float(row["female"]) + float(row["male"]) for row in csv.DictReader(file)
        }
    found = dict(
        crowd.rows(f"{PEOPLE} SELECT least(5 * floor(age / 5), 90)::int, count(*) FROM people GROUP BY ALL")
    )
    for youngest, thousands in expected.items():
        share, wanted = found[youngest] / sum(found.values()), thousands / sum(expected.values())
        assert share == pytest.approx(wanted, abs=0.006)


def test_all_ethnic_groups_are_there_mostly_white_with_some_not_known(crowd):
    group_of = {code: group for group, (_, codes) in ETHNICITY.items() for code in codes}
    found = dict.fromkeys(ETHNICITY, 0)
    for code, people in crowd.rows(f"{PEOPLE} SELECT ethnicity, count(*) FROM people GROUP BY ALL"):
        found[group_of[code or ""]] += people
    share = {group: people / sum(found.values()) for group, people in found.items()}
    assert 0.72 < share["White"] < 0.85
    assert 0.01 < share["Not known"] < 0.05
    assert all(share[group] > 0.01 for group in ("Asian", "Black", "Mixed", "Other"))


ADULTS = "FROM living WHERE age >= 17"


def test_eight_in_a_hundred_adults_have_diabetes_and_eight_in_a_hundred_of_them_type_1(folder, crowd):
    for each in (folder, crowd):
        assert 0.074 < each.value(f"{PEOPLE} SELECT count(since) / count(*) {ADULTS}") < 0.088
        assert (
            0.05
            < each.value(f"{PEOPLE} SELECT avg((type = '46635009')::int) {ADULTS} AND since IS NOT NULL")
            < 0.11
        )


def test_diabetes_rises_with_deprivation_age_and_in_asian_and_black_groups(crowd):
    by_fifth = crowd.rows(f"{PEOPLE} SELECT count(since) / count(*) {ADULTS} GROUP BY fifth ORDER BY fifth")
    assert all(more > less for (more,), (less,) in pairwise(by_fifth))
    assert 1.4 < by_fifth[0][0] / by_fifth[-1][0] < 2.4
    by_age = crowd.rows(
        f"{PEOPLE} SELECT count(since) / count(*) FROM living WHERE age >= 20 AND age < 80 "
        "GROUP BY floor(age / 20) ORDER BY floor(age / 20)"
    )
    assert all(more > less for (less,), (more,) in pairwise(by_age))
    group = (
        "CASE WHEN ethnicity IN ('H', 'J', 'K', 'L', 'R') THEN 'Asian' "
        "WHEN ethnicity IN ('M', 'N', 'P') THEN 'Black' WHEN ethnicity IN ('A', 'B', 'C') THEN 'White' END"
    )
    share = dict(
        crowd.rows(f"{PEOPLE} SELECT {group} AS g, count(since) / count(*) {ADULTS} AND age > 45 GROUP BY g")
    )
    assert share["Asian"] > 1.5 * share["White"]
    assert share["Black"] > 1.3 * share["White"]


def all_eight(folder, year, where="true"):
    """Share of people with diabetes all year who had all eight care processes in the year up to March."""
    codes = ", ".join(f"('{code}', {number})" for code, number in PROCESSES.items())
    return folder.value(f"""
        {PEOPLE}, processes(code, process) AS (VALUES {codes}), readings AS (
            SELECT person_id, measurement_date AS day, measurement_source_value AS code FROM MEASUREMENT
            UNION ALL SELECT person_id, observation_date, observation_source_value FROM OBSERVATION
        ), done AS (
            SELECT person_id, count(DISTINCT process) AS processes FROM readings JOIN processes USING (code)
            WHERE day BETWEEN '{year - 1}-04-01' AND '{year}-03-31' GROUP BY person_id
        )
        SELECT avg((coalesce(processes, 0) = 8)::int) FROM people LEFT JOIN done USING (person_id)
        WHERE since <= '{year - 1}-03-31' AND observation_period_start_date < '{year - 1}-04-01'
        AND observation_period_end_date >= '{year}-03-31' AND ({where})
    """)


def test_all_eight_care_processes_rise_from_44_to_52_in_a_hundred(folder, crowd):
    for each, allowed in ((folder, 0.05), (crowd, 0.02)):
        for year, share in zip(range(2022, 2027), (0.44, 0.46, 0.48, 0.50, 0.52), strict=True):
            assert all_eight(each, year) == pytest.approx(share, abs=allowed)


def test_the_gap_between_the_most_and_the_least_deprived_narrows(crowd):
    gaps = [
        all_eight(crowd, year, "fifth = 5") - all_eight(crowd, year, "fifth = 1") for year in (2022, 2026)
    ]
    assert 0.11 < gaps[0] < 0.21
    assert 0.05 < gaps[1] < 0.14
    assert gaps[0] > gaps[1] + 0.02


def test_fewer_people_with_type_1_have_all_eight(crowd):
    assert all_eight(crowd, 2026, "type = '46635009'") < all_eight(crowd, 2026, "type = '44054006'") - 0.05


RATES = {  # a person and year
    "gp_appointment": (3, 6),
    "outpatient": (0.8, 2),
    "emergency_department": (0.25, 0.5),
    "emergency_admission": (0.05, 0.12),
    "planned_admission": (0.01, 0.05),
    "day_case": (0.05, 0.15),
    "ambulance": (0.03, 0.12),
    "community": (0.2, 0.8),
    "mental_health": (0.1, 0.4),
    "diagnostic": (0.15, 0.5),
}


@pytest.mark.parametrize("kind", RATES)
def test_contacts_are_about_as_often_as_in_life(crowd, kind):
    least, most = RATES[kind]
    visits = crowd.value(
        f"SELECT count(*) FROM VISIT_OCCURRENCE WHERE split_part(visit_source_value, ':', 1) = '{kind}'"
    )
    assert least < visits / 30_000 / 5 < most


def test_about_one_in_a_hundred_dies_in_a_year_of_known_causes_and_some_of_diabetes(crowd):
    assert 0.006 < crowd.value("SELECT count(*) FROM DEATH") / 30_000 / 5 < 0.014
    assert crowd.value("SELECT count(*) FROM DEATH WHERE cause_source_value IS NULL") == 0
    assert crowd.value("SELECT count(*) FROM DEATH WHERE cause_source_value LIKE 'E1%'") > 0


def test_crises_amputations_sensors_education_and_referrals_occur_but_not_to_most(crowd):
    with_diabetes = crowd.value(f"{PEOPLE} SELECT count(since) FROM people")
    for table, code, values in (
        ("CONDITION_OCCURRENCE", "condition", ("E101", "E111", "E162")),
        ("PROCEDURE_OCCURRENCE", "procedure", ("X093", "X095")),
        ("DRUG_EXPOSURE", "drug", ("39094611000001105",)),
        ("OBSERVATION", "observation", ("429729007",)),
        ("OBSERVATION", "observation", ("1025321000000109",)),
    ):
        listed = ", ".join(f"'{value}'" for value in values)
        people = f"SELECT count(DISTINCT person_id) FROM {table} WHERE {code}_source_value IN ({listed})"
        assert 0 < crowd.value(people) < 0.4 * with_diabetes


def test_costs_are_the_indicative_unit_costs(folder):
    costs = folder.rows(
        "SELECT DISTINCT split_part(visit_source_value, ':', 1), total_paid FROM COST "
        "JOIN VISIT_OCCURRENCE ON cost_event_id = visit_occurrence_id AND cost_domain_id = 'Visit'"
    )
    assert {(kind, int(paid)) for kind, paid in costs} == {
        ("gp_appointment", 42), ("outpatient", 170), ("emergency_department", 290), ("ambulance", 420),
        ("emergency_admission", 850), ("emergency_admission", 4300), ("planned_admission", 5200),
        ("day_case", 1050), ("community", 65), ("mental_health", 190), ("diagnostic", 60),
    }  # fmt: skip


LISTS = {
    "type_1": "diabetes-type-1",
    "type_2": "diabetes-type-2",
    "hyperglycaemia": "non-diabetic-hyperglycaemia",
    "eye_disease": "diabetic-eye-disease",
    "neuropathy": "diabetic-neuropathy",
    "kidney_disease": "diabetic-kidney-disease",
    "hba1c": "hba1c",
    "systolic": "systolic-blood-pressure",
    "diastolic": "diastolic-blood-pressure",
    "cholesterol": "cholesterol",
    "body_mass_index": "body-mass-index",
    "creatinine": "serum-creatinine-or-egfr",
    "filtration_rate": "serum-creatinine-or-egfr",
    "urine_albumin": "urine-albumin",
    "foot_examination": "foot-examination",
    "retinal_screening": "retinal-screening",
    "never_smoked": "smoking-status",
    "ex_smoker": "smoking-status",
    "smoker": "smoking-status",
    "education_attended": "structured-education-attended",
    "prevention_referral": "diabetes-prevention-referral",
    "metformin": "diabetes-medicines",
    "gliclazide": "diabetes-medicines",
    "dapagliflozin": "diabetes-medicines",
    "test_strips": "diabetes-medicines",
    "insulin_glargine": "insulin",
    "insulin_aspart": "insulin",
    "atorvastatin": "statin",
    "glucose_sensor": "continuous-glucose-monitoring",
    "ketoacidosis_type_1": "ketoacidosis-or-hypoglycaemia",
    "ketoacidosis_type_2": "ketoacidosis-or-hypoglycaemia",
    "hypoglycaemia": "ketoacidosis-or-hypoglycaemia",
    "type_1_in_hospital": "diabetes",
    "type_2_in_hospital": "diabetes",
    "type_1_foot": "diabetes",
    "type_2_foot": "diabetes",
    "amputation_below_knee": "major-lower-limb-amputation",
    "amputation_above_knee": "major-lower-limb-amputation",
    "amputation_of_toe": "lower-limb-amputation",
    "hypertension": "hypertension",
    "coronary_disease": "atherosclerotic-cardiovascular-disease",
    "stroke": "atherosclerotic-cardiovascular-disease",
}
SYSTEMS = {"dm+d": "DMD"}


@pytest.mark.parametrize("key", LISTS)
def test_every_code_that_tells_of_diabetes_is_in_a_code_list(key):
    concept, codes = concepts()[key], CODE_LISTS.get(LISTS[key])
    system = SYSTEMS.get(concept.vocabulary, concept.vocabulary)
    assert codes.covers(system, concept.code.replace(".", ""))
    if concept.unit and key != "creatinine":
        assert concept.unit == codes.unit


def test_every_code_is_used(folder):
    used = {
        row[0]
        for table, column in (
            ("CONDITION_OCCURRENCE", "condition_concept_id"), ("MEASUREMENT", "measurement_concept_id"),
            ("OBSERVATION", "observation_concept_id"), ("DRUG_EXPOSURE", "drug_concept_id"),
            ("PROCEDURE_OCCURRENCE", "procedure_concept_id"), ("DEATH", "cause_concept_id"),
        )
        for row in folder.rows(f"SELECT DISTINCT {column} FROM {table}")
    }  # fmt: skip
    rare = {
        "amputation_below_knee",
        "amputation_above_knee",
        "amputation_of_toe",
        "type_1_foot",
        "type_2_foot",
        "ketoacidosis_type_2",
    }
    assert {key for key, concept in concepts().items() if concept.id not in used} <= rare
