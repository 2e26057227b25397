"""Performance against the three standards, by month and year, and of whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from stewardship.measures import statistics
from stewardship.measures.cancer.grid import Counts, Groups, Spans, adding_up, shown, state_and_reason
from stewardship.measures.cancer.judging import HALVES, Waits
from stewardship.measures.cancer.published import STANDARDS
from stewardship.measures.differencing import Flags, Partition
from stewardship.measures.disclosure_exact import control_exact
from stewardship.measures.published import EVERYONE
from stewardship.measures.schemes import NATIONAL_CANCER_WAITS
from stewardship.measures.statistics import Estimates
from stewardship.rules.cancer.judgement import Standard
from stewardship.rules.cancer.standards import IN_FORCE

COST_OF_YEARS, COST_OF_EVERYONE = 20.0, 10.0
BEYOND = 10  # people who lie beyond every percentile that is told
MEDIAN, NINETIETH = 0.5, 0.9


Row = tuple[str, str, date]
"""What a year's row is divided by, its group, and the last day of the year."""


@dataclass(frozen=True)
class Elsewhere:
    """What measures of care areas show of the same counts.

    shown, hidden: rows whose total stands there, or is hidden there. without_part: the last days of years of which a
    measure shows a total, and hides how many of it were within: then nothing of the year is shown here.
    """

    shown: frozenset[Row] = frozenset()
    hidden: frozenset[Row] = frozenset()
    without_part: frozenset[date] = frozenset()


def performance(standard: Standard, waits: Waits, spans: Spans, elsewhere: Elsewhere) -> pa.Table:
    """A standard's figures (STANDARDS) of everyone, each provider, route and tumour group.

    Patients that two providers share are halves of each. elsewhere: what stands of the same counts on other pages.
    """
    groups = Groups.of({"provider": waits.provider, "route": waits.route, "tumour group": waits.tumour})
    total, within = _counted(waits, spans, groups)
    hidden = _hidden(total, spans, groups, elsewhere)
    rows = np.flatnonzero(np.repeat(spans.published, len(groups)))
    chosen = hidden[rows]
    of, patients = (each.reshape(-1)[rows] / HALVES for each in (within, total))
    found = statistics.proportions(shown(of, chosen), shown(patients, chosen), multiplier=100)
    days = {
        name: pa.array(shown(column.to_numpy(zero_copy_only=False), chosen), from_pandas=True)
        for name, column in _percentiles(waits, spans, groups, rows).items()
    }
    where = _where(standard, spans, groups)
    return pa.table({
        **where, "total": pa.array(shown(patients, chosen), from_pandas=True),
        "within": pa.array(shown(of, chosen), from_pandas=True), **limits(found), **days,
        **thresholds(standard, [end for _, end in spans.ends for _ in groups.pairs]),
        **state_and_reason(chosen),
    }).select(STANDARDS.names).cast(STANDARDS)  # fmt: skip


def limits(found: Estimates) -> dict[str, pa.Array]:
    """The columns of a share: its value and limits, empty where there is none."""
    names = ("value", "lower95", "upper95", "lower99_8", "upper99_8")
    return {name: pa.array(getattr(found, name), from_pandas=True) for name in names}


def thresholds(standard: Standard, ends: list[date]) -> dict[str, pa.Array]:
    """The columns of the standing threshold and the ambition on some days, in per cent."""
    told = [IN_FORCE.threshold_on(standard, end) for end in ends]
    return {
        "threshold": pa.array([None if each is None else 100 * each.standard for each in told], pa.float64()),
        "ambition": pa.array(
            [None if each is None or each.ambition is None else 100 * each.ambition for each in told],
            pa.float64(),
        ),
    }


def percentiles(group: Counts, days: Counts, many: int) -> dict[str, pa.Array]:
    """The columns of median and 90th percentile in whole days, where at least ten people lie beyond."""
    columns = {}
    for name, share in (("median_days", MEDIAN), ("ninetieth_days", NINETIETH)):
        found = statistics.waits_of_rows(group, days, groups=many, share=share)
        told = (found.denominator * (1 - share) >= BEYOND - 1e-9) & (
            found.denominator >= NATIONAL_CANCER_WAITS.fewest
        )
        columns[name] = pa.array(np.where(told, np.rint(found.value), np.nan), from_pandas=True)
    return columns


def _counted(waits: Waits, spans: Spans, groups: Groups) -> tuple[Counts, Counts]:
    """Half patients counted and within, spans x groups."""
    total, within = (np.zeros((len(spans), len(groups)), np.int64) for _ in range(2))
    month, year = spans.month(waits.stopped), spans.year(waits.stopped)
    whole = np.full(len(waits.row), HALVES, np.int64)
    entries = [
        (np.zeros(len(whole), np.int64), np.arange(len(whole)), whole, whole * waits.within),
        (groups.numbers("route", waits.route), np.arange(len(whole)), whole, whole * waits.within),
        (groups.numbers("tumour group", waits.tumour), np.arange(len(whole)), whole, whole * waits.within),
        (groups.numbers("provider", waits.provider), waits.of, waits.patients, waits.met),
    ]
    for group, of, patients, met in entries:
        inside = year[of] >= 0
        for span in (month[of][inside], year[of][inside] + len(spans.months)):
            np.add.at(total, (span, group[inside]), patients[inside])
            np.add.at(within, (span, group[inside]), met[inside])
    return total, within


