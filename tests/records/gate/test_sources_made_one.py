"""Several sources are read as one: events side by side, people once, and nothing that the gate held back."""

from datetime import date

import pytest

from stewardship.records import gate
from stewardship.records.decisions import USES
from stewardship.records.model import OF_SOURCES, SHARED
from support.gate_matrix import opt_outs
from support.small_records import TODAY, SmallSource, anybody, drawn, write_records, write_sources

GP, HOSPITAL, LINKED = "general practice", "hospital", "linked"
BIRTH = "1950-01-01"


def lines(records, name, *columns):
    table = records.table(name).select(*columns)
    return sorted(
        map(tuple, (row.values() for row in records.engine.ibis.to_pyarrow(table).to_pylist())), key=str
    )


def under_section_251(choices, use="planning-results"):
    return gate.permit(USES[use], row=5, basis="in words", today=TODAY, opt_outs=opt_outs(choices))


@pytest.fixture
def opened(tmp_path, engine):
    def opening(permitted=None, /, **sources):
        """Sources drawn as: kind, then tables; a name with _ stands for one with a space."""
        small = {
            key: SmallSource(kind, {name: drawn(text, name) for name, text in tables.items()})
            for key, (kind, tables) in sources.items()
        }
        write_sources(tmp_path / "records", small)
        return gate.open_records(tmp_path / "records", engine, permitted or anybody())

    return opening


def person(*rows):
    heading = "person_id | birth_date | birth_precision | sex | ethnic_group | source_row"
    return {"person": "\n".join([heading, *rows])}


KNOWS_ALL = person("1 | 1950-01-01 | day | female | Asian | 1")
KNOWS_LITTLE = person("1 | 1951-07-01 | year | unknown | Not known | 2")
KNOWS_OTHERS = person("1 | 1952-02-02 | day | male | Black | 3", "2 | 1960-01-01 | day | male | White | 4")


@pytest.mark.parametrize("first, second, third, expected", [
    (KNOWS_ALL, KNOWS_LITTLE, KNOWS_OTHERS, ("1950-01-01", "day", "female", "Asian", "a", 1)),
    # the first source gives the date of birth; sex and ethnicity come from the first that knows them
    (KNOWS_LITTLE, KNOWS_ALL, KNOWS_OTHERS, ("1951-07-01", "year", "female", "Asian", "a", 2)),
    (KNOWS_LITTLE, KNOWS_OTHERS, KNOWS_ALL, ("1951-07-01", "year", "male", "Black", "a", 2)),
    (KNOWS_LITTLE, person("1 | 1950-01-01 | day | unknown | Not known | 1"), person(),
     ("1951-07-01", "year", "unknown", "Not known", "a", 2)),
])  # fmt: skip
def test_each_attribute_of_a_person_is_the_first_sources_that_knows_it(
    opened, first, second, third, expected
):
    records = opened(a=(GP, first), b=(HOSPITAL, second), c=(HOSPITAL, third))
    found = lines(records, "person", "person_id", "birth_date", "birth_precision", "sex", "ethnic_group",
                  "source", "source_row")  # fmt: skip
    assert found[0] == (1, date.fromisoformat(expected[0]), *expected[1:])
    assert len(found) == len({row[0] for row in found})


def test_a_death_is_of_the_first_source_and_its_cause_of_the_first_that_knows_one(opened):
    heading = "person_id | date | system | code"
    records = opened(
        a=(GP, {"death": f"{heading}\n1 | 2024-01-02 | |\n2 | 2024-05-05 | ICD10 | C50"}),
        b=(HOSPITAL, {"death": f"{heading}\n1 | 2024-01-03 | ICD10 | I21\n3 | 2024-06-06 | |"}),
    )
    assert lines(records, "death", "person_id", "date", "system", "code") == [
        (1, date(2024, 1, 2), "ICD10", "I21"), (2, date(2024, 5, 5), "ICD10", "C50"),
        (3, date(2024, 6, 6), None, None),
    ]  # fmt: skip


def test_what_is_known_of_a_person_is_settled_after_the_gate(opened):
    """Somebody with a type 1 opt-out keeps nothing that general practice knew of them."""
    sources = {"a": (GP, KNOWS_ALL), "b": (HOSPITAL, KNOWS_LITTLE)}
    records = opened(under_section_251({1: "type 1"}), **sources)
    columns = ("person_id", "birth_date", "sex", "ethnic_group", "source")
    assert lines(records, "person", *columns) == [(1, date(1951, 7, 1), "unknown", "Not known", "b")]
    assert lines(opened(under_section_251({1: "national"}), **sources), "person", *columns) == []


CONDITION = """
event_id | person_id | system | code | start
1        | 1         | ICD10  | E11  | 2020-01-01
2        | 2         | ICD10  | I10  | 2020-01-01
"""
REGISTRATION = "person_id | practice | start\n1 | P1 | 2015-01-01\n2 | P2 | 2015-01-01"
EVERYTHING = {"condition": CONDITION, "registration": REGISTRATION}


