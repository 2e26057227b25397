"""Published waits on cancer pathways: whether their sums tell of a group of fewer than 20 that is hidden.

Only the files are read. Months add up to years, groups to everyone, and bands of days to all; a hidden count may be any
that these leave it. The same is tried of the steps of pathways.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from stewardship.measures.attack.carried import Key, Row, Span, Sum, carried
from stewardship.measures.attack.report import Recovery
from stewardship.measures.cancer.published import read_cancer
from stewardship.measures.differencing import ANY_NUMBER
from stewardship.measures.published import EVERYONE, Published
from stewardship.measures.schemes import NATIONAL_CANCER_WAITS

WAY = "hidden cancer waits"
STEP = "months, groups and bands added up"
WAYS = ("provider", "route", "tumour group", "stage")
HALVES = 2  # patients stand in halves
PARTS = (("all", ("0-28", "29-62", "over 62")), ("over 62", ("63-104", ">104")))


def attack_waits(published: Published, *, enough: int) -> tuple[int, list[Recovery]]:
    """How many hidden counts were tried, and those that are told to within fewer than so many values."""
    tried, found = 0, list[Recovery]()
    for counts, sums, unit in _tables(published.folder):
        known = _bounds(counts, sums)
        for key, (low, high) in known.items():
            if counts[key] is not None:
                continue
            tried += 1
            width = high - low + 1
            if low >= 1 and high <= NATIONAL_CANCER_WAITS.largest_hidden * unit and width < enough * unit:
                found.append(_recovery(published, key, low / unit, high / unit))
    return tried, found


def _tables(folder: Path) -> Iterator[tuple[dict[Key, float | None], list[Sum], int]]:
    standards = read_cancer(folder, "standards")
    for standard in dict.fromkeys(row["standard"] for row in standards):
        rows = [row for row in standards if row["standard"] == standard and row["by"] in (EVERYONE, *WAYS)]
        counts = {
            (standard, row["by"], row["group"], row["period"], row["end"]): _halves(row["total"])
            for row in rows
        }
        yield counts, [*_of_everyone(counts), *_of_years(rows, counts)], HALVES
    backlog = read_cancer(folder, "backlog")
    open_now: dict[Key, float | None] = {
        ("backlog", row["by"], row["group"], row["band"], row["week"]): row["count"] for row in backlog
    }
    if open_now:
        yield open_now, [*_of_everyone(open_now), *_of_bands(open_now)], 1
    taken: dict[Key, float | None] = {
        ("steps", row["by"], row["group"], row["step"], row["end"]): row["people"]
        for row in read_cancer(folder, "steps")
    }
    if taken:
        yield taken, list(_of_everyone(taken)), 1


def _halves(total: float | None) -> float | None:
    return None if total is None else HALVES * total


def _of_everyone(counts: dict[Key, float | None]) -> Iterator[Sum]:
    """Each way of dividing everyone of the same time."""
    parts: dict[Key, list[Key]] = {}
    for key in counts:
        if key[1] in WAYS:
            parts.setdefault((key[0], key[1], key[3], key[4]), []).append(key)
    for (what, _, kind, end), those in parts.items():
        total = (what, EVERYONE, EVERYONE, kind, end)
        if total in counts:
            yield total, those


def _of_years(rows: Sequence[Row], counts: dict[Key, float | None]) -> Iterator[Sum]:
    """The twelve months of each year that begins and ends with them."""
    months = [row for row in rows if row["period"] == "month"]
    for year in (row for row in rows if row["period"] == "year"):
        inside = [
            (row["standard"], row["by"], row["group"], "month", row["end"])
            for row in months
            if (row["by"], row["group"]) == (year["by"], year["group"])
            and year["start"] <= row["start"] and row["end"] <= year["end"]
        ]  # fmt: skip
        if len(inside) == 12:
            yield (year["standard"], year["by"], year["group"], "year", year["end"]), inside


def _of_bands(counts: dict[Key, float | None]) -> Iterator[Sum]:
    for key in counts:
        for whole, bands in PARTS:
            if key[3] == whole and key[1] == EVERYONE:
                yield key, [(*key[:3], band, key[4]) for band in bands]


def _bounds(counts: dict[Key, float | None], sums: Sequence[Sum]) -> dict[Key, Span]:
    """The lowest and highest that each count can be, by all sums together."""
    spans = {key: (1.0, ANY_NUMBER) if count is None else (count, count) for key, count in counts.items()}
    # A hidden part may be nobody where its total is hidden too.
    for total, parts in sums:
        if counts[total] is None:
            spans |= {part: (0.0, ANY_NUMBER) for part in parts if counts[part] is None}
    return carried(spans, sums)


def _recovery(published: Published, key: Key, low: float, high: float) -> Recovery:
    what, by, group, kind, end = key
    when = f"{end} ({kind})"
    return Recovery(WAY, f"cancer {what}", published.system.code, by, group, when, low, high, STEP)
