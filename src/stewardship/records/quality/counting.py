"""How a check is declared, and how those that look at people and their events count."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from stewardship.records.quality.counts import CheckCard, CheckCount
from stewardship.records.quality.gathered import (
    DAYS_AFTER_DEATH,
    EVENT_DAY,
    CouldNotRunError,
    Gathered,
    Row,
)
from stewardship.records.quality.months import months_short_of_rows

EVENTS = tuple(EVENT_DAY)
# Characteristics are recorded now and then; what services send of referrals and support goes back to before they began
# to send, so that its first months are never whole.
FLOWS = tuple(table for table in EVENTS if table not in ("characteristic", "social_care", "pathway_event"))
OF_PEOPLE = ("address", "registration", "death")
CODED = ("condition", "activity_code")
Count = Callable[[Gathered, str], list[CheckCount]]
BySource = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Check:
    """A check: its card, the canonical tables it looks at one by one, and how it counts in one of them."""

    card: CheckCard
    tables: tuple[str, ...]
    count: Count


def each_source(key: str, of: Callable[[Gathered, str], BySource], note: str = "") -> Count:
    """A count by source. of: faulty and examined, by source."""

    def count(gathered: Gathered, table: str) -> list[CheckCount]:
        return [
            CheckCount(key, table, source, faulty, examined, note=note)
            for source, (faulty, examined) in sorted(of(gathered, table).items())
        ]

    return count


def of_events(faulty: str, examined: str = "rows", less: str = "") -> Callable[[Gathered, str], BySource]:
    """By source: two of the counts that one pass over an event table gives."""

    def of(gathered: Gathered, table: str) -> BySource:
        return added(gathered.events(table), faulty, examined, less)

    return of


def added(rows: Iterable[Row], faulty: str, examined: str, less: str = "") -> BySource:
    """By source: the sums of two counts; of the second without a third."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        so_far = found.get(row["source"], (0, 0))
        looked_at = row[examined] - (row[less] if less else 0)
        found[row["source"]] = (so_far[0] + row[faulty], so_far[1] + looked_at)
    return found


def strangers(gathered: Gathered, table: str) -> BySource:
    """Rows of nobody in `person`, and rows."""
    return of_events("strangers")(gathered, table) if table in EVENTS else gathered.strangers(table)


def after_death(gathered: Gathered, table: str) -> list[CheckCount]:
    """Rows dated longer after the person's death than is allowed."""
    if "death" not in gathered.records.present:
        raise CouldNotRunError("no deaths have been sent")
    note = f"up to {DAYS_AFTER_DEATH[table]} days after the death are allowed"
    return each_source("after-death", of_events("after_death", less="strangers"), note)(gathered, table)


def unknown_practices(gathered: Gathered, table: str) -> BySource:
    """People registered with a practice that is not among the organisations, and people with a practice."""
    known = {row["code"] for row in gathered.places.organisation.to_pylist() if row["role"] == "practice"}
    if not known:
        raise CouldNotRunError("no practices have been supplied")
    named = [row for row in gathered.registered if row["practice"] is not None]
    return added([{**row, "unknown": row["people"] * (row["practice"] not in known)} for row in named],
                  "unknown", "people")  # fmt: skip


def unknown_small_areas(gathered: Gathered, table: str) -> BySource:
    """People whose home lies in an area that is not known, and people with a home in an area."""
    known = gathered.places.small_areas
    if not known:
        raise CouldNotRunError("no small areas have been supplied")
    named = [row for row in gathered.homes if row["small_area"] is not None]
    return added([{**row, "unknown": row["people"] * (row["small_area"] not in known)} for row in named],
                  "unknown", "people")  # fmt: skip


def without(column: str, rows: Callable[[Gathered], list[Row]]) -> Callable[[Gathered, str], BySource]:
    """People of whom a column is not told, and people."""

    def of(gathered: Gathered, table: str) -> BySource:
        found = [{**row, "lacking": row["people"] * (row[column] is None)} for row in rows(gathered)]
        return added(found, "lacking", "people")

    return of


def uncosted(gathered: Gathered, table: str) -> list[CheckCount]:
    """Activity without a cost, of what is paid for one by one; nothing where a source sends no costs."""
    return [
        CheckCount("costs", table, source, 0, 0, note="this source sends no costs with its activity")
        if without == rows
        else CheckCount("costs", table, source, without, rows)
        for source, (without, rows) in sorted(of_events("uncosted", "to_cost")(gathered, table).items())
    ]


def coverage(gathered: Gathered, table: str) -> list[CheckCount]:
    """By provider and month: rows short of the provider's usual month."""
    closed: dict[str, date] = {
        row["code"]: row["end"] for row in gathered.places.organisation.to_pylist() if row["end"]
    }
    rows = [(row["source"], row["provider"], row["month"], row["rows"]) for row in gathered.events(table)]
    return months_short_of_rows(table, rows, gathered.as_of, closed)
