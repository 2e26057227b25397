"""Ids, dates, codes and units: what is accepted, and what they become."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stewardship.records.codes import define_snomed_check
from stewardship.records.engine import Engine
from stewardship.records.fields import as_text, parsed
from stewardship.records.identity import Identities, Naming
from support.omop_feed import BUILD_DAY, Feed

MEASUREMENT = (
    "measurement_id,person_id,measurement_date,measurement_source_value,measurement_source_concept_id,"
    "value_as_number,unit_source_value,unit_concept_id\n"
)
CONCEPT = (
    "concept_id,vocabulary_id,concept_code\n3004410,LOINC,4548-4\n3004249,LOINC,8480-6\n8554,UCUM,%\n"
    "3027114,LOINC,2093-3\n35207668,ICD10,E11.9\n44824071,ICD10CM,e11.65\n21001,OPCS4,X09.3\n9,RxNorm "
    "Extension,OMOP9\n"
    "10,dm+d,319775004\n11,Nebraska Lexicon,N1\n12,SNOMED,44054006\n13,Read,C10..\n0,None,No matching "
    "concept\n"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = Engine(scratch=tmp_path_factory.mktemp("scratch"))
    define_snomed_check(engine)
    return engine


def read_value(engine, kind, sent):
    text = as_text("v", "VARCHAR")
    rows = f"SELECT v, {text} AS t FROM (SELECT ?::VARCHAR AS v)"
    return engine.rows(f"SELECT {parsed(kind, 'v', 'VARCHAR', 't')} FROM ({rows})", [sent])[0][0]


@pytest.mark.parametrize(
    "sent, number",
    [
        ("1", 1), ("-1", -1), (" 12 ", 12), ("+5", 5), ("007", 7), ("0", 0),
        ("9007199254740993", 9007199254740993),
        ("9223372036854775807", 2**63 - 1), ("-9223372036854775808", -(2**63)),
        ("123.0", 123), ("123.00", 123), ("-4.0", -4),
        ("9223372036854775808", None), ("9007199254740993.0", None), ("123.5", None), ("1e5", None),
        ("12a", None),
        ("1 2", None), ("", None), ("NULL", None), ("\\N", None), ("0x1F", None), ("1_000", None),
    ],
)  # fmt: skip
def test_a_whole_number(engine, sent, number):
    assert read_value(engine, "integer", sent) == number


@given(number=st.integers(min_value=-(2**63), max_value=2**63 - 1))
def test_every_64_bit_number_survives(engine, number):
    assert read_value(engine, "integer", str(number)) == number


@pytest.mark.parametrize(
    "sent, day",
    [
        ("2020-02-29", date(2020, 2, 29)), ("20200229", date(2020, 2, 29)),
        ("2020-02-29 00:00:00", date(2020, 2, 29)), ("2020-02-29T23:59:59.999Z", date(2020, 2, 29)),
        ("2020-02-29 10:00", date(2020, 2, 29)), ("2020-02-29 00:00:00+01", date(2020, 2, 29)),
        ("2019-02-29", None), ("29/02/2020", None), ("2020-2-9", None), ("2020", None), ("20201301", None),
        ("2020-02-29 noon", None), ("2020-02-291", None), ("", None),
    ],
)  # fmt: skip
def test_a_day(engine, sent, day):
    assert read_value(engine, "day", sent) == day


@given(day=st.dates(min_value=date(1850, 1, 1), max_value=date(2200, 1, 1)))
def test_every_day_survives_in_each_way_of_writing_it(engine, day):
    for sent in (f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day:%Y-%m-%d} 12:30:00"):
        assert read_value(engine, "day", sent) == day


@pytest.mark.parametrize("sent, number", [("5", 5.0), ("5.25", 5.25), ("-0.5", -0.5), ("1e3", 1000.0),
                                          ("nan", None), ("inf", None), ("5,5", None),
                                          ("high", None)])  # fmt: skip
def test_a_number(engine, sent, number):
    assert read_value(engine, "number", sent) == number


@pytest.mark.parametrize(
    "number", ["44054006", "999791000000106", "1003671000000109", "97331000119101", "10509002"]
)
def test_snomed_identifiers_have_a_true_check_digit(engine, number):
    assert engine.rows("SELECT is_snomed_concept(?)", [number]) == [(True,)]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert engine.rows("SELECT is_snomed_concept(?)", [wrong]) == [(False,)]


@pytest.mark.parametrize(
    "text", ["", "12345", "44054006 ", "E11.9", "044054006", "1234567890123456789", "751689013"]
)
def test_what_is_no_snomed_concept(engine, text):
    assert engine.rows("SELECT is_snomed_concept(?)", [text]) == [
        (False,)
    ]  # 751689013 is a description's identifier


@pytest.mark.parametrize(
    "concept, source_concept, source_value, system, code",
    [
        (12, 35207668, "x", "ICD10", "E119"),          # the source's own concept goes first
        (12, 44824071, "x", "ICD10", "E1165"),
        (12, 0, "x", "SNOMED", "44054006"),            # then the standard concept
        (12, 777, "x", "SNOMED", "44054006"),  # a source concept not in CONCEPT is passed over
        (0, 0, "44054006", "SNOMED", "44054006"),      # then the source value, if it is an identifier
        (0, 0, "44054007", "LOCAL", "44054007"),
        ("", "", "C10E.", "LOCAL", "C10E."),
        (777, 0, "", "OMOP", "777"),                   # and at last the concept's number
        (0, 21001, "", "OPCS4", "X093"),
        (0, 9, "", "RXNORM", "OMOP9"),
        (0, 10, "", "DMD", "319775004"),
        (0, 11, "", "NEBRASKALEXICON", "N1"),
        (0, 13, "", "READ", "C10.."),
        (0, 3004410, "", "LOINC", "4548-4"),
    ],
)  # fmt: skip
def test_where_a_code_comes_from(feed, concept, source_concept, source_value, system, code):
    feed.with_people().write("CONCEPT.csv", CONCEPT).write(
        "CONDITION_OCCURRENCE.csv",
        "condition_occurrence_id,person_id,condition_start_date,condition_concept_id,"
        "condition_source_concept_id,"
        f"condition_source_value\n1,1,2020-01-01,{concept},{source_concept},{source_value}\n",
    )
    feed.read()
    assert feed.rows("condition", "system", "code") == [(system, code)]


@pytest.mark.parametrize(
    "code, value, unit, concept, becomes",
    [
        ("4548-4", "6.5", "%", "", (48.0, "mmol/mol")),        # the threshold of diabetes, in both units
        ("4548-4", "7.5", "", "8554", (58.0, "mmol/mol")),     # the concept of the unit serves too
        ("4548-4", "48", "mmol/mol", "", (48.0, "mmol/mol")),
        ("4548-4", "6.5", "", "", (6.5, None)),
        ("8480-6", "130", "mmHg", "", (130.0, "mm[Hg]")),
        ("8480-6", "130", "MM[HG]", "", (130.0, "mm[Hg]")),
        ("8480-6", "130", "%", "", (130.0, "%")),              # a conversion is for its own codes only
        ("2093-3", "193.35", "mg/dL", "", (5.0, "mmol/L")),
        ("2093-3", "", "mg/dL", "", (None, None)),
        ("8480-6", "1.5", "furlong", "", (1.5, "furlong")),
    ],
)  # fmt: skip
def test_a_value_and_its_unit(feed, code, value, unit, concept, becomes):
    number = {"4548-4": 3004410, "8480-6": 3004249, "2093-3": 3027114}[code]
    feed.with_people().write("CONCEPT.csv", CONCEPT).write(
        "MEASUREMENT.csv", f"{MEASUREMENT}1,1,2024-01-01,{code},{number},{value},{unit},{concept}\n"
    )
    feed.read()
    assert feed.rows("observation", "value", "unit") == [becomes]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ids=st.lists(
        st.one_of(
            st.integers(min_value=-(2**63), max_value=2**63 - 1),
            st.sampled_from([2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63), 0]),
        ),
        min_size=1, max_size=20, unique=True,
    )
)  # fmt: skip
def test_no_digit_of_a_persons_id_is_lost_on_the_way_to_person_id(tmp_path_factory, ids):
    feed = Feed(tmp_path_factory.mktemp("feed"))
    feed.write("PERSON.csv", "person_id,year_of_birth\n" + "".join(f"{number},1970\n" for number in ids))
    naming = Naming(Identities(b"key"), "tests", "person_id")
    assert feed.read(as_of=BUILD_DAY, naming=naming).people == len(ids)
    expected = sorted(Identities(b"key").person_ids("tests", map(str, ids)))
    assert [number for (number,) in feed.rows("person", "person_id")] == expected
