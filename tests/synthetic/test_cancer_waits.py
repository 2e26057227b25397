"""How long cancer pathways take: within the standards or not, as was drawn before."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stewardship.synthetic.cancer.published import NO_CLOCK, SCREENING, UPGRADE, URGENT
from stewardship.synthetic.cancer.waits import drawn_from, evenly, started_after, told_after, treated_after

SEEDS = st.integers(0, 2**32 - 1)


@given(SEEDS)
def test_who_is_told_in_time_is_told_within_28_days_and_nobody_else(seed: int) -> None:
    random = np.random.default_rng(seed)
    in_time = random.random(300) < 0.6
    wait = told_after(random, in_time)
    assert (wait >= 1).all()
    assert ((wait <= 28) == in_time).all()


@given(SEEDS)
def test_who_starts_in_time_starts_within_31_days_and_nobody_else(seed: int) -> None:
    random = np.random.default_rng(seed)
    in_time = random.random(300) < 0.8
    wait = started_after(random, in_time)
    assert (wait >= 0).all()
    assert ((wait <= 31) == in_time).all()


@given(SEEDS)
def test_parts_of_a_pathway_add_up_to_62_days_or_more_as_drawn(seed: int) -> None:
    random = np.random.default_rng(seed)
    route = random.choice([URGENT, SCREENING, UPGRADE], 400)
    started = random.random(400) < 0.8
    in_time = started & (random.random(400) < 0.6)
    told, decided, treated = treated_after(random, route, in_time, started_after(random, started))
    assert (np.stack([told, decided, treated]) >= 0).all()
    assert ((told + decided + treated <= 62) == in_time).all()
    assert ((treated <= 31) == started).all()


@given(SEEDS)
def test_without_a_clock_the_days_from_decision_to_treatment_are_as_drawn(seed: int) -> None:
    random = np.random.default_rng(seed)
    drawn = started_after(random, random.random(200) < 0.8)
    _, _, treated = treated_after(random, np.full(200, NO_CLOCK), np.zeros(200, dtype=bool), drawn)
    assert (treated == drawn).all()


@given(SEEDS, st.floats(0.02, 0.98), st.integers(1, 400), st.integers(0, 300))
def test_shares_come_out_in_every_stretch_of_days(seed: int, chance: float, many: int, skipped: int) -> None:
    """Of any run of events in order of days, however short, the share is off by a few events at most."""
    random = np.random.default_rng(seed)
    day = random.permutation(many + skipped)
    drawn = evenly(random, day)[np.argsort(day)][skipped:]
    assert ((drawn >= 0) & (drawn < 1)).all()
    assert abs(int((drawn < chance).sum()) - chance * many) < 2 + np.log2(many + 1)


@given(SEEDS)
def test_what_has_no_weight_is_never_drawn(seed: int) -> None:
    weights = np.tile([0.0, 2.0, 0.0, 1.0], (100, 1))
    assert set(drawn_from(np.random.default_rng(seed), weights)) <= {1, 3}
