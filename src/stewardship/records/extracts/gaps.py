"""Months of which no file of a kind was sent, by the names of its files."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from stewardship.records.extracts.kinds import months_named
from stewardship.records.extracts.resent import Loaded
from stewardship.records.findings import Finding


def gaps(loaded: Sequence[Loaded]) -> list[Finding]:
    """One finding for each kind of file that skips months between the first and the last that its files name."""
    named: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for each in loaded:
        months = months_named(each.part.label)
        if months:
            named[each.part.kind.name].append(months)
    skipped = {kind: months_skipped(spans) for kind, spans in named.items()}
    return [
        Finding("Months of which no file was sent", kind, "fail", consequence=
                f"The names of the files skip {', '.join(spans)}: figures lack what those months would tell.")
        for kind, spans in skipped.items()
        if spans
    ]  # fmt: skip


def months_skipped(spans: Sequence[tuple[date, date]]) -> list[str]:
    """The months between spans that lie in none: `2026-02`, or several in a row as `2026-02 to 2026-04`.

    spans: first days of the first and last month of each, in any order; they may overlap.
    """
    skipped, following = [], min(spans)[0]
    for first, last in sorted(spans):
        if following < first:
            end = first - timedelta(days=1)
            skipped.append(f"{following:%Y-%m}" + (f" to {end:%Y-%m}" if _next(following) < first else ""))
        following = max(following, _next(last))
    return skipped


def _next(month: date) -> date:
    """The first day of the month after that of a first day."""
    return (month + timedelta(days=31)).replace(day=1)
