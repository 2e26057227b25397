"""Published calls to the advice line: whether their sums tell of 1 to 7 calls or people who are hidden.

Only the files are read. Groups make up everyone, months and what is left of a year make it up, and of those followed up
those of whom something is said and the rest make up all; a count that is shown is within 2 of its true number.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from stewardship.measures.attack.carried import Key, Row, Span, Sum, carried
from stewardship.measures.attack.report import Recovery
from stewardship.measures.differencing import ANY_NUMBER, LARGEST_HIDDEN, ROUNDED_BY
from stewardship.measures.frailty.calls_published import read_frailty
from stewardship.measures.published import EVERYONE, Published

WAY = "hidden calls to the advice line"
STEP = "groups, months and the rest added up"
COUNTED, REST, WHOLE = "counted", "the rest", "all"
LEFT = "days in no whole month"

Table = tuple[dict[Key, Span], list[Sum], list[Key]]
"""What each count may be, the sums between them, and the counts that should not be told."""


def attack_calls(published: Published, *, enough: int) -> tuple[int, list[Recovery]]:
    """How many hidden counts were tried, and those of 1 to 7 that are told to within fewer than so many values."""
    tried, found = 0, list[Recovery]()
    for spans, sums, hidden in _tables(published.folder):
        known = carried(spans, sums)
        tried += len(hidden)
        for key in hidden:
            low, high = known[key]
            if low >= 1 and high <= LARGEST_HIDDEN and high - low + 1 < enough:
                found.append(_recovery(published, key, low, high))
    return tried, found


def _tables(folder: Path) -> Iterator[Table]:
    calls = read_frailty(folder, "calls")
    if calls:
        yield _calls(calls)
    outcomes = read_frailty(folder, "outcomes")
    for what in dict.fromkeys(row["what"] for row in outcomes):
        yield _shares([row for row in outcomes if row["what"] == what])


def _calls(rows: Sequence[Row]) -> Table:
    spans = {_key(row, "calls", row["period"]): _span(row["calls"]) for row in rows}
    hidden = [_key(row, "calls", row["period"]) for row in rows if row["calls"] is None]
    sums = list(_of_everyone(spans))
    for year in (row for row in rows if row["period"] == "year" and row["by"] == EVERYONE):
        left = ("calls", LEFT, EVERYONE, EVERYONE, year["end"])
        months = [
            _key(row, "calls", "month")
            for row in rows
            if row["period"] == "month" and year["start"] <= row["start"] and row["end"] <= year["end"]
        ]
        spans[left] = (0.0, 0.0 if len(months) == 12 else ANY_NUMBER)
        sums.append((_key(year, "calls", "year"), [*months, left]))
    return spans, sums, hidden


def _shares(rows: Sequence[Row]) -> Table:
    spans, sums, hidden = dict[Key, Span](), list[Sum](), list[Key]()
    for row in rows:
        whole, counted, rest = (_key(row, row["what"], part) for part in (WHOLE, COUNTED, REST))
        spans[whole] = _span(row["denominator"])
        # Nobody is shown as nobody: what is hidden of a number that stands there is somebody, and so is the rest.
        least = 1.0 if row["numerator"] is None and row["denominator"] else 0.0
        spans[counted] = _span(row["numerator"], least)
        spans[rest] = (0.0, ANY_NUMBER)
        sums.append((whole, [counted, rest]))
        if row["numerator"] is None:
            hidden.append(counted)
        if row["denominator"] is None:
            hidden.append(whole)
    return spans, [*sums, *_of_everyone(spans)], hidden


def _key(row: Row, what: str, part: str) -> Key:
    return what, part, row["by"], row["group"], row["end"]


def _span(count: float | None, least: float = 1.0) -> Span:
    if count is None:
        return least, ANY_NUMBER
    return (float(count - ROUNDED_BY), float(count + ROUNDED_BY)) if count else (0.0, 0.0)


def _of_everyone(spans: dict[Key, Span]) -> Iterator[Sum]:
    """Each way of dividing everyone of the same time."""
    parts: dict[Key, list[Key]] = {}
    for key in spans:
        what, part, by, _, end = key
        if by != EVERYONE:
            parts.setdefault((what, part, by, end), []).append(key)
    for (what, part, _, end), those in parts.items():
        total = (what, part, EVERYONE, EVERYONE, end)
        if total in spans:
            yield total, those


def _recovery(published: Published, key: Key, low: float, high: float) -> Recovery:
    what, part, by, group, end = key
    return Recovery(WAY, f"{what}, {part}", published.system.code, by, group, f"{end}", low, high, STEP)
