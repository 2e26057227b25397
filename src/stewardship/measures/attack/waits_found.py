"""Who has cancer, at which stage, and how far case finding went: whether sums tell of 1 to 7 people who are hidden.

Only the files are read. Of a group those counted and the rest make up all of it; groups make up everyone; a count that
is shown is within 2 of its true number. How many were told at all stands exactly among the figures of the standards,
also where conversion is hidden.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from stewardship.measures.attack.carried import Key, Row, Span, Sum, carried
from stewardship.measures.attack.report import Recovery
from stewardship.measures.cancer.case_finding import STEPS
from stewardship.measures.cancer.published import read_cancer
from stewardship.measures.differencing import ANY_NUMBER, LARGEST_HIDDEN, ROUNDED_BY
from stewardship.measures.published import EVERYONE, Published

WAY = "hidden findings of cancer pathways"
STEP = "those counted, the rest and groups added up"
DIVIDED = ("route", "tumour group", "deprivation fifth", "age band", "ethnic group", "sex")
"""What everyone is divided by whole: groups of inclusion health leave out whoever is in none."""
COUNTED, REST, WHOLE = "counted", "the rest", "all"

Table = tuple[dict[Key, Span], list[Sum], list[Key]]
"""What each count may be, the sums between them, and the counts that should not be told."""


def attack_found(published: Published, *, enough: int) -> tuple[int, list[Recovery]]:
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
    rows = read_cancer(folder, "found")
    told = {
        (row["by"], row["group"], row["end"]): row["total"]
        for row in read_cancer(folder, "standards", standard="faster_diagnosis", period="year")
    }
    for measure in ("conversion", "early stage"):
        of = [row for row in rows if row["measure"] == measure and row["state"] != "missing"]
        if of:
            yield _shares(of, told if measure == "conversion" else {})
    steps = read_cancer(folder, "case-finding")
    if steps:
        yield _steps(steps)


def _shares(rows: Sequence[Row], told: dict[Key, float | None]) -> Table:
    """A share of exact totals. told: totals that stand elsewhere."""
    spans, sums, hidden = dict[Key, Span](), list[Sum](), list[Key]()
    for row in rows:
        whole, counted, rest = (_key(row, row["measure"], part) for part in (WHOLE, COUNTED, REST))
        total = told.get((row["by"], row["group"], row["end"]), row["denominator"])
        spans[whole] = (0.0, ANY_NUMBER) if total is None else (total, total)
        # Nobody is shown as nobody: what is hidden of a total that stands there is somebody, and so is the rest.
        least = 1.0 if row["numerator"] is None and total else 0.0
        spans[counted], spans[rest] = _span(row["numerator"], least), (least, ANY_NUMBER)
        sums.append((whole, [counted, rest]))
        if row["numerator"] is None:
            hidden += [counted, rest]
    return spans, [*sums, *_of_everyone(spans)], hidden


def _steps(rows: Sequence[Row]) -> Table:
    """How many reached each step, and how many of them did not reach the next."""
    spans, hidden = dict[Key, Span](), list[Key]()
    for row in rows:
        key = _key(row, row["step"], COUNTED)
        spans[key] = _span(row["count"], 1.0 if row["of"] else 0.0)
        if row["count"] is None:
            hidden.append(key)
    sums = []
    for row in rows:
        step = STEPS.index(row["step"])
        if step:
            rest, before = _key(row, row["step"], REST), _key(row, STEPS[step - 1], COUNTED)
            spans[rest] = (1.0 if row["count"] is None and row["of"] else 0.0, ANY_NUMBER)
            sums.append((before, [_key(row, row["step"], COUNTED), rest]))
            if row["count"] is None:
                hidden.append(rest)
    return spans, [*sums, *_of_everyone(spans)], hidden


def _key(row: Row, what: str, part: str) -> Key:
    return what, part, row["by"], row["group"], row["end"]


def _span(count: float | None, least: float) -> Span:
    if count is None:
        return least, ANY_NUMBER
    return (float(count - ROUNDED_BY), float(count + ROUNDED_BY)) if count else (0.0, 0.0)


def _of_everyone(spans: dict[Key, Span]) -> Iterator[Sum]:
    """Each way of dividing everyone of the same time."""
    parts: dict[Key, list[Key]] = {}
    for key in spans:
        what, part, by, _, end = key
        if by in DIVIDED:
            parts.setdefault((what, part, by, end), []).append(key)
    for (what, part, _, end), those in parts.items():
        total = (what, part, EVERYONE, EVERYONE, end)
        if total in spans:
            yield total, those


def _recovery(published: Published, key: Key, low: float, high: float) -> Recovery:
    what, part, by, group, end = key
    return Recovery(
        WAY, f"cancer {what}, {part}", published.system.code, by, group, f"{end}", low, high, STEP
    )
