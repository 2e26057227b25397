"""A change of capacity is foreseen: the same synthetic system is lived with and without it, and forecast before it."""

from datetime import date

import numpy as np
import pytest

from stewardship.measures.cancer.forecast import forecast
from stewardship.measures.cancer.forecast_fit import fitted
from stewardship.measures.cancer.forecast_run import Change
from stewardship.synthetic.cancer.backlog import Dip, dip_of
from stewardship.synthetic.lives import Plan
from support.cancer_weeks import moves_of, steady_moves

SEEDS = range(1, 6)
AHEAD = 20  # weeks: as long as capacity is down in a plan of four years
NEVER = 10**7


def passed(moves, step):
    """How many went past a step in each week, whether or not they waited at it on a Sunday."""
    return moves.moved[:, : step + 2, step + 1 :].sum(axis=(1, 2, 3))


def one_system(seed, changing):
    """What a change did to the backlog week by week, and what was foreseen of it."""
    plan = Plan(60_000, 4, seed, date(2026, 3, 31))
    dip = dip_of(plan)
    if changing == "capacity is lost":
        without, day = Dip(NEVER, NEVER + 1, NEVER + 2), dip.first
    else:
        without, day = Dip(dip.first, dip.last, NEVER), dip.last
    lived, otherwise = moves_of(plan, dip), moves_of(plan, without)
    week = int(np.searchsorted(lived.weeks, day)) - 1
    coming = slice(week + 1, week + 1 + AHEAD)
    tests, results = (
        float((passed(lived, step) - passed(otherwise, step))[coming].mean()) for step in (0, 2)
    )
    past = fitted(otherwise.until(week))
    with_it = forecast(past, Change(tests=tests, results=results), weeks=AHEAD, draws=300)
    without_it = forecast(past, weeks=AHEAD, draws=300)
    return (lived.over_62 - otherwise.over_62)[coming], with_it.middle - without_it.middle


@pytest.mark.parametrize(
    ("changing", "sign"), [("capacity is lost", 1), ("more is done than usual, until the queue is gone", -1)]
)
def test_what_the_planted_change_does_is_foreseen_in_direction_and_roughly_in_size(changing, sign):
    came, foreseen = (
        np.mean(each, axis=0) for each in zip(*(one_system(s, changing) for s in SEEDS), strict=True)
    )
    print(changing, "came:", came.round(1).tolist(), "foreseen:", foreseen.round(1).tolist())
    assert sign * foreseen[-1] > 0
    assert 0.6 < foreseen[AHEAD // 2 :].mean() / came[AHEAD // 2 :].mean() < 1.7
    assert np.corrcoef(came, foreseen)[0, 1] > 0.9


@pytest.fixture(scope="module")
def past():
    plan = Plan(20_000, 3, 5, date(2026, 3, 31))
    moves = moves_of(plan)
    return fitted(moves.until(int(np.searchsorted(moves.weeks, dip_of(plan).last))))


@pytest.mark.parametrize(
    "change",
    [Change(tests=3), Change(results=3), Change(treatments=1), Change(referrals=-4)],
    ids=["tests", "results", "treatments", "referrals"],
)
def test_more_capacity_and_fewer_referrals_make_the_backlog_smaller(past, change):
    usual, changed = forecast(past, draws=400), forecast(past, change, draws=400)
    assert changed.middle[16:].mean() < usual.middle[16:].mean() - 0.3


def test_fewer_tests_make_the_backlog_larger(past):
    usual, changed = forecast(past, draws=400), forecast(past, Change(tests=-4), draws=400)
    assert changed.middle[-1] > usual.middle[-1] + 2


def test_nothing_changes_before_the_week_of_the_change(past):
    usual, changed = forecast(past), forecast(past, Change(from_week=9, tests=6, referrals=-3))
    for limit in ("lower80", "lower50", "middle", "upper50", "upper80"):
        assert (getattr(usual, limit)[:8] == getattr(changed, limit)[:8]).all()


def test_more_tests_than_people_who_wait_do_no_more_than_test_them_all():
    past = fitted(steady_moves(60, 20))
    many, more = (forecast(past, Change(tests=number)) for number in (200, 2000))
    assert (many.middle == more.middle).all()
    assert (many.upper80 <= forecast(past).upper80 + 1).all()


def test_without_tests_everyone_waits_on():
    past = fitted(steady_moves(60, 20))
    ended = forecast(past, Change(tests=-1000), draws=200)
    assert ended.middle[-1] == pytest.approx(20 * (26 - 9 + 1) + 20 * 3 - 20, rel=0.35)
    assert ended.middle[-1] > 200
