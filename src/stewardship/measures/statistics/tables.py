"""The statistics on Arrow tables: any rows in, one row a group out.

Every function takes rows in any order and the columns `by` that name a group, adds rows of one group up, and
returns those columns with value, lower95, upper95, lower99_8, upper99_8, numerator, denominator, method, statistic
and reason_if_null, ordered by the group's columns. Null is a group like any other (last). What has no value has
null and the reason. Raises ValueError, in words, for a column that is not there or does not hold numbers, and for
the label of an age band that is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stewardship.measures.statistics.estimates import Array, Estimates
from stewardship.measures.statistics.indirect import (
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)
from stewardship.measures.statistics.life_expectancy import life_expectancy
from stewardship.measures.statistics.life_table import LIFE_BANDS
from stewardship.measures.statistics.mean import means_of_rows
from stewardship.measures.statistics.proportion import proportions
from stewardship.measures.statistics.rate import rates
from stewardship.measures.statistics.slope import Kind, slope_index
from stewardship.measures.statistics.standardised import (
    EUROPEAN_STANDARD_2013,
    by_group_and_band,
    directly_standardised,
)
from stewardship.measures.statistics.waits import waits_of_rows

_NUMBERS = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_null)
NUMBERS = ("value", "lower95", "upper95", "lower99_8", "upper99_8", "numerator", "denominator")


def proportion_table(
    table: pa.Table,
    by: Sequence[str],
    *,
    numerator: str = "numerator",
    denominator: str = "denominator",
    multiplier: float = 1,
) -> pa.Table:
    """Proportion of each group, as `proportions`. A null count makes its group's not known."""
    groups = _Groups.of(table, by)
    found = proportions(groups.sums(numerator), groups.sums(denominator), multiplier=multiplier)
    return groups.told(found, f"proportion x {multiplier:,}" if multiplier != 1 else "proportion")


def rate_table(
    table: pa.Table,
    by: Sequence[str],
    *,
    events: str = "events",
    population: str = "population",
    multiplier: float = 100_000,
) -> pa.Table:
    """Crude rate of each group, as `rates`. A null count makes its group's not known."""
    groups = _Groups.of(table, by)
    found = rates(groups.sums(events), groups.sums(population), multiplier=multiplier)
    return groups.told(found, f"rate per {multiplier:,}")


def mean_table(table: pa.Table, by: Sequence[str], *, value: str = "value") -> pa.Table:
    """Mean of each group from one row a person, as `means_of_rows`; null values are left out."""
    groups = _Groups.of(table, by)
    return groups.told(means_of_rows(groups.code, groups.numbers(value), groups=groups.count), "mean")


def wait_table(table: pa.Table, by: Sequence[str], *, wait: str = "wait", share: float = 0.5) -> pa.Table:
    """The wait that a share of each group waited no longer than, from one row a person, as `waits_of_rows`."""
    groups = _Groups.of(table, by)
    found = waits_of_rows(groups.code, groups.numbers(wait), groups=groups.count, share=share)
    return groups.told(found, f"wait of {100 * share:g}%")


def standardised_table(
    table: pa.Table,
    by: Sequence[str],
    *,
    band: str = "band",
    events: str = "events",
    population: str = "population",
    weights: Mapping[str, float] = EUROPEAN_STANDARD_2013,
    multiplier: float = 100_000,
) -> pa.Table:
    """Directly standardised rate of each group, as `directly_standardised`.

    band: the column of age bands, labelled as in `weights`; rows without one (null) enter no rate, and a band without
    rows has nobody. weights: the standard population of each band, 0 for ages outside those asked for.
    """
    groups = _Groups.of(table, by)
    names = tuple(weights)
    found = directly_standardised(
        groups.in_bands(events, band, names, unknown=0.0),
        groups.in_bands(population, band, names),
        weights=list(weights.values()),
        multiplier=multiplier,
        bands=names,
    )
    return groups.told(found, f"directly standardised rate per {multiplier:,}")


def indirect_table(
    table: pa.Table,
    by: Sequence[str],
    *,
    reference: pa.Table,
    band: str = "band",
    events: str = "events",
    population: str = "population",
    rate_per: float | None = None,
) -> pa.Table:
    """Indirectly standardised ratio (x 100) of each group, or the rate per `rate_per` where given.

    reference: the same columns band, events and population, added up over its rows. Bands as in the reference.
    """
    groups, standard = _Groups.of(table, by), _Groups.of(reference, [])
    names = tuple(sorted({str(name) for name in _column(reference, band).drop_null().to_pylist()}))
    counts = [groups.in_bands(events, band, names, unknown=0.0), groups.in_bands(population, band, names)]
    counts += [standard.in_bands(column, band, names)[0] for column in (events, population)]
    if rate_per is None:
        return groups.told(indirectly_standardised_ratio(*counts), "indirectly standardised ratio x 100")
    found = indirectly_standardised_rate(*counts, multiplier=rate_per)
    return groups.told(found, f"indirectly standardised rate per {rate_per:,}")


