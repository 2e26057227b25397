"""Open pathways at the end of each week, by band of days.

Source: the weekly tracking return (R9 of docs/cancer-waiting-times.md): weeks end on Sunday, non-specific symptoms are
not in the headline count. A pathway's age is counted without the days of a first appointment missed, also before that
was known. An open pathway that a source stops telling of stays open.
"""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from stewardship.measures.cancer.courses import STAGES, Courses, Days, days_of, sundays
from stewardship.measures.cancer.grid import Counts, Groups, adding_up, state_and_reason
from stewardship.measures.cancer.published import BACKLOG
from stewardship.measures.differencing import Flags, Partition
from stewardship.measures.disclosure_exact import control_exact
from stewardship.measures.schemes import NATIONAL_CANCER_WAITS
from stewardship.rules.cancer.judgement import Band
from stewardship.rules.cancer.standards import IN_FORCE

ALL, OVER = "all", "over 62"
BANDS = (ALL, OVER, *Band)
"""All open pathways; those over 62 days; and the four bands of the weekly return."""
_EPOCH = date(1970, 1, 1)
_COST_OF_ALL, _COST_OF_EVERYONE = 20.0, 10.0


def weeks_of(first: date, last: date) -> Days:
    """The Sundays from one day to another, both included, as days since 1970."""
    return np.array(sundays(days_of(first), days_of(last)), np.int64)


def backlog(courses: Courses, weeks: Days) -> pa.Table:
    """Open pathways of the headline count (BACKLOG) of everyone, and by provider, route, tumour group and stage."""
    headline = courses.taken(courses.headline)
    stages = np.array(STAGES, object)
    named = {
        "provider": headline.provider, "route": headline.route, "tumour group": headline.tumour, "stage": stages,
    }  # fmt: skip
    groups = Groups.of(named)
    counts = np.stack([_open(headline, int(week), groups) for week in weeks])
    hidden, chosen = _hidden(counts, groups), _told(counts.shape)
    many = len(groups) * len(BANDS)
    made = pa.table({
        "week": pa.array(np.repeat(weeks.astype("datetime64[D]"), many)),
        "by": pa.array([by for by, _ in groups.pairs for _ in BANDS] * len(weeks)),
        "group": pa.array([name for _, name in groups.pairs for _ in BANDS] * len(weeks)),
        "band": pa.array([*BANDS] * (counts.size // len(BANDS))),
        "count": pa.array(counts.reshape(-1), mask=hidden),
        **state_and_reason(hidden),
    })  # fmt: skip
    return made.filter(pa.array(chosen)).select(BACKLOG.names).cast(BACKLOG)


def _told(shape: tuple[int, ...]) -> Flags:
    """Which cells, weeks x groups x BANDS, are told of: of groups only all and those over 62 days.

    In narrower bands nearly every group is hidden, and so much would be hidden beside it that little were left.
    """
    told = np.zeros(shape, np.bool_)
    told[:, 0] = True
    told[..., :2] = True
    return told.reshape(-1)


def _open(courses: Courses, week: int, groups: Groups) -> Counts:
    """How many are open at the end of a week, groups x BANDS."""
    there = courses.taken(courses.open_on(week))
    limits = IN_FORCE.limits_on(_EPOCH + timedelta(week)).bands
    # The last day of a band is in it (rules.cancer.backlog.band_of).
    band = np.searchsorted(np.array(limits), week - there.start, side="left")
    stage = np.array(STAGES, object)[there.stage_on(week)]
    found = np.zeros((len(groups), len(BANDS)), np.int64)
    everyone = np.zeros(len(there), np.int64)
    for number in (
        everyone,
        groups.numbers("provider", there.provider),
        groups.numbers("route", there.route),
        groups.numbers("tumour group", there.tumour),
        groups.numbers("stage", stage),
    ):
        np.add.at(found, (number, band + 2), 1)
    found[:, 1] = found[:, 4:].sum(axis=1)
    found[:, 0] = found[:, 2:].sum(axis=1)
    return found


def _hidden(counts: Counts, groups: Groups) -> Flags:
    rows = np.arange(counts.size).reshape(counts.shape)
    everyone, wide = rows[:, 0], np.moveaxis(rows[..., :2], 1, 2)
    parts = np.concatenate([everyone[:, part] for part in (1, 2, 3, 4, 5)])
    totals = np.concatenate([everyone[:, total] for total in (0, 0, 0, 1, 1)])
    sums = [Partition(parts, totals), *adding_up(groups, wide)]
    cost = np.zeros(counts.shape)
    cost[..., 0] += _COST_OF_ALL
    cost[..., 1] += _COST_OF_EVERYONE
    cost[:, 0] += _COST_OF_EVERYONE
    told = _told(counts.shape)
    counted = np.where(told, counts.reshape(-1), 0)
    return control_exact(counted, sums, scheme=NATIONAL_CANCER_WAITS, cost=cost.reshape(-1), published=told)
