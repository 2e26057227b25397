"""Classes of the values on a map: about as many places in each, equal values never apart."""

from collections.abc import Sequence

from stewardship.measures.published import Card
from stewardship.profiles import words

MOST = 5
FEWEST_EACH = 2  # places in a class, about


def classes(card: Card, values: Sequence[float]) -> list[int]:
    """The class of each value, from 1, the lowest; five at most, fewer where there are fewer than ten values.

    Values that are said alike are in one class, so that no two places look different that are told the same.
    """
    if not values:
        return []
    wanted = max(2, min(MOST, len(values) // FEWEST_EACH))
    order = sorted(range(len(values)), key=lambda place: values[place])
    found = [0] * len(values)
    before, step = "", -1
    for rank, place in enumerate(order):
        label = words.number(values[place], card.unit)
        if label != before:
            step, before = rank * wanted // len(values), label
        found[place] = step
    steps = {step: number for number, step in enumerate(sorted(set(found)), start=1)}
    return [steps[step] for step in found]


def class_words(card: Card, values: Sequence[float]) -> str:
    """The values of a class as its place in the legend says them: 4.1 to 5.0%."""
    low, high = (words.number(end, card.unit) for end in (min(values), max(values)))
    return low if low == high else f"{low.removesuffix('%')} to {high}"
