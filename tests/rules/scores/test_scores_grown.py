"""What holds of every score, whatever somebody has."""

from hypothesis import given
from hypothesis import strategies as st

from stewardship.rules.scores.cambridge import CAMBRIDGE
from stewardship.rules.scores.charlson import CHARLSON, CHARLSON_2011, with_age
from stewardship.rules.scores.electronic_frailty import ELECTRONIC_FRAILTY
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY
from stewardship.rules.scores.score import band_of, groups_found, points_of
from stewardship.rules.scores.segments import EXCLUSIVE, SEGMENTS, segment_of

SCORES = st.sampled_from([CAMBRIDGE, CHARLSON, CHARLSON_2011, HOSPITAL_FRAILTY, ELECTRONIC_FRAILTY])


@st.composite
def scored(draw):
    score = draw(SCORES)
    groups = st.sampled_from([group.name for group in score.groups])
    return score, draw(st.sets(groups, max_size=12)), draw(groups)


@given(scored())
def test_one_thing_more_never_lowers_a_score(case):
    score, has, more = case
    before, after = points_of(score, has), points_of(score, has | {more})
    assert 0 <= before <= after <= before + score.group(more).points
    assert after <= score.most


@given(scored(), st.integers(0, 110))
def test_one_thing_more_never_lowers_a_band(case, age):
    score, has, more = case
    order = [None, *score.bands]
    before, after = (band_of(score, points_of(score, groups), age) for groups in (has, has | {more}))
    assert order.index(before) <= order.index(after)


@given(scored())
def test_a_group_is_found_by_each_of_its_codes(case):
    score, _, name = case
    for system, code, match in score.group(name).codes:
        told = code.split("-")[0] if match == "range" else code
        assert name in groups_found(score, [("SNOMED", "1"), (system, told)])


@given(st.integers(0, 20), st.integers(0, 109))
def test_growing_older_never_lowers_the_charlson_index(points, age):
    assert points <= with_age(points, age) <= with_age(points, age + 1) <= points + 4


@given(st.sets(st.sampled_from([segment.key for segment in SEGMENTS])))
def test_everybody_is_in_one_segment_and_none_that_applies_is_higher(applies):
    segment = segment_of(applies)
    assert segment in EXCLUSIVE
    assert all(other.key not in applies for other in EXCLUSIVE if other.number > segment.number)
