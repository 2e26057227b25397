"""Weekly tables of cancer pathways of synthetic systems, and small ones written by hand."""

import numpy as np

from stewardship.measures.cancer import courses
from stewardship.measures.cancer.courses import Courses
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
from stewardship.synthetic.cancer.backlog import Dip
from stewardship.synthetic.cancer.studied import studied
from stewardship.synthetic.lives import NEVER, Plan


def moves_of(plan: Plan, dip: Dip | None = None) -> WeeklyMoves:
    """The weekly moves of a synthetic system. dip: another dip in capacity than its own."""
    made = studied(plan, dip)
    never = np.full(len(made.started), NEVER)
    days = PathwayDays(made.started, made.tested, never, made.told, made.ended)
    return weekly_moves(days, sundays(plan.first + 7, plan.last))


def empty_moves(weeks: int) -> WeeklyMoves:
    """So many weeks in which nobody was referred."""
    steps = len(STAGES)
    days = 20_001 + (3 - 20_001) % 7 + 7 * np.arange(weeks, dtype=np.int64)
    return WeeklyMoves(
        days, np.zeros((steps, AGES), np.int64), np.zeros((weeks, steps + 1, steps + 1, AGES), np.int64)
    )


def steady_moves(weeks: int, arriving: int, *, waits: int = 3) -> WeeklyMoves:
    """So many weeks of so many referred each, who all wait so many weeks for a test and are told with its result."""
    moves = empty_moves(weeks)
    opening, moved = moves.opening.copy(), moves.moved.copy()
    opening[0, :waits] = arriving
    moved[:, NEW, 0, 0] = arriving
    moved[:, 1, 0, 1:waits] = arriving
    moved[:, 1, ENDED, waits] = arriving
    return WeeklyMoves(moves.weeks, opening, moved)


def courses_of(plan: Plan, *, headline: bool = True) -> Courses:
    """The courses of a synthetic system's pathways, of tumour groups in turn."""
    made = studied(plan)
    many = len(made.started)

    def known(day: np.ndarray) -> np.ndarray:
        return np.where(day == NEVER, courses.NEVER, day.astype(np.int64))

    return Courses(
        start=made.started.astype(np.int64), seen=known(made.tested), tested=known(made.tested),
        told=known(made.told), decided=known(made.told), ended=known(made.ended),
        cancer=made.told < NEVER,
        headline=np.full(many, headline),
        tumour=np.array(["Lower GI", "Breast", "Skin", "Gynaecological", "Urological"], object)[np.arange(many) % 5],
        provider=np.full(many, "ZZT01", object), route=np.full(many, "Urgent suspected cancer", object),
        person=np.arange(many),
    )  # fmt: skip
