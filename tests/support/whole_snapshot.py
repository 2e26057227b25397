"""The invented snapshot with everything that a page may tell: its budget, and months with a shift at the end."""

from pathlib import Path

from stewardship.measures.budget_published import write_budget
from stewardship.measures.derived import write_derived
from stewardship.measures.months import write_months
from stewardship.measures.published import Published
from support.budget_drawn import BUDGET
from support.shown_months import months, table
from support.snapshots import DIABETES, PLACES, publish

FEWER = {"N4": [None, 10] * 18}  # a place so small that every other month is hidden


def publish_whole(workspace: Path, notes: tuple[str, ...] = ()) -> Path:
    """Publish it in a workspace; returns its results folder."""
    folder = publish(workspace, notes=notes)
    write_budget(folder, BUDGET)
    rows = []
    for place in PLACES:
        counts = FEWER.get(place.code, [95, 105] * 14 + [160] * 8)
        for measure in ("emergency-admissions", "contacts"):
            rows += months(measure, place.code, counts)
    write_months(folder, DIABETES.key, table(rows))
    published = Published(folder)
    write_derived(folder, DIABETES, published.table(DIABETES.key), published.snapshot)
    return folder
