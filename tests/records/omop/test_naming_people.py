"""How a feed names people: by a pseudonym or an NHS number, in person_id or beside it. The numbers are invented."""

import pytest

from stewardship.records.files import SourceError
from stewardship.records.identity import Identities, Naming
from support.omop_feed import BUILD_DAY, finding

KEY = Identities(b"a key")
BESIDE = Naming(KEY, "nhs-number", "person_source_value", "nhs number")
ITSELF = Naming(KEY, "nhs-number", "person_id", "nhs number")
ONE, TWO, THREE = "9990000018", "9990000026", "9990000034"
HEADING = "person_id,person_source_value,year_of_birth\n"


def number(identifier: str, naming: Naming = BESIDE) -> int:
    (found,) = naming.person_ids([identifier])
    assert found
    return found


def read(feed, naming=BESIDE, **options):
    return feed.read(naming=naming, as_of=BUILD_DAY, **options)


def condition(*persons: str) -> str:
    rows = "".join(f"{n},{person},44054006,2024-02-03\n" for n, person in enumerate(persons, 1))
    return "condition_occurrence_id,person_id,condition_source_value,condition_start_date\n" + rows


def test_an_nhs_number_beside_person_id_becomes_the_person_id_of_every_row(feed):
    feed.write("PERSON.csv", f"{HEADING}1,{ONE},1950\n2,{TWO[:3]} {TWO[3:6]} {TWO[6:]},1960\n")
    feed.write("CONDITION_OCCURRENCE.csv", condition("2", "1", "2"))
    assert read(feed).people == 2
    assert set(feed.rows("person", "person_id")) == {(number(ONE),), (number(TWO),)}
    by_event = dict(feed.rows("condition", "event_id", "person_id"))
    assert by_event == {1: number(TWO), 2: number(ONE), 3: number(TWO)}


def test_an_nhs_number_in_person_id_is_the_same_person(feed):
    feed.write("PERSON.csv", f"person_id,year_of_birth\n{ONE},1950\n 999 000 0026 ,1960\n")
    feed.write("CONDITION_OCCURRENCE.csv", condition(TWO, "999-000-0018"))
    read(feed, ITSELF)
    assert dict(feed.rows("condition", "event_id", "person_id")) == {1: number(TWO), 2: number(ONE)}


@pytest.mark.parametrize(
    "sent, pattern",
    [
        ("999000001", "9 digits"),
        ("9990000019", "10 digits, wrong check digit"),
        ("999 000 0019", "10 digits, wrong check digit"),
        ("9999999999", "one digit repeated"),
        ("99900000181", "11 digits"),
        ("99900O0018", "10 characters"),
    ],
)
def test_a_number_that_is_none_is_set_aside_by_its_pattern(feed, sent, pattern):
    feed.write("PERSON.csv", f"{HEADING}1,{ONE},1950\n2,{sent},1960\n")
    feed.write("CONDITION_OCCURRENCE.csv", condition("2"))
    reading = read(feed)
    assert reading.people == 1
    assert feed.set_aside() == [
        ("CONDITION_OCCURRENCE.csv", 1, "person_id",
         "the person (1 digits) is not in PERSON, or was set aside there"),
        ("PERSON.csv", 2, "person_source_value", f"the NHS number is none: {pattern}"),
    ]  # fmt: skip
    assert finding(reading, f"Rows set aside: the NHS number is none: {pattern}").count == 1


def test_in_person_id_too_and_not_even_its_length_is_told_of_an_unknown_one(feed):
    feed.write("PERSON.csv", f"person_id,year_of_birth\n{ONE},1950\n9990000019,1960\n")
    feed.write("CONDITION_OCCURRENCE.csv", condition("9990000019", THREE))
    read(feed, ITSELF)
    assert feed.set_aside() == [
        ("CONDITION_OCCURRENCE.csv", 1, "person_id", "the NHS number is none: 10 digits, wrong check digit"),
        ("CONDITION_OCCURRENCE.csv", 2, "person_id", "the person is not in PERSON, or was set aside there"),
        ("PERSON.csv", 2, "person_id", "the NHS number is none: 10 digits, wrong check digit"),
    ]


