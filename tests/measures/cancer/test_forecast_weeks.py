"""The weekly table that a forecast is made from: who moved from which step to which, by age in weeks."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.measures.cancer.forecast_weeks import (
    AGES,
    ENDED,
    NEW,
    STAGES,
    PathwayDays,
    WeeklyMoves,
    sundays,
    weekly_moves,
)

NEVER = 2**30


def day(text):
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def pathways(*rows):
    """Rows of started, tested, reported, told, ended, as dates or None."""
    columns = zip(*([NEVER if each is None else day(each) for each in row] for row in rows), strict=True)
    return PathwayDays(*(np.array(column, dtype=np.int64) for column in columns))


WEEKS = sundays(day("2026-03-01"), day("2026-03-22"))


def test_weeks_end_on_sundays():
    assert [date.fromordinal(each + date(1970, 1, 1).toordinal()).strftime("%A %d") for each in WEEKS] == [
        "Sunday 01", "Sunday 08", "Sunday 15", "Sunday 22",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("started", "over"),
    [
        ("2026-01-18", [0, 0, 0, 1]),  # day 63 is 22 March
        ("2026-01-19", [0, 0, 0, 0]),  # day 62 is
        ("2025-12-28", [1, 1, 1, 1]),  # day 63 is 1 March
    ],
)
def test_a_pathway_is_over_62_days_from_day_63(started, over):
    moves = weekly_moves(pathways((started, None, None, None, None)), WEEKS)
    assert moves.over_62.tolist() == over


def test_each_pathway_moves_once_a_week_from_where_it_was_to_where_it_is():
    moves = weekly_moves(pathways(("2026-03-03", "2026-03-10", "2026-03-12", "2026-03-17", None)), WEEKS)
    found = [tuple(int(place) for place in each) for each in np.argwhere(moves.moved)]
    assert found == [
        (1, NEW, 0, 0),  # started, waits for its test on 8 March
        (2, 1, 2, 1),  # tested and reported by the 15th
        (3, 3, 3, 2),  # told by the 22nd, waits for treatment
    ]


def test_who_started_and_ended_in_one_week_arrived_and_was_never_open_on_a_sunday():
    moves = weekly_moves(pathways(("2026-03-03", None, None, None, "2026-03-06")), WEEKS)
    assert moves.arrivals.tolist() == [0, 1, 0, 0]
    assert moves.moved[1, NEW, ENDED, 0] == 1
    assert not moves.open.any()


def test_a_step_nobody_records_is_left_out():
    moves = weekly_moves(pathways(("2026-02-24", None, None, "2026-03-10", None)), WEEKS)
    assert [int(each.sum(axis=1).argmax()) for each in moves.open] == [0, 0, 3, 3]


def test_what_happened_after_a_week_does_not_change_what_is_known_at_its_end():
    rows = [("2026-02-10", "2026-03-12", None, None, "2026-03-20"), ("2026-03-10", None, None, None, None)]
    early = weekly_moves(pathways(*rows), WEEKS[:2])
    late = weekly_moves(pathways(*rows), WEEKS).until(1)
    assert (early.moved == late.moved).all()
    assert (early.opening == late.opening).all()


def test_a_week_left_out_is_refused():
    weeks = WEEKS[[0, 1, 3]]
    with pytest.raises(ValueError, match="leave out a week"):
        WeeklyMoves(weeks, np.zeros((4, AGES), int), np.zeros((3, 5, 5, AGES), int))


def test_tables_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="give 4 steps x 26 ages"):
        WeeklyMoves(WEEKS, np.zeros((3, AGES), int), np.zeros((4, 5, 5, AGES), int))


DAYS = st.integers(day("2025-06-01"), day("2026-04-01"))
GAPS = st.integers(0, 120)


@given(st.lists(st.tuples(DAYS, GAPS, GAPS, GAPS, GAPS), min_size=1, max_size=60))
def test_who_is_open_is_who_was_and_who_came_less_who_ended(rows):
    columns = np.cumsum(np.array(rows, dtype=np.int64), axis=1).T
    days = PathwayDays(*columns)
    weeks = sundays(day("2025-09-01"), day("2026-03-31"))
    moves = weekly_moves(days, weeks)
    ended = moves.moved[:, :, ENDED].sum(axis=(1, 2))
    before = np.concatenate([[moves.opening.sum()], moves.open.sum(axis=(1, 2))[:-1]])
    assert (moves.open.sum(axis=(1, 2)) == before + moves.arrivals - ended).all()
    for position, sunday in enumerate(weeks):
        open_ = (days.started <= sunday) & (days.ended > sunday)
        assert moves.over_62[position] == (open_ & (sunday - days.started > 62)).sum()
    assert moves.open.shape == (len(weeks), len(STAGES), AGES)
