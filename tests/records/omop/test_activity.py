"""Visits, their diagnoses and procedures, and what they cost."""

import pytest

from support.omop_feed import PERSON, Feed, finding

VISITS = (
    "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date,care_site_id,"
    "visit_source_value,"
    "admitted_from_concept_id,admitted_from_source_value,preceding_visit_occurrence_id\n"
)
SITES = (
    "care_site_id,care_site_name,care_site_source_value,place_of_service_concept_id,"
    "place_of_service_source_value\n"
    "1,Surgery,F81001,,GP Practice\n2,Hospital,RAJ01,,\n3,Clinic,RAJ02,,430\n4,Surgery,F81002,38004453,\n"
)


def visit(feed: Feed, row: str, headings: str = VISITS) -> tuple[object, ...]:
    """Point of delivery, admission method, provider and specialty of visit 1; visit 9 is to the emergency
    department."""
    feed.write("PERSON.csv", PERSON).write("CARE_SITE.csv", SITES)
    feed.write(
        "VISIT_OCCURRENCE.csv",
        f"{headings}{row}\n9,1,9203,2024-01-09,2024-01-09,,,,,\n8,2,9203,2024-01-09,,,,,,\n",
    )
    feed.read()
    found = feed.rows(
        "activity", "activity_id", "point_of_delivery", "admission_method", "provider", "specialty"
    )
    return next(rest for number, *rest in found if number == 1)


@pytest.mark.parametrize(
    "row, point",
    [
        ("1,1,9202,2024-01-10,2024-01-10,,,,,", "outpatient"),
        ("1,1,9203,2024-01-10,2024-01-10,,,,,", "emergency_department"),
        ("1,1,262,2024-01-10,2024-01-12,,,,,", "emergency_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,,,,", "unclassified_admission"),
        ("1,1,9201,2024-01-10,2024-01-10,,Day case,,,", "day_case"),
        ("1,1,9201,2024-01-10,,,planned,,,", "planned_admission"),                     # still going on
        ("1,1,9201,2024-01-10,2024-01-12,,,8870,,", "emergency_admission"),            # admitted from the ER
        ("1,1,9201,2024-01-10,2024-01-12,,,,A&E,", "emergency_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,Non-elective,,,", "emergency_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,unplanned admission,,,", "emergency_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,Urgent,,,", "emergency_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,Non-urgent,,,", "unclassified_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,21,,,", "emergency_admission"),          # admission method codes
        ("1,1,9201,2024-01-10,2024-01-12,,,,2A,", "emergency_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,11,,,", "planned_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,,,13,", "planned_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,ward 21,,,", "unclassified_admission"),  # not the whole value
        ("1,1,9201,2024-01-10,2024-01-12,,31,,,", "maternity_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,,,83,", "maternity_admission"),          # a birth
        ("1,1,9201,2024-01-10,2024-01-12,,81,,,", "other_admission"),              # a transfer
        ("1,1,9201,2024-01-10,2024-01-12,,elective,,,", "planned_admission"),
        ("1,1,9201,2024-01-10,2024-01-12,,,,,9", "emergency_admission"),  # after the ER the day before
        ("1,1,9201,2024-01-12,2024-01-14,,,,,9", "unclassified_admission"),            # three days after it
        ("1,1,9201,2024-01-10,2024-01-12,,,,,8", "unclassified_admission"),  # another person's ER visit
        ("1,1,9202,2024-01-10,2024-01-10,1,,,,", "gp_appointment"),
        ("1,1,9202,2024-01-10,2024-01-10,4,,,,", "gp_appointment"),
        ("1,1,581477,2024-01-10,2024-01-10,,,,,", "gp_appointment"),
        ("1,1,38004453,2024-01-10,2024-01-10,,,,,", "gp_appointment"),
        ("1,1,581476,2024-01-10,2024-01-10,,,,,", "community"),
        ("1,1,32036,2024-01-10,2024-01-10,,,,,", "diagnostic"),
        ("1,1,0,2024-01-10,2024-01-10,,,,,", "other_contact"),
        ("1,1,,2024-01-10,2024-01-10,,,,,", "other_contact"),
        ("1,1,9202,2024-01-10,2024-01-10,,mental_health,,,", "mental_health"),  # our own word goes first
        ("1,1,9201,2024-01-10,2024-01-10,,Emergency_Admission:300,,,", "emergency_admission"),
    ],
)  # fmt: skip
def test_point_of_delivery(feed, row, point):
    assert visit(feed, row)[0] == point


