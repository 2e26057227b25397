"""What is said of a map: how the values spread, what the classes are, and what is not shown. Nobody is ranked."""

from collections.abc import Sequence

import numpy as np

from stewardship.measures.published import Card
from stewardship.profiles import words
from stewardship.profiles.map_classes import class_words
from stewardship.profiles.map_drawings import HIDDEN, MISSING, MapDrawing

NAMED = 60  # places that are named class by class; of more the table tells
FEWEST = 8  # values of which a middle half is told
TOTALS = {"count", "amount"}
WITHOUT = {HIDDEN: "Hidden", MISSING: "Missing"}


def level_words(level: str) -> str:
    """Neighbourhoods, as inside a sentence."""
    return words.lower_first(words.LEVELS.get(level, level.replace("_", " ")))


def unit_words(card: Card) -> str:
    """The unit after a measure's name, where neither tells it."""
    unit = words.measured_in(card)
    return f" ({unit})" if unit else ""


def found(card: Card, level: str, values: Sequence[float]) -> str:
    """How the values spread, as a heading."""
    places = level_words(level)
    if not values:
        return f"No value of {places} is shown"
    if len(values) < FEWEST:
        return f"{len(values)} {places}: {class_words(card, values)}"
    low, high = (words.number(float(each), card.unit) for each in np.quantile(values, (0.25, 0.75)))
    middle = f"at {low}" if low == high else f"between {low} and {high}"
    return f"The middle half of {len(values)} {places} lies {middle}"


def read_words(card: Card, drawing: MapDrawing | None) -> str:
    """How to read a map; of totals, that more people make more of them."""
    totals = " These are totals: where more people live, there are more." if card.statistic in TOTALS else ""
    chance = (
        "classes hold about equally many places each, so that neighbouring ones may differ by chance alone"
    )
    if drawing is not None and drawing.form == "map":
        size = "a large area need not have many people"
        small = "Where a place is too small for its number, the table has it."
        higher = "the darker a place and the higher its number, the higher its value"
        return f"{higher}; {chance}, and {size}. {small}{totals}"
    where = "Tiles of one size stand under the names of alliances, and say nothing of where places lie."
    corner = "the darker a tile and the higher the number in its corner"
    return f"{corner}, the higher the value; {chance}. {where}{totals}"


def in_words(card: Card, level: str, marked: Sequence[tuple[str, str, float | None]]) -> str:
    """The places by class: name, mark and value of each."""
    marks = sorted({mark for _, mark, _ in marked}, key=lambda mark: (not mark.isdigit(), mark))
    said = [f"{len(marked)} {level_words(level)}."]
    for mark in marks:
        names = [name for name, its, _ in marked if its == mark]
        values = [value for _, its, value in marked if its == mark and value is not None]
        head = f"Class {mark}, {class_words(card, values)}" if values else WITHOUT[mark]
        said.append(f"{head}: {words.and_list(names) if len(marked) <= NAMED else f'{len(names)} places'}.")
    return " ".join(said)


def said(level: str, marks: Sequence[str], lacking: Sequence[str]) -> str:
    """What is not shown, and what is not drawn."""
    counts = [(marks.count(mark), word) for mark, word in ((HIDDEN, "hidden"), (MISSING, "missing"))]
    told = [f"{count} {'is' if count == 1 else 'are'} {word}" for count, word in counts if count]
    sentences = []
    if told:
        first = told[0].replace(" ", f" of {len(marks)} {level_words(level)} ", 1)
        sentences.append(f"{words.and_list([first, *told[1:]])}: the table says why.")
    if lacking:
        sentences.append(f"Without a boundary, and in the table alone: {words.and_list(list(lacking))}.")
    return " ".join(sentences)