def test_events_of_all_sources_stand_side_by_side(opened):
    records = opened(a=(GP, EVERYTHING), b=(HOSPITAL, EVERYTHING))
    found = lines(records, "condition", "source", "event_id", "person_id")
    assert found == [("a", 1, 1), ("a", 2, 2), ("b", 1, 1), ("b", 2, 2)]


@pytest.mark.parametrize("kind, registers", [(GP, True), (LINKED, True), (HOSPITAL, False), ("community", False),
                                             ("mental health", False), ("social care", False),
                                             ("urgent care", False), ("cancer", False), ("deaths", False)])  # fmt: skip
def test_only_practices_and_linked_feeds_register(opened, kind, registers):
    records = opened(a=(kind, EVERYTHING))
    assert len(lines(records, "registration", "person_id")) == (2 if registers else 0)
    assert records.present == {"condition"} | ({"registration"} if registers else set())


def test_what_general_practice_sent_goes_and_what_others_sent_stays(opened):
    records = opened(under_section_251({1: "type 1"}), a=(GP, EVERYTHING), b=(HOSPITAL, EVERYTHING))
    assert lines(records, "condition", "source", "person_id") == [("a", 2), ("b", 1), ("b", 2)]
    assert lines(records, "registration", "person_id") == [(2,)]


def test_an_objection_to_scores_is_heard_where_people_are_scored(opened):
    objects = {1: "risk stratification objection"}
    scored = opened(under_section_251(objects, use="risk-scoring"), a=(HOSPITAL, EVERYTHING))
    assert lines(scored, "condition", "person_id") == [(2,)]
    planned = opened(under_section_251(objects), a=(HOSPITAL, EVERYTHING))
    assert lines(planned, "condition", "person_id") == [(1,), (2,)]


def test_research_sees_those_who_consented_and_nobody_else(opened):
    permitted = gate.permit(
        USES["research-with-consent"], row=9, basis="consent", today=TODAY, opt_outs=None, consented=[2, 3]
    )
    assert lines(opened(permitted, a=(GP, EVERYTHING)), "condition", "person_id") == [(2,)]


def test_codes_kinds_and_tables_of_those_held_back_are_not_known(opened):
    activity = "activity_id | person_id | point_of_delivery | start\n1 | 1 | outpatient | 2024-01-01"
    records = opened(under_section_251({1: "national"}), a=(GP, {**EVERYTHING, "activity": activity}))
    assert [use.code for use in records.code_uses] == ["I10"]
    assert records.activity_kinds == []
    assert records.present == {"condition", "registration"}


@pytest.mark.parametrize("name", ["opt_out", "quarantine", "manifest", "../secret"])
def test_nothing_but_canonical_tables_of_sources_and_places_can_be_asked_for(opened, name):
    with pytest.raises(KeyError):
        opened(a=(GP, EVERYTHING)).table(name)


def test_a_table_that_no_source_has_is_empty(tmp_path, engine):
    write_records(tmp_path / "records", {})
    for name in OF_SOURCES:
        (tmp_path / "records" / "sources" / "test" / f"{name}.parquet").unlink()
    records = gate.open_records(tmp_path / "records", engine, anybody())
    assert not any(lines(records, name, "source") for name in (*OF_SOURCES, *SHARED))


@pytest.mark.parametrize("table", OF_SOURCES)
def test_one_source_of_which_all_is_seen_costs_nothing(tmp_path, engine, table):
    """The plan is that of reading the file: nothing is joined, gathered or put in order."""
    write_records(tmp_path / "records", {})
    records = gate.open_records(tmp_path / "records", engine, under_section_251({}))
    plan = engine.rows(f"EXPLAIN {engine.ibis.compile(records.table(table))}")[0][1]
    assert "READ_PARQUET" in plan
    assert not [step for step in ("JOIN", "UNION", "GROUP", "FILTER", "ORDER", "WINDOW") if step in plan]


def test_each_file_of_many_sources_is_scanned_once(opened):
    records = opened(
        under_section_251({1: "type 1"}),
        a=(GP, EVERYTHING), b=(GP, EVERYTHING), c=(HOSPITAL, EVERYTHING), d=("community", EVERYTHING),
    )  # fmt: skip
    table = records.table("condition")
    assert records.engine.ibis.to_pyarrow(table.count()).as_py() == 6
    plan = records.engine.rows(f"EXPLAIN {records.engine.ibis.compile(table)}")[0][1]
    assert plan.count("READ_PARQUET") == 2  # practices' files without those who opted out, and the others


def test_how_many_are_left_out_is_counted_once_a_person(opened):
    two = person("1 | 1950-01-01 | day | male | White | 1", "2 | 1950-01-01 | day | male | White | 2")
    one = person("1 | 1950-01-01 | day | male | White | 1")
    choices = {1: "national", 2: "type 1", 3: "national"}  # 3 is nobody's
    sources = {"a": (GP, two), "b": (HOSPITAL, two), "c": (HOSPITAL, one)}
    assert opened(under_section_251(choices), **sources).left_out() == 2
    assert opened(under_section_251({}), **sources).left_out() == 0
