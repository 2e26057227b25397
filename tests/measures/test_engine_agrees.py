"""The engine gives every expression the meaning that the plain evaluator gives it."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from support import engines
from support.agreeing import assert_agrees
from support.grown import answers, numbers, residents


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(residents(), min_size=1, max_size=6),
    st.lists(answers, min_size=1, max_size=4),
    st.lists(numbers, min_size=1, max_size=3),
)
def test_grown_expressions_mean_the_same_in_the_engine(grown, asked, wanted):
    with tempfile.TemporaryDirectory() as folder:
        engine = engines.opened("duckdb", Path(folder))
        assert_agrees(engine, Path(folder), grown, asked, wanted)
        engine.close()
