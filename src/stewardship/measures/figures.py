"""From sums to figures: disclosure control first, then statistics on what may be shown, then comparisons."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stewardship.measures import statistics
from stewardship.measures.by_month import ByMonth
from stewardship.measures.columns import DAYS_A_YEAR, Counts, Laid
from stewardship.measures.controlled import (
    HIDDEN_WORDS,
    MISSING_WORDS,
    SUPPRESSED,
    Controlled,
    ControlledPair,
)
from stewardship.measures.disclosure import People
from stewardship.measures.layout import CELLS, MONTHS, Grid, Layout
from stewardship.measures.measure import Measure
from stewardship.measures.months import MONTHS as BY_MONTH
from stewardship.measures.published import FIGURES
from stewardship.measures.statistics import Estimates
from stewardship.measures.stretches import month_ends
from stewardship.measures.sums import Sums
from stewardship.measures.together import ExactBefore, control_together
from stewardship.measures.words import words
from stewardship.people.periods import Period

Words = NDArray[np.object_]
FIGURES_AT_ONCE = 4  # measures
_STATES = pa.array(["shown", "suppressed", "missing"])


def figures_together(
    laid: Mapping[Measure, Laid],
    layout: Layout,
    periods: Sequence[Period],
    exact_before: ExactBefore | None = None,
) -> tuple[dict[Measure, pa.Table], dict[Measure, pa.Table]]:
    """Each measure's published figures, one row a year, place and group (FIGURES), and those by month (MONTHS).

    laid: every measure of every care area that is published side by side: what one shows must not give away
    what another hides. exact_before: as for `control_together`.
    """
    pairs = control_together(laid, layout, exact_before)
    where = {pool: where_figures_stand(pool, layout, periods) for pool in {measure.pool for measure in laid}}

    def made(measure: Measure) -> pa.Table:
        return _figures(measure, laid[measure], pairs[measure], layout, where[measure.pool])

    with ThreadPoolExecutor(min(os.cpu_count() or 1, FIGURES_AT_ONCE)) as workers:
        figures = dict(zip(laid, workers.map(made, laid), strict=True))
    by_month = {
        measure: _months(measure, pair.months, layout, periods)
        for measure, pair in pairs.items()
        if pair.months is not None
    }
    return figures, by_month


def _figures(
    measure: Measure, laid: Laid, pair: ControlledPair, layout: Layout, where: Mapping[str, pa.Array]
) -> pa.Table:
    too_early = np.repeat(np.arange(layout.years) < measure.pool - 1, int(np.prod(layout.shape[1:])))
    estimates = _estimates(measure, pair, laid)
    reasons, why = _why_not(pair, estimates, too_early, f"Missing: needs {measure.pool} years of records")
    shown = why == 0
    state = np.where(shown, 0, np.where((pair.figure == SUPPRESSED) & ~too_early, 1, 2))
    values = {
        name: np.where(shown, getattr(estimates, name), np.nan)
        for name in ("value", "lower95", "upper95", "lower99_8", "upper99_8")
    }
    columns = {
        **where,
        "measure": pa.repeat(measure.key, len(shown)),
        "numerator": _nullable(pair.numerator, ~too_early),
        "denominator": _nullable(pair.denominator, ~too_early),
        **{name: pa.array(column, from_pandas=True) for name, column in values.items()},
        "state": _STATES.take(pa.array(state)),
        "reason": pa.array(reasons, pa.string()).take(pa.array(why)),
        "caution": np.where(shown, pair.caution, ""),
        **words(measure, pair, estimates, shown, layout),
        "source": pa.repeat("", len(shown)),
    }
    table = pa.table({name: columns[name] for name in FIGURES.names}).cast(FIGURES)
    return table.filter(pa.array(layout.published(by_age=laid.numerator_by_age is None).reshape(-1)))


def _months(measure: Measure, months: Controlled, layout: Layout, periods: Sequence[Period]) -> pa.Table:
    years, places, _ = layout.shape
    ends = month_ends(periods)
    first = np.array([periods[0].start, *(end + timedelta(days=1) for end in ends[:-1])], "datetime64[D]")
    place = np.tile(np.repeat(np.arange(places), MONTHS), years)
    rows = {
        "measure": pa.repeat(measure.key, len(place)),
        "place": pa.array([each.code for each in layout.places]).take(pa.array(place)),
        "month": np.repeat(first.reshape(years, 1, MONTHS), places, axis=1).reshape(-1),
        "count": _nullable(months, np.ones(len(place), np.bool_)),
        "state": months.state,
        "reason": months.reason,
    }
    return pa.table(rows).cast(BY_MONTH)


def missing_figures(measure: Measure, reason: str, layout: Layout, periods: Sequence[Period]) -> pa.Table:
    """Rows that say why a measure is missing, one for each place and everyone, for the latest year."""
    rows = len(layout.places)
    columns: dict[str, object] = {
        "measure": [measure.key] * rows,
        "place": [place.code for place in layout.places],
        "by": [CELLS[0][0]] * rows,
        "group": [CELLS[0][1]] * rows,
        "period_start": [periods[-1].start] * rows,
        "period_end": [periods[-1].end] * rows,
        "state": ["missing"] * rows,
        "reason": [f"Missing: {reason}"] * rows,
    }
    empty = {field.name: [None if field.type != pa.string() else ""] * rows for field in FIGURES}
    return pa.table({**empty, **columns}, schema=FIGURES)


def lay_out(measure: Measure, sums: Sums, layout: Layout, by_month: ByMonth | None = None) -> Laid:
    """A measure's true sums on the grid, with years put together where it asks for that. by_month: its months."""
    banded = measure.statistic == "standardised rate"
    grid = layout.lay_out(sums, banded=banded)
    if banded:
        of_these_ages = statistics.standard_weights(*_ages(measure)) > 0
        grid = Grid(*(each * of_these_ages for each in (grid.people, grid.days, grid.added, grid.behind)))
    days, added, behind = (_pooled(each, measure.pool) for each in (grid.days, grid.added, grid.behind))
    # Those of the fullest year: the same people year after year are no more people.
    there = _fullest(grid.people.sum(axis=-1) if banded else grid.people, measure.pool)
    by_age: tuple[Counts | None, NDArray[np.float64] | None] = (None, None)
    if banded:
        by_age = added.reshape(-1, added.shape[-1]), days.reshape(-1, days.shape[-1]) / DAYS_A_YEAR
        days, added, behind = (each.sum(axis=-1) for each in (days, added, behind))
    people = People(there.reshape(-1), behind.reshape(-1))
    denominator = people.of_group
    if measure.statistic in ("rate", "standardised rate"):
        denominator = np.rint(days / DAYS_A_YEAR).astype(np.int64).reshape(-1)
    elif measure.over is not None:
        denominator = days.reshape(-1)
    return Laid(added.reshape(-1), denominator, days.reshape(-1), people, *by_age, by_month)


