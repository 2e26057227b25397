"""A measure that the records cannot carry is missing, and says why; what is only rare is not."""

import pytest

from stewardship.measures.coverage import Coverage
from stewardship.measures.measure import cost, people, proportion, rate, unavailable
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.language import (
    EVERYONE,
    admitted,
    contacts,
    counted,
    deaths,
    has,
    latest,
    prescriptions,
    procedures,
    recorded,
)
from support.small_records import drawn, open_records

DIABETES = CodeList("diabetes", "Diabetes", "1", (CodeRule("ICD10", "E10-E14", "range"),))
HBA1C = CodeList("hba1c", "HbA1c", "1", (CodeRule("LOINC", "59261-8"),), unit="mmol/mol")
FEET = CodeList("feet", "Foot examination", "1", (CodeRule("SNOMED", "401191002"),))
STATIN = CodeList("statin", "Statin", "1", (CodeRule("BNF", "0212", "prefix"),))
AMPUTATION = CodeList("amputation", "Amputation", "1", (CodeRule("OPCS4", "X09", "prefix"),))

FULL = {
    "registration": "person_id | practice | start\n1 | P1 | 2010-01-01",
    "condition": "event_id | person_id | system | code | start\n1 | 1 | ICD10 | E119 | 2024-01-01",
    "observation": """
        event_id | person_id | system | code      | date       | value | unit
        1        | 1         | LOINC  | 59261-8   | 2024-01-01 | 48    | mmol/mol
        2        | 1         | SNOMED | 401191002 | 2024-01-01 |       |
    """,
    "medication": """
        event_id | person_id | system | code    | date       | cost_pence
        1        | 1         | BNF    | 0212000 | 2024-01-01 | 90
    """,
    "activity": """
        activity_id | person_id | point_of_delivery   | specialty | start      | cost_pence
        1           | 1         | emergency_admission | 300       | 2024-01-01 | 90000
        2           | 1         | outpatient          | 307       | 2024-01-01 | 9000
    """,
    "activity_code": """
        event_id | activity_id | person_id | kind      | position | system | code | date
        1        | 1           | 1         | diagnosis | 1        | ICD10  | I10  | 2024-01-01
        2        | 1           | 1         | procedure |          | OPCS4  | U05  | 2024-01-01
    """,
    "death": "person_id | date | system | code\n1 | 2024-12-01 | ICD10 | I10",
}
WORDS = {"better": "higher", "numerator_in_words": "people"}


def share(achieved, who=EVERYONE):
    return proportion("share", who=who, achieved=achieved, **WORDS)


def events(of, who=EVERYONE):
    return rate("events", events=of, who=who, **WORDS)


@pytest.fixture
def missing(tmp_path):
    """Why a measure is missing where some tables are drawn otherwise; None: nobody sent the table."""

    def why(measure, **drawn_otherwise):
        tables = {name: text for name, text in {**FULL, **drawn_otherwise}.items() if text is not None}
        records = open_records(tmp_path, {name: drawn(text, name) for name, text in tables.items()})
        reason = Coverage(records).missing(measure)
        records.engine.close()
        return reason

    return why


@pytest.mark.parametrize("measure", [
    share(has(DIABETES)),
    share(recorded(FEET)),
    share(latest(HBA1C) <= 58),
    share(prescriptions(STATIN).any()),
    events(contacts()),
    events(contacts(point_of_delivery="emergency_admission", diagnosis=DIABETES)),
    events(procedures(AMPUTATION)),
    events(deaths(DIABETES)),
    cost("cost", of=contacts().cost() + prescriptions().cost(), **WORDS),
    people("everyone", who=EVERYONE, who_in_words="residents"),
], ids=lambda measure: f"{measure.name} {measure.numerator}"[:60])  # fmt: skip
def test_a_measure_that_the_records_carry_is_made_and_rare_things_may_be_nought(missing, measure):
    assert missing(measure) == ""


