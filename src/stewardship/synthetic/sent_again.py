"""A month that was sent before, sent again as it was corrected."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.synthetic.dirt import Counts, Spoilt
from stewardship.synthetic.extracts import Extract

LEFT_OUT, CHANGED = 0.003, 0.02  # of the rows of the month
COST = "CostPence"
ROWS_LEFT_OUT, ONCE_NOW, OTHER_COST, NEW = (
    "corrected: left out", "corrected: sent once instead of twice", "corrected: another cost", "corrected: new",
)  # fmt: skip


def resent(
    once: Spoilt, first: int, last: int, told: int, random: np.random.Generator
) -> tuple[Extract, Counts]:
    """What is sent again, corrected, of the file of the days from first to last.

    Of its rows some are left out, those sent twice are sent once, and some have another cost. New are rows of those
    days that were coded so late that no file up to the day `told` holds them. Costs are those of a column `CostPence`;
    without one none change. ValueError for what is not sent by days.
    """
    extract, sent, due = once.extract, once.extract.sent, once.due
    if sent is None or due is None:
        raise ValueError(f"{extract.kind} is not sent by months, so no month of it can be sent again.")
    there = np.flatnonzero((sent >= first) & (sent <= last))
    single = there[np.unique(once.came_from[there], return_index=True)[1]]
    kept = np.sort(single[random.random(len(single)) >= LEFT_OUT])
    known = np.isin(once.came_from, once.came_from[sent <= told])
    new = np.flatnonzero((due >= first) & (due <= last) & ~known)
    new = new[np.sort(np.unique(once.came_from[new], return_index=True)[1])]
    corrected, changed = _with_other_costs(extract.rows.take(pa.array(kept)), random)
    rows = pa.concat_tables([corrected, extract.rows.take(pa.array(new))]).combine_chunks()
    counts = {
        ROWS_LEFT_OUT: len(single) - len(kept), ONCE_NOW: len(there) - len(single), OTHER_COST: changed, NEW: len(new),
    }  # fmt: skip
    return Extract(extract.partner, extract.kind, None, rows), counts


def _with_other_costs(rows: pa.Table, random: np.random.Generator) -> tuple[pa.Table, int]:
    """Some of the costs changed, and how many are others now."""
    if COST not in rows.column_names:
        return rows, 0
    which = pa.array(random.random(len(rows)) < CHANGED)
    times = pa.array(random.uniform(0.8, 1.25, len(rows)))
    cost = rows[COST].combine_chunks()
    other = pc.cast(pc.round(pc.multiply(pc.cast(cost, pa.float64()), times)), pa.int64())
    after = pc.if_else(which, other, cost)
    changed = int(pc.sum(pc.fill_null(pc.not_equal(after, cost), False)).as_py() or 0)
    return rows.set_column(rows.column_names.index(COST), COST, after), changed