def _ages(measure: Measure) -> tuple[int, int | None]:
    """From which age, and under which, a standardised rate is about."""
    first, last = measure.ages or (0, None)
    return first, None if last is None else last + 1


def _pooled(grid: Counts, years: int) -> Counts:
    """Each year with the years before it that are put together with it."""
    if years == 1:
        return grid
    total = grid.cumsum(axis=0)
    before = np.concatenate([np.zeros_like(total[:years]), total[:-years]])[: len(total)]
    return np.asarray(total - before)


def _fullest(grid: Counts, years: int) -> Counts:
    """The largest count among each year and the years before it that are put together with it."""
    return np.stack([grid[max(0, year - years + 1) : year + 1].max(axis=0) for year in range(len(grid))])


def _estimates(measure: Measure, pair: ControlledPair, laid: Laid) -> Estimates:
    numerator, denominator = pair.numerator.numbers, pair.denominator.numbers
    match measure.statistic:
        case "proportion" | "share of events":
            return statistics.proportions(numerator, denominator, multiplier=measure.per)
        case "ratio of events":
            return statistics.ratio_of_counts(numerator, denominator)
        case "rate":
            return statistics.rates(numerator, denominator, multiplier=measure.per)
        case "standardised rate" if laid.numerator_by_age is not None and laid.denominator_by_age is not None:
            weights = statistics.standard_weights(*_ages(measure))
            exact = statistics.directly_standardised(
                laid.numerator_by_age, laid.denominator_by_age, weights=weights, multiplier=measure.per
            )
            return statistics.rounded_to_hide_events(exact, rounded_by=measure.scheme.rounded_by)
    pounds = 100 if measure.unit.startswith("£") else 1
    return _without_interval(
        numerator / pounds, denominator, mean=measure.statistic in ("mean", "mean of events")
    )


def _without_interval(total: NDArray[np.float64], people: NDArray[np.float64], *, mean: bool) -> Estimates:
    """A count or a sum, which is what it is, or a sum for each person."""
    nobody = mean & (people == 0)
    value = np.divide(total, people, out=np.full_like(total, np.nan), where=people > 0) if mean else total
    none = np.full_like(total, np.nan)
    reason = np.where(nobody, "no one in the group", "").astype(object)
    return Estimates(value, none, none, none, none, total, people, "none", reason)


def _why_not(
    pair: ControlledPair, estimates: Estimates, too_early: NDArray[np.bool_], early: str
) -> tuple[list[str], NDArray[np.int64]]:
    """Reasons in words for the page why there is no figure, and the number of each figure's; 0 where there is one."""
    encoded = pa.array(estimates.reason, pa.string()).dictionary_encode()
    of_data = encoded.dictionary.to_pylist()
    reasons = ["", HIDDEN_WORDS, MISSING_WORDS, early, *(f"No figure: {why}" for why in of_data)]
    first = np.array([0 if not why else 4 + number for number, why in enumerate(of_data)], np.int64)
    of_control = pair.figure.astype(np.int64)
    why = np.where(of_control == 0, first[np.asarray(encoded.indices, np.int64)], of_control)
    return reasons, np.where(too_early, 3, why)


def where_figures_stand(
    pool: int, layout: Layout, periods: Sequence[Period], groups: Sequence[tuple[str, str]] = CELLS
) -> dict[str, pa.Array]:
    """The columns that say what each row is about, the same for every measure of so many years put together."""
    years, places, cells = layout.years, len(layout.places), len(groups)
    starts = [periods[max(0, number - pool + 1)].start for number in range(years)]

    def of_place(values: Sequence[str]) -> pa.Array:
        return pa.array(np.tile(np.repeat(np.array(values, dtype=object), cells), years))

    def of_cell(values: Sequence[str]) -> pa.Array:
        return pa.array(np.tile(np.array(values, dtype=object), years * places))

    def of_year(days: Sequence[object]) -> pa.Array:
        return pa.array(np.repeat(np.array(days, dtype="datetime64[D]"), places * cells))

    return {
        "place": of_place([place.code for place in layout.places]),
        "by": of_cell([by for by, _ in groups]),
        "group": of_cell([group for _, group in groups]),
        "period_start": of_year(starts),
        "period_end": of_year([period.end for period in periods]),
    }


def _nullable(controlled: Controlled, known: NDArray[np.bool_]) -> pa.Array:
    return pa.array(controlled.value, pa.int64(), mask=~(controlled.shown & known))
