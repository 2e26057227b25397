"""What each construct of the language means: worked cases, answered alike by engine and evaluator."""

import pytest

from support.language_cases import CASES, by_engine, by_evaluator

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.idea}: {case.title}")


@each_case
def test_the_engine_gives_the_drawn_answers(case, tmp_path):
    assert by_engine(case, tmp_path) == case.answers


@each_case
def test_the_plain_evaluator_gives_the_drawn_answers(case):
    assert by_evaluator(case) == case.answers


def test_no_two_cases_of_an_idea_have_the_same_title():
    titles = [(case.idea, case.title) for case in CASES]
    assert len(set(titles)) == len(titles)
