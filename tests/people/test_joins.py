"""A join says its keys and keeps its grain."""

from concurrent.futures import Future

import ibis
import pytest

from stewardship.build import figures, measuring
from stewardship.measures.published import PlaceCard
from stewardship.people import joins, table
from stewardship.people.joins import (
    GrainError,
    Keyed,
    fan_out,
    look_up,
    look_up_each,
    none_of_those_in,
    only_those_in,
)
from stewardship.records.engine import Engine
from support.small_records import opened, write_records
from support.tiny_system import CARE_AREA, YEARS, rows

SYSTEM = PlaceCard("SYS", "The system", "system", "", "")
VISITS = ibis.memtable({"person_id": [1, 1, 2, 3], "visit": [10, 11, 12, 13]})
PEOPLE = ibis.memtable({"person_id": [1, 2], "sex": ["female", "male"]})


def lines(table):
    return sorted(tuple(row.values()) for row in table.to_pyarrow().to_pylist())


def test_a_look_up_keeps_every_row_once():
    found = look_up(VISITS, Keyed(PEOPLE, ("person_id",)), ["person_id"]).fill_null({"sex": "none"})
    assert lines(found) == [(1, 10, "female"), (1, 11, "female"), (2, 12, "male"), (3, 13, "none")]


def test_a_look_up_may_leave_out_rows_without_a_match():
    found = look_up(VISITS, Keyed(PEOPLE, ("person_id",)), ["person_id"], keep_all=False)
    assert lines(found) == [(1, 10, "female"), (1, 11, "female"), (2, 12, "male")]


def test_several_look_ups_at_once_keep_every_row_once_with_what_each_tells():
    ages = Keyed(ibis.memtable({"person_id": [2, 3], "age": [64, 65]}), ("person_id",))
    found = look_up_each(VISITS, [Keyed(PEOPLE, ("person_id",)), ages], ["person_id"])
    assert found.columns == ("person_id", "visit", "sex", "age")
    assert lines(found.fill_null({"sex": "none", "age": 0})) == [
        (1, 10, "female", 0),
        (1, 11, "female", 0),
        (2, 12, "male", 64),
        (3, 13, "none", 65),
    ]
    assert lines(look_up_each(VISITS, [], ["person_id"])) == lines(VISITS)


@pytest.mark.parametrize("together", [False, True])
def test_a_look_up_on_a_part_of_the_key_is_refused(together):
    by_year = Keyed(
        ibis.memtable({"person_id": [1, 1], "period": [0, 1], "age": [64, 65]}), ("person_id", "period")
    )
    with pytest.raises(GrainError) as error:
        look_up_each(VISITS, [by_year], ["person_id"]) if together else look_up(
            VISITS, by_year, ["person_id"]
        )
    assert str(error.value) == "A look-up on person_id leaves out period of the key."


def test_fanning_out_gives_every_pair():
    facts = ibis.memtable({"person_id": [1, 1], "fact": [7, 8]})
    assert lines(fan_out(VISITS, facts, ["person_id"])) == [(1, 10, 7), (1, 10, 8), (1, 11, 7), (1, 11, 8)]


def test_fanning_out_may_keep_rows_without_a_match_once():
    found = fan_out(VISITS, PEOPLE, ["person_id"], keep_all=True).fill_null({"sex": "none"})
    assert lines(found) == [(1, 10, "female"), (1, 11, "female"), (2, 12, "male"), (3, 13, "none")]


def test_those_in_another_table_stay_once_however_often_they_match():
    assert lines(only_those_in(PEOPLE, VISITS, ["person_id"])) == [(1, "female"), (2, "male")]


def test_those_in_another_table_go_and_the_others_stay_once():
    assert lines(none_of_those_in(VISITS, PEOPLE, ["person_id"])) == [(3, 13)]


class OneAfterTheOther:
    """Does at once what a pool of threads would do beside: the engine answers one question at a time."""

    def __init__(self, _threads):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def submit(self, do, *told):
        done = Future()
        done.set_result(do(*told))
        return done


def test_every_table_that_is_looked_up_in_has_one_row_a_key(tmp_path, monkeypatch):
    """Keyed is a promise; here each one made in a build is held to it."""
    write_records(tmp_path / "records", rows())
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=2)
    kept = []

    def checked(right, on):
        by_key = right.table.group_by(list(right.keys)).aggregate(rows=ibis._.count())
        assert engine.ibis.to_pyarrow(by_key.filter(by_key.rows > 1)).num_rows == 0, right.keys
        kept.append(right.keys)

    monkeypatch.setattr(joins, "hold_to_key", checked)
    monkeypatch.setattr(measuring, "ThreadPoolExecutor", OneAfterTheOther)
    records = opened(tmp_path, engine)
    people = table.people_of(records, YEARS).kept(engine)
    figures(people, records, [CARE_AREA], YEARS, [SYSTEM])
    engine.close()
    assert {("person_id",), ("period", "person_id")} <= set(kept)
