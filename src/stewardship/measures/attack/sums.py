"""What all sums and differences tell together: bounds narrowed until nothing changes.

Groups add up to everyone, places to the place above, years to the years put together, those counted and the rest to
all. Each is an equation in whole numbers; every count is bounded by the bounds of the others in it.
"""

from collections.abc import Callable, Sequence

import numpy as np

from stewardship.measures.attack.known import STEPS, UNLIMITED, Known, Numbers, Reading, Sum

ROUNDS = 30


def carry_through(reading: Reading, *, everyone_is_placed: bool, progress: Callable[[float], None]) -> None:
    """Narrow what is known of every quantity by all sums, in place.

    everyone_is_placed: whether the places under the system are taken to add up to it; where some people lie in no
    place that is not so, and then they may be fewer.
    """
    rests = [_rest(top, below) for top, below in reading.pairs]
    changed = {id(known) for known in reading.known.values()}
    for number in range(ROUNDS):
        again: set[int] = set()
        for known in reading.known.values():
            if id(known) in changed and _by_sums(known, reading, everyone_is_placed=everyone_is_placed):
                again.add(id(known))
        for (top, below), rest in zip(reading.pairs, rests, strict=True):
            if not changed.isdisjoint({id(top), id(below)}) or not again.isdisjoint({id(top), id(below)}):
                _by_sums(rest, reading, everyone_is_placed=everyone_is_placed)
                again |= _by_rest(top, below, rest)
        again |= _by_years(reading)
        again |= _alone(reading)
        progress(number / ROUNDS)
        changed = again
        if not changed:
            return


def _by_sums(known: Known, reading: Reading, *, everyone_is_placed: bool) -> bool:
    """One quantity's own sums, until they tell nothing more; whether they told anything."""
    if not known.quantity.adds_up:
        return False
    return through(known, reading.sums, everyone_is_placed=everyone_is_placed)


def through(known: Known, sums: Sequence[Sum], *, everyone_is_placed: bool) -> bool:
    """Narrow one quantity by sums of its cells, until they tell nothing more; whether they told anything."""
    told = False
    for _ in range(ROUNDS):
        again = False
        for step, parts, totals, may_be_less in sums:
            again |= _by_one(known, parts, totals, step, open_ended=may_be_less and not everyone_is_placed)
        if not again:
            break
        told = True
    return told


def _by_one(known: Known, parts: np.ndarray, totals: np.ndarray, step: str, *, open_ended: bool) -> bool:
    least, most = known.low[parts], known.high[parts]
    sum_least, sum_most = least.sum(axis=1), most.sum(axis=1)
    low, high = least, known.high[totals][:, None] - (sum_least[:, None] - least)
    if open_ended:
        sum_most = np.full_like(sum_most, UNLIMITED)
    else:
        low = known.low[totals][:, None] - (sum_most[:, None] - most)
    cells = np.concatenate([totals, parts.reshape(-1)])
    return known.narrow_at(
        cells,
        np.concatenate([sum_least, low.reshape(-1)]),
        np.concatenate([sum_most, high.reshape(-1)]),
        step,
    )


def _rest(top: Known, below: Known) -> Known:
    """Those of a proportion's group that are not counted; never published themselves."""
    size = len(top.low)
    none = np.zeros(size, np.bool_)
    return Known(
        below.quantity, np.zeros(size), below.high.copy(), none, none.copy(), np.zeros(size, np.int64), [],
        top.largest_hidden,
    )  # fmt: skip


def _by_rest(top: Known, below: Known, rest: Known) -> set[int]:
    """Those counted and the rest are all."""
    step = STEPS[3]
    rest.narrow(below.low - top.high, below.high - top.low, step)
    told = set()
    if top.narrow(below.low - rest.high, below.high - rest.low, step):
        told.add(id(top))
    if below.narrow(top.low + rest.low, top.high + rest.high, step):
        told.add(id(below))
    return told


def _by_years(reading: Reading) -> set[int]:
    """Several years put together are the sum of each of them, where both are published."""
    told: set[int] = set()
    shape = (reading.years, -1)
    for pooled in reading.known.values():
        years = pooled.quantity.years
        single = reading.known.get(f"{pooled.quantity.kind}:1:{'+'.join(sorted(pooled.quantity.of))}")
        if years == 1 or single is None or not pooled.quantity.adds_up:
            continue
        for end in range(years - 1, reading.years):
            chosen = [single.low.reshape(shape)[end - back] for back in range(years)]
            cells = np.arange(len(single.low)).reshape(shape)
            parts = np.stack([cells[end - back] for back in range(years)], axis=1)
            told |= _pooled(pooled, single, parts, cells[end], chosen)
    return told


def _pooled(
    pooled: Known, single: Known, parts: np.ndarray, totals: np.ndarray, chosen: list[Numbers]
) -> set[int]:
    least, most = single.low[parts], single.high[parts]
    sum_least, sum_most = np.sum(chosen, axis=0), most.sum(axis=1)
    low, high = pooled.low.copy(), pooled.high.copy()
    low[totals], high[totals] = np.maximum(low[totals], sum_least), np.minimum(high[totals], sum_most)
    told = {id(pooled)} if pooled.narrow(low, high, STEPS[2]) else set()
    low, high = single.low.copy(), single.high.copy()
    low[parts] = np.maximum(least, pooled.low[totals][:, None] - (sum_most[:, None] - most))
    high[parts] = np.minimum(most, pooled.high[totals][:, None] - (sum_least[:, None] - least))
    return told | ({id(single)} if single.narrow(low, high, STEPS[2]) else set())


def _alone(reading: Reading) -> set[int]:
    """A count of people that is hidden while nothing it adds up with is: the rule itself hides it.

    Others are hidden only beside one that is, so it is 1 to the largest hidden, or all but so many of a larger group.
    """
    told: set[int] = set()
    for known in reading.known.values():
        if known.quantity.kind != "people" or known.quantity.years != 1:
            continue
        company = np.zeros(len(known.low), np.bool_)
        for _, parts, totals, _ in reading.sums:
            others = known.hidden[parts].sum(axis=1)
            company[totals] |= others > 0
            company[parts] |= (others[:, None] - known.hidden[parts] + known.hidden[totals][:, None]) > 0
        alone = known.hidden & ~known.shown & ~company & (known.low >= 1)
        groups = [
            other
            for other in reading.known.values()
            if other.quantity.kind == "people" and other.quantity.of < known.quantity.of
        ]
        largest = float(known.largest_hidden)
        all_but = [below.low - largest for below in groups]
        few = alone & np.all([known.high < each for each in all_but] or [alone], axis=0)
        high = np.where(few, np.minimum(known.high, largest), known.high)
        many = alone & (known.low > largest) & (len(groups) == 1)
        low = np.where(many, np.maximum(known.low, all_but[0]), known.low) if groups else known.low
        if known.narrow(low, high, STEPS[6]):
            told.add(id(known))
    return told
