"""Forecasts from 200 (seed, week) pairs of synthetic systems: as sure as they say they are, and surer than a guess.

The pairs are taken from all weeks with history and 26 weeks to come: calm ones, and those about a dip in capacity.
`python bench/forecast.py` prints the same for larger systems; docs/cancer-forecast.md has what it printed.
"""

from datetime import date

import numpy as np
import pytest

from stewardship.measures.cancer.forecast import WEEKS
from stewardship.measures.cancer.forecast_judged import past_moves, tried, walked, widths_of_guess
from stewardship.synthetic.lives import Plan
from support.cancer_weeks import moves_of

LAST_DAY = date(2026, 3, 31)
SEEDS, WEEKS_OF_EACH = range(201, 226), 8
RESIDENTS, YEARS = 40_000, 5
EARLIEST = 40


def trials_of(seed):
    moves = moves_of(Plan(RESIDENTS, YEARS, seed, LAST_DAY))
    weeks = np.random.default_rng(seed).choice(
        np.arange(EARLIEST, len(moves.weeks) - WEEKS), WEEKS_OF_EACH, replace=False
    )
    return [tried(moves, int(week), draws=200, seed=seed) for week in weeks]


@pytest.fixture(scope="module")
def trials():
    return [each for seed in SEEDS for each in trials_of(seed)]


def test_80_per_cent_intervals_hold_in_72_to_88_per_cent_of_200_pairs(trials):
    assert len(trials) >= 200
    held = np.stack([each.held80 for each in trials])
    print("80% intervals held, by weeks ahead:", held.mean(axis=0).round(2).tolist())
    assert 0.72 <= held.mean() <= 0.88


def test_50_per_cent_intervals_hold_in_about_half(trials):
    assert 0.42 <= np.mean([each.held50 for each in trials]) <= 0.62


def test_intervals_are_narrower_than_those_of_the_last_value_made_to_hold_as_often(trials):
    ours = np.mean([each.width80 for each in trials])
    for spread in (past_moves, walked):
        guess = widths_of_guess(trials, [spread(each.known) for each in trials], 0.8).mean()
        assert ours < guess, f"{ours:.1f} people wide, and {spread.__name__} {guess:.1f}"


def test_the_middle_is_nearer_to_what_came_than_the_last_value(trials):
    middle = np.mean([np.abs(each.forecast.middle - each.came) for each in trials])
    last = np.mean([np.abs(each.known[-1] - each.came) for each in trials])
    assert middle < last
