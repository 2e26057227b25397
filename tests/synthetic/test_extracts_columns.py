"""Columns of what a partner sends, made at a stroke."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.nhs_number import nhs_number
from stewardship.synthetic.extracts import (
    chosen,
    constant,
    days,
    identifiers,
    moments,
    nhs_numbers,
    nothing,
    numbers,
)
from stewardship.synthetic.lives import NEVER


@given(st.lists(st.integers(1, 9_999_999), unique=True, max_size=200))
def test_nhs_numbers_begin_with_9_are_right_and_never_the_same(people):
    made = nhs_numbers(np.array(people, dtype=np.int64)).to_pylist()
    assert all(number[0] == "9" and nhs_number(number) == number for number in made)
    assert len(set(made)) == len(people)


def test_a_column_is_text_by_position_and_empty_where_there_is_none():
    assert chosen(["a", "b"], np.array([1, -1, 0])).to_pylist() == ["b", None, "a"]
    assert constant("x", 2).to_pylist() == ["x", "x"]
    assert nothing(2).to_pylist() == [None, None]


def test_days_that_never_come_are_empty():
    made = days(np.array([0, NEVER, 20_000], dtype=np.int32))
    assert made.type == pa.date32()
    assert [str(day) for day in made.to_pylist()] == ["1970-01-01", "None", "2024-10-04"]
    noon = moments(np.array([1], dtype=np.int32), np.array([720]))
    assert str(noon[0]) == "1970-01-02 12:00:00"


def test_numbers_are_whole_unless_they_have_fractions():
    assert numbers(np.array([1, 2], dtype=np.int16)).type == pa.int64()
    assert numbers(np.array([1.5]), np.array([True])).to_pylist() == [None]


def test_no_two_batches_give_the_same_identifier():
    both = (
        identifiers(0, 3).to_pylist()
        + identifiers(0, 2, before=3).to_pylist()
        + identifiers(1, 2).to_pylist()
    )
    assert len(set(both)) == 7
