"""Agreement with an independent implementation, wherever that one is right.

Zero counts are avoided: it refuses them in rates. Its multiplier must be a built-in int.
"""

import contextlib
import io

import numpy as np
import pandas as pd
import pytest
from PHStatsMethods import ph_dsr, ph_proportion, ph_rate

from stewardship.measures import statistics as st

GROUPS = 2000
FIELDS = {
    "value": "Value",
    "lower95": "lower_95_ci",
    "upper95": "upper_95_ci",
    "lower99_8": "lower_99_8_ci",
    "upper99_8": "upper_99_8_ci",
}


def agree(got: st.Estimates, expected: pd.DataFrame) -> None:
    for field, column in FIELDS.items():
        theirs = expected[column].astype(float)
        np.testing.assert_allclose(getattr(got, field), theirs, rtol=1e-9, err_msg=field)


@pytest.fixture(scope="module")
def random() -> np.random.Generator:
    return np.random.default_rng(20)


def test_proportions_agree(random):
    n = random.integers(1, 5000, GROUPS)
    x = random.binomial(n, random.random(GROUPS))
    expected = ph_proportion(
        pd.DataFrame({"x": x, "n": n}), "x", "n", confidence=[0.95, 0.998], multiplier=100
    )
    agree(st.proportions(x, n, multiplier=100), expected)


def test_rates_agree(random):
    n = random.integers(100, 100_000, GROUPS)
    o = 1 + random.poisson(random.choice([2, 8, 50, 900], GROUPS))
    expected = ph_rate(pd.DataFrame({"o": o, "n": n}), "o", "n", confidence=[0.95, 0.998], multiplier=1000)
    agree(st.rates(o, n, multiplier=1000), expected)


def test_standardised_rates_agree(random):
    n = random.integers(50, 5000, (GROUPS, 19))
    o = random.poisson(n * 0.004)
    weights = np.tile(st.standard_weights(), GROUPS)
    frame = pd.DataFrame(
        {"group": np.repeat(np.arange(GROUPS), 19), "o": o.ravel(), "n": n.ravel(), "w": weights}
    )
    with contextlib.redirect_stdout(io.StringIO()):
        expected = ph_dsr(
            frame, "o", "n", "w", group_cols=["group"], confidence=[0.95, 0.998], euro_standard_pops=False
        )
    got = st.directly_standardised(o, n)
    order = expected["group"].astype(int).to_numpy()
    assert sorted(order) == list(range(GROUPS))
    agree(got, expected.sort_values("group", key=lambda column: column.astype(int)))
