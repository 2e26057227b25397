"""Life expectancy of places and groups as it is published, and its slope by deprivation.

No count stands beside these figures, so they are controlled by themselves and not with the others. Each is rounded so
that one death more or less, at whatever age, moves it by less than the step of rounding: whoever knows of all deaths
but one cannot tell that one from it. A child's death moves it most: where 100 people died in three years, by three
quarters of a year.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stewardship.measures import statistics
from stewardship.measures.derived.inequality import SLOPE_LEVELS, TOO_SMALL
from stewardship.measures.figures import where_figures_stand
from stewardship.measures.layout import NOT_KNOWN, Layout, places_that_add_up
from stewardship.measures.life_tables import LIFE_CELLS, Lives
from stewardship.measures.measure import Measure
from stewardship.measures.published import EVERYONE, FIGURES
from stewardship.measures.rounding import YEARS_ROUNDED_TO
from stewardship.measures.statistics import Estimates
from stewardship.measures.statistics.slope import fitting
from stewardship.measures.words import each_number, words_without_counts
from stewardship.people.periods import Period

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Words = NDArray[np.object_]

FEWEST_DEATHS = 100
OF_EVERYONE = ((EVERYONE, EVERYONE),)
HIDDEN = "Hidden: too few deaths"
A_FIFTH_HIDDEN = "Hidden: too few deaths in a fifth"
NO_TABLE = "No figure: too few people of some age for a life table"
_TOLD = ("value", "lower95", "upper95", "lower99_8", "upper99_8")
_ROUNDED_WORDS = ("", "Few deaths: rounded to half a year", "Few deaths: rounded to a whole year")
_FIFTHS = [
    cell for cell, (by, group) in enumerate(LIFE_CELLS) if by == "deprivation fifth" and group != NOT_KNOWN
]


def life_figures(measure: Measure, lives: Lives, layout: Layout, periods: Sequence[Period]) -> pa.Table:
    """A measure's figures (FIGURES): life expectancy at birth of everyone, each sex and each fifth, or its slope.

    lives: of each single year, of whom the measure is about.
    """
    lives = lives.together(measure.pool)
    expected, told, move = expectancies(lives, layout)
    if measure.statistic == "slope of life expectancy":
        found, reason, move = _slopes(lives, expected, told, move, layout)
        return _table(measure, found, reason, move, layout, periods, OF_EVERYONE)
    reason = np.where(told, np.where(expected.reason == "", "", NO_TABLE), HIDDEN).astype(object)
    return _table(measure, expected, reason, move, layout, periods, LIFE_CELLS)


def expectancies(lives: Lives, layout: Layout) -> tuple[Estimates, Flags, Numbers]:
    """Life expectancy at birth, whether it may be told, and how far one death more or less would move it at most.

    All of the shape years x places x cells; nothing is rounded yet.
    """
    shape = lives.deaths.shape[:3]
    deaths, years = (each.reshape(-1, each.shape[-1]) for each in (lives.deaths, lives.years))
    found = statistics.life_expectancy(deaths, years)
    enough = enough_deaths(lives.deaths.sum(axis=-1), layout)
    of_groups = np.full(len(deaths), np.inf)
    looked_at = np.flatnonzero(enough.reshape(-1) & (found.reason == ""))
    of_groups[looked_at] = moved_by_one_death(deaths[looked_at], years[looked_at])
    move = of_groups.reshape(shape)
    without_table = (found.reason != "").reshape(shape)
    told = enough & (without_table | (move < YEARS_ROUNDED_TO[-1]))
    shaped = each_number(found, lambda numbers: numbers.reshape(shape))
    return replace(shaped, reason=found.reason.reshape(shape)), told, move


def enough_deaths(deaths: Numbers, layout: Layout) -> Flags:
    """Where enough people died for a life table to be told, and among all others too.

    deaths: years x places x cells. The others are those of the place outside the group, and those of the place above
    outside the place: few of them could be told from the two figures. Nobody outside is no one to tell of.
    """
    beside = deaths[:, :, :1] - deaths
    enough = (deaths >= FEWEST_DEATHS) & ((beside >= FEWEST_DEATHS) | (beside == 0))
    for above, parts in places_that_add_up(layout.places):
        elsewhere = deaths[:, [above]] - deaths[:, parts]
        enough[:, parts] &= (elsewhere >= FEWEST_DEATHS) | (elsewhere <= 0)
    return np.asarray(enough)


def moved_by_one_death(deaths: Numbers, years: Numbers) -> Numbers:
    """By how many years life expectancy would be another with one death more or less, in the age where that is most.

    deaths, years: groups x the 20 bands. Infinite where there would be no life table.
    """
    now = statistics.life_expectancy(deaths, years).value
    most = np.zeros(len(deaths))
    for band in range(deaths.shape[1]):
        for more in (1, -1):
            others = deaths.copy()
            others[:, band] = np.maximum(others[:, band] + more, 0)
            then = statistics.life_expectancy(others, years).value
            most = np.maximum(most, np.nan_to_num(np.abs(then - now), nan=np.inf))
    return most


def _slopes(
    lives: Lives, expected: Estimates, told: Flags, move: Numbers, layout: Layout
) -> tuple[Estimates, Words, Numbers]:
    """The slope index of the fifths' life expectancy, why there is none, and how far one death moves it at most."""
    years = lives.years.sum(axis=-1)[:, :, _FIFTHS].reshape(-1, len(_FIFTHS))
    of_fifths = {name: getattr(expected, name)[:, :, _FIFTHS].reshape(years.shape) for name in _TOLD[:3]}
    index = statistics.slope_index(
        of_fifths["value"], years, lower95=of_fifths["lower95"], upper95=of_fifths["upper95"]
    ).slope
    shape = (*lives.deaths.shape[:2], 1)
    shaped = each_number(index, lambda numbers: numbers.reshape(shape))
    weights = np.nan_to_num(np.abs(fitting(years)[0]))
    moved = move[:, :, _FIFTHS].reshape(years.shape)  # without limit where a fifth has no life table
    most = np.multiply(weights, moved, out=np.zeros_like(moved), where=weights > 0).max(axis=1)
    hidden = ~told[:, :, _FIFTHS].all(axis=2).reshape(-1)
    too_small = [place.level not in SLOPE_LEVELS for place in layout.places]
    reason = np.select(
        [np.tile(too_small, layout.years), hidden | (most >= YEARS_ROUNDED_TO[-1]), index.reason != ""],
        [TOO_SMALL, A_FIFTH_HIDDEN, NO_TABLE],
        "",
    ).astype(object)
    return shaped, reason.reshape(shape), most.reshape(shape)


