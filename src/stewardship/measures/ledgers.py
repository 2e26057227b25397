"""Spending by programme, from the ledgers of organisations: money that no resident stands behind.

A year's spending is that of the months that begin in it. Of a line that has both an estimate and an actual amount in
a month the actual one counts. Ledgers are of organisations, so nothing is known of places within the system.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from stewardship.measures.disclosure import control_ledgers
from stewardship.measures.layout import CELLS, Layout
from stewardship.measures.measure import Measure
from stewardship.measures.published import FIGURES
from stewardship.people.periods import Period
from stewardship.records.opened import Records

NOT_DIVIDED = "Missing: ledgers are of organisations and are not divided by place"
MONTHS = 12
_LINE = ("organisation", "sector", "programme", "point_of_delivery", "month")


@dataclass(frozen=True)
class Month:
    """A programme's spending in a month, in pence; estimated: whether some of it is an estimate."""

    month: date
    pence: int
    estimated: bool


def spending(records: Records, programmes: Sequence[str]) -> dict[str, list[Month]]:
    """What was spent on each programme that any ledger names, month by month; the ledgers are read once."""
    spend = records.table("spend")
    lines = ledger_lines(spend.filter(spend.programme.isin(list(programmes))))
    months = lines.group_by("programme", "month").aggregate(
        pence=lines.pence.sum().cast("int64"), estimated=lines.estimated.any()
    )
    found: dict[str, list[Month]] = {}
    for row in records.engine.ibis.to_pyarrow(months.order_by("programme", "month")).to_pylist():
        found.setdefault(row["programme"], []).append(Month(row["month"], row["pence"], row["estimated"]))
    return found


def ledger_lines(spend: Any) -> Any:
    """Each line of the ledgers and month once: organisation, sector, programme, point of delivery, month, pence, and
    whether it is an estimate, which gives way to an actual amount."""
    estimate = spend.basis == "estimated"
    lines = spend.group_by(*_LINE).aggregate(
        known=spend.amount_pence.sum(where=~estimate),
        guessed=spend.amount_pence.sum(where=estimate),
        actual=(spend.basis == "actual").any(),
    )
    guessed = lines.actual.ifelse(0, lines.guessed.fill_null(0))
    return lines.mutate(
        pence=lines.known.fill_null(0) + guessed, estimated=~lines.actual & lines.guessed.notnull()
    )


def ledger_figures(
    measure: Measure, months: Sequence[Month], layout: Layout, periods: Sequence[Period]
) -> pa.Table:
    """A measure's published figures (FIGURES): everyone, each year and place, of the system where it is known."""
    rows = [
        _system(measure, [each for each in months if period.start <= each.month <= period.end], period)
        | {"place": place.code}
        if place.level == "system"
        else _missing(measure, period, NOT_DIVIDED) | {"place": place.code}
        for period in periods
        for place in layout.places
    ]
    return pa.Table.from_pylist(rows, schema=FIGURES)


def _system(measure: Measure, months: Sequence[Month], period: Period) -> dict[str, object]:
    if len(months) < MONTHS:
        return _missing(
            measure, period, f"Missing: the ledgers hold {len(months)} of the year's {MONTHS} months"
        )
    pence = int(control_ledgers([sum(each.pence for each in months)]).value[0])
    estimated = sum(each.estimated for each in months)
    caution = (
        f"Estimated for {estimated} of {MONTHS} months, whose accounts were not closed" if estimated else ""
    )
    return _missing(measure, period, "") | {
        "state": "shown", "numerator": pence, "value": pence / 100, "caution": caution,
    }  # fmt: skip


def _missing(measure: Measure, period: Period, reason: str) -> dict[str, object]:
    empty = {field.name: "" if field.type == pa.string() else None for field in FIGURES}
    return empty | {
        "measure": measure.key, "by": CELLS[0][0], "group": CELLS[0][1], "period_start": period.start,
        "period_end": period.end, "state": "missing", "reason": reason,
    }  # fmt: skip
