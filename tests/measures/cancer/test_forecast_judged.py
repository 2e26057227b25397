"""How forecasts are held against what came, and the simple guess that they are held against."""

import numpy as np
import pytest

from stewardship.measures.cancer.forecast import WEEKS, Forecast
from stewardship.measures.cancer.forecast_judged import (
    LEAST_SPREAD,
    Trial,
    past_moves,
    tried,
    walked,
    widths_of_guess,
)
from support.cancer_weeks import steady_moves


def trial(came, known, width=10.0):
    level = np.full(WEEKS, 50.0)
    made = Forecast(np.arange(WEEKS), level, level - 2, level + 2, level - width / 2, level + width / 2)
    return Trial(made, np.asarray(came), np.asarray(known))


def test_an_interval_holds_up_to_its_limits():
    came = np.full(WEEKS, 50)
    came[:3] = (55, 56, 45)
    found = trial(came, [50])
    assert found.held80[:3].tolist() == [True, False, True]
    assert found.held50[:4].tolist() == [False, False, False, True]
    assert set(found.width80) == {10.0}


def test_the_guess_is_made_to_hold_in_the_share_that_is_asked():
    random = np.random.default_rng(1)
    walks = [np.cumsum(random.integers(-3, 4, 100)) + 100 for _ in range(60)]
    trials = [trial(walk[-WEEKS:], walk[:-WEEKS]) for walk in walks]
    for spread in (past_moves, walked):
        half = widths_of_guess(trials, [spread(each.known) for each in trials], 0.8) / 2
        held = np.abs([each.came - each.known[-1] for each in trials]) <= half + 1e-9
        assert held.mean() == pytest.approx(0.8, abs=0.01)


def test_a_backlog_that_never_moved_is_thought_to_move_a_little():
    known = np.full(60, 7)
    assert set(past_moves(known)) == set(walked(known)) == {LEAST_SPREAD}


def test_the_spread_of_a_steady_rise_is_what_it_rose():
    assert past_moves(np.arange(60)).tolist() == list(range(1, WEEKS + 1))


def test_a_trial_knows_the_weeks_before_and_sees_the_26_after_only_to_judge():
    moves = steady_moves(60, 12)
    found = tried(moves, 30, draws=20, seed=1)
    assert (len(found.known), len(found.came)) == (31, WEEKS)
    assert found.forecast.weeks.tolist() == moves.weeks[31 : 31 + WEEKS].tolist()
