"""What a statistic returns: estimates with two pairs of limits, or the reason why there is none."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from stewardship.measures.statistics.intervals import Interval

Array = NDArray[np.float64]
Words = NDArray[np.object_]  # an array of str
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Estimates:
    """One estimate a group, each array of the same shape.

    value and limits: in the unit the function names; NaN where there is no estimate.
    lower95 to upper99_8: limits of the 95% and 99.8% intervals.
    numerator, denominator: what was divided, as given (for a gap, the two values compared).
    method: how the limits are made. reason: why there is no estimate, '' where there is one.
    """

    value: Array
    lower95: Array
    upper95: Array
    lower99_8: Array
    upper99_8: Array
    numerator: Array
    denominator: Array
    method: str
    reason: Words


def as_counts(*values: ArrayLike) -> list[Array]:
    """The values as new or shared float arrays of one shape; null becomes NaN.

    Raises ValueError when the shapes do not fit together.
    """
    arrays = [np.asarray(value, dtype=np.float64) for value in values]
    try:
        return list(np.broadcast_arrays(*arrays))
    except ValueError:
        shapes = " and ".join(str(array.shape) for array in arrays)
        raise ValueError(
            f"The counts to compare have shapes {shapes}. Give every array one entry a group."
        ) from None


def divide(a: Array, b: Array) -> Array:
    """a / b, NaN where b is 0 or either is NaN."""
    ratio = np.full(np.broadcast(a, b).shape, np.nan)
    np.divide(a, b, out=ratio, where=(b != 0) & np.isfinite(b))
    return ratio


def first_reason(shape: tuple[int, ...], *reasons: tuple[Flags | np.bool_, str]) -> Words:
    """For each group the first reason whose flag is set, '' where none is."""
    words = np.array(["", *(text for _, text in reasons)], dtype=object)
    code = np.zeros(shape, dtype=np.int64)
    for number, (flag, _) in reversed(list(enumerate(reasons, start=1))):
        code = np.where(flag, number, code)
    return words[code]


def estimates(
    value: Array,
    interval: Callable[[float], Interval],
    *,
    numerator: Array,
    denominator: Array,
    method: str,
    reason: Words,
) -> Estimates:
    """Put an estimate together: limits at 95% and 99.8%, and NaN wherever there is a reason."""
    kept = reason == ""
    limits95, limits99_8 = interval(0.95), interval(0.998)
    value, lower95, upper95, lower99_8, upper99_8 = (
        np.where(kept, numbers, np.nan)
        for numbers in (value, limits95.lower, limits95.upper, limits99_8.lower, limits99_8.upper)
    )
    return Estimates(
        value, lower95, upper95, lower99_8, upper99_8, numerator.copy(), denominator.copy(), method, reason
    )
