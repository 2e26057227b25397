"""Nobody who knows the rule and every published count can narrow a hidden one to fewer than seven values."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.optimize import linprog

from stewardship.measures import disclosure as dc
from stewardship.measures.controlled import NO_VALUE, Controlled, ControlledPair
from stewardship.measures.differencing import VALUES_LEFT, Partition


@pytest.mark.parametrize("parts, largest", [(2, 60), (3, 40), (4, 24)])
def test_by_trying_every_table_of_one_sum(parts, largest):
    """All tables that are published alike, side by side: one who can run this program learns no more."""
    table = np.indices((largest + 1,) * parts).reshape(parts, -1).T
    table = np.column_stack([table, table.sum(axis=1)])
    rows = np.arange(table.size).reshape(table.shape)
    sums = Partition(rows[:, :parts].ravel(), np.repeat(rows[:, parts], parts))
    published = dc.control_counts(table.ravel(), [sums]).value.reshape(table.shape)
    patterns, same = np.unique(published, axis=0, return_inverse=True)
    # near the edge some tables that are published alike were not tried
    inside = patterns.max(axis=1) <= largest - 12
    assert inside.any()
    for column in range(parts + 1):
        values = np.unique(np.column_stack([same.ravel(), table[:, column]]), axis=0)
        possible = np.bincount(values[:, 0], minlength=len(patterns))
        hidden = inside & (patterns[:, column] == NO_VALUE)
        assert (possible[hidden] >= VALUES_LEFT).all()


def sums_of(rows: int, columns: int) -> list[Partition]:
    """Across and down in a table whose last row and last column are totals."""
    cell = np.arange((rows + 1) * (columns + 1)).reshape(rows + 1, columns + 1)
    across = Partition(cell[:, :columns].ravel(), np.repeat(cell[:, columns], columns))
    return [across, Partition(cell[:rows].ravel(), np.tile(cell[rows], rows))]


def with_margins(inner: np.ndarray) -> np.ndarray:
    wide = np.column_stack([inner, inner.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


def bounds_from_the_page(table: np.ndarray, controlled: Controlled) -> list[tuple[int, int]]:
    """What each cell says by itself; where a total and all its parts are hidden, a part may be 0."""
    shown, value = controlled.shown.reshape(table.shape), controlled.value.reshape(table.shape)
    above_0 = shown & (value > 0)
    perhaps_0 = np.zeros(table.shape, bool)
    perhaps_0[~shown[:, -1] & ~above_0[:, :-1].any(axis=1), :-1] = True
    perhaps_0[:-1, ~shown[-1] & ~above_0[:-1].any(axis=0)] = True
    return [
        ((value[c] - 2, value[c] + 2) if value[c] else (0, 0))
        if shown[c]
        else (0 if perhaps_0[c] else 1, 7 if table[c] <= 7 else 10_000)
        for c in np.ndindex(table.shape)
    ]


def values_left(cell: int, bounds: list[tuple[int, int]], sums: list[Partition]) -> float:
    """Possible values of a cell, by linear programming over all sums together."""
    equations = []
    for partition in sums:
        for total in np.unique(partition.total):
            row = np.zeros(len(bounds))
            row[partition.part[partition.total == total]] = 1
            row[total] = -1
            equations.append(row)
    aim = np.eye(len(bounds))[cell]
    least, most = (
        linprog(way * aim, A_eq=np.array(equations), b_eq=np.zeros(len(equations)), bounds=bounds).fun * way
        for way in (1, -1)
    )
    return most - least + 1


def widths(table: np.ndarray, controlled: Controlled) -> list[float]:
    """Values left for each hidden count of 1 to 7."""
    bounds, sums = bounds_from_the_page(table, controlled), sums_of(table.shape[0] - 1, table.shape[1] - 1)
    few = ~controlled.shown & (table.ravel() > 0) & (table.ravel() < 8)
    return [values_left(cell, bounds, sums) for cell in np.flatnonzero(few)]


TABLES = some.tuples(some.integers(2, 4), some.integers(2, 4)).flatmap(
    lambda shape: some.lists(
        some.one_of(some.integers(0, 12), some.integers(0, 60)),
        min_size=shape[0] * shape[1],
        max_size=shape[0] * shape[1],
    ).map(lambda counts: np.array(counts).reshape(shape))
)


@some.composite
def groupings(draw):
    """Several ways to divide one total, as sex, age and ethnic group divide the people of a place."""
    first = draw(some.lists(some.one_of(some.integers(0, 12), some.integers(0, 60)), min_size=2, max_size=6))
    total, divided = sum(first), [first]
    for _ in range(draw(some.integers(0, 2))):
        cuts = sorted(draw(some.lists(some.integers(0, total), min_size=1, max_size=5)))
        divided.append([int(n) for n in np.diff([0, *cuts, total])])
    return divided


@settings(max_examples=200, deadline=None)
@given(groupings())
def test_by_linear_programming_over_groupings_of_one_total(divided):
    counts = np.array([sum(divided[0]), *(n for parts in divided for n in parts)])
    ends = np.cumsum([1, *(len(parts) for parts in divided)])
    sums = [Partition(np.arange(a, b), np.zeros(b - a, np.int64)) for a, b in pairwise(ends)]
    controlled = dc.control_counts(counts, sums)
    shown, value = controlled.shown, controlled.value
    perhaps_0 = np.zeros(len(counts), bool)
    for each in sums:
        perhaps_0[each.part] = not shown[0] and not (shown[each.part] & (value[each.part] > 0)).any()
    bounds = [
        ((value[c] - 2, value[c] + 2) if value[c] else (0, 0))
        if shown[c]
        else (0 if perhaps_0[c] else 1, 7 if counts[c] <= 7 else 10_000)
        for c in range(len(counts))
    ]
    for cell in np.flatnonzero(~shown & (counts > 0) & (counts < 8)):
        assert values_left(cell, bounds, sums) >= VALUES_LEFT - 1e-6


@pytest.mark.parametrize("share", [0.03, 0.3, 0.95])
@pytest.mark.parametrize("groups", [2, 3, 5])
def test_by_linear_programming_over_percentages_of_groups(groups, share):
    random = np.random.default_rng(groups)
    group = np.arange(groups)
    sums = Partition(group, np.full(groups, groups))
    for _ in range(25):
        n = random.poisson(random.choice([6, 20, 60, 200], groups))
        x = random.binomial(n, share)
        x, n = np.append(x, x.sum()), np.append(n, n.sum())
        rest = n - x
        got = dc.control_proportions(x, n, [sums])
        cells = np.concatenate([x, n, rest])
        bounds = bounds_of_percentages(cells, got)
        size = groups + 1
        rows = np.arange(size)
        pairs = Partition(np.concatenate([rows, rows + 2 * size]), np.concatenate([rows, rows]) + size)
        everything = [sums, sums.moved(size), sums.moved(2 * size), pairs]
        for cell in np.flatnonzero((cells > 0) & (cells < 8)):
            # of 6 and 7 in 13 it is not known which side is the small one
            other = {0: cell + 2 * size, 2: cell - 2 * size}.get(cell // size, cell)
            known = [(0, 10_000) if i == other != cell else each for i, each in enumerate(bounds)]
            assert values_left(cell, known, everything) >= VALUES_LEFT - 1e-6


def bounds_of_percentages(cells: np.ndarray, got: ControlledPair) -> list[tuple[int, int]]:
    """What each numerator, denominator and rest says by itself; the rest is never published."""
    shown = np.concatenate([got.numerator.shown, got.denominator.shown])
    value = np.concatenate([got.numerator.value, got.denominator.value])
    size = len(got.numerator.value)
    blank = [not (side.shown & (side.value > 0)).any() for side in (got.numerator, got.denominator)]
    at_least = [0 if blank[0] or not seen else 1 for seen in got.denominator.shown]
    least = at_least + [0 if blank[1] else 1] * size
    published = [
        ((v - 2, v + 2) if v else (0, 0)) if s else (low, 7 if count <= 7 else 10_000)
        for s, v, low, count in zip(shown, value, least, cells, strict=False)
    ]
    few = (cells[2 * size :] > 0) & (cells[2 * size :] < 8)
    return published + [(low, 7) if f else (0, 10_000) for low, f in zip(at_least, few, strict=True)]


def test_rounding_alone_does_not_protect():
    table = with_margins(np.array([[6, 42], [60, 70]]))
    assert min(widths(table, dc.control_counts(table.ravel()))) < VALUES_LEFT


def test_a_hidden_part_hides_the_others_only_where_the_sum_gives_it_away():
    sums = [Partition(np.array([0, 1]), np.array([2, 2]))]
    assert list(dc.control_counts([3, 42, 45], sums).state) == ["suppressed", "shown", "shown"]
    assert list(dc.control_counts([6, 42, 48], sums).state) == ["suppressed", "suppressed", "shown"]
    assert list(dc.control_counts([6, 7, 13], sums).state) == ["suppressed"] * 3
    assert list(dc.control_counts([3, 0, 3], sums).state) == ["suppressed"] * 3
    assert list(dc.control_counts([30, 0, 30], sums).state) == ["shown"] * 3


def test_all_but_a_few_are_not_had_by_subtracting_other_groups():
    # 59 of 62 is hidden; 20 of 42 and 79 of 104 would give it away
    sums = [Partition(np.array([0, 1]), np.array([2, 2]))]
    x, n = [59, 20, 79], [62, 42, 104]
    assert list(dc.control_proportions(x, n).state) == ["suppressed", "shown", "shown"]
    got = dc.control_proportions(x, n, sums)
    assert got.state[0] == "suppressed"
    assert list(got.denominator.state) == ["shown"] * 3


@settings(max_examples=50, deadline=None)
@given(TABLES)
def test_more_is_hidden_and_nothing_else_changes(inner):
    table = with_margins(inner)
    sums = sums_of(*inner.shape)
    alone, together = dc.control_counts(table.ravel()), dc.control_counts(table.ravel(), sums)
    assert not (together.shown & ~alone.shown).any()
    np.testing.assert_array_equal(together.value[together.shown], alone.value[together.shown])
    in_other_order = dc.control_counts(table.ravel(), sums[::-1])
    np.testing.assert_array_equal(together.code, in_other_order.code)
    for control in (dc.control_rates, dc.control_proportions):
        pair = control(table.ravel(), 3 * table.ravel() + 10 * with_margins(inner * 0 + 1).ravel(), sums)
        assert not (pair.numerator.shown & ~alone.shown).any()


def test_parts_that_do_not_add_up_are_refused_in_words():
    sums = [Partition(np.array([0, 1]), np.array([2, 2]))]
    with pytest.raises(ValueError, match="parts of row 2 add up to 50, not to its 60"):
        dc.control_counts([20, 30, 60], sums)
    with pytest.raises(ValueError, match="parts of row 2 add up to 70, not to its 60"):
        dc.control_proportions([20, 30, 50], [70, np.nan, 60], sums)
    assert list(dc.control_counts([20, np.nan, 60], sums).state) == ["shown", "missing", "shown"]
    assert list(dc.control_counts([20, 30, np.nan], sums).state) == ["shown", "shown", "missing"]
    assert list(dc.control_proportions([90, 20, 30], [80, 30, 50], []).state) == ["shown"] * 3


def test_person_years_that_were_rounded_need_not_add_up():
    sums = [Partition(np.array([0, 1]), np.array([2, 2]))]
    got = dc.control_rates([6, 42, 48], [300, 401, 702], sums)
    assert list(got.numerator.state) == ["suppressed", "suppressed", "shown"]
    assert list(got.denominator.value) == [300, 400, 700]


def test_a_small_population_is_not_had_by_subtraction():
    sums = [Partition(np.array([0, 1]), np.array([2, 2]))]
    got = dc.control_rates([0, 42, 42], [6, 42, 48], sums)
    assert list(got.denominator.state) == ["suppressed", "suppressed", "shown"]
