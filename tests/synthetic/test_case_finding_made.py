"""Prostate case finding that is made up: who is invited, how far they go, and the gap that is planted."""

from datetime import date

import numpy as np

from stewardship.synthetic.cancer.case_finding import BLACK, CONSENTED, LESS_OFTEN, case_finding, planted_gap
from stewardship.synthetic.lives import NEVER, People, Plan

PLAN = Plan(residents=20_000, years=2, seed=3, last_day=date(2026, 3, 31))
MANY = 40_000


def people():
    random = np.random.default_rng(1)
    day = np.full(MANY, NEVER, np.int32)
    nothing = np.zeros(MANY, np.int16)
    return People(
        batch=0, number=np.arange(1, MANY + 1), household=np.arange(1, MANY + 1),
        birth=(PLAN.last - random.integers(40, 75, MANY) * 365.25).astype(np.int32),
        female=random.random(MANY) < 0.5, ethnicity=np.where(random.random(MANY) < 0.5, BLACK[0], 0).astype(np.int16),
        area=nothing, fifth=nothing + 1, practice=nothing, start=np.full(MANY, PLAN.first - 400, np.int32), end=day,
        death=day, care_home=np.zeros(MANY, bool), frailty=np.zeros(MANY),
    )  # fmt: skip


def test_steps_follow_each_other_and_none_is_skipped():
    _, rows = case_finding(PLAN, people())
    dates = np.stack([
        rows[name].fill_null(date(2999, 1, 1)).to_numpy().astype("datetime64[D]").astype(int)
        for name in ("InvitedDate", "ConsentedDate", "TestedDate", "RaisedDate", "ReferredDate", "FoundDate")
    ])  # fmt: skip
    assert (np.diff(dates, axis=0) >= 0).all()
    assert dates[0].max() <= PLAN.last and dates[0].min() > PLAN.last - 366


def test_black_men_consent_less_often_as_planted():
    made = people()
    _, rows = case_finding(PLAN, made)
    asked = rows.num_rows
    assert 4_000 < asked < MANY / 2
    early = rows["InvitedDate"].to_numpy().astype("datetime64[D]").astype(int) < PLAN.last - 120
    share = np.mean(np.asarray(rows["ConsentedDate"].is_valid())[early])
    assert CONSENTED * LESS_OFTEN - 0.03 < share < CONSENTED + 0.03


def test_the_truth_tells_how_many_consented_and_how_many_would_have():
    made = people()
    _, rows = case_finding(PLAN, made)
    told = planted_gap(PLAN, made).realised
    assert sum(told["invited"].values()) == rows.num_rows
    assert sum(told["consented"].values()) == rows.num_rows - rows["ConsentedDate"].null_count
    assert told["consented"]["others"] == told["consented_without_it"]["others"]
    black = told["consented"]["Black"] / told["consented_without_it"]["Black"]
    assert LESS_OFTEN - 0.05 < black < LESS_OFTEN + 0.05
