"""Named counts between which sums hold: what the sums together leave each of them to be."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from stewardship.measures.partitions import Sums

Key = tuple[Any, ...]
Row = dict[str, Any]
Sum = tuple[Key, list[Key]]
"""A total, and the parts that add up to it."""
Span = tuple[float, float]
"""The lowest and the highest that a count can be."""


def carried(spans: Mapping[Key, Span], sums: Sequence[Sum]) -> dict[Key, Span]:
    """What is left of each span once every sum has been carried through all of them."""
    at = {key: number for number, key in enumerate(spans)}
    low, high = (np.array([span[side] for span in spans.values()]) for side in (0, 1))
    first = np.cumsum([0, *(len(parts) for _, parts in sums)])
    joined = Sums(
        np.array([at[part] for _, parts in sums for part in parts], np.int64), first.astype(np.int64),
        np.array([at[total] for total, _ in sums], np.int64),
    )  # fmt: skip
    low, high = joined.carried((low, high))
    return {key: (float(low[number]), float(high[number])) for key, number in at.items()}
