"""The part of a care-area page that says which networks and practices deserve a talk, outcome by outcome."""

from dataclasses import dataclass

from stewardship.measures.derived import FUNNEL_LEVELS, InFunnel
from stewardship.measures.published import Card
from stewardship.profiles import words
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.variation import MANY, funnel, outside, placed
from stewardship.profiles.variation_words import side

NAMED = 4  # places that a cell names; of more it says how many


@dataclass(frozen=True)
class Named:
    """The places of a level on one side of an outcome's funnel, such as better: said, much better; and their names."""

    side: str
    said: str
    names: str


@dataclass(frozen=True)
class VariationRow:
    """An outcome, and for each level which places are outside, or in words that none is, or why none can be told."""

    card: Card
    levels: tuple[tuple[str, tuple[Named, ...], str], ...]


def variation_rows(figures: AreaFigures) -> list[VariationRow]:
    """Every outcome that has a funnel at some level."""
    levels = [
        level
        for level in FUNNEL_LEVELS
        if any(place.level == level for place in figures.published.snapshot.places)
    ]
    made = []
    for card in figures.area.part("outcomes"):
        held = [(level, funnel(figures, card, level)) for level in levels]
        if any(rows for _, rows in held):
            made.append(VariationRow(card, tuple(_level(figures, level, rows) for level, rows in held)))
    return made


def _level(
    figures: AreaFigures, level: str, rows: tuple[InFunnel, ...]
) -> tuple[str, tuple[Named, ...], str]:
    name, told = words.LEVELS.get(level, level), placed(rows)
    if not told:
        return name, (), next((row.reason for row in rows), "No figure")
    sides: dict[tuple[str, str], list[str]] = {}
    for row in outside(rows):
        said = row.position.removesuffix(" than expected").capitalize()
        sides.setdefault((side(row), said), []).append(figures.published.place(row.place).name)
    if not sides:
        return name, (), f"None of {len(told)} {MANY[level]} outside what is expected"
    return name, tuple(Named(*word, _names(names)) for word, names in sorted(sides.items())), ""


def _names(names: list[str]) -> str:
    more = len(names) - NAMED
    return words.and_list([*names[:NAMED], f"{more} more"] if more > 0 else names)
