"""A step with more or less capacity: the same people leave it in the same order, sooner or later.

At its present pace a step sees so many people off in each week. With more capacity it sees off, besides, those whose
turn would have come next; with less, those whose turn it is wait for the next week, before everyone whose turn comes
then. So a queue grows or shrinks for as long as capacity is changed, and everyone's wait with it.
"""

import numpy as np
import numpy.typing as npt

from stewardship.measures.cancer.forecast_weeks import older

Whole = npt.NDArray[np.int64]

SOONEST = 4
"""Weeks by which somebody may be seen off before the turn that present pace would give: sooner, nobody is ready."""


def in_turn(turns: Whole, open_: Whole, coming: Whole, more: Whole) -> Whole:
    """Who leaves a step in each week, weeks x draws x age in that week.

    turns: who leaves at the present pace, weeks and `SOONEST` weeks more x draws x age. open_: who waits before the
    first week, draws x age; coming: who comes to the step in each week. more: how many more leave in each week, whole.
    """
    weeks = len(turns) - SOONEST
    to_come, left = turns.copy(), np.zeros_like(turns[:weeks])
    state = open_
    for week in range(weeks):
        if week:
            to_come[:week] = older(to_come[:week])
        waiting = older(state)
        room = np.maximum(turns[week].sum(axis=1) + more[week], 0)
        for turn in range(week + SOONEST + 1):
            there = _back(to_come[turn], turn - week)
            able = np.minimum(there, waiting - left[week])
            if not able.any():
                continue
            taken = _fitting(able, room)
            room = room - taken.sum(axis=1)
            left[week] += taken
            to_come[turn] -= _on(taken, turn - week)
        state = waiting - left[week] + coming[week]
    return left


def _fitting(able: Whole, room: Whole) -> Whole:
    """As many of those who are able as there is room for, of every age the same share."""
    upto = np.cumsum(able, axis=1)
    many = upto[:, -1]
    fitting = upto * np.minimum(room, many)[:, None] // np.maximum(many, 1)[:, None]
    return np.diff(fitting, axis=1, prepend=0)


def _back(people: Whole, weeks: int) -> Whole:
    """People at the age of some weeks before; who would not have come yet is left out."""
    if weeks <= 0:
        return people
    younger = np.zeros_like(people)
    younger[:, :-weeks] = people[:, weeks:]
    return younger


def _on(people: Whole, weeks: int) -> Whole:
    """The same people at the age of some weeks later."""
    if weeks <= 0:
        return people
    aged = np.zeros_like(people)
    aged[:, weeks:] = people[:, :-weeks]
    return aged
