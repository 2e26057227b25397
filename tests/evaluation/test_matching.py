"""Who is compared with whom."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.evaluation.balance import balance
from stewardship.evaluation.matching import CALIPER, CONTROLS, LEAST_CALIPER, matched, propensity_logit
from support.studies import chosen_for_need, pool_with


def all_of(pool):
    return np.ones(len(pool), dtype=bool)


def sets_of(pool):
    """Persons of each set: the case, then its controls."""
    sets = matched(pool, all_of(pool))
    return {
        int(pool.person[sets.member[(sets.number == number) & sets.case]][0]): pool.person[
            sets.member[(sets.number == number) & ~sets.case]
        ].tolist()
        for number in np.unique(sets.number)
    }


def test_only_people_the_same_in_what_has_to_be_the_same_are_compared():
    pool = pool_with(
        person=[1, 2, 3], exposed=[1, 0, 0], exact={"sex": ["F", "M", "F"]}, near={"age": [80, 80, 95]}
    )
    found = matched(pool, all_of(pool))
    assert set(pool.person[found.member]) <= {1, 3}


def test_the_nearest_are_taken_and_no_more_than_five():
    rng = np.random.default_rng(1)
    age = np.concatenate([[80.0], rng.permutation(np.linspace(70, 90, 41))])
    pool = pool_with(person=np.arange(42), exposed=[True] + [False] * 41, near={"age": age})
    (controls,) = sets_of(pool).values()
    assert sorted(age[controls]) == [79, 79.5, 80, 80.5, 81]
    assert len(controls) == CONTROLS


def test_nobody_is_their_own_control_or_twice_in_a_set():
    pool = pool_with(person=[1, 1, 2, 2, 3], exposed=[1, 0, 0, 0, 0], index=[100, 200, 300, 400, 500])
    assert sets_of(pool) == {1: [2, 3]}


def test_a_control_may_serve_several_cases_and_counts_for_a_share_of_each():
    pool = pool_with(person=[1, 2, 3, 4], exposed=[1, 1, 0, 0])
    found = matched(pool, all_of(pool))
    assert sets_of(pool) == {1: [3, 4], 2: [3, 4]}
    assert found.weight[found.case].tolist() == [1, 1]
    assert found.weight[~found.case].tolist() == [0.5] * 4


def test_of_people_just_as_near_the_same_few_do_not_serve_everybody():
    pool = pool_with(person=range(220), exposed=[True] * 20 + [False] * 200, near={"stays": [2] * 220})
    found = matched(pool, all_of(pool))
    assert len(np.unique(found.member[~found.case])) > 60


def test_who_is_not_told_of_is_set_aside_and_counted():
    pool = pool_with(person=[1, 2, 3, 4], exposed=[1, 0, 0, 1], near={"age": [80, np.nan, 80, 81]})
    found = matched(pool, np.array([True, True, True, False]))
    assert found.incomplete.tolist() == [False, True, False, True]
    assert pool.person[found.member].tolist() == [1, 3]


def test_a_case_like_nobody_is_told_and_not_compared():
    pool = pool_with(person=[1, 2, 3], exposed=[1, 1, 0], exact={"sex": ["F", "M", "M"]})
    found = matched(pool, all_of(pool))
    assert pool.person[found.without_like].tolist() == [1]


def test_those_compared_were_about_as_likely_to_be_exposed():
    pool, _, _ = chosen_for_need(1)
    found = matched(pool, all_of(pool))
    logit = propensity_logit(pool, np.arange(len(pool)))
    exposed = pool.exposed
    spread = np.sqrt((logit[exposed].var() + logit[~exposed].var()) / 2)
    case = found.member[found.case][found.number[~found.case]]
    assert np.abs(logit[case] - logit[found.member[~found.case]]).max() <= max(
        CALIPER * spread, LEAST_CALIPER
    )


def test_matching_makes_unlike_groups_alike():
    pool, _, _ = chosen_for_need(2)
    lines = balance(pool, matched(pool, all_of(pool)))
    assert max(abs(line.difference_before) for line in lines) > 0.4
    assert all(line.alike for line in lines)


def test_people_may_not_be_matched_on_what_was_known_only_afterwards():
    with pytest.raises(ValueError, match="known only on the day of the event or later"):
        pool = pool_with(person=[1], exposed=[True])
        type(pool)(pool.person, pool.exposed, pool.index, pool.index, {}, {})


pools = st.integers(0, 25).flatmap(
    lambda many: st.builds(
        lambda person, exposed, index, sex, age: pool_with(
            person=person,
            exposed=exposed,
            index=np.array(index, dtype=int),
            exact={"sex": sex},
            near={"age": age},
        ),
        *(
            st.lists(each, min_size=many, max_size=many)
            for each in (
                st.integers(1, 12),
                st.booleans(),
                st.integers(100, 120),
                st.sampled_from(["F", "M"]),
                st.sampled_from([60.0, 61.0, 75.5, 90.0, float("nan")]),
            )
        ),
    )
)


@settings(deadline=None, max_examples=40)
@given(pools, st.randoms(use_true_random=False))
def test_sets_are_sound_and_the_same_in_any_order_of_rows(pool, chance):
    found = matched(pool, all_of(pool))
    for number in np.unique(found.number):
        own = found.member[found.number == number]
        assert pool.exposed[own].sum() == 1
        assert len(set(pool.person[own])) == len(own) <= CONTROLS + 1
        assert len(set(pool.exact["sex"][own])) == 1
        assert found.weight[found.number == number].sum() == pytest.approx(2)
    order = np.array(chance.sample(range(len(pool)), len(pool)), dtype=int)
    turned = pool_with(
        person=pool.person[order],
        exposed=pool.exposed[order],
        index=pool.index[order],
        exact={"sex": pool.exact["sex"][order]},
        near={"age": pool.near["age"][order]},
    )
    again = matched(turned, all_of(turned))

    def rows(of, sets):
        ages = np.nan_to_num(of.near["age"][sets.member])
        return sorted(
            zip(of.person[sets.member], of.index[sets.member], ages, sets.case, sets.weight, strict=True)
        )

    assert rows(pool, found) == rows(turned, again)
