"""Progress tells the whole and what is left; a summary tells what is different."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.measures.published import Published
from stewardship.printed import changes, plan
from stewardship.printed.steps import Course, Steps, in_words
from support.snapshots import publish

STEPS = ("Making residents", "Reading PERSON", "Reading DEATH", "Checking PERSON", "Checking records",
         "Writing person", "Describing residents", "Gathering facts", "Adding up measures", "Sweeping up")  # fmt: skip


def told(course, *steps):
    """How far the whole is after each step has ended."""
    done = []
    for step in steps:
        course.tell(step, 0.0)
        course.tell(step, 1.0)
        done.append(round(course.done, 3))
    return done


A_SOURCE = ("Reading PERSON", "Checking PERSON", "Writing person")
RESULTS = ("Checking records", "Describing residents", "Gathering facts", "Adding up measures",
           "Controlling disclosure")  # fmt: skip


def test_the_whole_goes_from_0_to_1_over_all_sources():
    done = told(Course(plan(2)), *A_SOURCE, *A_SOURCE, *RESULTS)
    assert done == sorted(set(done))
    assert done[-1] == 1.0


def test_steps_that_are_not_needed_are_passed_over():
    """A source that is as before is not read, checked and written again."""
    assert told(Course(plan(2)), *A_SOURCE, *RESULTS)[-1] == 1.0
    assert told(Course(plan(1)), *A_SOURCE, *A_SOURCE, *RESULTS)[-1] == 1.0


def test_a_step_has_the_share_that_it_took_the_last_time():
    course = Course(plan(1, lasted={"Reading": 1, "Checking": 1, "Writing": 2} | dict.fromkeys(
        ("Checking records", "Describing", "Gathering", "Adding", "Controlling"), 1.2)))  # fmt: skip
    assert told(course, *A_SOURCE) == [0.1, 0.2, 0.4]


def test_without_a_plan_a_step_is_told_alone():
    assert told(Course(()), "Reading diabetes", "Adding up diabetes") == [1.0, 1.0]


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.floats(-0.5, 1.5)), max_size=40), st.integers(1, 3))
def test_the_whole_never_goes_back(calls, sources):
    course, before = Course(plan(sources)), 0.0
    for what, done in calls:
        course.tell(what, done)
        assert before <= course.done <= 1.0
        before = course.done


@pytest.mark.parametrize("seconds, words", [
    (None, ""), (0, "less than a minute left"), (59, "less than a minute left"), (60, "about 1 minute left"),
    (150, "about 2 minutes left"), (3600, "about 60 minutes left"), (7300, "about 2 hours left"),
])  # fmt: skip
def test_what_is_left_is_told_no_more_exactly_than_it_is_known(seconds, words):
    assert in_words(seconds) == words


def test_a_log_has_a_line_with_the_time_for_every_step_and_no_more(capfd):
    with Steps(plan(1)) as steps:
        for what in (*A_SOURCE, *RESULTS):
            for done in (0.0, 0.5, 1.0):
                steps(what, done)
    out, lines = capfd.readouterr()
    assert out == ""
    found = [
        re.fullmatch(r"\d\d:\d\d:\d\d  ( *\d+%)  ([^(]+)( \(.+ left\))?", line) for line in lines.splitlines()
    ]
    assert [line[2] for line in found] == [*A_SOURCE, *RESULTS]
    shares = [int(line[1].strip(" %")) for line in found]
    assert shares == sorted(shares)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return Published(publish(tmp_path_factory.mktemp("changes"))).snapshot


def test_without_a_snapshot_before_nothing_is_different(snapshot):
    assert changes(None, snapshot) == []


def test_what_is_the_same_is_said_to_be(snapshot):
    assert changes(snapshot, snapshot) == [
        "Nothing is different in sources, people, care areas and measures."
    ]


def test_what_is_different_is_told_in_sentences(snapshot):
    before = replace(snapshot, as_of=date(2025, 3, 31), sources=(
        {"name": "a", "people": 1_000}, {"name": "b", "people": 20}, {"name": "c", "people": None},
        {"name": "e", "people": 10},
    ))  # fmt: skip
    after = replace(snapshot, sources=(
        {"name": "a", "people": 1_205}, {"name": "b", "people": 15}, {"name": "d", "people": None},
        {"name": "e", "people": None},
    ))  # fmt: skip
    assert changes(before, after) == [
        "Figures stand at 31 March 2026, no longer at 31 March 2025.",
        "d is new.",
        "c is no longer a source.",
        "a: about 1,205 people, 205 more.",
        "b: about 15 people, 5 fewer.",
    ]


def test_measures_that_come_and_go_are_told_with_the_reason(snapshot):
    area = snapshot.areas[0]
    first, second, *rest = area.measures
    was = replace(
        snapshot, areas=(replace(area, measures=(replace(first, missing="no unit"), second, *rest)),)
    )
    now = replace(snapshot, areas=(
        replace(area, measures=(first, replace(second, missing="no deaths were sent"), *rest)),
        replace(area, key="new", name="New"),
    ))  # fmt: skip
    assert changes(was, now) == [
        "The care area New is new.",
        f"{area.name}: {first.name} can be made now.",
        f"{area.name}: {second.name} can no longer be made: no deaths were sent.",
    ]
    assert changes(now, was)[0] == "The care area New is gone."