@pytest.mark.parametrize(
    "row, method",
    [
        ("1,1,262,2024-01-10,2024-01-12,,,,,", "emergency"),
        ("1,1,9201,2024-01-10,2024-01-12,,elective,,,", "elective"),
        ("1,1,9202,2024-01-10,2024-01-10,,,,,", None),
    ],
)
def test_admission_method(feed, row, method):
    assert visit(feed, row)[1] == method


@pytest.mark.parametrize(
    "row, provider, specialty",
    [
        ("1,1,9202,2024-01-10,2024-01-10,2,outpatient:307,,,", "RAJ01", "307"),
        ("1,1,9202,2024-01-10,2024-01-10,3,,,,", "RAJ02", "430"),
        ("1,1,9202,2024-01-10,2024-01-10,2,outpatient:heart,,,", "RAJ01", None),
        ("1,1,9202,2024-01-10,2024-01-10,0,b094397f-03de,,,", None, None),
    ],
)
def test_provider_and_specialty(feed, row, provider, specialty):
    assert visit(feed, row)[2:] == [provider, specialty]


def test_version_5_3_names_its_columns_otherwise(feed):
    older = VISITS.replace("admitted_from_concept_id", "admitting_source_concept_id")
    assert visit(feed, "1,1,9201,2024-01-10,2024-01-12,,,9203,,", older)[0] == "emergency_admission"


def test_stays_of_which_nothing_tells_how_they_began_are_counted(feed):
    feed.write("PERSON.csv", PERSON).write(
        "VISIT_OCCURRENCE.csv",
        VISITS + "1,1,9201,2024-01-10,2024-01-12,,,,,\n2,1,9201,2024-02-10,2024-02-12,,ED,,,\n",
    )
    found = finding(feed.read(), "Inpatient stays of which nothing tells how they began")
    assert (found.count, found.examined) == (1, 2)


def test_a_condition_with_a_visit_is_also_a_diagnosis_of_it(feed):
    feed.with_people().write(
        "CONDITION_OCCURRENCE.csv",
        "condition_occurrence_id,person_id,condition_start_date,condition_source_value,visit_occurrence_id,"
        "condition_status_concept_id,condition_status_source_value\n"
        "3,1,2024-06-30,44054006,10,0,\n1,1,2024-06-30,38341003,10,0,\n2,1,2024-06-30,13645005,10,32902,\n"
        "4,2,2024-05-01,44054006,20,0,secondary\n5,2,2024-05-01,38341003,20,0,Primary diagnosis\n"
        "6,2,2024-05-01,73211009,,0,\n7,2,2024-05-01,73211009,0,0,\n8,2,2024-05-01,73211009,99,0,\n",
    )
    reading = feed.read()
    assert len(feed.rows("condition")) == 8
    assert feed.rows("activity_code", "event_id", "activity_id", "kind", "position") == [
        (1, 10, "diagnosis", None), (2, 10, "diagnosis", 1), (3, 10, "diagnosis", None),
        (4, 20, "diagnosis", None), (5, 20, "diagnosis", 1), (8, 99, "diagnosis", None),
    ]  # fmt: skip
    dangling = finding(reading, "Rows whose visit is not loaded")
    assert (dangling.count, dangling.examined) == (1, 6)


@pytest.mark.parametrize("concept, word, position", [
    (32901, "", 1), (32902, "", 1), (32903, "", 1), (0, "Primary diagnosis", 1), (0, "secondary", None),
    (32890, "", None), (0, "", None),
])  # fmt: skip
def test_a_diagnosis_has_a_position_only_where_the_source_says_primary(feed, concept, word, position):
    feed.with_people().write(
        "CONDITION_OCCURRENCE.csv",
        "condition_occurrence_id,person_id,condition_start_date,condition_source_value,visit_occurrence_id,"
        f"condition_status_concept_id,condition_status_source_value\n3,1,2024-06-30,44054006,10,{concept},{word}\n",
    ).read()
    assert feed.rows("activity_code", "position") == [(position,)]


