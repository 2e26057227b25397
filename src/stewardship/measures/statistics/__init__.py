"""Statistics of counts: arithmetic on arrays, any number of groups at once.

Every function takes arrays with one entry a group, changes none of them, and returns `Estimates` of the
same shape. A group that has no figure has NaN and a reason in words; nothing raises because of the data.
"""

from stewardship.measures.statistics.attributable import Attributable, attributable, shortfall
from stewardship.measures.statistics.compare import Comparison, compared
from stewardship.measures.statistics.concentration import concentration_index
from stewardship.measures.statistics.dependent import (
    directly_standardised_by_frequency,
    directly_standardised_in_strata,
)
from stewardship.measures.statistics.estimates import Estimates
from stewardship.measures.statistics.funnel import (
    FLAGS,
    Funnel,
    FunnelLines,
    PoissonLines,
    effective_population,
    funnel_of_proportions,
    funnel_of_rates,
    funnel_of_ratios,
    funnel_of_standardised_rates,
    poisson_lines,
    proportion_lines,
)
from stewardship.measures.statistics.gaps import (
    change_in_gap,
    difference_of_estimates,
    difference_of_proportions,
    difference_of_rates,
    ratio_of_counts,
    ratio_of_estimates,
    ratio_of_proportions,
    ratio_of_rates,
)
from stewardship.measures.statistics.indirect import (
    expected_events,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)
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
from stewardship.measures.statistics.lost_years import (
    disability_adjusted_years,
    years_lived_with_disability,
    years_of_life_lost,
)
from stewardship.measures.statistics.mean import means, means_of_rows
from stewardship.measures.statistics.other_charts import cases_between, days_between, laney
from stewardship.measures.statistics.overdispersion import Overdispersed, overdispersed
from stewardship.measures.statistics.proportion import proportions
from stewardship.measures.statistics.quantiles import Quantiles, quantiles, scores_of_places
from stewardship.measures.statistics.rate import rates
from stewardship.measures.statistics.signals import CAUSES, Signals, signals
from stewardship.measures.statistics.simulated import reliability
from stewardship.measures.statistics.slope import InequalityIndex, slope_index
from stewardship.measures.statistics.spc import Chart, assurance, readings, xmr
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
from stewardship.measures.statistics.survival import survival, time_until
from stewardship.measures.statistics.waits import waits_of_bands, waits_of_rows

__all__ = [
    "AGE_BANDS",
    "CAUSES",
    "EUROPEAN_STANDARD_2013",
    "FLAGS",
    "LIFE_BANDS",
    "LIFE_BAND_STARTS",
    "Attributable",
    "Chart",
    "Comparison",
    "Estimates",
    "Funnel",
    "FunnelLines",
    "InequalityIndex",
    "Interval",
    "LifeTable",
    "Overdispersed",
    "PoissonLines",
    "Quantiles",
    "Signals",
    "assurance",
    "attributable",
    "by_group_and_band",
    "byar",
    "cases_between",
    "change_in_gap",
    "compared",
    "concentration_index",
    "counts_that_fit",
    "days_between",
    "difference_of_estimates",
    "difference_of_proportions",
    "difference_of_rates",
    "directly_standardised",
    "directly_standardised_by_frequency",
    "directly_standardised_in_strata",
    "directly_standardised_rows",
    "disability_adjusted_years",
    "effective_population",
    "exact_poisson",
    "expected_events",
    "funnel_of_proportions",
    "funnel_of_rates",
    "funnel_of_ratios",
    "funnel_of_standardised_rates",
    "healthy_life_expectancy",
    "indirectly_standardised_rate",
    "indirectly_standardised_ratio",
    "laney",
    "life_expectancy",
    "life_table",
    "means",
    "means_of_rows",
    "normal_quantile",
    "overdispersed",
    "poisson",
    "poisson_lines",
    "proportion_lines",
    "proportions",
    "quantiles",
    "rates",
    "ratio_of_counts",
    "ratio_of_estimates",
    "ratio_of_proportions",
    "ratio_of_rates",
    "readings",
    "reliability",
    "rounded_to_hide_events",
    "scores_of_places",
    "shortfall",
    "signals",
    "slope_index",
    "standard_weights",
    "survival",
    "time_until",
    "unit_of",
    "waits_of_bands",
    "waits_of_rows",
    "wilson",
    "xmr",
    "years_lived_with_disability",
    "years_of_life_lost",
]
