"""Where the days go: how long each step of the pathway takes, by tumour group, beside the days it should take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from stewardship.measures.cancer.courses import NEVER, Courses, Days, days_of
from stewardship.measures.cancer.grid import Counts, Groups, adding_up, state_and_reason
from stewardship.measures.cancer.performance import percentiles
from stewardship.measures.cancer.published import STEPS
from stewardship.measures.cancer.reading import Pathways
from stewardship.measures.disclosure_exact import control_exact
from stewardship.measures.schemes import NATIONAL_CANCER_WAITS
from stewardship.rules.cancer.timed.milestones import GENERIC, milestones_of


@dataclass(frozen=True)
class Step:
    """One step: the milestone it begins with and the one it ends with, by the codes of MILESTONES."""

    name: str
    begins: str
    ends: str


STEPS_OF_PATHWAY = (
    Step("Referral to triage", "REF", "TRI"),
    Step("Triage to first appointment", "TRI", "FSEEN"),
    Step("First appointment to first test", "FSEEN", "TEST"),
    Step("First test to being told", "TEST", "TOLD"),
    Step("Being told to decision to treat", "TOLD", "DTT"),
    Step("Decision to treatment", "DTT", "FDT"),
)
"""Steps that follow on each other, from referral to treatment."""


def due_days(on: date) -> dict[str, int]:
    """The day of the pathway by which each milestone should come: the generic timed pathway of a date."""
    done = [each for each in milestones_of(GENERIC, on) if each.at == "done"]
    return {each.code.rstrip("1"): each.day for each in done}


def steps(pathways: Pathways, courses: Courses, first: date, last: date) -> pa.Table:
    """Days between milestones (STEPS) of everyone and each tumour group, of steps that ended in some days.

    Days count from the adjusted start of the clock or from the milestone before. A step counts where both of its
    milestones are told, the later one no earlier than the other.
    """
    groups = Groups.of({"tumour group": courses.tumour})
    tables = [_days(pathways, courses, step) for step in STEPS_OF_PATHWAY]
    size = len(groups) * len(STEPS_OF_PATHWAY)
    cell, taken, reached = [], [], []
    for number, (began, ended) in enumerate(tables):
        inside = (began < NEVER) & (ended < NEVER) & (ended >= began)
        inside &= (ended >= days_of(first)) & (ended <= days_of(last))
        for group in (np.zeros(len(courses), np.int64), groups.numbers("tumour group", courses.tumour)):
            cell.append(number * len(groups) + group[inside])
            taken.append((ended - began)[inside])
            reached.append((ended - courses.start)[inside])
    cells = np.concatenate(cell)
    people = np.bincount(cells, minlength=size).astype(np.int64)
    hidden = control_exact(people, adding_up(groups, _rows(groups)), scheme=NATIONAL_CANCER_WAITS)
    told = {
        name: _unless(hidden, column)
        for name, column in percentiles(cells, np.concatenate(taken), size).items()
    }
    by_day = percentiles(cells, np.maximum(np.concatenate(reached), 0), size)["median_days"]
    return pa.table({
        **_where(groups, first, last), "people": pa.array(people, mask=hidden), **told,
        "day_by": _unless(hidden, by_day), **state_and_reason(hidden),
    }).select(STEPS.names).cast(STEPS)  # fmt: skip


def _days(pathways: Pathways, courses: Courses, step: Step) -> tuple[Days, Days]:
    """The days on which a step began and ended on each pathway."""
    return _day(pathways, courses, step.begins), _day(pathways, courses, step.ends)


def _day(pathways: Pathways, courses: Courses, milestone: str) -> Days:
    """A milestone's day; being told is so whatever was told, and the referral is the adjusted start of the clock."""
    if milestone == "REF":
        return courses.start
    day = pathways.day(milestone)
    if milestone == "TOLD":
        day = np.minimum(day, pathways.day("RULEOUT"))
    return day[courses.person]


def _rows(groups: Groups) -> Counts:
    return np.arange(len(groups) * len(STEPS_OF_PATHWAY)).reshape(len(STEPS_OF_PATHWAY), -1)


def _unless(hidden: np.ndarray, column: pa.Array) -> pa.Array:
    values = column.to_numpy(zero_copy_only=False).astype(np.float64)
    return pa.array(np.where(hidden, np.nan, values), from_pandas=True)


def _where(groups: Groups, first: date, last: date) -> dict[str, pa.Array]:
    many, rows = len(groups), len(groups) * len(STEPS_OF_PATHWAY)

    def of_step(values: Sequence[object], kind: pa.DataType) -> pa.Array:
        return pa.array([value for value in values for _ in range(many)], kind)

    days = due_days(last)
    due = [days.get(step.ends) for step in STEPS_OF_PATHWAY]
    before = [days.get(step.begins) for step in STEPS_OF_PATHWAY]
    target = [None if a is None or b is None else a - b for a, b in zip(due, before, strict=True)]
    return {
        "step": of_step([step.name for step in STEPS_OF_PATHWAY], pa.string()),
        "start": pa.array([first] * rows), "end": pa.array([last] * rows),
        "by": pa.array([by for by, _ in groups.pairs] * len(STEPS_OF_PATHWAY)),
        "group": pa.array([name for _, name in groups.pairs] * len(STEPS_OF_PATHWAY)),
        "place": of_step(range(1, len(STEPS_OF_PATHWAY) + 1), pa.int64()),
        "target_days": of_step(target, pa.float64()), "day_due": of_step(due, pa.float64()),
    }  # fmt: skip
