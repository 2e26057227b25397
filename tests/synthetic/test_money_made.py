"""Ledgers that reconcile with activity."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.synthetic.lives import Plan
from stewardship.synthetic.money import (
    BLOCKS,
    ledger,
    monthly,
    months_of_ledger,
    shared,
)
from stewardship.synthetic.tables import published

PLAN = Plan(1_000, 2, 1, date(2025, 12, 31))
MONTHS = 24


def costs() -> dict[str, np.ndarray]:
    kinds = sorted({row["point_of_delivery"] for row in published("spending")})
    return {
        kind: np.arange(MONTHS, dtype=np.int64) * 1_234_567 + 7 + place for place, kind in enumerate(kinds)
    }


def lines() -> list[dict[str, Any]]:
    return ledger(PLAN, costs()).rows.to_pylist()


def test_each_kind_of_care_costs_in_the_ledgers_what_its_activity_cost_month_by_month() -> None:
    sums = (
        ledger(PLAN, costs()).rows.group_by(["PointOfDelivery", "Month"]).aggregate([("AmountPence", "sum")])
    )
    spent = {(row["PointOfDelivery"], row["Month"]): row["AmountPence_sum"] for row in sums.to_pylist()}
    months = sorted({month for _, month in spent})
    assert len(months) == MONTHS
    for kind, pence in costs().items():
        assert [spent[kind, month] for month in months] == pence.tolist(), kind


def test_block_lines_stand_besides_and_belong_to_no_kind_of_care() -> None:
    blocks = [line for line in lines() if line["PointOfDelivery"] is None]
    assert len(blocks) == len(BLOCKS) * MONTHS
    assert all(line["AmountPence"] > 0 for line in blocks)


def test_a_ledger_has_one_line_for_a_key_and_each_tells_how_it_is_known() -> None:
    key = ("Organisation", "Sector", "Programme", "PointOfDelivery", "Month", "Basis")
    found = lines()
    assert len({tuple(line[name] for name in key) for line in found}) == len(found)
    assert {line["Basis"] for line in found} == {"actual", "apportioned", "estimated"}
    estimated = {line["Month"] for line in found if line["Basis"] == "estimated"}
    assert estimated == {date(2025, 11, 1), date(2025, 12, 1)}
    assert "04A" in {line["Programme"] for line in found}


def test_more_is_spent_than_was_planned() -> None:
    rows = ledger(PLAN, costs()).rows
    assert sum(rows["BudgetPence"].to_pylist()) < sum(rows["AmountPence"].to_pylist())


def test_care_that_nobody_pays_for_is_refused() -> None:
    with pytest.raises(ValueError, match=r"No organisation pays for magic: add it to spending\.csv\."):
        ledger(PLAN, {"magic": np.zeros(MONTHS, dtype=np.int64)})


@pytest.mark.parametrize(
    "sector", ["acute", "primary care", "prescribing", "community", "mental health", "other"]
)
def test_programmes_share_out_the_whole_of_a_sector(sector: str) -> None:
    assert sum(float(row[sector]) for row in published("programmes")) == pytest.approx(100)


def test_payers_share_out_the_whole_of_a_kind_of_care() -> None:
    for kind in {row["point_of_delivery"] for row in published("spending")}:
        shares = [float(row["share"]) for row in published("spending") if row["point_of_delivery"] == kind]
        assert sum(shares) == pytest.approx(1), kind


@given(
    st.lists(st.integers(0, 10**12), min_size=1, max_size=6),
    st.lists(st.floats(0.01, 5), min_size=1, max_size=9),
)
def test_what_is_shared_out_adds_up_to_the_penny(pence: list[int], shares: list[float]) -> None:
    parts = shared(np.array(pence), np.array(shares))
    assert parts.sum(axis=0).tolist() == pence
    assert (parts >= 0).all()


def test_pence_of_contacts_are_summed_by_the_month_of_their_day() -> None:
    months = months_of_ledger(PLAN)
    assert len(months) == MONTHS
    day = np.array([months[0], months[1] - 1, months[1], PLAN.last, PLAN.last + 1], dtype=np.int32)
    total = monthly(PLAN, day, np.array([5, 6, 7, 8, 9]))
    assert total.tolist() == [11, 7, *[0] * (MONTHS - 3), 8]
