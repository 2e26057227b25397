"""Estimates of matched sets, worked by hand, and errors beside other ways to reckon them."""

import numpy as np
import pytest
from statsmodels.genmod.cov_struct import Independence
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_estimating_equations import GEE

from stewardship.evaluation.clustered import rates_model, shares_model
from stewardship.evaluation.matching import matched
from stewardship.evaluation.rates import around, counted, difference_in_differences
from stewardship.evaluation.shares import before_and_after, difference_of_shares
from support.studies import MONTH_DAYS, chosen_for_a_bad_year, chosen_for_need, months_of, pool_with

JUNE = np.datetime64("2025-01-15").astype("datetime64[D]").astype(int)


def every(pool):
    return np.ones(len(pool), dtype=bool)


def test_a_difference_of_shares_is_that_of_weighted_means():
    pool = pool_with(person=range(1, 7), exposed=[1, 1, 0, 0, 0, 0], exact={"sex": list("FMFFFM")})
    found = difference_of_shares(
        pool, matched(pool, every(pool)), np.array([1, 0, 0, 1, 1, 0], dtype=bool), "it"
    )
    assert found.cases == 0.5
    assert found.controls == pytest.approx((2 / 3 + 0) / 2)
    assert found.difference.value == pytest.approx(100 * (0.5 - 1 / 3))


def test_before_and_after_is_of_the_same_people():
    pool = pool_with(person=range(1, 5), exposed=[1, 1, 0, 0])
    sets = matched(pool, every(pool))
    before, after = np.array([1, 1, 0, 0], dtype=bool), np.array([0, 0, 1, 0], dtype=bool)
    assert before_and_after(pool, sets, before, after, True, "it").value == pytest.approx(-100)
    assert before_and_after(pool, sets, before, after, False, "it").value == pytest.approx(50)


def test_a_difference_in_differences_is_a_ratio_of_ratios_of_rates():
    """Cases: 24 events in 24 months, then 6 in 24; controls: 12 in 24 months, then 6 in 24."""
    pool = pool_with(person=[1, 2, 3, 4], exposed=[1, 1, 0, 0], index=[JUNE] * 4)
    events = np.zeros((4, 25))
    events[:, 0], events[:, 13] = (14, 10, 5, 7), (2, 4, 5, 1)
    events[:, 12] = 50  # in the month of the event, which counts for nobody
    found = around(
        pool, matched(pool, every(pool)), months_of([1, 2, 3, 4], np.full((4, 25), MONTH_DAYS), events)
    )
    assert counted(found, (0, 1), 2) == (24, 6, 12, 6)
    rates = difference_in_differences(found, (0, 1), 2, "it")
    assert rates.ratio.value == pytest.approx((6 / 24) / (6 / 12))
    assert rates.in_all.value == pytest.approx(6 - 24 * 6 / 12)
    assert rates.per_thousand.value == pytest.approx((6 - 12) / 24 * 1000)


def test_time_is_what_was_lived_and_who_was_gone_before_the_time_after_is_left_out():
    pool = pool_with(person=[1, 2, 3, 4], exposed=[1, 0, 0, 1], index=[JUNE] * 4)
    days = np.full((4, 25), MONTH_DAYS)
    days[1, 13:] = 0  # a control who died in the month of the event
    days[3, 13:] = 0  # and a case
    days[2, 15:] = 0  # a control who lived two months longer
    found = around(pool, matched(pool, every(pool)), months_of([1, 2, 3, 4], days, np.zeros((4, 25))))
    assert found.person.tolist() == [1, 3]
    assert found.time[:, 2] == pytest.approx([12, 2])
    assert found.sets.weight.tolist() == [1, 1]


def test_whose_months_are_not_told_is_in_no_set():
    pool = pool_with(person=[1, 2, 3], exposed=[1, 0, 0], index=[JUNE] * 3)
    told = months_of([1, 3], np.full((2, 25), MONTH_DAYS), np.zeros((2, 25)))
    assert around(pool, matched(pool, every(pool)), told).person.tolist() == [1, 3]
    nobody = months_of([], np.zeros((0, 25)), np.zeros((0, 25)))
    assert len(around(pool, matched(pool, every(pool)), nobody).sets) == 0


def rates_rows():
    pool, months = chosen_for_a_bad_year(3, prevented=0.3, many=3000)
    found = around(pool, matched(pool, every(pool)), months)
    many = len(found.person)
    events = np.concatenate([found.events[:, :2].sum(axis=1), found.events[:, 2]])
    time = np.concatenate([found.time[:, :2].sum(axis=1), found.time[:, 2]])
    late, case = np.repeat([0.0, 1.0], many), np.tile(found.sets.case, 2).astype(float)
    features = np.column_stack([np.ones(2 * many), case, late, case * late])
    return (
        events,
        time,
        features,
        *(np.tile(each, 2) for each in (found.sets.weight, found.sets.number, found.person)),
    )


def test_errors_by_set_are_those_of_generalised_estimating_equations():
    events, time, features, weight, of_set, person = rates_rows()
    ours = rates_model(events, time, features, weight, of_set, person)
    order = np.argsort(of_set, kind="stable")
    gee = GEE(
        events[order],
        features[order],
        of_set[order],
        family=Poisson(),
        cov_struct=Independence(),
        offset=np.log(time[order]),
        weights=weight[order],
    ).fit()
    assert ours.coefficients == pytest.approx(gee.params, rel=1e-5)
    sets, rows = len(np.unique(of_set)), len(events)
    larger = sets / (sets - 1) * (rows - 1) / (rows - features.shape[1])  # for few clusters
    assert ours.covariances[1][3, 3] == pytest.approx(gee.cov_robust[3, 3] * larger, rel=1e-3)


def test_errors_by_set_and_person_are_those_of_the_scores_added_up():
    events, time, features, weight, of_set, person = rates_rows()
    ours = rates_model(events, time, features, weight, of_set, person)
    expected = time * np.exp(features @ ours.coefficients)
    bread = np.linalg.inv(features.T @ (features * (weight * expected)[:, None]))
    scores = features * (weight * (events - expected))[:, None]

    def summed(cluster):
        _, number = np.unique(cluster, axis=0, return_inverse=True)
        own = np.zeros((number.max() + 1, 4))
        np.add.at(own, number.ravel(), scores)
        return bread @ (own.T @ own) @ bread

    by_hand = summed(of_set) + summed(person) - summed(np.column_stack([of_set, person]))
    assert ours.error(np.array([0, 0, 0, 1.0])) == pytest.approx(np.sqrt(by_hand[3, 3]), rel=0.01)


def test_errors_of_shares_are_near_those_of_a_bootstrap_of_people():
    """Of people, each with all they are in: cases, and controls of several sets."""
    pool, ill, rng = chosen_for_need(4, many=1500)
    happened = rng.random(len(pool)) < 0.1 + 0.05 * ill - 0.05 * pool.exposed
    sets = matched(pool, every(pool))
    member, case = sets.member, sets.case.astype(float)
    fit = shares_model(
        happened[member].astype(float),
        np.column_stack([np.ones(len(case)), case]),
        sets.weight,
        sets.number,
        member,
    )
    y = happened[member]
    drawn = []
    for _ in range(1000):
        times = rng.multinomial(len(pool), np.full(len(pool), 1 / len(pool)))[member] * sets.weight
        drawn.append(np.average(y, weights=times * case) - np.average(y, weights=times * (1 - case)))
    assert fit.error(np.array([0.0, 1.0])) == pytest.approx(np.std(drawn), rel=0.15)