def life_expectancy_table(
    table: pa.Table,
    by: Sequence[str],
    *,
    band: str = "band",
    deaths: str = "deaths",
    population: str = "population",
    from_age: int = 0,
) -> pa.Table:
    """Life expectancy of each group, as `life_expectancy`; bands labelled as `LIFE_BANDS`."""
    groups = _Groups.of(table, by)
    found = life_expectancy(
        groups.in_bands(deaths, band, LIFE_BANDS),
        groups.in_bands(population, band, LIFE_BANDS),
        from_age=from_age,
    )
    return groups.told(found, f"life expectancy at {from_age}")


def slope_table(
    table: pa.Table,
    by: Sequence[str],
    *,
    quantile: str = "quantile",
    parts: int = 5,
    kind: Kind = "mean",
    curved: bool = False,
    relative: bool = False,
    multiplier: float = 1,
) -> pa.Table:
    """Slope (or relative) index of inequality of each group, as `slope_index`.

    One row a group and quantile (1, most deprived, to `parts`) with the columns value, population, lower95 and
    upper95, such as another of these functions returns. A quantile without a row, or with more than one, has no
    figure.
    """
    groups = _Groups.of(table, by)
    columns = [
        groups.in_places(name, quantile, parts) for name in ("value", "population", "lower95", "upper95")
    ]
    found = slope_index(
        columns[0],
        columns[1],
        lower95=columns[2],
        upper95=columns[3],
        kind=kind,
        curved=curved,
        multiplier=multiplier,
    )
    if relative:
        return groups.told(found.relative, "relative index of inequality")
    return groups.told(found.slope, "slope index of inequality")


@dataclass(frozen=True)
class _Groups:
    """The rows of a table, each with the number of its group; the groups are ordered by their keys, null last."""

    table: pa.Table
    keys: pa.Table
    code: NDArray[np.int64]
    count: int

    @classmethod
    def of(cls, table: pa.Table, by: Sequence[str]) -> "_Groups":
        code = np.zeros(table.num_rows, np.int64)
        if not by:
            return cls(table, pa.table({"": pa.nulls(1)}).select([]), code, 1)
        named = pa.table({name: _decoded(_column(table, name)) for name in by})
        for column in named.columns:
            distinct = column.combine_chunks().dictionary_encode(null_encoding="encode")
            both = code * (len(distinct.dictionary) + 1) + distinct.indices.to_numpy()
            code = np.unique(both, return_inverse=True)[1]
        keys = named.take(np.unique(code, return_index=True)[1])
        order = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in by]).to_numpy()
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return cls(table, keys.take(order), rank[code], len(order))

    def numbers(self, name: str) -> Array:
        """A column as numbers, NaN where null."""
        column = _column(self.table, name)
        if not any(test(column.type) for test in _NUMBERS):
            raise ValueError(f"Column {name} holds {column.type}. Give counts and values as numbers.")
        return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), np.float64)

    def sums(self, name: str) -> Array:
        """A column added up, one a group, NaN where any row of the group is null."""
        return np.asarray(
            np.bincount(self.code, weights=self.numbers(name), minlength=self.count), np.float64
        )

    def in_bands(self, name: str, band: str, names: Sequence[str], *, unknown: float = np.nan) -> Array:
        """A column added up into groups x bands, 0 where there is no row."""
        values = self.numbers(name)
        values = np.where(np.isnan(values), unknown, values)
        return by_group_and_band(self.code, self._bands(band, names), values, (self.count, len(names)))

    def in_places(self, name: str, place: str, parts: int) -> Array:
        """A column put into groups x places counted from 1, NaN where there is not just one row."""
        at = self.numbers(place) - 1
        size = (self.count, parts)
        rows = by_group_and_band(self.code, at, np.ones(len(at)), size)
        values = by_group_and_band(self.code, at, self.numbers(name), size)
        return np.where(rows == 1, values, np.nan)

    def told(self, found: Estimates, statistic: str) -> pa.Table:
        """The groups' keys with what was found."""
        columns = {name: self.keys[name] for name in self.keys.column_names}
        columns |= {name: pa.array(getattr(found, name), pa.float64(), from_pandas=True) for name in NUMBERS}
        columns["method"] = pa.repeat(found.method, self.count)
        columns["statistic"] = pa.repeat(statistic, self.count)
        columns["reason_if_null"] = pa.array([reason or None for reason in found.reason], pa.string())
        return pa.table(columns)

    def _bands(self, band: str, names: Sequence[str]) -> Array:
        labels = _column(self.table, band).cast(pa.string())
        at = pc.index_in(labels, value_set=pa.array(list(names)))
        strange = pc.unique(labels.filter(pc.and_(pc.is_null(at), pc.is_valid(labels)))).to_pylist()
        if strange:
            raise ValueError(f"Column {band} has the age band {strange[0]}. Known are: {', '.join(names)}.")
        return np.asarray(at.cast(pa.float64()).to_numpy(zero_copy_only=False), np.float64)


def _decoded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def _column(table: pa.Table, name: str) -> pa.ChunkedArray:
    if name not in table.column_names:
        raise ValueError(f"The table has no column {name}. It has: {', '.join(table.column_names)}.")
    return table[name]
