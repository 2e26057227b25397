"""Prostate case finding: of those invited in the last year, how many went on to each step."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from stewardship.measures import statistics
from stewardship.measures.cancer.cells import Cells
from stewardship.measures.cancer.courses import NEVER
from stewardship.measures.cancer.grid import Counts
from stewardship.measures.cancer.performance import limits
from stewardship.measures.cancer.published import CASE_FINDING
from stewardship.measures.cancer.reading import Pathways, residents_of
from stewardship.measures.controlled import HIDDEN_WORDS
from stewardship.measures.differencing import Flags, Partition
from stewardship.measures.disclosure import control_proportions
from stewardship.measures.layout import GROUPS, Layout
from stewardship.measures.published import EVERYONE
from stewardship.people.joins import only_those_in
from stewardship.people.periods import Period
from stewardship.people.table import People
from stewardship.records.opened import Records

STEPS = ("invited", "consented", "tested", "raised", "referred", "found")
BY = (EVERYONE, "deprivation fifth", "ethnic group")


def read_case_finding(records: Records, people: People, period: Period) -> Pathways:
    """Everyone invited in a year, with the day of each step that had come by its end."""
    events = records.table("pathway_event")
    events = events.filter((events.kind == "case_finding") & (events.date <= period.end))
    events = only_those_in(events, people.table.select("person_id").distinct(), ["person_id"])
    found = events.group_by(["source", "pathway_id", "person_id"]).aggregate(
        **{step: events.date.min(where=events.event == step) for step in STEPS}
    )
    rows = records.engine.ibis.to_pyarrow(found.filter(found.invited >= period.start))
    rows = rows.sort_by([("source", "ascending"), ("pathway_id", "ascending")])
    return Pathways(rows, residents_of(people, events, records.engine), people.names)


def case_finding(
    records: Records, people: People, layout: Layout, periods: Sequence[Period]
) -> pa.Table | None:
    """How many reached each step (CASE_FINDING), by fifth and ethnic group; None where nobody was invited.

    A step counts whoever passed it and all before it. Counts follow the rule of all other measures.
    """
    found = read_case_finding(records, people, periods[-1])
    if not len(found):
        return None
    cells = Cells(found, layout, periods)
    groups = [(by, name) for by in BY for name in GROUPS[by]]
    counts = _counts(found, cells, groups, len(periods) - 1)
    return _controlled(counts, groups, periods[-1])


def _counts(found: Pathways, cells: Cells, groups: Sequence[tuple[str, str]], year: int) -> Counts:
    """People by step and group."""
    reached = np.logical_and.accumulate([found.day(step) < NEVER for step in STEPS], axis=0)
    row = np.arange(len(found))
    described = cells.described(row, np.full(len(found), year))
    named = {by: cells.group(by, described) for by in BY}
    return np.array([[int((at & (named[by] == name)).sum()) for by, name in groups] for at in reached])


def _controlled(counts: Counts, groups: Sequence[tuple[str, str]], period: Period) -> pa.Table:
    parts = [
        np.array([n for n, (one, _) in enumerate(groups) if one == by], np.int64)
        for by in BY
        if by != EVERYONE
    ]
    sums = [Partition(part, np.zeros(len(part), np.int64)) for part in parts]
    pairs = [control_proportions(counts[step], counts[step - 1], sums) for step in range(1, len(STEPS))]
    hidden = np.zeros(counts.shape, np.bool_)
    for step, pair in enumerate(pairs, start=1):
        hidden[step] |= ~pair.numerator.shown
        hidden[step - 1] |= ~pair.denominator.shown
    shown = [pairs[0].denominator.numbers, *(pair.numerator.numbers for pair in pairs)]
    tables = [
        _step(number, np.where(hidden[number], np.nan, shown[number]),
              None if number == 0 else np.where(hidden[number - 1], np.nan, shown[number - 1]), groups, period)
        for number in range(len(STEPS))
    ]  # fmt: skip
    return pa.concat_tables(tables)


def _step(number: int, count: Any, of: Any, groups: Sequence[tuple[str, str]], period: Period) -> pa.Table:
    nothing = np.full(len(groups), np.nan)
    before = nothing if of is None else of
    share = statistics.proportions(np.minimum(count, before), before, multiplier=100)
    hidden: Flags = np.isnan(count)
    return pa.table({
        "step": pa.repeat(STEPS[number], len(groups)),
        "start": pa.array([period.start] * len(groups)), "end": pa.array([period.end] * len(groups)),
        "by": pa.array([by for by, _ in groups]), "group": pa.array([name for _, name in groups]),
        "count": pa.array(count, from_pandas=True).cast(pa.int64()),
        "of": pa.array(before, from_pandas=True).cast(pa.int64()),
        **limits(share),
        "state": np.where(hidden, "suppressed", "shown"), "reason": np.where(hidden, HIDDEN_WORDS, ""),
    }).select(CASE_FINDING.names).cast(CASE_FINDING)  # fmt: skip
