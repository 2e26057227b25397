"""The candidates of a made-up system are those that somebody finds who goes through its records row by row."""

from collections import Counter

import pytest

from stewardship.measures.frailty.candidates import find
from stewardship.records.engine import Engine
from support.frailty_by_hand import reasons_by_hand
from support.made_records import LAST_DAY, write_made_records
from support.small_records import opened


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    write_made_records(folder, 2_500)
    found = opened(folder, Engine(scratch=folder / "scratch", memory="1GB", threads=2))
    yield found
    found.engine.close()


def test_candidates_are_those_of_a_plain_evaluation_with_their_evidence(records):
    found = {each.person_id: each.reasons for each in find(records, LAST_DAY)}
    assert found == reasons_by_hand(records, LAST_DAY)
    print(Counter((reason.route.value, reason.condition.value) for told in found.values() for reason in told))
    assert len({reason.route for told in found.values() for reason in told}) == 6  # each route finds somebody


def test_candidates_come_by_person_with_the_places_of_their_practice(records):
    found = list(find(records, LAST_DAY))
    assert [each.person_id for each in found] == sorted({each.person_id for each in found})
    assert all(each.practice and each.network and each.alliance for each in found)


def test_each_table_is_read_once_for_all_reasons(records):
    before = records.reads.copy()
    assert list(find(records, LAST_DAY))
    reads = records.reads - before
    tables = ("condition", "activity", "activity_code", "medication", "social_care", "assessment")
    assert {name: reads[name] for name in tables} == dict.fromkeys(tables, 1)