def _hidden(total: Counts, spans: Spans, groups: Groups, elsewhere: Elsewhere) -> Flags:
    rows = np.arange(total.size).reshape(total.shape)
    parts, years = spans.in_years
    sums = [*adding_up(groups, rows), Partition(rows[parts].reshape(-1), rows[years].reshape(-1))]
    is_year = np.zeros(total.shape, np.bool_)
    is_year[len(spans.months) : len(spans.months) + len(spans.years)] = True
    cost = np.where(is_year, COST_OF_YEARS, 0) + np.where(np.arange(len(groups)) == 0, COST_OF_EVERYONE, 0)
    kept, away = (_marked(total, spans, groups, rows) for rows in (elsewhere.shown, elsewhere.hidden))
    hidden = control_exact(
        total.reshape(-1), sums, scheme=NATIONAL_CANCER_WAITS, unit=HALVES,
        published=np.repeat(spans.published, len(groups)), kept=kept.reshape(-1), hidden=away.reshape(-1),
        cost=cost.reshape(-1),
    )  # fmt: skip
    # What stands on another page cannot be hidden here: where it would have to be, or where that page hides a part
    # of it, nothing of the year is shown.
    laid_over = np.any(hidden.reshape(total.shape) & kept, axis=1)
    for number, (_, end) in enumerate(spans.years):
        if laid_over[len(spans.months) + number] or end in elsewhere.without_part:
            hidden = np.asarray(hidden | np.repeat(_of_year(spans, number), len(groups)))
    return hidden


def _marked(total: Counts, spans: Spans, groups: Groups, rows: Collection[Row]) -> Flags:
    marked = np.zeros(total.shape, np.bool_)
    for number, (_, end) in enumerate(spans.years):
        for group, pair in enumerate(groups.pairs):
            marked[len(spans.months) + number, group] = (*pair, end) in rows
    return marked


def _of_year(spans: Spans, year: int) -> Flags:
    """The year, its months and its rest, among the spans."""
    parts, years = spans.in_years
    total = len(spans.months) + year
    of = np.zeros(len(spans), np.bool_)
    of[parts[years == total]] = True
    of[total] = True
    return of


def _percentiles(waits: Waits, spans: Spans, groups: Groups, rows: Counts) -> dict[str, pa.Array]:
    """Of years, and of groups that no patient is shared between; others have none."""
    year = spans.year(waits.stopped)
    at = np.where(year >= 0, year + len(spans.months), -1)
    group, days = [], []
    for number in (
        np.zeros(len(at), np.int64),
        groups.numbers("route", waits.route),
        groups.numbers("tumour group", waits.tumour),
    ):
        group.append(np.where(at >= 0, at * len(groups) + number, -1))
        days.append(waits.days)
    found = percentiles(np.concatenate(group), np.concatenate(days), len(spans) * len(groups))
    return {name: column.take(pa.array(rows)) for name, column in found.items()}


def _where(standard: Standard, spans: Spans, groups: Groups) -> Mapping[str, pa.Array]:
    ends, many = spans.ends, len(groups)
    return {
        "standard": pa.repeat(standard.value, len(ends) * many),
        "period": pa.array(np.repeat(np.array(spans.kinds, object), many)),
        "start": pa.array(np.repeat(np.array([start for start, _ in ends], "datetime64[D]"), many)),
        "end": pa.array(np.repeat(np.array([end for _, end in ends], "datetime64[D]"), many)),
        "by": pa.array([by for by, _ in groups.pairs] * len(ends)),
        "group": pa.array([name for _, name in groups.pairs] * len(ends)),
    }


def of_groups_elsewhere(figures: pa.Table, standard: Standard, waits: pa.Table) -> pa.Table:
    """Figures of years by characteristic as the care area's measure shows them (FIGURES), with the days of `waits`.

    figures: of the whole system, without those of everyone. waits: by, group, end, median_days, ninetieth_days.
    """
    days = {
        (row["by"], row["group"], row["end"]): (row["median_days"], row["ninetieth_days"])
        for row in waits.to_pylist()
    }
    rows = [
        {
            "standard": standard.value, "period": "year", "start": row["period_start"], "end": row["period_end"],
            "by": row["by"], "group": row["group"], "total": row["denominator"], "within": row["numerator"],
            **{name: row[name] for name in ("value", "lower95", "upper95", "lower99_8", "upper99_8")},
            **dict(zip(("median_days", "ninetieth_days"), _days_of(row, days), strict=True)),
            "state": row["state"], "reason": row["reason"],
        }
        for row in figures.to_pylist() if row["by"] != EVERYONE
    ]  # fmt: skip
    told = thresholds(standard, [row["end"] for row in rows])
    named = {name: column.to_pylist() for name, column in told.items()}
    for position, row in enumerate(rows):
        row |= {name: column[position] for name, column in named.items()}
    return pa.Table.from_pylist(rows, schema=STANDARDS)


def _days_of(
    row: Mapping[str, Any], days: Mapping[tuple[str, str, date], tuple[float | None, float | None]]
) -> tuple[float | None, float | None]:
    if row["state"] != "shown":
        return None, None
    return days.get((row["by"], row["group"], row["period_end"]), (None, None))
