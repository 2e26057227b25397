"""Sums among the cells of the grid: which hold, and which are open because some people lie in no part."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stewardship.measures.partitions import Partition

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class CellSums:
    """A partition if all its sums hold, and the sums that it is of: parts along the last axis, totals."""

    whole: Partition
    sums: list[tuple[Counts, Counts]]


def by_basis(of_places: Sequence[tuple[str, Counts, Counts]]) -> list[CellSums]:
    """Sums of places, those of one basis together: there a place is a part once and a total once."""
    by_basis: dict[str, list[tuple[Counts, Counts]]] = {}
    for basis, parts, totals in of_places:
        by_basis.setdefault(basis, []).append((parts, totals))
    return [together(sums) for sums in by_basis.values()]


def together(sums: list[tuple[Counts, Counts]]) -> CellSums:
    """These sums as one partition."""
    return CellSums(_one(sums), sums)


def _one(sums: Sequence[tuple[Counts, Counts]]) -> Partition:
    """Sums among cell numbers as one partition."""
    return Partition(
        np.concatenate([parts.reshape(-1) for parts, _ in sums]),
        np.concatenate([np.repeat(totals.reshape(-1), parts.shape[-1]) for parts, totals in sums]),
    )


def where_they_hold(several: Sequence[CellSums], counts: Sequence[Counts]) -> list[Partition]:
    """Only the sums that hold for all the counts."""
    found = []
    for each in several:
        holds = [_holds(parts, totals, counts) for parts, totals in each.sums]
        if all(those.all() for those in holds):  # as nearly always: what is made of it is made once
            found.append(each.whole)
        else:
            found.append(_one([(p[h], t[h]) for (p, t), h in zip(each.sums, holds, strict=True)]))
    return [partition for partition in found if len(partition.part)]


def open_sums(
    of_places: Sequence[tuple[str, Counts, Counts]], counts: Sequence[Counts]
) -> list[tuple[Counts, Counts]]:
    """Sums of places (sums x parts, totals) of which the parts are nowhere more than the total, and somewhere less."""
    found = []
    for _, parts, totals in of_places:
        missing = [count[totals] - count[parts].sum(axis=-1) for count in counts]
        fits = np.all([each >= 0 for each in missing], axis=0) & np.any(
            [each > 0 for each in missing], axis=0
        )
        if fits.any():
            found.append((parts[fits], totals[fits]))
    return found


def _holds(parts: Counts, totals: Counts, counts: Sequence[Counts]) -> NDArray[np.bool_]:
    """Which of the sums among cell numbers (parts along the last axis) hold exactly in every one of the counts."""
    holds = np.ones(totals.shape, np.bool_)
    for count in counts:
        holds &= count[parts].sum(axis=-1) == count[totals]
    return holds