@pytest.mark.parametrize("measure, without, words", [
    (share(has(DIABETES)), "condition", "no conditions have been sent"),
    (share(recorded(FEET)), "observation", "no readings and tests have been sent"),
    (share(prescriptions(STATIN).any()), "medication", "no prescriptions have been sent"),
    (events(contacts()), "activity", "no contacts and stays have been sent"),
    (events(procedures(AMPUTATION)), "activity_code",
     "no diagnoses and procedures of contacts have been sent"),
    (events(contacts(diagnosis=DIABETES)), "activity_code",
     "no diagnoses and procedures of contacts have been sent"),
    (events(deaths()), "death", "no deaths have been sent"),
    (share(has(DIABETES)), "registration", "nobody can be counted, because no registrations have been sent"),
    (share(recorded(FEET), who=has(DIABETES)), "condition", "no conditions have been sent"),
])  # fmt: skip
def test_what_nobody_sent_is_named(missing, measure, without, words):
    assert missing(measure, **{without: None}) == words


CLINICS_ONLY = "\n".join(line for line in FULL["activity"].splitlines() if "emergency" not in line)
NO_FEET = "\n".join(line for line in FULL["observation"].splitlines() if "SNOMED" not in line)


@pytest.mark.parametrize("measure, otherwise, words", [
    (share(recorded(FEET)), {"observation": NO_FEET},
     "no record of foot examination was found in the readings and tests sent"),
    (share(latest(HBA1C) <= 58), {"observation": FULL["observation"].replace("59261-8", "9999-9 ")},
     "no record of HbA1c was found in the readings and tests sent"),
    (share(prescriptions(STATIN).any()), {"medication": FULL["medication"].replace("0212000", "0601000")},
     "no record of statin was found in the prescriptions sent"),
    (events(contacts(point_of_delivery="ambulance")), {},
     "no ambulance incidents were found in the contacts and stays sent"),
    (events(contacts(point_of_delivery=("ambulance", "gp_appointment"))), {},
     "no ambulance incidents or GP practice appointments were found in the contacts and stays sent"),
    (events(contacts(point_of_delivery="outpatient", specialty=("320", "170"))), {},
     "no contacts in treatment functions 320, 170 were found in the contacts and stays sent"),
    (events(contacts(point_of_delivery=("social_care", "other_contact"))), {},
     "no contacts with social care or contacts of a kind the source does not tell were found in the contacts "
     "and stays sent"),
    (events(contacts(diagnosis=DIABETES)),
     {"activity_code": FULL["activity_code"].replace("| 1        | ICD10", "|          | ICD10")},
     "it was not sent which diagnosis of a contact is the primary one"),
    (cost("cost", of=contacts().cost(), **WORDS), {"activity": FULL["activity"].replace("| 9000\n", "|\n")},
     "costs came with only some of contacts or stays"),
    (share(admitted(DIABETES)), {"activity": CLINICS_ONLY},
     "no hospital stays were found in the contacts and stays sent"),
])  # fmt: skip
def test_what_nobody_ever_records_is_named(missing, measure, otherwise, words):
    assert missing(measure, **otherwise) == words


UNLABELLED = """
    event_id | person_id | system | code    | date       | value | unit
    1        | 1         | LOINC  | 59261-8 | 2024-01-01 | 48    |
    2        | 1         | LOINC  | 59261-8 | 2024-02-01 | 49    |
    3        | 1         | LOINC  | 59261-8 | 2024-02-01 | 6.5   | %
"""
OTHER_UNIT = "\n".join(line for line in UNLABELLED.splitlines() if "48" not in line and "49" not in line)


@pytest.mark.parametrize("observation, words", [
    (UNLABELLED,
     "a few results of HbA1c came without a unit, so their values cannot be compared (wanted: mmol/mol)"),
    (OTHER_UNIT, "no value of HbA1c was sent in mmol/mol"),
    (FULL["observation"].replace("| 48    |", "|       |"), "no value of HbA1c was sent in mmol/mol"),
    (UNLABELLED + "    4 | 1 | LOINC | 59261-8 | 2024-02-01 | 50 | mmol/mol", ""),
])  # fmt: skip
def test_values_without_the_wanted_unit_cannot_be_compared(missing, observation, words):
    assert missing(share(latest(HBA1C) <= 58), observation=observation) == words


