"""A join says its keys and keeps its grain."""

import sys

import ibis
import pytest

from stewardship.build import figures
from stewardship.measures.published import PlaceCard
from stewardship.people import table
from stewardship.people.joins import GrainError, Keyed, fan_out, look_up, none_of_those_in, only_those_in
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


def test_a_look_up_on_a_part_of_the_key_is_refused():
    by_year = Keyed(
        ibis.memtable({"person_id": [1, 1], "period": [0, 1], "age": [64, 65]}), ("person_id", "period")
    )
    with pytest.raises(GrainError) as error:
        look_up(VISITS, by_year, ["person_id"])
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


def test_every_table_that_is_looked_up_in_has_one_row_a_key(tmp_path, monkeypatch):
    """Keyed is a promise; here each one made in a build is held to it."""
    write_records(tmp_path / "records", rows())
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=2)
    kept = []

    def checked(left, right, on, **more):
        by_key = right.table.group_by(list(right.keys)).aggregate(rows=ibis._.count())
        assert engine.ibis.to_pyarrow(by_key.filter(by_key.rows > 1)).num_rows == 0, right.keys
        kept.append(right.keys)
        return look_up(left, right, on, **more)

    for name, module in list(sys.modules.items()):
        if name.startswith("stewardship.") and getattr(module, "look_up", None) is look_up:
            monkeypatch.setattr(module, "look_up", checked)
    records = opened(tmp_path, engine)
    people = table.people_of(records, YEARS).kept(engine)
    figures(people, records, [CARE_AREA], YEARS, [SYSTEM])
    engine.close()
    assert {("person_id",), ("period", "person_id")} <= set(kept)
