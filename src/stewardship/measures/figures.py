"""From sums to figures: disclosure control first, then statistics on what may be shown, then comparisons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stewardship.measures import disclosure, statistics
from stewardship.measures.disclosure import ControlledPair, People
from stewardship.measures.layout import CELLS, Grid, Layout
from stewardship.measures.measure import Measure
from stewardship.measures.published import FIGURES
from stewardship.measures.statistics import Estimates
from stewardship.measures.sums import Sums
from stewardship.people.periods import Period

DAYS_A_YEAR = 365.25
Counts = NDArray[np.int64]
Words = NDArray[np.object_]


@dataclass(frozen=True)
class Laid:
    """A measure's true sums on the grid, pooled; people: who stands behind them; by age if asked."""

    numerator: Counts
    denominator: Counts
    people: People
    numerator_by_age: Counts | None = None
    denominator_by_age: NDArray[np.float64] | None = None


def figures_of(measure: Measure, sums: Sums, layout: Layout, periods: Sequence[Period]) -> pa.Table:
    """A measure's published figures, one row a year, place and group (FIGURES)."""
    laid = _laid_out(measure, sums, layout)
    pair = _controlled(measure, laid, layout)
    estimates = _estimates(measure, pair.numerator.numbers, pair.denominator.numbers, laid)
    too_early = np.repeat(np.arange(len(periods)) < measure.pool - 1, int(np.prod(layout.shape[1:])))
    why_not = np.where(
        too_early, f"Missing: needs {measure.pool} years of records", _why_not(pair, estimates)
    )
    shown = why_not == ""
    state = np.where(shown, "shown", np.where(pair.state == "suppressed", "suppressed", "missing"))
    state = np.where(too_early, "missing", state)
    values = {
        name: np.where(shown, _as_published(measure, getattr(estimates, name)), np.nan)
        for name in ("value", "lower95", "upper95", "lower99_8", "upper99_8")
    }
    columns = {
        **_where(measure, layout, periods),
        "numerator": _nullable(pair.numerator, ~too_early),
        "denominator": _nullable(pair.denominator, ~too_early),
        **{name: pa.array(column, from_pandas=True) for name, column in values.items()},
        "state": state,
        "reason": why_not,
        "caution": np.where(shown, pair.caution, ""),
        **_words(measure, laid, shown, layout),
    }
    table = pa.table({name: columns[name] for name in FIGURES.names}).cast(FIGURES)
    # A rate that is standardised for age is not told apart by age.
    return table.filter(pc.not_equal(table["by"], "age band")) if laid.numerator_by_age is not None else table


