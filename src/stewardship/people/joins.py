"""The one way to join: say which keys, and whether the left side keeps its grain.

A join that quietly multiplies rows doubles a count. So the right side of a look-up must be `Keyed`: declared, and
in the tests proved, to have at most one row a key; and what multiplies rows on purpose is called `fan_out`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


class GrainError(Exception):
    """A join that would change the number of rows without saying so."""


@dataclass(frozen=True)
class Keyed:
    """A table with at most one row for each value of its keys."""

    table: Any
    keys: tuple[str, ...]


def hold_to_key(right: Keyed, on: Sequence[str]) -> None:
    """GrainError unless a look-up names the whole key."""
    missing = set(right.keys) - set(on)
    if missing:
        raise GrainError(f"A look-up on {', '.join(on)} leaves out {', '.join(sorted(missing))} of the key.")


def look_up(left: Any, right: Keyed, on: Sequence[str], *, keep_all: bool = True) -> Any:
    """Each row of `left` with the columns of its one match in `right`.

    keep_all: rows without a match stay, with nulls; otherwise they go. The grain of `left` is kept either way.
    """
    hold_to_key(right, on)
    return _joined(left, right.table, on, keep_all=keep_all)


def look_up_each(left: Any, rights: Iterable[Keyed], on: Sequence[str]) -> Any:
    """Each row of `left` with the columns of its match in every one of several tables, and nulls where it has none.

    But for the keys, a column name stands in one table only. To say so many look-ups at once takes half the time of
    saying them one by one, and the engine is asked the same.
    """
    joined, names = left, list(left.columns)
    for number, right in enumerate(rights):
        hold_to_key(right, on)
        joined = joined.left_join(right.table, list(on), rname=f"{{name}}_of_{number}")
        names += [name for name in right.table.columns if name not in on]
    return joined.select(names)


def fan_out(left: Any, right: Any, on: Sequence[Any], *, keep_all: bool = False) -> Any:
    """Each row of `left` once for every match in `right`: the grain becomes that of the pairs.

    keep_all: rows without a match stay, once and with nulls; otherwise they go.
    """
    return _joined(left, right, on, keep_all=keep_all)


def only_those_in(left: Any, right: Any, on: Sequence[str]) -> Any:
    """The rows of `left` that have a match in `right`, each once."""
    return left.semi_join(right, list(on)).select(left.columns)


def none_of_those_in(left: Any, right: Any, on: Sequence[str]) -> Any:
    """The rows of `left` that have no match in `right`, each once."""
    return left.anti_join(right, list(on)).select(left.columns)


def _joined(left: Any, right: Any, on: Sequence[Any], *, keep_all: bool) -> Any:
    """With the columns of both, those of the same name once."""
    joined = (left.left_join if keep_all else left.inner_join)(right, list(on))
    return joined.select([name for name in joined.columns if not name.endswith("_right")])
