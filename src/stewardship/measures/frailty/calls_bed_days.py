"""Bed days that calls claim to have avoided: admissions claimed, times the mean stay of the same people before a call.

What is claimed is what callers said they would have done; it is no effect. The stays are emergency stays that ended
before the first call about their person, so that no call can have made them shorter.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from stewardship.measures.cancer.grid import Spans
from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.measures.disclosure import FEWEST_PEOPLE
from stewardship.measures.frailty.calls_named import CLAIMED
from stewardship.measures.frailty.calls_published import BED_DAYS
from stewardship.measures.frailty.calls_read import Calls
from stewardship.measures.published import EVERYONE
from stewardship.rules.frailty.calls import BedDays, bed_days

NO_STAYS = "Missing: too few stays before a call are known to tell how long they last"


def bed_days_table(calls: Calls, outcomes: pa.Table, spans: Spans) -> pa.Table:
    """Bed days claimed in each year (BED_DAYS). outcomes: as published, whose claims are taken as they are shown."""
    stays, people = stays_before(calls)
    claims = {
        row["end"]: row["numerator"]
        for row in outcomes.to_pylist()
        if row["what"] == CLAIMED and row["by"] == EVERYONE
    }
    rows = [_row(start, end, claims.get(end), stays, people) for start, end in spans.years]
    return pa.Table.from_pylist(rows, schema=BED_DAYS)


def stays_before(calls: Calls) -> tuple[list[int], int]:
    """Nights of emergency stays that ended before the first call about their person, and of how many people."""
    first: dict[int, date] = {}
    for person, day in zip(calls.person.tolist(), calls.on, strict=True):
        first.setdefault(person, day)
    nights: list[int] = []
    people = 0
    for person, day in first.items():
        own = [
            (stay.end - stay.start).days
            for stay in calls.since[person].stays
            if stay.emergency and stay.end is not None and stay.end < day
        ]
        nights += own
        people += bool(own)
    return nights, people


def _row(
    start: object, end: object, claimed: int | None, stays: Sequence[int], people: int
) -> dict[str, object]:
    row: dict[str, object] = {"period": "year", "start": start, "end": end}
    if people < FEWEST_PEOPLE:
        return row | {"state": "missing", "reason": NO_STAYS}
    if claimed is None:
        return row | {"state": "suppressed", "reason": HIDDEN_WORDS}
    found = bed_days((claimed, claimed, claimed), stays)
    assert found is not None  # eight people have two stays
    shortest, longest = _limits(stays, found)
    return row | {
        "claimed": claimed, "mean_stay": round(found.mean_stay, 1), "shortest": round(shortest, 1),
        "longest": round(longest, 1), "stays": 5 * round(len(stays) / 5), "days": 5 * round(found.days / 5),
        "least": 5 * round(found.least / 5), "most": 5 * round(found.most / 5), "state": "shown", "reason": "",
    }  # fmt: skip


def _limits(stays: Sequence[int], found: BedDays) -> tuple[float, float]:
    margin = 1.96 * float(np.std(stays, ddof=1)) / len(stays) ** 0.5
    return max(0.0, found.mean_stay - margin), found.mean_stay + margin
