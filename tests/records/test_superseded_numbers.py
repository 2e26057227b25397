"""Which number is the newest, and whose numbers are one person's, however it is told."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.records.seen import Who, who_also
from stewardship.records.superseded import (
    by_all_numbers,
    contradictions,
    newest_of,
    one_person,
    same_person_in,
    superseded_in,
    write_superseded,
)


@pytest.mark.parametrize(
    "pairs, newest, twice, circling",
    [
        ([], {}, set(), set()),
        ([(1, 2)], {1: 2}, set(), set()),
        ([(1, 2), (2, 3)], {1: 3, 2: 3}, set(), set()),
        ([(1, 2), (1, 3)], {1: 2}, {1}, set()),  # the first that tells is believed
        ([(1, 1)], {}, set(), {1}),
        ([(1, 2), (2, 1)], {}, set(), {1, 2}),  # in a circle nobody is the newest
        ([(1, 2), (2, 3), (3, 2)], {}, set(), {1, 2, 3}),
        ([(3, 4), (1, 2), (2, 1)], {3: 4}, set(), {1, 2}),
    ],
)
def test_a_chain_of_numbers_ends_in_the_newest(pairs, newest, twice, circling):
    assert newest_of(pairs) == newest
    told = contradictions(pairs)
    assert (told.twice, told.circling) == (twice, circling)


@pytest.mark.parametrize(
    "pairs, same",
    [
        ([(1, 2), (2, 1)], [{1, 2}]),
        ([(1, 2), (1, 3)], [{1, 2, 3}]),
        ([(1, 2), (2, 3), (5, 4)], [{1, 2, 3}, {4, 5}]),
        ([(1, 3), (2, 3)], [{1, 2, 3}]),
        ([(4, 4)], [{4}]),
    ],
)
def test_whoever_opted_out_by_one_number_is_left_out_by_all(tmp_path, pairs, same):
    write_superseded(tmp_path, newest_of(pairs), pairs)
    superseded, known = superseded_in(tmp_path), same_person_in(tmp_path)
    for numbers in same:
        for number in numbers:
            without = who_also(Who(without=pa.array([number, 99])), superseded, known).without
            assert without is not None and without.to_pylist() == sorted({*numbers, 99})


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_numbers_told_to_be_one_persons_are_and_their_order_does_not_count(pairs):
    least = one_person(pairs)
    assert all(least[one] == least[other] for one, other in pairs)
    assert least == one_person([(new, old) for old, new in reversed(pairs)])
    assert all(least[number] <= number and least[least[number]] == least[number] for number in least)


def test_a_snapshot_from_before_tells_by_the_newest_numbers(tmp_path):
    write_superseded(tmp_path, {1: 3, 2: 3}, [])
    same = same_person_in(tmp_path)
    assert by_all_numbers(pa.array([1]), same).to_pylist() == [1, 2, 3]


def test_whoever_is_let_in_is_so_by_the_newest_number_and_everyone_stays_everyone(tmp_path):
    write_superseded(tmp_path, {1: 2}, [(1, 2)])
    superseded, same = superseded_in(tmp_path), same_person_in(tmp_path)
    only = who_also(Who(only=pa.array([1])), superseded, same).only
    assert only is not None and only.to_pylist() == [1, 2]
    everyone = Who()
    assert who_also(everyone, superseded, same) is everyone
