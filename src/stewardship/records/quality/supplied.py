"""What the checks of ledgers and of published figures count: nobody is in them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from statistics import median_low

from stewardship.records.quality.counting import BySource
from stewardship.records.quality.counts import CheckCount
from stewardship.records.quality.gathered import Gathered

NO_USUAL_MONTH = "no organisation has a usual month: its ledger is of nothing, or of corrections alone"


def unusual_months(gathered: Gathered, table: str) -> list[CheckCount]:
    """By organisation and month: how many pounds the month's total is away from the organisation's median month.

    An organisation is looked at from its first month to the last of any ledger up to the as-of date, or to the month
    in which it closed: a month that was not sent is all of the usual one away.
    """
    spend = gathered.table(table)
    spend = spend.filter(spend.month <= gathered.as_of)
    totals = spend.group_by("source", "organisation", "month").aggregate(pence=spend.amount_pence.sum())
    by_ledger: dict[tuple[str, str], Counter[date]] = defaultdict(Counter)
    for row in gathered.rows(totals):
        by_ledger[row["source"], row["organisation"]][row["month"]] += int(row["pence"])
    last = max((month for months in by_ledger.values() for month in months), default=date.min)
    found = [
        CheckCount(
            "ledger-months", table, source, abs(total - usual) // 100, usual // 100, organisation, month
        )
        for (source, organisation), months in sorted(by_ledger.items())
        if (usual := median_low(months.values())) >= 100
        for month, total in _each_month(months, min(last, _closed(gathered, organisation)))
    ]
    return found or [
        CheckCount("ledger-months", table, source, 0, 0, note=NO_USUAL_MONTH)
        for source in sorted({source for source, _ in by_ledger})
    ]


def _each_month(totals: Counter[date], last: date) -> Iterator[tuple[date, int]]:
    """Every month from the first to the last, with its total."""
    month = min(totals)
    while month <= last:
        yield month, totals[month]
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _closed(gathered: Gathered, organisation: str) -> date:
    """The last day of an organisation; far away for one that is open, or not known."""
    ends = [row["end"] for row in gathered.places.organisation.to_pylist() if row["code"] == organisation]
    return ends[0] if ends and ends[0] else date.max


def outside_limits(gathered: Gathered, table: str) -> BySource:
    """By source: figures below their lower or above their upper limit, and figures with any limit."""
    figures = gathered.table(table)
    limited = figures.filter(figures.lower.notnull() | figures.upper.notnull())
    outside = (limited.value < limited.lower) | (limited.value > limited.upper)
    return gathered.by_source(limited, limited.count(where=outside.fill_null(False)), limited.count())