def rounded_years(one: Estimates, move: Numbers) -> tuple[Estimates, NDArray[np.int64]]:
    """Value and limits, each to the smallest step that is more than one death moves the value, and which step that is.

    move: below the widest of YEARS_ROUNDED_TO wherever there is a figure.
    """
    steps = np.array(YEARS_ROUNDED_TO)
    which = np.minimum(np.searchsorted(steps, move, side="right"), len(steps) - 1)
    step = steps[which]
    # To one decimal once more, so that a tenth is the number that is written so.
    return each_number(one, lambda numbers: np.round(np.rint(numbers / step) * step, 1)), which


def _table(
    measure: Measure,
    exact: Estimates,
    reason: Words,
    move: Numbers,
    layout: Layout,
    periods: Sequence[Period],
    groups: Sequence[tuple[str, str]],
) -> pa.Table:
    """Rows of FIGURES: no counts, and no figure before there are as many years as are put together."""
    rounded, which = rounded_years(exact, move)
    reason = reason.copy()
    reason[: measure.pool - 1] = f"Missing: needs {measure.pool} years of records"
    shape, reason = (layout.years, len(layout.places), len(groups)), reason.reshape(-1)
    shown = reason == ""
    published = replace(
        each_number(rounded, lambda numbers: np.where(shown, numbers.reshape(-1), np.nan)), reason=reason
    )
    hidden = np.isin(reason, [HIDDEN, A_FIFTH_HIDDEN])
    counts = pa.nulls(len(shown), pa.int64())
    columns = {
        **where_figures_stand(measure.pool, layout, periods, groups),
        "measure": pa.repeat(measure.key, len(shown)),
        "numerator": counts,
        "denominator": counts,
        **{name: pa.array(getattr(published, name), from_pandas=True) for name in _TOLD},
        "state": np.where(shown, "shown", np.where(hidden, "suppressed", "missing")),
        "reason": reason,
        "caution": np.where(shown, np.array(_ROUNDED_WORDS, dtype=object)[which.reshape(-1)], ""),
        **words_without_counts(measure, published, shown, shape),
        "source": pa.repeat("", len(shown)),
    }
    return pa.table({name: columns[name] for name in FIGURES.names}).cast(FIGURES)
