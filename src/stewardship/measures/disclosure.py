"""Disclosure control of one table: figures made fit to be shown.

The rule, at every level of place: counts of 1 to 7 are hidden and others rounded to the nearest 5; 0 is 0.
The published measures are controlled by the same rule all at once (`together.py`), each under its own scheme.
Percentages, means and crude rates are worked out from the rounded counts. A percentage is also hidden where
all but 1 to 7 of a group are counted, and a standardised rate where it has fewer than 10 events. Money and
means are hidden where fewer than 8 people stand behind them. What is hidden is never 0, and always bears the
same words, so that the words do not tell why.

`numbers` of the results go into the statistics, and what the statistics give may be shown as it is.

Source: NHS England, Hospital Episode Statistics disclosure control, below national level.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from stewardship.measures.controlled import Controlled, ControlledPair, Counts, controlled, rounded
from stewardship.measures.differencing import (
    LARGEST_HIDDEN,
    ROUNDED_BY,
    Cells,
    Flags,
    Partition,
    hidden_with_differences,
)
from stewardship.measures.schemes import HOSPITAL_STATISTICS

RULE = HOSPITAL_STATISTICS.in_words

POUNDS_ROUNDED_TO = 1000
FEWEST_PEOPLE = LARGEST_HIDDEN + 1
FEWEST_STANDARDISED_EVENTS = 10


def control_counts(
    counts: ArrayLike | Controlled, partitions: Sequence[Partition] = (), exact: Flags | None = None
) -> Controlled:
    """Counts of people or events fit to be shown.

    counts: whole numbers of 0 or more, NaN where not known. partitions: which rows add up to which, wherever
    both are published; enough more is hidden that no hidden count can be narrowed from its sums to fewer than
    seven values. exact: rows shown unrounded, unless they are 1 to 7: the undivided total of the system.
    Controlled counts come back unchanged. Raises ValueError for a count below 0 or not whole,
    or where parts do not add up to their total.
    """
    if isinstance(counts, Controlled):
        return counts
    count, known = _whole(counts)
    _check(partitions, (count, known))
    unrounded = np.zeros(count.shape, np.bool_) if exact is None else exact
    as_shown = np.where(unrounded, count, rounded(count))
    hidden = _with_differences(count, known, _few(count), known, partitions, shown=as_shown, exact=unrounded)
    return controlled(as_shown, hidden, known)


def counts_to_publish(record: Mapping[str, object]) -> dict[str, object]:
    """A record in which every whole number is fit to be published: rounded, or None where it is 1 to 7."""
    return {
        name: _count_to_publish(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in record.items()
    }


def _count_to_publish(count: int) -> int | None:
    controlled = control_counts([count])
    return int(controlled.value[0]) if controlled.shown[0] else None


def control_proportions(
    numerator: ArrayLike | Controlled,
    denominator: ArrayLike | Controlled,
    partitions: Sequence[Partition] = (),
    people: "People | None" = None,
) -> ControlledPair:
    """Counts behind a percentage fit to be shown: x of n people.

    The numerator is hidden where x, n or n - x is 1 to 7, the denominator where n is. partitions: as for
    `control_counts`; they hold for both. people: where x and n count events, the people of n and of x, of whom 1 to 7
    are hidden likewise. Raises ValueError for a count below 0 or not whole.
    """
    if isinstance(numerator, Controlled) and isinstance(denominator, Controlled):
        return ControlledPair(numerator, denominator)
    x, x_known = _whole(numerator)
    n, n_known = _whole(denominator)
    _check(partitions, (x, x_known), (n, n_known))
    both = x_known & n_known & (x <= n)
    rest = np.where(both, n - x, 0)
    few_rest = both & _few(rest)
    few_there = _few(n) | (False if people is None else _few(people.of_group))
    hide_x = _few(x) | few_rest | few_there | (False if people is None else _few(people.behind))
    rows, size = np.flatnonzero(both), len(x)
    pairs = [Partition(np.concatenate([rows, rows + 2 * size]), np.concatenate([rows, rows]) + size)]
    hide_n = _with_differences(n, n_known, few_there, n_known, partitions)
    hidden = _with_differences(
        np.concatenate([x, n, rest]),
        np.concatenate([x_known, n_known, both]),
        np.concatenate([hide_x, hide_n, few_rest]),
        np.concatenate([x_known, n_known, np.zeros(size, np.bool_)]),
        [sums.moved(by) for sums in partitions for by in (0, size, 2 * size)],
        pairs,
        instead=np.tile(np.arange(size), 3),
    )
    return ControlledPair(
        controlled(rounded(x), hidden[:size], x_known),
        controlled(rounded(n), hide_n, n_known),
    )


@dataclass(frozen=True)
class People:
    """Who stands behind a sum: the people of the group, and those of them who add anything to it."""

    of_group: Counts
    behind: Counts


def control_rates(
    events: ArrayLike | Controlled,
    population: ArrayLike | Controlled,
    partitions: Sequence[Partition] = (),
    people: People | None = None,
) -> ControlledPair:
    """Counts behind a crude rate fit to be shown: events in a population, from which they are not subtracted.

    Events are hidden where they or the population are 1 to 7, the population where it is. A mean per person
    of something counted, such as days, is controlled in the same way. partitions: as for `control_counts`, of
    the events; of the population those that hold, since person-years, each rounded, may not add up. people:
    where 1 to 7 of them are in the group all is hidden, and where 1 to 7 had the events these are. Raises
    ValueError for a count below 0 or not whole, or where events do not add up.
    """
    return _events_and_people(events, population, partitions, people, fewest=FEWEST_PEOPLE)


def control_standardised(
    events: ArrayLike | Controlled,
    population: ArrayLike | Controlled,
    partitions: Sequence[Partition] = (),
    people: People | None = None,
) -> ControlledPair:
    """Counts to stand beside a standardised rate, and whether the rate may be shown.

    As `control_rates`, but 1 to 9 events are hidden. The rate itself comes from the true counts by age.
    """
    return _events_and_people(events, population, partitions, people, fewest=FEWEST_STANDARDISED_EVENTS)


def control_money(
    pence: ArrayLike | Controlled, people: ArrayLike | Controlled, behind: ArrayLike | None = None
) -> ControlledPair:
    """Money fit to be shown: whole pence, rounded to the nearest 1,000 pounds, and the people of the group.

    Hidden where fewer than 8 people are in the group, or 1 to 7 of them are those whom any of it was for
    (behind); no money for no one is 0. A mean is made from the pair.
    """
    if isinstance(pence, Controlled) and isinstance(people, Controlled):
        return ControlledPair(pence, people)
    money, money_known = _whole(pence, lowest=None)
    n, n_known = _whole(people)
    few = ((n < FEWEST_PEOPLE) & (money != 0)) | _few(n) | ~n_known
    if behind is not None:
        few = few | _few(np.asarray(behind, np.int64))
    return ControlledPair(
        controlled(rounded(money, 100 * POUNDS_ROUNDED_TO), few, money_known),
        controlled(rounded(n), _few(n), n_known),
    )


def control_ledgers(pence: ArrayLike) -> Controlled:
    """Money of organisations' ledgers fit to be shown: whole pence, rounded to the nearest 1,000 pounds.

    No person stands behind it, so none is hidden. NaN where it is not known.
    """
    money, known = _whole(pence, lowest=None)
    return controlled(rounded(money, 100 * POUNDS_ROUNDED_TO), np.zeros(money.shape, np.bool_), known)


def _events_and_people(
    events: ArrayLike | Controlled,
    population: ArrayLike | Controlled,
    partitions: Sequence[Partition],
    people: People | None,
    *,
    fewest: int,
) -> ControlledPair:
    if isinstance(events, Controlled) and isinstance(population, Controlled):
        return ControlledPair(events, population)
    o, o_known = _whole(events)
    n, n_known = _whole(population)
    _check(partitions, (o, o_known))
    size = len(o)
    few_there = _few(n) | (False if people is None else _few(people.of_group))
    few_behind = _few(o, fewest) | (False if people is None else _few(people.behind))
    hidden = _with_differences(
        np.concatenate([o, n]),
        known := np.concatenate([o_known, n_known]),
        np.concatenate([few_there | few_behind, few_there]),
        known,
        [*partitions, *(sums.holding(n, n_known).moved(size) for sums in partitions)],
    )
    return ControlledPair(
        controlled(rounded(o), hidden[:size], o_known), controlled(rounded(n), hidden[size:], n_known)
    )


def _few(counts: Counts, fewest: int = FEWEST_PEOPLE) -> Flags:
    return (counts > 0) & (counts < fewest)


def _with_differences(
    counts: Counts,
    known: Flags,
    hidden: Flags,
    published: Flags,
    partitions: Sequence[Partition],
    pairs: Sequence[Partition] = (),
    shown: Counts | None = None,
    exact: Flags | None = None,
    instead: Counts | None = None,
) -> Flags:
    if not partitions:
        return hidden
    as_shown = rounded(counts) if shown is None else shown
    away = np.where((as_shown > 0) & ~(np.zeros_like(hidden) if exact is None else exact), ROUNDED_BY, 0)
    cells = Cells.of_counts(counts, as_shown, away, hidden & known, published)
    return hidden_with_differences(cells, partitions, pairs, instead=instead)


def _check(partitions: Sequence[Partition], *tables: tuple[Counts, Flags]) -> None:
    for partition in partitions:
        for counts, known in tables:
            partition.check(counts, known)


def _whole(values: Any, lowest: int | None = 0) -> tuple[Counts, Flags]:
    """Whole numbers, 0 where not known, and where they are known."""
    if isinstance(values, Controlled):
        raise TypeError(
            "Only one of the two is controlled already. Give both as counted, or both controlled."
        )
    given = np.asarray(values)
    if given.dtype.kind not in "iu":
        given = given.astype(np.float64)
    known = ~np.isnan(given)
    whole = np.where(known, given, 0).astype(np.int64)
    if lowest is not None and (whole < lowest).any():
        raise ValueError(
            f"Row {int((whole < lowest).argmax())}: a count is below {lowest}. Counts start at 0."
        )
    if (whole != np.where(known, given, 0)).any():
        raise ValueError(
            "A count is not a whole number. Disclosure control takes counts, before any division."
        )
    return whole, known
