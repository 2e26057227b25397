"""What care areas, checks and figures say is the same on every engine, to the digit."""

import tempfile
from pathlib import Path

import pytest

from support import engines
from support.language_cases import CASES, together


@pytest.fixture(scope="module")
def application():
    """Spark, started once."""
    if why := engines.lacking():
        pytest.skip(why)
    with engines.spark_application() as running:
        yield running


@pytest.fixture(scope="module", params=engines.ENGINES)
def engine(request):
    """The name of an engine that runs here."""
    if request.param == "spark":
        request.getfixturevalue("application")
    return request.param


@pytest.fixture(scope="module")
def answers(engine):
    """What the engine answers to every worked case."""
    with tempfile.TemporaryDirectory() as folder:
        running = engines.opened(engine, Path(folder))
        found = together(CASES, Path(folder), running)
        running.close()
    return {(case.idea, case.title): cells for case, cells in zip(CASES, found, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.idea}: {case.title}")
def test_an_engine_gives_the_drawn_answers(case, answers):
    assert answers[case.idea, case.title] == case.answers