def test_an_empty_number_is_told_by_the_feeds_own_heading(feed):
    feed.write("PERSON.csv", f"{HEADING}1,{ONE},1950\n2,,1960\n,{TWO},1970\n")
    assert read(feed).people == 1
    assert feed.set_aside() == [
        ("PERSON.csv", 2, "person_source_value", "person_source_value is empty"),
        ("PERSON.csv", 3, "person_id", "person_id is empty"),
    ]


def test_a_column_that_is_not_there_is_named(feed):
    feed.write("PERSON.csv", "person_id,year_of_birth\n1,1950\n")
    with pytest.raises(
        SourceError, match=r"PERSON\.csv has no column person_source_value\. It has: person_id"
    ):
        read(feed)


def test_two_rows_of_one_person_are_one_and_the_events_of_both_are_theirs(feed):
    """A hospital has registered somebody twice: the first sound row says who they are."""
    feed.write("PERSON.csv", f"{HEADING}1,{ONE},\n2,{ONE},1951\n3,{ONE},1952\n4,{TWO},1960\n")
    feed.write("CONDITION_OCCURRENCE.csv", condition("2", "3", "4", "1"))
    feed.write("DEATH.csv", "person_id,death_date\n2,2024-05-01\n3,2024-05-02\n")
    feed.write(
        "OBSERVATION_PERIOD.csv",
        "observation_period_id,person_id,observation_period_start_date,observation_period_end_date\n"
        "1,2,2020-01-01,2024-01-01\n2,3,2020-01-01,2024-01-01\n",
    )
    assert read(feed).people == 2
    assert (number(ONE), "1951") in [
        (who, str(born.year)) for who, born in feed.rows("person", "person_id", "birth_date")
    ]
    assert dict(feed.rows("condition", "event_id", "person_id")) == {
        1: number(ONE),
        2: number(ONE),
        3: number(TWO),
    }
    assert len(feed.rows("death")) == len(feed.rows("registration")) == 1
    aside = {(file, row): reason for file, row, _, reason in feed.set_aside()}
    assert (
        aside["PERSON.csv", 3]
        == "the person is in the file under another person_id too: the first row is kept"
    )
    assert aside["DEATH.csv", 2] == "the person's death is in the file more than once: the first row is kept"
    assert "more than once" in aside["OBSERVATION_PERIOD.csv", 2]
    assert "is not in PERSON" in aside["CONDITION_OCCURRENCE.csv", 4]  # that row was set aside for itself


def test_a_visit_under_another_number_of_the_same_person_is_theirs(feed):
    feed.write("PERSON.csv", f"{HEADING}1,{ONE},1950\n2,{ONE},1950\n3,{TWO},1960\n")
    feed.write(
        "VISIT_OCCURRENCE.csv",
        "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date\n"
        "10,1,9202,2024-02-03,2024-02-03\n30,3,9202,2024-02-03,2024-02-03\n",
    )
    feed.write(
        "CONDITION_OCCURRENCE.csv",
        "condition_occurrence_id,person_id,condition_source_value,condition_start_date,visit_occurrence_id\n"
        "1,2,44054006,2024-02-03,10\n2,2,44054006,2024-02-03,30\n",
    )
    reading = read(feed)
    assert feed.rows("activity_code", "event_id", "activity_id") == [(1, 10)]
    assert finding(reading, "Rows whose visit is another person's").count == 1


def test_periods_of_a_feed_that_registers_nobody_are_not_read(feed):
    feed.with_people().write("OBSERVATION_PERIOD.csv", "anything\n1\n")
    reading = feed.read(registers=False)
    assert feed.rows("registration") == []
    assert "registration" not in reading.present
    told = finding(reading, "Periods of observation of a feed that registers nobody")
    assert (told.outcome, told.table) == ("not applicable", "OBSERVATION_PERIOD.csv")
