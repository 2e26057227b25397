"""Months in which a provider sent nothing, or far less than it usually does."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median_low

from stewardship.records.quality.counts import CheckCount

WINDOW = 60  # months: the five years that figures are of
FEWEST = 30  # rows of a usual month; of fewer, chance alone may halve a month
TOO_FEW = f"no provider has {FEWEST} rows in a usual month; of fewer, chance alone may take half"
Key = tuple[str, str]  # source and provider


def months_up_to(as_of: date) -> list[date]:
    """The first days of the last whole months up to a date, the oldest first."""
    after = (as_of + timedelta(days=1)).replace(day=1)
    count = after.year * 12 + after.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(count - WINDOW, count)]


def months_short_of_rows(
    table: str, rows: Iterable[tuple[str, str, date, int]], as_of: date, closed: dict[str, date]
) -> list[CheckCount]:
    """For each provider and month, how many rows it is short of that provider's median month.

    rows: source, provider, first day of a month, rows. A provider is looked at from the month after its first
    to the last whole month up to `as_of`, or to the month in which it closed.
    """
    months = months_up_to(as_of)
    sent: dict[Key, Counter[date]] = defaultdict(Counter)
    for source, provider, month, count in rows:
        if month <= months[-1]:
            sent[source, provider][month] += count
    found = [
        count
        for (source, provider), by_month in sorted(sent.items())
        for count in _of_provider(table, source, provider, by_month, months, closed.get(provider))
    ]
    judged = {count.source for count in found}
    return found + [
        CheckCount("coverage", table, source, 0, 0, note=TOO_FEW)
        for source in sorted({source for source, _ in sent} - judged)
    ]


def _of_provider(
    table: str, source: str, provider: str, sent: Counter[date], months: list[date], closed: date | None
) -> list[CheckCount]:
    first = min(sent)
    looked_at = [
        month for month in months if month > first and (closed is None or month < closed.replace(day=1))
    ]
    held = [sent[month] for month in looked_at if sent[month]]
    usual = median_low(held) if held else 0
    if usual < FEWEST:
        return []  # not even its code is told: few rows may be one person's
    return [
        CheckCount("coverage", table, source, max(usual - sent[month], 0), usual, provider, month)
        for month in looked_at
    ]