def test_a_check_needs_no_unit(missing):
    assert missing(share(recorded(HBA1C)), observation=UNLABELLED) == ""


@pytest.mark.parametrize("of, otherwise, words", [
    (contacts(point_of_delivery="outpatient").cost(),
     {"activity": FULL["activity"].replace("| 9000\n", "|\n")},
     "no costs have been sent with outpatient attendances"),
    (contacts().cost(), {"activity": FULL["activity"].replace("| 90000", "|").replace("| 9000", "|")},
     "no costs have been sent with contacts or stays"),
    (prescriptions().cost(), {"medication": FULL["medication"].replace("| 90", "|")},
     "no costs have been sent with prescriptions"),
    (contacts().cost() + prescriptions().cost(), {"medication": FULL["medication"].replace("| 90", "|")},
     "no costs have been sent with prescriptions"),
])  # fmt: skip
def test_costs_that_nobody_sent_are_named(missing, of, otherwise, words):
    assert missing(cost("cost", of=of, **WORDS), **otherwise) == words


STAYS = "activity_id | person_id | point_of_delivery | start\n" + "\n".join(
    f"{n} | 1 | {'unclassified_admission' if n <= 3 else 'emergency_admission'} | 2024-01-01"
    for n in range(1, 21)
)


def test_stays_that_do_not_tell_how_they_began_leave_their_kinds_uncounted(missing):
    words = "a few of 20 hospital stays do not tell whether they were emergencies"
    assert missing(events(contacts(point_of_delivery="emergency_admission")), activity=STAYS) == words
    assert missing(events(contacts()), activity=STAYS) == ""


def test_births_and_transfers_tell_how_they_began(missing):
    stays = STAYS.replace("unclassified_admission", "maternity_admission")
    assert missing(events(contacts(point_of_delivery="emergency_admission")), activity=stays) == ""
    stays = STAYS.replace("unclassified_admission", "other_admission")
    assert missing(events(contacts(point_of_delivery="planned_admission")), activity=stays) == (
        "no planned admissions were found in the contacts and stays sent"
    )


def test_what_is_coded_in_another_system_is_not_nought(missing):
    """A list of OPCS-4 finds nothing among procedures that are coded in SNOMED CT alone."""
    elsewhere = """
        event_id | activity_id | person_id | kind      | position | system | code     | date
        1        | 1           | 1         | procedure | 1        | SNOMED | 52734007 | 2024-01-01
    """
    assert missing(events(procedures(AMPUTATION)), activity_code=elsewhere) == (
        "no OPCS-4 codes were found in the diagnoses and procedures of contacts sent, and only these tell of amputation"
    )
    emergencies = events(contacts(point_of_delivery="emergency_admission", diagnosis=DIABETES))
    assert "and only these tell of" in missing(emergencies, activity_code=elsewhere)
    assert missing(share(has(DIABETES)), activity_code=elsewhere) == ""


def test_one_way_of_knowing_is_enough(missing):
    either = share(recorded(FEET) | procedures(AMPUTATION).any())
    assert missing(either, activity_code=None) == ""
    assert missing(either, observation=None) == ""
    assert missing(either, observation=None, activity_code=None) == "no readings and tests have been sent"


def test_of_things_that_belong_together_everything_that_lacks_is_named(missing):
    feet = "no record of foot examination was found in the readings and tests sent"
    words = f"{feet}; no prescriptions have been sent"
    both = share(recorded(FEET) & prescriptions(STATIN).any())
    assert missing(both, observation=NO_FEET, medication=None) == words
    assert missing(share(counted(recorded(FEET), prescriptions(STATIN).any()) >= 2), observation=NO_FEET,
                   medication=None) == words  # fmt: skip


def test_whom_it_is_about_comes_before_what_is_counted(missing):
    words = missing(share(recorded(FEET), who=has(DIABETES)), condition=None, observation=None)
    assert words == "no conditions have been sent"


def test_a_measure_that_no_source_can_carry_says_so(missing):
    because = "no modelled prevalence has been supplied"
    assert missing(unavailable("found", statistic="proportion", unit="%", because=because)) == because
