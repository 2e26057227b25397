"""Where people of the register died: at their usual place, and where they had wished to.

Usual place of residence: at home or in a care home, as in the national measures of end of life care.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Place(StrEnum):
    """A place of care or of death."""

    HOME = "home"
    CARE_HOME = "care home"
    HOSPICE = "hospice"
    COMMUNITY_BED = "community bed"
    HOSPITAL = "hospital"
    OTHER = "elsewhere"


USUAL = frozenset({Place.HOME, Place.CARE_HOME})


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """A death. place, preferred: None where they are not known."""

    on: date
    place: Place | None
    preferred: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesOfDeath:
    """Deaths of some time: how many in all, how many with a known place and at the usual one, and of those with a known
    place and a preferred one how many died there."""

    deaths: int
    place_known: int
    usual_place: int
    preferred_known: int
    preferred_kept: int


def preferred_place_kept(death: Death) -> bool | None:
    """Whether somebody died where they had wished to; None where one of the two places is not known."""
    if death.place is None or death.preferred is None:
        return None
    return death.place is death.preferred


def places_of_death(deaths: Iterable[Death], start: date, end: date) -> PlacesOfDeath:
    """Counts of the deaths from one day to another, both included."""
    within = [death for death in deaths if start <= death.on <= end]
    kept = [preferred_place_kept(death) for death in within]
    return PlacesOfDeath(
        deaths=len(within),
        place_known=sum(death.place is not None for death in within),
        usual_place=sum(death.place in USUAL for death in within),
        preferred_known=sum(each is not None for each in kept),
        preferred_kept=sum(each is True for each in kept),
    )