def _as_published(measure: Measure, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standardised rates to three figures: from more, the true count of events could be worked back."""
    if measure.statistic != "standardised rate":
        return values
    size = np.floor(np.log10(np.abs(values, where=values != 0, out=np.ones_like(values))))
    return np.asarray(np.round(values / 10.0 ** (size - 2)) * 10.0 ** (size - 2))


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


def _laid_out(measure: Measure, sums: Sums, layout: Layout) -> Laid:
    banded = measure.statistic == "standardised rate"
    grid = layout.lay_out(sums, banded=banded)
    if banded:
        of_these_ages = statistics.standard_weights(*_ages(measure)) > 0
        grid = Grid(*(each * of_these_ages for each in (grid.people, grid.days, grid.added, grid.behind)))
    days, added, behind = (_pooled(each, measure.pool) for each in (grid.days, grid.added, grid.behind))
    # Those of the fullest year: the same people year after year are no more people.
    there = _fullest(grid.people.sum(axis=-1) if banded else grid.people, measure.pool)
    if banded:
        people = People(there.reshape(-1), behind.sum(axis=-1).reshape(-1))
        by_age = added.reshape(-1, added.shape[-1]), days.reshape(-1, days.shape[-1]) / DAYS_A_YEAR
        return Laid(
            added.sum(axis=-1).reshape(-1), _whole_years(days.sum(axis=-1)).reshape(-1), people, *by_age
        )
    people = People(there.reshape(-1), behind.reshape(-1))
    denominator = _whole_years(days).reshape(-1) if measure.statistic == "rate" else people.of_group
    return Laid(added.reshape(-1), denominator, people)


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


def _whole_years(days: Counts) -> Counts:
    return np.rint(days / DAYS_A_YEAR).astype(np.int64)


def _controlled(measure: Measure, laid: Laid, layout: Layout) -> ControlledPair:
    numerator, denominator = laid.numerator, laid.denominator
    match measure.statistic:
        case "count":
            exact = layout.undivided(numerator) & measure.headline
            counts = disclosure.control_counts(numerator, layout.partitions(numerator), exact)
            return ControlledPair(counts, counts)
        case "proportion":
            sums = layout.partitions(numerator, denominator)
            return disclosure.control_proportions(numerator, denominator, sums)
        case "standardised rate":
            return disclosure.control_standardised(
                numerator, denominator, layout.partitions(numerator), laid.people
            )
        case "rate":
            return disclosure.control_rates(numerator, denominator, layout.partitions(numerator), laid.people)
        case "amount" | "mean" if measure.unit.startswith("£"):
            return disclosure.control_money(numerator, denominator, laid.people.behind)
    return disclosure.control_rates(numerator, denominator, layout.partitions(numerator), laid.people)


def _estimates(
    measure: Measure, numerator: NDArray[np.float64], denominator: NDArray[np.float64], laid: Laid
) -> Estimates:
    match measure.statistic:
        case "proportion":
            return statistics.proportions(numerator, denominator, multiplier=measure.per)
        case "rate":
            return statistics.rates(numerator, denominator, multiplier=measure.per)
        case "standardised rate" if laid.numerator_by_age is not None and laid.denominator_by_age is not None:
            weights = statistics.standard_weights(*_ages(measure))
            return statistics.directly_standardised(
                laid.numerator_by_age, laid.denominator_by_age, weights=weights, multiplier=measure.per
            )
    pounds = 100 if measure.unit.startswith("£") else 1
    return _without_interval(numerator / pounds, denominator, mean=measure.statistic == "mean")


def _without_interval(total: NDArray[np.float64], people: NDArray[np.float64], *, mean: bool) -> Estimates:
    """A count or a sum, which is what it is, or a sum for each person."""
    nobody = mean & (people == 0)
    value = np.divide(total, people, out=np.full_like(total, np.nan), where=people > 0) if mean else total
    none = np.full_like(total, np.nan)
    reason = np.where(nobody, "no one in the group", "").astype(object)
    return Estimates(value, none, none, none, none, total, people, "none", reason)


def _why_not(pair: ControlledPair, estimates: Estimates) -> Words:
    """In words for the page why there is no figure; '' where there is one."""
    from_data = np.array(["" if not why else f"No figure: {why}" for why in estimates.reason], dtype=object)
    return np.where(pair.reason == "", from_data, pair.reason).astype(object)


def _where(measure: Measure, layout: Layout, periods: Sequence[Period]) -> dict[str, pa.Array]:
    years, places, cells = layout.shape
    starts = [periods[max(0, number - measure.pool + 1)].start for number in range(years)]

    def of_place(values: Sequence[str]) -> pa.Array:
        return pa.array(np.tile(np.repeat(np.array(values, dtype=object), cells), years))

    def of_cell(values: Sequence[str]) -> pa.Array:
        return pa.array(np.tile(np.array(values, dtype=object), years * places))

    def of_year(days: Sequence[object]) -> pa.Array:
        return pa.array(np.repeat(np.array(days, dtype="datetime64[D]"), places * cells))

    return {
        "measure": pa.array([measure.key] * (years * places * cells)),
        "place": of_place([place.code for place in layout.places]),
        "by": of_cell([by for by, _ in CELLS]),
        "group": of_cell([group for _, group in CELLS]),
        "period_start": of_year(starts),
        "period_end": of_year([period.end for period in periods]),
    }


def _nullable(controlled: disclosure.Controlled, known: NDArray[np.bool_]) -> pa.Array:
    return pa.array(controlled.value, pa.int64(), mask=~(controlled.shown & known))


def _words(measure: Measure, laid: Laid, shown: NDArray[np.bool_], layout: Layout) -> dict[str, Words]:
    """Each shown figure in words: against the whole system, and against its own first year.

    Judged on true counts, because rounded ones call chance a difference; only the word is published. Of
    events that one person has many of chance is not judged: their count varies more than these limits know.
    """
    none = np.full(shown.shape, "", dtype=object)
    if measure.repeats or measure.statistic not in ("proportion", "rate", "standardised rate"):
        return {"compared": none, "change": none}
    numerator, denominator = laid.numerator.astype(np.float64), laid.denominator.astype(np.float64)
    estimates = _estimates(measure, numerator, denominator, laid)
    return {
        "compared": np.where(shown, _compared(measure, estimates, layout), ""),
        "change": _changed(measure, estimates, numerator, denominator, shown, layout),
    }


def _compared(measure: Measure, estimates: Estimates, layout: Layout) -> Words:
    """Each figure in words against the whole system's for everyone in the same year."""
    value = estimates.value.reshape(layout.shape)
    system = np.broadcast_to(value[:, :1, :1], layout.shape).reshape(-1)
    words = statistics.compared(estimates, system, better=measure.better).at95.reshape(layout.shape)
    words[:, 0, 0] = ""
    return words.reshape(-1)


def _changed(
    measure: Measure,
    estimates: Estimates,
    numerator: NDArray[np.float64],
    denominator: NDArray[np.float64],
    shown: NDArray[np.bool_],
    layout: Layout,
) -> Words:
    """Each figure in words against the same figure of the first year that has one, where both are shown."""
    first = measure.pool - 1

    def then(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.broadcast_to(values.reshape(layout.shape)[first], layout.shape).reshape(-1)

    gap, none = _gap(measure, estimates, numerator, denominator, then)
    words = statistics.compared(gap, none, better=measure.better).at95.reshape(layout.shape)
    words[: first + 1] = ""
    both = shown.reshape(layout.shape) & shown.reshape(layout.shape)[first]
    return np.where(both, words, "").reshape(-1)


def _gap(
    measure: Measure,
    estimates: Estimates,
    x: NDArray[np.float64],
    n: NDArray[np.float64],
    then: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> tuple[Estimates, float]:
    """The change since then as an estimate, and the value that means no change."""
    if measure.statistic == "proportion":
        return statistics.difference_of_proportions(x, n, then(x), then(n)), 0.0
    if measure.statistic == "rate":
        return statistics.ratio_of_rates(x, n, then(x), then(n)), 1.0
    limits = estimates.value, estimates.lower95, estimates.upper95
    return statistics.ratio_of_estimates(*limits, *(then(each) for each in limits)), 1.0
