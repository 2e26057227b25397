"""Figures that are worked out from published ones alone, so that they tell nothing that these do not.

Whatever they say follows from counts as they are shown, rounded, with what is hidden left out; records are not read.
"""

from stewardship.measures.derived.files import (
    InFunnel,
    MonthInTrend,
    Reading,
    Unequal,
    read_inequality,
    read_readings,
    read_trend,
    read_variation,
    write_derived,
)
from stewardship.measures.derived.inequality import INEQUALITY, SLOPE_LEVELS, inequality
from stewardship.measures.derived.trend import COMMON_CAUSE, FEWEST_MONTHS, READINGS, TREND, trend
from stewardship.measures.derived.variation import FUNNEL_LEVELS, VARIATION, variation

__all__ = [
    "COMMON_CAUSE",
    "FEWEST_MONTHS",
    "FUNNEL_LEVELS",
    "INEQUALITY",
    "READINGS",
    "SLOPE_LEVELS",
    "TREND",
    "VARIATION",
    "InFunnel",
    "MonthInTrend",
    "Reading",
    "Unequal",
    "inequality",
    "read_inequality",
    "read_readings",
    "read_trend",
    "read_variation",
    "trend",
    "variation",
    "write_derived",
]
