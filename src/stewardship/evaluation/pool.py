"""Who may be compared with whom: events and what was known before them, one entry an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Whole = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Pool:
    """Events, and events like them; one entry each.

    person: a number that names the person. exposed: whether they had what is studied (the call, the enrolment).
    index: day it happened, or the day on which somebody like them did not have it, as whole days since 1970.
    known_until: the last day of anything that `exact` and `near` tell; it has to be before the index day.
    exact: by its name in words, what has to be the same (any values; missing is a value of its own).
    near: by its name in words, numbers in which people are to be alike; NaN where unknown.

    A Pool that breaks these raises ValueError with a sentence.
    """

    person: Whole
    exposed: Flags
    index: Whole
    known_until: Whole
    exact: Mapping[str, npt.NDArray[np.generic]]
    near: Mapping[str, Numbers]

    def __post_init__(self) -> None:
        many = len(self.person)
        columns = {"exposed": self.exposed, "index": self.index, "known_until": self.known_until}
        for name, column in (*columns.items(), *self.exact.items(), *self.near.items()):
            if len(column) != many:
                raise ValueError(f"{name} has {len(column)} entries, and there are {many} events.")
        late = int((self.known_until >= self.index).sum())
        if late:
            raise ValueError(
                f"Of {late} events something is told that was known only on the day of the event or later. People may "
                "be matched on what was known before it alone."
            )

    def __len__(self) -> int:
        return len(self.person)

    @property
    def known(self) -> Flags:
        """Of which events all numbers to be alike in are known."""
        known = np.ones(len(self), dtype=bool)
        for column in self.near.values():
            known &= np.isfinite(column)
        return known

    @property
    def alike_in(self) -> Numbers:
        """The numbers of `near`, a column each."""
        return np.column_stack([np.zeros((len(self), 0)), *self.near.values()])


def pool_of(
    table: pa.Table,
    *,
    person: str,
    exposed: str,
    index: str,
    known_until: str,
    exact: Sequence[str],
    near: Sequence[str],
) -> Pool:
    """The pool of a table, by the names of its columns; days are Arrow dates, and numbers may be null in `near`."""

    def column(name: str) -> npt.NDArray[np.generic]:
        if name not in table.column_names:
            raise ValueError(f"The table has no column {name}. It has: {', '.join(table.column_names)}.")
        return np.asarray(table[name].to_numpy())

    for name in (index, known_until):
        column(name)
    return Pool(
        person=column(person).astype(np.int64),
        exposed=column(exposed).astype(bool),
        index=days_of(table[index]),
        known_until=days_of(table[known_until]),
        exact={name.replace("_", " "): column(name) for name in exact},
        near={name.replace("_", " "): column(name).astype(np.float64) for name in near},
    )


def days_of(column: pa.ChunkedArray, absent: int | None = None) -> Whole:
    """Days since 1970 of a column of dates; the given day where there is none. ValueError where one is missing."""
    if absent is None and column.null_count:
        raise ValueError(f"{column.null_count} days are missing, and none may be.")
    whole = column.cast(pa.date32()).cast(pa.int32())
    return np.asarray((whole if absent is None else whole.fill_null(absent)).to_numpy(), dtype=np.int64)
