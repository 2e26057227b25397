"""What would unlock a measure is said in words for whoever can send it, the same words for the same mending."""

import pytest

from stewardship.measures.coverage import Coverage
from stewardship.measures.lacks import Effort, without_supply
from stewardship.measures.measure import cost, proportion, rate, unavailable
from stewardship.measures.needing import need_of, tables_of
from stewardship.measures.needs import Need, read_needs, write_needs
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.language import (
    EVERYONE,
    contacts,
    counted,
    has,
    latest,
    prescriptions,
    procedures,
    recorded,
)
from support.small_records import drawn, open_records

DIABETES = CodeList("diabetes", "Diabetes", "1", (CodeRule("ICD10", "E10-E14", "range"),))
HBA1C = CodeList("hba1c", "HbA1c", "3", (CodeRule("LOINC", "59261-8"),), unit="mmol/mol")
FEET = CodeList("feet", "Foot examination", "2", (CodeRule("SNOMED", "401191002"),))
WORDS = {"better": "higher", "numerator_in_words": "people"}

SENT = {
    "registration": "person_id | practice | start\n1 | P1 | 2010-01-01",
    "condition": "event_id | person_id | system | code | start\n1 | 1 | ICD10 | E119 | 2024-01-01",
    "observation": "event_id | person_id | system | code | date | value | unit\n"
                   "1 | 1 | LOINC | 59261-8 | 2024-01-01 | 48 |",
    "activity": "activity_id | person_id | point_of_delivery | specialty | start\n"
                "1 | 1 | outpatient | 300 | 2024-01-01\n2 | 1 | emergency_department | | 2024-01-01",
}  # fmt: skip


def share(achieved, who=EVERYONE):
    return proportion("share", who=who, achieved=achieved, **WORDS)


def events(of):
    return rate("events", events=of, **WORDS)


@pytest.fixture
def coverage(tmp_path):
    records = open_records(tmp_path, {name: drawn(text, name) for name, text in SENT.items()})
    yield Coverage(records)
    records.engine.close()


@pytest.mark.parametrize("measure, effort, unlock, what", [
    (share(latest(HBA1C) <= 58), Effort.COLUMN, "Sending units with HbA1c results",
     "Columns value and unit of observation; wanted: mmol/mol."),
    (share(recorded(FEET)), Effort.CODES, "Sending records of foot examination with readings and tests",
     "None of the codes of the list feet (2) stands in observation."),
    (share(prescriptions().any()), Effort.TABLE, "Sending prescriptions",
     "Rows of medication: one row an item issued or dispensed."),
    (events(contacts(point_of_delivery="ambulance")), Effort.TABLE, "Sending ambulance incidents",
     "Rows of activity: one row a contact, attendance or stay."),
    (events(procedures(FEET)), Effort.TABLE, "Sending diagnoses and procedures of contacts",
     "Rows of activity_code: one row a diagnosis or procedure, every one kept."),
    (cost("cost", of=contacts(point_of_delivery="outpatient").cost(), **WORDS), Effort.COLUMN,
     "Sending costs with contacts and stays", "Column cost_pence of activity."),
])  # fmt: skip
def test_one_thing_lacking_is_told_to_whoever_can_send_it(coverage, measure, effort, unlock, what):
    (lack,) = coverage.lacks(measure)
    assert (lack.effort, lack.unlock, lack.what) == (effort, unlock, what)


def test_a_measure_that_can_be_made_lacks_nothing(coverage):
    assert coverage.lacks(share(has(DIABETES))) == ()


def test_everything_that_has_to_be_mended_is_named_and_the_page_names_what_it_named_before(coverage):
    both = cost("cost", of=contacts().cost() + prescriptions().cost(), **WORDS)
    assert [lack.unlock for lack in coverage.lacks(both)] == [
        "Sending costs with contacts and stays",
        "Sending prescriptions",
    ]
    assert coverage.missing(both) == "no costs have been sent with contacts or stays"
    processes = share(counted(recorded(FEET), latest(HBA1C).between(0, 58)) >= 2)
    assert len(coverage.lacks(processes)) == 2


def test_stays_of_which_neither_beginning_nor_cost_is_told_need_both(tmp_path):
    stays = "activity_id | person_id | point_of_delivery | start\n1 | 1 | unclassified_admission | 2024-01-01"
    tables = {
        "registration": SENT["registration"],
        "activity": f"{stays}\n2 | 1 | emergency_admission | 2024-01-01",
    }
    records = open_records(tmp_path, {name: drawn(text, name) for name, text in tables.items()})
    measure = cost("cost", of=contacts(point_of_delivery="emergency_admission").cost(), **WORDS)
    assert [lack.unlock for lack in Coverage(records).lacks(measure)] == [
        "Sending how each hospital stay began",
        "Sending costs with contacts and stays",
    ]
    assert Coverage(records).missing(measure).endswith("do not tell whether they were emergencies")
    records.engine.close()


def test_costs_of_any_kind_of_contact_are_unlocked_by_the_same_words(coverage):
    kinds = (contacts(point_of_delivery="outpatient"), contacts(point_of_delivery="emergency_department"))
    lacks = [coverage.lacks(cost("cost", of=of.cost(), **WORDS))[0] for of in kinds]
    assert lacks[0].reason != lacks[1].reason
    assert lacks[0].unlock == lacks[1].unlock


@pytest.mark.parametrize("because, unlock", [
    ("no finance ledger has been sent", "Supplying a finance ledger"),
    ("no eye screening results have been supplied", "Supplying eye screening results"),
    ("no estimate has been sent", "Supplying an estimate"),
    ("it needs a published figure of need, and no measure is made of those yet",
     "Supplying a published figure of need"),
    ("it needs the waiting-time rules, which are not in this version yet",
     "A later version, with the waiting-time rules"),
    ("the survey was stopped", "Mending that the survey was stopped"),
])  # fmt: skip
def test_data_that_no_measure_is_made_of_are_the_most_effort(because, unlock):
    lack = without_supply(because)
    assert (lack.effort, lack.reason, lack.unlock) == (Effort.SUPPLY, because, unlock)


def test_a_measure_reads_the_tables_of_its_facts_and_those_of_people():
    admissions = events(contacts(point_of_delivery="emergency_admission", diagnosis=DIABETES))
    assert tables_of(admissions) == ("person", "registration", "activity", "activity_code")
    assert tables_of(share(has(DIABETES))) == ("person", "registration", "condition")
    assert tables_of(unavailable("none", statistic="amount", unit="£", because="no x has been sent")) == ()


def test_needs_are_read_as_they_were_written(coverage, tmp_path):
    needs = [need_of("tiny", share(latest(HBA1C) <= 58), coverage), Need("tiny", "other", ("person",))]
    write_needs(tmp_path, needs, {"person": ("gp",)})
    read = read_needs(tmp_path)
    assert list(read.measures) == needs
    assert read.senders == {"person": ("gp",)}
