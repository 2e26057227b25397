"""Exact counts under the national cancer waits rule: what is hidden cannot be had from what is shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from stewardship.measures.differencing import Partition
from stewardship.measures.disclosure_exact import control_exact
from stewardship.measures.schemes import HOSPITAL_STATISTICS, NATIONAL_CANCER_WAITS

LEFT = 6  # from the lowest to the highest of seven values


def table(cells):
    """Rows of a table of groups by months with both margins, and what adds up in it."""
    inner = np.asarray(cells)
    whole = np.zeros((inner.shape[0] + 1, inner.shape[1] + 1), np.int64)
    whole[1:, 1:] = inner
    whole[0, 1:], whole[1:, 0], whole[0, 0] = inner.sum(axis=0), inner.sum(axis=1), inner.sum()
    rows = np.arange(whole.size).reshape(whole.shape)
    by_month = Partition(rows[:, 1:].reshape(-1), np.repeat(rows[:, 0], inner.shape[1]))
    by_group = Partition(rows[1:].reshape(-1), np.tile(rows[0], inner.shape[0]))
    return whole.reshape(-1), [by_month, by_group]


def width(counts, sums, hidden, row):
    """From the lowest to the highest value that a hidden row can have, by linear programming."""
    equations = [(each.part[each.total == total], total) for each in sums for total in np.unique(each.total)]
    matrix = np.zeros((len(equations), len(counts)))
    for number, (parts, total) in enumerate(equations):
        matrix[number, parts] += 1
        matrix[number, total] -= 1
    bounds = [(0, None) if away else (count, count) for count, away in zip(counts, hidden, strict=True)]
    goal = np.zeros(len(counts))
    goal[row] = 1
    ends = [
        linprog(side * goal, A_eq=matrix, b_eq=np.zeros(len(equations)), bounds=bounds) for side in (1, -1)
    ]
    if ends[1].status == 3:
        return np.inf
    return -ends[1].fun - ends[0].fun


CELLS = st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=2, max_size=4)


@settings(max_examples=40, deadline=None)
@given(CELLS)
def test_no_hidden_group_of_a_few_is_told_by_its_sums(cells):
    counts, sums = table(cells)
    hidden = control_exact(counts, sums, scheme=NATIONAL_CANCER_WAITS)
    few = (counts > 0) & (counts < 20)
    assert hidden[few].all()
    # Bounds are carried one sum at a time; a table of both margins can be narrowed a little further.
    for row in np.flatnonzero(few):
        assert width(counts, sums, hidden, row) >= 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_groups_of_one_sum_keep_seven_values(parts):
    counts = np.array([sum(parts), *parts])
    sums = [Partition(np.arange(1, len(counts)), np.zeros(len(parts), np.int64))]
    hidden = control_exact(counts, sums, scheme=NATIONAL_CANCER_WAITS)
    for row in np.flatnonzero((counts > 0) & (counts < 20) & hidden):
        assert width(counts, sums, hidden, row) >= LEFT


@pytest.mark.parametrize("parts, hidden", [
    ([50, 60], [False, False, False]),  # nothing to hide
    ([5, 60], [False, True, True]),  # the other part would tell the few
    ([5, 0, 60], [False, True, False, True]),  # nobody is nobody, and told
    ([5, 60, 70], [False, True, True, False]),  # one other part is enough
    ([5], [True, True]),
])  # fmt: skip
def test_worked_tables(parts, hidden):
    counts = np.array([sum(parts), *parts])
    sums = [Partition(np.arange(1, len(counts)), np.zeros(len(parts), np.int64))]
    cost = np.array([100.0, *range(len(parts))])
    assert control_exact(counts, sums, scheme=NATIONAL_CANCER_WAITS, cost=cost).tolist() == hidden


def test_half_patients_are_hidden_under_twenty_patients():
    halves = np.array([39, 40])
    assert control_exact(halves, (), scheme=NATIONAL_CANCER_WAITS, unit=2).tolist() == [True, False]


def test_a_scheme_that_rounds_is_refused():
    with pytest.raises(ValueError, match="rounds its counts"):
        control_exact(np.array([5]), (), scheme=HOSPITAL_STATISTICS)


def test_parts_that_do_not_add_up_are_refused():
    sums = [Partition(np.array([1, 2]), np.array([0, 0]))]
    with pytest.raises(ValueError, match="add up"):
        control_exact(np.array([100, 40, 50]), sums, scheme=NATIONAL_CANCER_WAITS)
