"""Statistics of counts: arithmetic on arrays, any number of groups at once.

Every function takes arrays with one entry a group, changes none of them, and returns `Estimates` of the
same shape. A group that has no figure has NaN and a reason in words; nothing raises because of the data.
"""

from stewardship.measures.statistics.compare import Comparison, compared
from stewardship.measures.statistics.estimates import Estimates
from stewardship.measures.statistics.gaps import difference_of_proportions, ratio_of_estimates, ratio_of_rates
from stewardship.measures.statistics.intervals import (
    Interval,
    byar,
    exact_poisson,
    normal_quantile,
    poisson,
    wilson,
)
from stewardship.measures.statistics.life_expectancy import healthy_life_expectancy, life_expectancy
from stewardship.measures.statistics.life_table import LIFE_BAND_STARTS, LIFE_BANDS, LifeTable, life_table
from stewardship.measures.statistics.proportion import proportions
from stewardship.measures.statistics.rate import rates
from stewardship.measures.statistics.slope import InequalityIndex, slope_index
from stewardship.measures.statistics.standardised import (
    AGE_BANDS,
    EUROPEAN_STANDARD_2013,
    by_group_and_band,
    counts_that_fit,
    directly_standardised,
    directly_standardised_rows,
    rounded_to_hide_events,
    standard_weights,
    unit_of,
)

__all__ = [
    "AGE_BANDS",
    "EUROPEAN_STANDARD_2013",
    "LIFE_BANDS",
    "LIFE_BAND_STARTS",
    "Comparison",
    "Estimates",
    "InequalityIndex",
    "Interval",
    "LifeTable",
    "by_group_and_band",
    "byar",
    "compared",
    "counts_that_fit",
    "difference_of_proportions",
    "directly_standardised",
    "directly_standardised_rows",
    "exact_poisson",
    "healthy_life_expectancy",
    "life_expectancy",
    "life_table",
    "normal_quantile",
    "poisson",
    "proportions",
    "rates",
    "ratio_of_estimates",
    "ratio_of_rates",
    "rounded_to_hide_events",
    "slope_index",
    "standard_weights",
    "unit_of",
    "wilson",
]
