"""Forecasts of little: few weeks, nobody referred, no backlog, small numbers. And how long one takes."""

import time
from datetime import date

import numpy as np
import pytest

from stewardship.measures.cancer.forecast import WEEKS, forecast
from stewardship.measures.cancer.forecast_drift import drift_of
from stewardship.measures.cancer.forecast_fit import fitted
from stewardship.measures.cancer.forecast_run import Change
from stewardship.synthetic.lives import Plan
from support.cancer_weeks import empty_moves, moves_of, steady_moves

LIMITS = ("lower80", "lower50", "middle", "upper50", "upper80")


@pytest.fixture(scope="module")
def moves():
    return moves_of(Plan(20_000, 3, 7, date(2026, 3, 31)))


def test_limits_are_in_their_order_and_no_backlog_is_below_none(moves):
    made = forecast(fitted(moves), Change(tests=9, referrals=-30))
    limits = np.stack([getattr(made, each) for each in LIMITS])
    assert (np.diff(limits, axis=0) >= 0).all()
    assert (limits >= 0).all()


def test_the_weeks_are_the_26_sundays_after_the_last_that_is_known(moves):
    made = forecast(fitted(moves), draws=50)
    assert made.weeks.tolist() == [int(moves.weeks[-1]) + 7 * ahead for ahead in range(1, WEEKS + 1)]


def test_the_same_seed_gives_the_same_forecast(moves):
    past = fitted(moves)
    one, other, another = (forecast(past, draws=100, seed=seed) for seed in (1, 1, 2))
    assert all((getattr(one, each) == getattr(other, each)).all() for each in LIMITS)
    assert (one.middle != another.middle).any()


def test_intervals_widen_with_the_weeks(moves):
    made = forecast(fitted(moves))
    width = made.upper80 - made.lower80
    assert width[:4].mean() < width[8:12].mean() < width[20:].mean()


def test_nobody_referred_is_nobody_over_62_days():
    made = forecast(fitted(empty_moves(30)))
    assert made.middle.max() < 1
    assert made.upper80[:8].max() < 1


def test_without_a_backlog_a_steady_service_forecasts_next_to_none():
    made = forecast(fitted(steady_moves(52, 10)))
    assert made.middle.max() < 3


def test_one_week_of_history_is_forecast_with_wide_limits(moves):
    short, long = (fitted(each) for each in (moves.until(0), moves))
    made = forecast(short)
    assert np.isfinite(made.upper80).all()
    assert (made.upper80 - made.lower80)[-1] > (forecast(long).upper80 - forecast(long).lower80)[-1]


def test_when_referrals_end_the_backlog_does(moves):
    past = fitted(moves)
    made = forecast(past, Change(referrals=-10 * past.referred))
    assert made.middle[-1] < 0.5 * moves.over_62[-1]


def test_referrals_that_double_are_followed():
    steady = steady_moves(60, 20)
    doubled = steady.moved.copy()
    doubled[30:] *= 2
    drift = drift_of(
        doubled[:, 0].sum(axis=(1, 2)).astype(float), np.full(60, 30.0), np.full(60, 30.0), steady.weeks
    )
    assert float(drift.weight @ drift.level) == pytest.approx(1 / 3, abs=0.12)


def test_a_season_is_found_in_three_years_and_not_looked_for_in_one():
    random = np.random.default_rng(3)
    days = 20_000 + 7 * np.arange(156)
    wave = 0.2 * np.cos(days % 365.25 * 2 * np.pi / 365.25)
    seen = random.poisson(200 * np.exp(wave)).astype(float)
    expected = np.full(156, 200.0)
    assert drift_of(seen, expected, expected, days).season[0] == pytest.approx(0.2, abs=0.05)
    assert (drift_of(seen[:52], expected[:52], expected[:52], days[:52]).season == 0).all()


def test_weeks_that_scatter_more_than_chance_make_a_forecast_less_sure():
    random = np.random.default_rng(4)
    days, expected = 20_000 + 7 * np.arange(100), np.full(100, 100.0)
    calm = drift_of(random.poisson(expected).astype(float), expected, expected, days)
    wild = drift_of(
        random.poisson(expected * np.exp(0.3 * random.standard_normal(100))).astype(float),
        expected,
        expected,
        days,
    )
    common = random.standard_normal((10, 2000))
    coming = 30_000 + 7 * np.arange(10)
    spread = [each.drawn(np.random.default_rng(1), coming, common)[0].std() for each in (calm, wild)]
    assert spread[1] > 1.5 * spread[0]


def test_a_thousand_draws_of_26_weeks_take_well_under_two_seconds(moves):
    past = fitted(moves)
    began = time.process_time()
    forecast(past, Change(tests=2))
    assert time.process_time() - began < 2
