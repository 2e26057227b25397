"""A matched comparison finds what was planted, says so in words, and refuses what it cannot tell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.evaluation.checking import EARLIER, SIZE
from stewardship.evaluation.followed import Happened
from stewardship.evaluation.hidden import e_value, e_value_of_limits
from stewardship.evaluation.matched import compare_rates, compare_shares
from stewardship.evaluation.result import Grade
from support.studies import WORDS, chosen_for_a_bad_year, chosen_for_need, months_of, pool_with

PREVENTED = 0.15  # points of share, of a call
SEEDS = range(1, 31)


def happened(rng, ill, exposed, prevented):
    """More likely for the ill; before the event it is rare, for everybody."""
    likely = np.minimum(0.2 + 0.12 * ill, 0.9) - prevented * exposed
    before = rng.random(len(ill)) < 0.04
    return Happened(rng.random(len(ill)) < likely, before, np.ones(len(ill), dtype=bool))


def study_of_shares(seed, prevented=PREVENTED):
    pool, ill, rng = chosen_for_need(seed, many=1200)
    return pool, compare_shares(pool, happened(rng, ill, pool.exposed, prevented), WORDS)


@pytest.fixture(scope="module")
def studies():
    return [study_of_shares(seed)[1] for seed in SEEDS]


@pytest.fixture(scope="module")
def studies_of_rates():
    return [compare_rates(*chosen_for_a_bad_year(seed, prevented=0.4), WORDS) for seed in SEEDS]


def test_the_planted_difference_of_shares_is_found_and_held_by_its_interval(studies):
    effects = [study.result.effect for study in studies]
    assert np.mean([effect.value for effect in effects]) == pytest.approx(-100 * PREVENTED, abs=1.5)
    assert sum(effect.low <= -100 * PREVENTED <= effect.high for effect in effects) >= 26
    assert sum(effect.high < 0 for effect in effects) >= 24


def test_without_an_effect_none_is_claimed_but_by_chance():
    effects = [study_of_shares(seed, prevented=0)[1].result.effect for seed in SEEDS]
    assert sum(effect.told_apart_from_none for effect in effects) <= 4


def test_comparing_without_matching_would_have_hidden_it():
    crude = []
    for seed in SEEDS:
        pool, ill, rng = chosen_for_need(seed, many=1200)
        after = happened(rng, ill, pool.exposed, PREVENTED).after
        crude.append(after[pool.exposed].mean() - after[~pool.exposed].mean())
    assert np.mean(crude) > -0.09


def test_before_and_after_alone_says_the_opposite(studies):
    """The line is called in a crisis: more happens after than before, called or not."""
    for study in studies:
        exposed, others = study.result.naive
        assert exposed.low > 0
        assert others.low > exposed.value


def test_the_planted_ratio_of_rates_is_found_and_before_and_after_overstates_it(studies_of_rates):
    effects = [study.result.effect for study in studies_of_rates]
    assert np.exp(np.mean([np.log(effect.value) for effect in effects])) == pytest.approx(0.6, abs=0.05)
    assert sum(effect.low <= 0.6 <= effect.high for effect in effects) >= 26
    assert all(effect.high < 1 for effect in effects)
    exposed, others = zip(*(study.result.naive for study in studies_of_rates), strict=True)
    assert np.mean([effect.value for effect in exposed]) < 0.5
    assert all(effect.high < 0.9 for effect in others), (
        "who was chosen for a bad year has fewer with nothing done"
    )


def test_avoided_events_are_those_of_all_cases_with_their_limits(studies, studies_of_rates):
    for study in (*studies, *studies_of_rates):
        last = study.result.effects[-1]
        assert study.avoided == (-last.value, -last.high, -last.low)
        assert study.avoided[1] < study.avoided[0] < study.avoided[2]
    assert studies[0].avoided[0] == pytest.approx(
        -studies[0].result.effect.value / 100 * studies[0].flow.sets
    )


def test_a_comparison_whose_checks_pass_is_a_strong_one(studies):
    strong = [study.result for study in studies if study.result.grade is Grade.B]
    assert strong
    for result in strong:
        assert {check.outcome for check in result.checks} == {"pass"}
        assert len(result.warnings) == 1
        assert result.warnings[0].startswith("Who had it was not drawn by lot")


def test_it_reads_in_plain_words(studies):
    said = studies[0].result.reading
    assert "The difference is" in said
    assert "percentage points fewer (95% interval" in said
    assert "more than chance would bring" in said
    assert "does not mean that so many were avoided" in said
    assert "Before and after alone would have said" in said
    assert studies[0].result.question == (
        "Do people called about have fewer admissions within 7 days than people not called about who are like them?"
    )


def test_groups_that_already_differed_before_are_told():
    pool, ill, rng = chosen_for_need(1, many=1200)
    came = happened(rng, ill, pool.exposed, 0)
    worse = Happened(came.after, rng.random(len(ill)) < 0.1 + 0.2 * pool.exposed, came.counted)
    result = compare_shares(pool, worse, WORDS).result
    (check,) = [check for check in result.checks if check.name == EARLIER]
    assert check.outcome == "fail"
    assert result.grade is Grade.C
    assert check.words in result.warnings


def test_fewer_than_ten_of_anything_is_refused_without_a_figure():
    pool, _, _ = chosen_for_need(1, many=1200)
    few = np.zeros(len(pool), dtype=bool)
    few[np.flatnonzero(pool.exposed)[:9]] = True
    study = compare_shares(pool, Happened(few, None, np.ones(len(pool), dtype=bool)), WORDS)
    assert study.result.grade is Grade.X
    assert (study.result.effects, study.result.naive, study.avoided) == ((), (), None)
    (check,) = [check for check in study.result.checks if check.name == SIZE]
    assert check.words == "One of the groups compared has fewer than 10 of what is counted."
    assert not any(letter.isdigit() for letter in study.result.reading.replace("7 days", ""))


def test_groups_that_cannot_be_made_alike_are_refused():
    rng = np.random.default_rng(1)
    exposed = np.repeat([True, False], 100)
    age = np.where(exposed, 70, 69.6) + rng.normal(0, 0.01, 200)
    pool = pool_with(person=range(200), exposed=exposed, near={"age": age, "other": rng.normal(size=200)})
    study = compare_shares(pool, Happened(rng.random(200) < 0.5, None, np.ones(200, dtype=bool)), WORDS)
    assert study.result.grade is Grade.X


def test_what_is_hidden_would_have_to_be_strong():
    assert e_value(2) == pytest.approx(2 + np.sqrt(2))
    assert e_value(0.5) == pytest.approx(e_value(2))
    assert e_value_of_limits(0.5, 0.8) == pytest.approx(e_value(0.8))
    assert e_value_of_limits(1.2, 3.0) == pytest.approx(e_value(1.2))
    assert e_value_of_limits(0.8, 1.1) == 1


def columns(many, *of):
    return st.tuples(*(st.lists(each, min_size=many, max_size=many) for each in of))


small = st.integers(0, 60).flatmap(
    lambda many: columns(
        many, st.integers(1, 40), st.booleans(), st.sampled_from(["F", "M"]), st.floats(60, 100), st.booleans(),
        st.booleans(), st.booleans(), st.integers(0, 25), st.integers(0, 3),
    )
)  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(small)
def test_nothing_raises_and_no_limit_is_without_its_value(drawn):
    person, exposed, sex, age, after, before, counted, _, _ = drawn
    pool = pool_with(person=person, exposed=exposed, exact={"sex": sex}, near={"age": age})
    flags = (np.array(each, dtype=bool) for each in (after, before, counted))
    study = compare_shares(pool, Happened(*flags), WORDS)
    assert study.result.reading
    for effect in study.result.effects:
        assert effect.low <= effect.value <= effect.high


@settings(deadline=None, max_examples=40)
@given(small)
def test_nothing_raises_of_people_by_month(drawn):
    person, exposed, sex, age, _, _, _, months, events = drawn
    person = np.arange(len(person)) + 1
    index = np.full(len(person), np.datetime64("2025-01-10").astype("datetime64[D]").astype(np.int64))
    pool = pool_with(person=person, exposed=exposed, index=index, exact={"sex": sex}, near={"age": age})
    days = 30.0 * (np.arange(25) <= np.array(months, dtype=int).reshape(-1, 1))
    counts = (days > 0) * np.array(events, dtype=int).reshape(-1, 1)
    study = compare_rates(pool, months_of(person, days, counts), WORDS)
    assert study.result.reading
    for effect in study.result.effects:
        assert effect.low <= effect.value <= effect.high
