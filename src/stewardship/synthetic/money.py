"""What organisations spent: files about nobody.

Ledgers are made of the costs of the activity that is sent, summed over all batches: each month's cost of a kind of care
is shared out to organisations and programmes to the penny, so that ledgers and activity reconcile. What no contact
tells of (estates, management, prevention) stands in block lines besides.
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from stewardship.synthetic.extracts import Extract, chosen, days, numbers
from stewardship.synthetic.lives import Days, Plan, Share, Whole
from stewardship.synthetic.tables import published

UNDER_BUDGET = 0.97  # budgets of what has been spent over the years: the system spends more than it planned
# Block lines, as shares of all costed activity: organisation, sector, programme, share.
BLOCKS = (
    ("ZZS", "management", "23", 0.012),
    ("ZZT01", "acute", "23", 0.035),
    ("ZZT21", "mental health", "05X", 0.008),
    ("ZZT41", "public health", "21", 0.02),
    ("ZZT51", "voluntary sector", "23", 0.004),
)
ESTIMATED_MONTHS = 2  # at the end, whose accounts are not closed
Costs = Mapping[str, Whole]
"""Of each point of delivery, the pence of all its contacts in each month of the plan (`months_of_ledger`)."""


def months_of_ledger(plan: Plan) -> Days:
    """The first days of the months that the plan's years lie in."""
    first = np.datetime64(plan.first, "D").astype("datetime64[M]")
    last = np.datetime64(plan.last, "D").astype("datetime64[M]")
    return np.arange(first, last + 1).astype("datetime64[D]").astype(np.int32)


def monthly(plan: Plan, day: Days, pence: Whole) -> Whole:
    """The pence of contacts by the month of their day; days outside the plan's years are left out."""
    months = months_of_ledger(plan)
    kept = (day >= plan.first) & (day <= plan.last)
    month = np.searchsorted(months, day[kept], side="right") - 1
    # Sums of whole pence below 2**53 are exact as floats.
    total = np.bincount(month, weights=np.asarray(pence)[kept], minlength=len(months))
    return np.asarray(total, dtype=np.int64)


def ledger(plan: Plan, costs: Costs) -> Extract:
    """Every organisation's ledger by month, programme and point of delivery.

    costs: by point of delivery, as in the canonical tables. ValueError for one of which no organisation pays.
    """
    unknown = set(costs) - {row["point_of_delivery"] for row in published("spending")}
    if unknown:
        raise ValueError(f"No organisation pays for {', '.join(sorted(unknown))}: add it to spending.csv.")
    lines = [line for kind in costs for line in _lines(kind, costs[kind])] + _blocks(
        costs, len(months_of_ledger(plan))
    )
    return Extract("finance", "ledger", None, _rows(plan, lines))


Line = tuple[str, str, str, str | None, str, Whole]


def _lines(kind: str, pence: Whole) -> list[Line]:
    """Organisation, sector, programme, point of delivery, basis, and pence by month; together all of the pence."""
    payers = [row for row in published("spending") if row["point_of_delivery"] == kind]
    programmes = published("programmes")
    shares = np.array([
        float(payer["share"]) * float(programme[payer["sector"]]) / 100 for payer in payers for programme in programmes
    ])  # fmt: skip
    parts = shared(pence, shares)
    pairs = [(payer, programme) for payer in payers for programme in programmes]
    return [
        (payer["organisation"], payer["sector"], programme["programme"], kind, payer["basis"], part)
        for (payer, programme), part, share in zip(pairs, parts, shares, strict=True)
        if share > 0
    ]


def shared(pence: Whole, shares: Share) -> Whole:
    """Pence of each month (columns) shared out (rows) in whole pence that add up; the largest share gets the rest."""
    parts = np.floor(np.asarray(pence)[None, :] * (shares / shares.sum())[:, None]).astype(np.int64)
    parts[int(shares.argmax())] += pence - parts.sum(axis=0)
    return np.asarray(parts, dtype=np.int64)


def _blocks(costs: Costs, months: int) -> list[Line]:
    whole = sum((np.asarray(pence) for pence in costs.values()), np.zeros(months, dtype=np.int64))
    monthly_mean = int(whole.mean()) if months else 0
    return [
        (organisation, sector, programme, None, "apportioned", np.full(months, round(monthly_mean * share)))
        for organisation, sector, programme, share in BLOCKS
    ]


def _rows(plan: Plan, lines: list[Line]) -> pa.Table:
    months = months_of_ledger(plan)
    amounts = np.concatenate([line[5] for line in lines]) if lines else np.zeros(0, dtype=np.int64)
    budgets = [np.full(len(months), round(float(line[5].mean()) * UNDER_BUDGET)) for line in lines]
    last = np.arange(len(months)) >= len(months) - ESTIMATED_MONTHS

    def repeated(position: int) -> pa.Array:
        texts = sorted({str(line[position]) for line in lines if line[position] is not None})
        index = [texts.index(str(line[position])) if line[position] is not None else -1 for line in lines]
        return chosen(texts, np.repeat(np.array(index, dtype=np.int32), len(months)))

    bases = ["actual", "apportioned", "estimated"]
    basis = np.repeat(np.array([bases.index(line[4]) for line in lines], dtype=np.int32), len(months))
    return pa.table({
        "Organisation": repeated(0),
        "Sector": repeated(1),
        "Programme": repeated(2),
        "PointOfDelivery": repeated(3),
        "Month": days(np.tile(months, len(lines))),
        "AmountPence": numbers(amounts),
        "BudgetPence": numbers(np.concatenate(budgets) if budgets else amounts),
        "Basis": chosen(bases, np.where(np.tile(last, len(lines)), bases.index("estimated"), basis)),
    })  # fmt: skip
