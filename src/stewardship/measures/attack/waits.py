"""Published waits on cancer pathways: whether their sums tell of a group of fewer than 20 that is hidden.

Only the files are read. Months add up to years, groups to everyone, and bands of days to all; a hidden count may be any
that these leave it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from stewardship.measures.attack.report import Recovery
from stewardship.measures.cancer.published import read_cancer
from stewardship.measures.differencing import ANY_NUMBER
from stewardship.measures.partitions import Sums
from stewardship.measures.published import EVERYONE, Published
from stewardship.measures.schemes import NATIONAL_CANCER_WAITS

WAY = "hidden cancer waits"
STEP = "months, groups and bands added up"
WAYS = ("provider", "route", "tumour group", "stage")
HALVES = 2  # patients stand in halves
PARTS = (("all", ("0-28", "29-62", "over 62")), ("over 62", ("63-104", ">104")))

Key = tuple[Any, ...]
Row = dict[str, Any]
Sum = tuple[Key, list[Key]]


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


def _bounds(counts: dict[Key, float | None], sums: Sequence[Sum]) -> dict[Key, tuple[float, float]]:
    """The lowest and highest that each count can be, by all sums together."""
    at = {key: number for number, key in enumerate(counts)}
    low = np.array([1.0 if count is None else count for count in counts.values()])
    high = np.array([ANY_NUMBER if count is None else count for count in counts.values()])
    # A hidden part may be nobody where its total is hidden too.
    for total, parts in sums:
        if counts[total] is None:
            low[[at[part] for part in parts if counts[part] is None]] = 0.0
    first = np.cumsum([0, *(len(parts) for _, parts in sums)])
    joined = Sums(
        np.array([at[part] for _, parts in sums for part in parts], np.int64), first.astype(np.int64),
        np.array([at[total] for total, _ in sums], np.int64),
    )  # fmt: skip
    low, high = joined.carried((low, high))
    return {key: (float(low[number]), float(high[number])) for key, number in at.items()}


def _recovery(published: Published, key: Key, low: float, high: float) -> Recovery:
    what, by, group, kind, end = key
    when = f"{end} ({kind})"
    return Recovery(WAY, f"cancer {what}", published.system.code, by, group, when, low, high, STEP)
