"""Is a figure different from the one it is compared with, in the words of a page."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.statistics.estimates import Array, Estimates, Words

Better = Literal["higher", "lower", "neither"]

_WORDS = {  # no comparison, the figure is lower, similar, higher
    "neither": ("", "lower", "similar", "higher"),
    "higher": ("", "worse", "similar", "better"),
    "lower": ("", "better", "similar", "worse"),
}


@dataclass(frozen=True)
class Comparison:
    """Words for each estimate by its 95% interval and, more strictly, by its 99.8% interval."""

    at95: Words
    at99_8: Words


def compared(estimates: Estimates, comparator: ArrayLike, *, better: Better = "neither") -> Comparison:
    """Words for each estimate against a comparator value of the same unit, one value or one an estimate.

    Where the interval excludes the comparator: higher or lower, or better or worse where the measure has a
    direction of good. Otherwise similar, also when a limit equals the comparator. '' where either is missing.
    The comparator is taken as fixed, without error.
    Source: the comparison used in England's public health profiles (Fingertips).
    """
    with_value = np.broadcast_to(np.asarray(comparator, np.float64), estimates.value.shape)
    return Comparison(
        _words(estimates.lower95, estimates.upper95, with_value, better),
        _words(estimates.lower99_8, estimates.upper99_8, with_value, better),
    )


def _words(lower: Array, upper: Array, comparator: Array, better: Better) -> Words:
    words = np.array(_WORDS[better], dtype=object)
    known = ~np.isnan(lower + upper + comparator)
    side = (lower > comparator).astype(np.int64) - (upper < comparator)
    return words[np.where(known, side + 2, 0)]
