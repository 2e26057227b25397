"""Rates by month of matched people, before and after: the difference in differences, over time lived and registered.

A Poisson model of events over time, with whether somebody is a case, whether it is after, and both at once; what the
last multiplies the rate by is the effect. Everybody in a set is looked at over the same months, those about the event
of its case, so that seasons and other changes are the same for both. The month of the event is left out, and who is no
longer there in the month after it belongs to neither group (a landmark), so that nobody counts for having lived.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stewardship.evaluation.clustered import Estimated, rates_model
from stewardship.evaluation.matching import Sets
from stewardship.evaluation.pool import Flags, Numbers, Pool, Whole
from stewardship.evaluation.result import Effect

MONTHS = 12  # before, and after
MONTH_DAYS = 365.25 / 12
Cells = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(frozen=True)
class PersonMonths:
    """Events and days observed, by person (rows) and month (columns).

    person: rising. month: first day of each, rising and without a gap.
    """

    person: Whole
    month: Whole
    days: Cells
    events: Cells

    @classmethod
    def of(cls, table: pa.Table, *, person: str, month: str, days: str, events: str) -> "PersonMonths":
        """From a table with a row a person and month, by the names of its columns; rows that lack are no time."""
        who, row = np.unique(table[person].to_numpy(), return_inverse=True)
        day = table[month].to_numpy().astype("datetime64[D]").astype(np.int64)
        when, column = np.unique(day, return_inverse=True)
        cells = np.zeros((2, len(who), len(when)))
        for layer, name in enumerate((days, events)):
            np.add.at(cells[layer], (row, column), table[name].to_numpy())
        return cls(who.astype(np.int64), when, cells[0], cells[1])


@dataclass(frozen=True)
class Around:
    """Months about the event of each set, one row a member of a set.

    sets: those who were there at the landmark. events, time: three columns, the earlier half of the months before, the
    later half, and the months after; time in months of a person. months_before: how many there are at least.
    """

    sets: Sets
    person: Whole
    events: Cells
    time: Cells
    months_before: int


@dataclass(frozen=True)
class Rates:
    """A difference in differences: the ratio, and events by which it differs, with intervals.

    change_cases, change_controls: rate after over rate before of each group by itself. events: how many of cases
    before and after, then of controls, each person counted once.
    """

    ratio: Effect
    per_thousand: Effect
    in_all: Effect
    change_cases: Effect
    change_controls: Effect
    events: tuple[int, int, int, int]


def around(pool: Pool, sets: Sets, months: PersonMonths, after: int = MONTHS) -> Around:
    """What happened to the members of sets in a year before the event of their set, and in months after it."""
    row = np.searchsorted(months.person, pool.person[sets.member])
    told = np.append(months.person, -1)[row] == pool.person[sets.member]
    index = np.zeros(sets.number.max(initial=-1) + 1, dtype=np.int64)
    index[sets.number[sets.case]] = pool.index[sets.member[sets.case]]
    own = np.searchsorted(months.month, index[sets.number], side="right") - 1  # the month of the event
    there = told.copy()
    there[told] = _there(months, row[told], own[told] + 1)
    kept = sets.only(there)
    left = np.isin(sets.number, kept.number) & there
    row, own = row[left], own[left]
    column = np.arange(len(months.month)) - own[:, None]
    spans = [(-MONTHS, -MONTHS // 2 - 1), (-MONTHS // 2, -1), (1, after)]
    within = [(column >= first) & (column <= last) for first, last in spans]
    return Around(
        sets=kept,
        person=pool.person[kept.member],
        events=_sums(months.events[row], within),
        time=_sums(months.days[row], within) / MONTH_DAYS,
        months_before=int(min(MONTHS, own.min(initial=MONTHS))),
    )


def difference_in_differences(found: Around, before: tuple[int, ...], after: int, measure: str) -> Rates:
    """The effect of the time after beside the time before, by their columns. Every cell has to hold events."""
    sets, many = found.sets, len(found.sets.member)
    events = np.concatenate([found.events[:, list(before)].sum(axis=1), found.events[:, after]])
    time = np.concatenate([found.time[:, list(before)].sum(axis=1), found.time[:, after]])
    late = np.repeat([0.0, 1.0], many)
    case = np.tile(sets.case, 2).astype(np.float64)
    features = np.column_stack([np.ones(2 * many), case, late, case * late])
    lived = time > 0
    fit = rates_model(
        events[lived],
        time[lived],
        features[lived],
        np.tile(sets.weight, 2)[lived],
        np.tile(sets.number, 2)[lived],
        np.tile(found.person, 2)[lived],
    )
    of_cases = float(time[(case == 1) & (late == 1)].sum())
    return Rates(
        ratio=_ratio(fit, np.array([0.0, 0, 0, 1]), f"{measure}: how many times as many as without it"),
        per_thousand=_more(fit, 1000.0, measure, "in 1,000 months of a person"),
        in_all=_more(fit, of_cases, measure, "in all that was followed"),
        change_cases=_ratio(
            fit, np.array([0.0, 0, 1, 1]), f"{measure}: after over before, of those who had it"
        ),
        change_controls=_ratio(
            fit, np.array([0.0, 0, 1, 0]), f"{measure}: after over before, of people like them"
        ),
        events=counted(found, before, after),
    )


def counted(found: Around, before: tuple[int, ...], after: int) -> tuple[int, int, int, int]:
    """Events of cases before and after, then of controls; of a person in several sets those of one set alone."""
    sums = np.column_stack([found.events[:, list(before)].sum(axis=1), found.events[:, after]])
    of = [sums[found.sets.case], _once(sums[~found.sets.case], found.person[~found.sets.case])]
    cases, controls = (each.sum(axis=0).astype(int) for each in of)
    return int(cases[0]), int(cases[1]), int(controls[0]), int(controls[1])


def _there(months: PersonMonths, row: Whole, column: Whole) -> Flags:
    inside = (column >= 1) & (column < len(months.month))
    return np.asarray(inside & (months.days[row, np.where(inside, column, 0)] > 0))


def _sums(cells: Cells, within: list[np.ndarray[tuple[int, int], np.dtype[np.bool_]]]) -> Cells:
    return np.column_stack([(cells * span).sum(axis=1) for span in within])


def _once(rows: Cells, person: Whole) -> Cells:
    return np.asarray(rows[np.unique(person, return_index=True)[1]])


def _ratio(fit: Estimated, slope: Numbers, measure: str) -> Effect:
    value = float(slope @ fit.coefficients)
    low, high = fit.limits(value, slope)
    return Effect(
        measure, "times as many", float(np.exp(value)), float(np.exp(low)), float(np.exp(high)), 1.0
    )


def _more(fit: Estimated, time: float, measure: str, over: str) -> Effect:
    """Events more than there would have been, over a time of cases after; by the delta method."""
    without = time * np.exp(fit.coefficients[:3].sum())
    ratio = np.exp(fit.coefficients[3])
    value = float(without * (ratio - 1))
    slope = np.array([value, value, value, without * ratio])
    return Effect(f"{measure}: more than without it, {over}", "events", value, *fit.limits(value, slope), 0.0)
