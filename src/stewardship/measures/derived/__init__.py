"""Figures that are worked out from published ones alone, so that they tell nothing that these do not.

Whatever they say follows from counts as they are shown, rounded, with what is hidden left out; records are not read.
"""

from stewardship.measures.derived.files import (
    InFunnel,
    Unequal,
    read_inequality,
    read_variation,
    write_derived,
)
from stewardship.measures.derived.inequality import INEQUALITY, SLOPE_LEVELS, inequality
from stewardship.measures.derived.variation import FUNNEL_LEVELS, VARIATION, variation

__all__ = [
    "FUNNEL_LEVELS",
    "INEQUALITY",
    "SLOPE_LEVELS",
    "VARIATION",
    "InFunnel",
    "Unequal",
    "inequality",
    "read_inequality",
    "read_variation",
    "variation",
    "write_derived",
]
