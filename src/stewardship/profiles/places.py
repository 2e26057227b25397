"""The place that a page is about, and the places that it can be switched to."""

from collections import Counter
from dataclasses import dataclass

from stewardship.measures.published import PlaceCard, Published
from stewardship.profiles.words import LEVELS

AT_A_GLANCE = ("network", "alliance", "local_authority", "neighbourhood", "practice")
FEWEST, MOST = 3, 40  # places in a picture


@dataclass(frozen=True)
class PlaceGroup:
    """Places of one level, as a group of the place picker."""

    label: str
    places: tuple[PlaceCard, ...]


def chosen(published: Published, code: str) -> PlaceCard:
    """The place of that code, the whole system when none is named; KeyError if there is no such place."""
    return published.place(code) if code else published.system


def picker(published: Published) -> list[PlaceGroup]:
    """Every published place, by level from the system down, in the order of their names."""
    order = list(LEVELS)
    levels = {(place.level, place.basis) for place in published.snapshot.places}
    ranked = sorted(
        levels, key=lambda one: (order.index(one[0]) if one[0] in order else len(order), one[0], one[1])
    )
    return [
        PlaceGroup(
            level_name(level, basis),
            tuple(
                sorted(
                    (p for p in published.snapshot.places if (p.level, p.basis) == (level, basis)),
                    key=lambda place: place.name,
                )
            ),
        )
        for level, basis in ranked
    ]


def level_name(level: str, basis: str = "") -> str:
    """Primary care networks, by GP practice."""
    name = LEVELS.get(level, level.replace("_", " ").capitalize())
    return f"{name}, {basis}" if basis else name


def peers(published: Published, place: PlaceCard) -> tuple[str, str]:
    """Level and basis of the places to set beside this one: its own; for the system, networks first."""
    if place.level != "system":
        return place.level, place.basis
    held = Counter((one.level, one.basis) for one in published.snapshot.places if one.level != "system")
    ranked = sorted(held, key=lambda one: (_rank(one[0]), one[1]))
    fitting = [one for one in ranked if FEWEST <= held[one] <= MOST]
    return next(iter(fitting or ranked), (place.level, place.basis))


def _rank(level: str) -> int:
    return AT_A_GLANCE.index(level) if level in AT_A_GLANCE else len(AT_A_GLANCE)
