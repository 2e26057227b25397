"""Months written by hand, as they are published: rounded to 5, and hidden from 1 to 7."""

from datetime import date

import numpy as np
import pyarrow as pa

from stewardship.measures.months import MONTHS

HIDDEN = "Hidden: small numbers"
LATEST = date(2026, 3, 1)


def before(latest, months):
    """The first day of the month so many before."""
    number = latest.year * 12 + latest.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def months(measure, place, counts, *, latest=LATEST):
    """Rows of a measure at a place, oldest first: a count as shown, None where hidden, words where missing."""
    rows = []
    for back, count in zip(range(len(counts) - 1, -1, -1), counts, strict=True):
        state, reason = "shown", ""
        if count is None or isinstance(count, str):
            state, reason = ("suppressed", HIDDEN) if count is None else ("missing", count)
        rows.append(
            {
                "measure": measure, "place": place, "month": before(latest, back),
                "count": int(count) if state == "shown" else None, "state": state, "reason": reason,
            }
        )  # fmt: skip
    return rows


def as_published(counts):
    """True counts as they are shown: None for 1 to 7, others to the nearest 5."""
    return [None if 0 < count < 8 else int(np.floor(count / 5 + 0.5) * 5) for count in counts]


def table(rows):
    """Rows as a table of published months."""
    return pa.Table.from_pylist(rows, schema=MONTHS)
