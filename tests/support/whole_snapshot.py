"""The invented snapshot with all that a page may tell: budget, months with a shift, people against those expected."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from stewardship.measures.budget_published import write_budget
from stewardship.measures.derived import write_derived
from stewardship.measures.months import write_months
from stewardship.measures.published import FIGURES, Published, write_figures, write_snapshot
from support.budget_drawn import BUDGET
from support.published_by_hand import figure
from support.shown_months import months, table
from support.snapshots import DIABETES, PERIODS, PLACES, card, publish

FEWER = {"N4": [None, 10] * 18}  # a place so small that every other month is hidden
FOUND = card("found", "burden", "against expected", "%", "higher", name="Diabetes found",
             numerator="people with diabetes recorded")  # fmt: skip
EXPECTED = "5,890 expected: A bureau, published 1 May 2026, for 1 April 2025 to 31 March 2026"
WHOLE = replace(DIABETES, measures=(*DIABETES.measures, FOUND))


def publish_whole(workspace: Path, notes: tuple[str, ...] = ()) -> Path:
    """Publish it in a workspace; returns its results folder."""
    folder = publish(workspace, notes=notes)
    write_budget(folder, BUDGET)
    write_months(folder, WHOLE.key, table(_months()))
    published = Published(folder)
    found = figure("found", "SYS", 4_850, period=PERIODS[-1]) | {
        "value": 82.3, "lower95": 80.0, "upper95": 84.7, "source": EXPECTED, "denominator": None,
    }  # fmt: skip
    figures = pa.concat_tables([published.table(WHOLE.key), pa.Table.from_pylist([found], schema=FIGURES)])
    said = replace(published.snapshot, areas=(WHOLE, *published.snapshot.areas[1:]))
    write_figures(folder, WHOLE.key, figures)
    write_derived(folder, WHOLE, figures, said)
    write_snapshot(folder, said)
    return folder


def _months() -> list[dict[str, object]]:
    return [
        row
        for place in PLACES
        for measure in ("emergency-admissions", "contacts")
        for row in months(measure, place.code, FEWER.get(place.code, [95, 105] * 14 + [160] * 8))
    ]
