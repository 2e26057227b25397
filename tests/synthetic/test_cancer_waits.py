"""How long cancer pathways take: within the standards or not, as was drawn before."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stewardship.synthetic.cancer.published import NO_CLOCK, SCREENING, UPGRADE, URGENT
from stewardship.synthetic.cancer.waits import (
    LEAST_LEFT,
    drawn_evenly,
    drawn_from,
    started_after,
    told_after,
    treated_after,
    within_life,
)

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
def test_shares_come_out_in_every_stretch_of_days(seed: int, spread: float, many: int, skipped: int) -> None:
    """Of any run of events in order of days, however short and different, the number is off by less than two."""
    random = np.random.default_rng(seed)
    day, chance = random.permutation(many + skipped), random.random(many + skipped) * spread
    stretch = np.argsort(day)[skipped:]
    drawn = drawn_evenly(random, day, chance)[stretch]
    assert abs(drawn.sum() - chance[stretch].sum()) < 2


@given(SEEDS)
def test_who_has_little_time_left_is_treated_within_it_and_waits_as_long_in_all(seed: int) -> None:
    random = np.random.default_rng(seed)
    left, told, decision, treatment = (random.integers(low, 120, 300) for low in (LEAST_LEFT, 0, 0, 0))
    parts = np.stack(within_life(left, told, decision, treatment))
    assert (parts >= 0).all()
    assert (parts.sum(axis=0) == told + decision + treatment).all()
    assert (parts[1] + parts[2] <= left).all()
    assert ((parts[2] <= 31) == (treatment <= 31)).all()


@given(SEEDS)
def test_what_has_no_weight_is_never_drawn(seed: int) -> None:
    weights = np.tile([0.0, 2.0, 0.0, 1.0], (100, 1))
    assert set(drawn_from(np.random.default_rng(seed), weights)) <= {1, 3}
