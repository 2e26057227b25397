"""NEWS2 at the edges of its bands, told with its parts, and never guessed from what was not measured."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.frailty.news2 import Alertness, Signs, in_words, news2

WELL = Signs(breaths=16, oxygen=97, systolic=130, pulse=70, temperature_tenths=370, alertness=Alertness.ALERT)


@pytest.mark.parametrize(
    ("measured", "points"),
    [
        ({"breaths": 8}, 3), ({"breaths": 9}, 1), ({"breaths": 11}, 1), ({"breaths": 12}, 0), ({"breaths": 20}, 0),
        ({"breaths": 21}, 2), ({"breaths": 24}, 2), ({"breaths": 25}, 3),
        ({"oxygen": 91}, 3), ({"oxygen": 92}, 2), ({"oxygen": 93}, 2), ({"oxygen": 94}, 1), ({"oxygen": 95}, 1),
        ({"oxygen": 96}, 0),
        ({"systolic": 90}, 3), ({"systolic": 91}, 2), ({"systolic": 100}, 2), ({"systolic": 101}, 1),
        ({"systolic": 110}, 1), ({"systolic": 111}, 0), ({"systolic": 219}, 0), ({"systolic": 220}, 3),
        ({"pulse": 40}, 3), ({"pulse": 41}, 1), ({"pulse": 50}, 1), ({"pulse": 51}, 0), ({"pulse": 90}, 0),
        ({"pulse": 91}, 1), ({"pulse": 110}, 1), ({"pulse": 111}, 2), ({"pulse": 130}, 2), ({"pulse": 131}, 3),
        ({"temperature_tenths": 350}, 3), ({"temperature_tenths": 351}, 1), ({"temperature_tenths": 360}, 1),
        ({"temperature_tenths": 361}, 0), ({"temperature_tenths": 380}, 0), ({"temperature_tenths": 381}, 1),
        ({"temperature_tenths": 390}, 1), ({"temperature_tenths": 391}, 2),
        ({"alertness": Alertness.CONFUSION}, 3), ({"alertness": Alertness.VOICE}, 3),
        ({"on_oxygen": True}, 2),
    ],
)  # fmt: skip
def test_one_sign_scores_by_its_band(measured, points):
    assert news2(replace(WELL, **measured)).total == points


@pytest.mark.parametrize(
    ("oxygen", "given_oxygen", "points"),
    [(83, False, 3), (84, False, 2), (86, False, 1), (88, False, 0), (92, True, 2), (93, False, 0), (93, True, 3),
     (94, True, 3), (95, True, 4), (96, True, 4), (97, True, 5)],
)  # fmt: skip
def test_the_second_oxygen_scale_has_a_target_of_88_to_92_and_scores_too_much_oxygen(
    oxygen, given_oxygen, points
):
    signs = replace(WELL, oxygen=oxygen, on_oxygen=given_oxygen, second_scale=True)
    assert news2(signs).total == points


def test_a_score_is_told_with_the_parts_that_make_it_up():
    signs = Signs(20, 95, False, 108, 96, 379, Alertness.CONFUSION)
    score = news2(signs)
    assert in_words(score) == (
        "NEWS2: 6 (new confusion 3, oxygen 1, systolic 1, pulse 1). Worked out from what you typed; oxygen scale 1, "
        "on air."
    )
    assert score.response == "medium"


@pytest.mark.parametrize(
    ("measured", "response"),
    [
        ({}, "low"),
        ({"pulse": 95}, "low"),
        ({"breaths": 26}, "low to medium"),
        ({"breaths": 26, "pulse": 115}, "medium"),
        ({"breaths": 26, "pulse": 135, "oxygen": 94}, "high"),
    ],
)
def test_the_response_follows_the_total_and_a_single_three(measured, response):
    assert news2(replace(WELL, **measured)).response == response


def test_what_was_not_measured_is_not_taken_for_normal():
    score = news2(replace(WELL, temperature_tenths=None, alertness=None))
    assert score.total is None and score.response == ""
    assert in_words(score) == "No NEWS2 yet: it needs temperature and alertness."


@given(
    st.builds(
        Signs,
        breaths=st.integers(1, 80), oxygen=st.integers(40, 100), on_oxygen=st.booleans(),
        systolic=st.integers(30, 300), pulse=st.integers(20, 250), temperature_tenths=st.integers(250, 440),
        alertness=st.sampled_from(Alertness), second_scale=st.booleans(),
    )
)  # fmt: skip
def test_the_total_is_the_sum_of_its_parts_and_stays_within_twenty(signs):
    score = news2(signs)
    assert score.total == sum(points for _, points in score.parts) <= 20
