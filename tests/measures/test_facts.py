"""Facts where sources, people or tables meet: what the worked cases of the language do not show."""

from datetime import date

import pytest

from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts, facts_in
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.language import contacts, has, latest
from stewardship.people.periods import years_ending
from stewardship.people.table import people_table
from support.small_records import drawn, open_records

ASTHMA = CodeList("asthma", "asthma", "1", (CodeRule("ICD10", "J45", "prefix"),))
PEAK_FLOW = CodeList("peak-flow", "peak flow", "1", (CodeRule("LOINC", "33452-4"),), unit="L/min")
YEARS = years_ending(date(2024, 12, 31))


@pytest.fixture
def asked(tmp_path):
    """The latest year's value of an expression for each person, over drawn tables."""

    def ask(expression, people=2, **tables):
        everybody = range(1, people + 1)
        rows = {name: drawn(text, name) for name, text in tables.items()}
        rows["person"] = [{"person_id": who, "birth_date": date(1960, 7, 1)} for who in everybody]
        rows["registration"] = [{"person_id": who, "start": date(2015, 1, 1)} for who in everybody]
        records = open_records(tmp_path, rows)
        facts = Facts(records, facts_in(expression), YEARS)
        row = with_facts(people_table(records, YEARS), facts, [expression])
        value = row.number(expression) if hasattr(expression, "between") else row.asked(expression)
        table = row.table.filter(row.table.period == 4).select("person_id", answer=value)
        answers = {
            line["person_id"]: line["answer"] for line in records.engine.ibis.to_pyarrow(table).to_pylist()
        }
        records.engine.close()
        return answers

    return ask


def test_contacts_of_two_sources_with_one_number_keep_their_own_diagnoses(asked):
    answers = asked(
        contacts(diagnosis=ASTHMA).count(),
        activity="""
            source | activity_id | person_id | point_of_delivery   | start
            acute  | 7           | 1         | emergency_admission | 2024-05-01
            mental | 7           | 2         | mental_health       | 2024-05-01
        """,
        activity_code="""
            source | activity_id | person_id | kind      | position | system | code | date       | event_id
            acute  | 7           | 1         | diagnosis | 1        | ICD10  | J459 | 2024-05-01 | 1
        """,
    )
    assert answers == {1: 1, 2: 0}


def test_of_two_readings_alike_in_day_and_value_there_is_still_one_answer(asked):
    answers = asked(
        latest(PEAK_FLOW),
        observation="""
            source | event_id | person_id | system | code    | date       | value | unit
            one    | 1        | 1         | LOINC  | 33452-4 | 2024-05-01 | 400   | L/min
            two    | 1        | 1         | LOINC  | 33452-4 | 2024-05-01 | 400   | L/min
        """,
    )
    assert answers == {1: 400, 2: None}


def test_a_table_that_nobody_sent_makes_every_answer_a_no(asked):
    assert asked(has(ASTHMA)) == {1: False, 2: False}


def test_rows_that_stand_twice_count_twice(asked):
    """Duplicates are for the checks of the records to find; what is counted is what is there."""
    answers = asked(
        contacts().count(),
        activity="""
            activity_id | person_id | point_of_delivery | start
            1           | 1         | gp_appointment    | 2024-05-01
            1           | 1         | gp_appointment    | 2024-05-01
        """,
    )
    assert answers == {1: 2, 2: 0}


def test_a_record_from_before_the_first_year_and_one_from_after_the_last(asked):
    answers = asked(
        has(ASTHMA),
        condition="""
            event_id | person_id | system | code | start
            1        | 1         | ICD10  | J459 | 1890-01-01
            2        | 2         | ICD10  | J459 | 2025-01-01
        """,
    )
    assert answers == {1: True, 2: False}