def test_codes_of_another_persons_visit_belong_to_no_visit(feed):
    """Visit 20 is of person 2. The condition and the procedure of person 1 are loaded, without it."""
    for table, prefix, day in (
        ("CONDITION_OCCURRENCE", "condition", "condition_start_date"),
        ("PROCEDURE_OCCURRENCE", "procedure", "procedure_date"),
    ):
        feed.write(
            f"{table}.csv",
            f"{prefix}_occurrence_id,person_id,{day},{prefix}_source_value,visit_occurrence_id\n"
            "1,1,2024-05-01,44054006,20\n2,2,2024-05-01,44054006,20\n",
        )
    reading = feed.with_people().read()
    assert feed.rows("condition", "event_id") == [(1,), (2,)]
    assert feed.rows("activity_code", "event_id", "person_id", "kind", "activity_id") == [
        (1, 1, "procedure", None), (2, 2, "diagnosis", 20), (2, 2, "procedure", 20),
    ]  # fmt: skip
    strays = [f for f in reading.findings if f.check == "Rows whose visit is another person's"]
    assert [(f.table, f.count, f.examined) for f in strays] == [
        ("CONDITION_OCCURRENCE.csv", 1, 2), ("PROCEDURE_OCCURRENCE.csv", 1, 2),
    ]  # fmt: skip


def test_procedures_are_kept_with_or_without_a_visit(feed):
    feed.with_people().write(
        "PROCEDURE_OCCURRENCE.csv",
        "procedure_occurrence_id,person_id,procedure_date,procedure_source_value,visit_occurrence_id\n"
        "1,1,2024-06-30,73761001,10\n2,1,2024-06-30,73761001,\n",
    ).read()
    assert feed.rows("activity_code", "event_id", "activity_id", "kind", "position", "code") == [
        (1, 10, "procedure", None, "73761001"), (2, None, "procedure", None, "73761001")
    ]  # fmt: skip


def test_measurements_and_observations_with_the_same_number_are_both_kept(feed):
    for prefix in ("measurement", "observation"):
        feed.write(
            f"{prefix.upper()}.csv",
            f"{prefix}_id,person_id,{prefix}_date,{prefix}_source_value\n1,1,2024-01-01,44054006\n",
        )
    feed.with_people().read()
    assert feed.rows("observation", "event_id", "source_file") == [
        (1, "MEASUREMENT.csv"),
        (1, "OBSERVATION.csv"),
    ]


COST = "cost_id,cost_event_id,cost_domain_id,currency_concept_id,total_charge,total_cost,total_paid\n"


@pytest.mark.parametrize(
    "rows, pence, basis",
    [
        ("1,10,Visit,44818571,999,,120.5\n", 12050, "actual"),
        ("1,10,Visit,,999,88.10,\n", 8810, "actual"),  # what it cost, where nothing was paid
        ("1,10,visit,0,,50,120.555\n2,10,Visit,0,,,0.01\n", 12057, "actual"),  # several costs of one visit
        ("1,10,Visit,44818668,,,120\n", None, None),                         # US dollars
        ("1,10,Visit,,,,-5\n", None, None),
        ("1,10,Visit,,999,,\n", None, None),                                 # a charge is not a cost
        ("1,10,Procedure,,,,120\n", None, None),
    ],
)  # fmt: skip
def test_what_a_visit_cost(feed, rows, pence, basis):
    feed.with_people().write("COST.csv", COST + rows).read()
    assert ((10, pence, basis)) in feed.rows("activity", "activity_id", "cost_pence", "cost_basis")


def test_what_a_medicine_cost(feed):
    feed.with_people().write("COST.csv", COST + "1,3,Drug,,,,1.25\n").write(
        "DRUG_EXPOSURE.csv",
        "drug_exposure_id,person_id,drug_exposure_start_date,drug_source_value,quantity\n"
        "3,1,2024-06-01,319775004,28\n"
        "4,1,2024-06-01,319775004,-1\n",
    )
    reading = feed.read()
    assert feed.rows("medication", "event_id", "quantity", "cost_pence") == [(3, 28.0, 125)]
    assert feed.set_aside() == [("DRUG_EXPOSURE.csv", 2, "quantity", "quantity is below 0")]
    assert finding(reading, "Costs that name no currency").count == 1


def test_costs_in_another_currency_are_set_aside(feed):
    feed.with_people().write("COST.csv", COST + "1,10,Visit,44818668,,,120\n").read()
    assert feed.set_aside() == [
        (
            "COST.csv",
            1,
            "currency_concept_id",
            "the cost is not in pounds sterling (currency concept 44818571)",
        )
    ]


def test_a_death_may_have_no_cause(feed):
    feed.with_people().write(
        "DEATH.csv",
        "person_id,death_date,cause_concept_id,cause_source_value\n1,2024-01-01,,\n2,2024-01-02,777,I21.9\n",
    ).read()
    assert feed.rows("death", "person_id", "system", "code") == [(1, None, None), (2, "LOCAL", "I21.9")]
