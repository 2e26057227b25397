"""Two snapshots subtracted: a count that changed by a few tells of those few.

Cells are the same where measure, place, group and the order of the period from the last are; each is known by
itself in both snapshots. Two rounded counts leave nine differences possible, an exact one and a rounded one five, two
exact ones one: a difference of a few people is told where fewer than five are left.
"""

from collections.abc import Iterator

import numpy as np

from stewardship.measures.attack.known import Reading
from stewardship.measures.attack.report import Recovery

WAY = "two snapshots subtracted"
DIFFERENCES_LEFT = 5


def subtract(first: Reading, second: Reading) -> tuple[int, list[Recovery]]:
    """How many cells of both were subtracted, and the differences of a few people that are told.

    Both as read, before anything is carried through sums.
    """
    tried, found = 0, []
    matched = _matched(first, second)
    for name, one in first.known.items():
        other = second.known.get(name)
        if other is None or one.quantity.kind not in ("people", "people-in-year", "events"):
            continue
        here, there = matched
        low = other.low[there] - one.high[here]
        high = other.high[there] - one.low[here]
        tried += int((one.shown[here] & other.shown[there]).sum())
        largest = max(one.largest_hidden, other.largest_hidden)
        apart = (low > 0) | (high < 0)
        near = np.minimum(np.abs(low), np.abs(high)) <= largest
        told = apart & near & (high - low + 1 < DIFFERENCES_LEFT)
        for number in np.flatnonzero(told):
            where = second.where(int(there[number]))
            least, most = sorted((abs(float(low[number])), abs(float(high[number]))))
            steps = f"{first.id} and {second.id}"
            found.append(Recovery(WAY, other.measures[0], *where, least, most, steps))
    return tried, found


def _matched(first: Reading, second: Reading) -> tuple[np.ndarray, np.ndarray]:
    """The cell numbers in both of whatever stands in both."""
    pairs = list(_pairs(first, second))
    cells = np.array(pairs, np.int64).reshape(-1, 2)
    return cells[:, 0], cells[:, 1]


def _pairs(first: Reading, second: Reading) -> Iterator[tuple[int, int]]:
    places = {card.code: number for number, card in enumerate(second.places)}
    groups = {pair: number for number, pair in enumerate(second.groups)}
    both_places = [(i, places[card.code]) for i, card in enumerate(first.places) if card.code in places]
    both_groups = [(i, groups[pair]) for i, pair in enumerate(first.groups) if pair in groups]
    for back in range(1, min(first.years, second.years) + 1):
        for place, other_place in both_places:
            start = ((first.years - back) * len(first.places) + place) * len(first.groups)
            other = ((second.years - back) * len(second.places) + other_place) * len(second.groups)
            yield from ((start + a, other + b) for a, b in both_groups)
