"""The kinds of place of a synthetic system, each a list of codes and names with arrays beside it, one entry a place."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stewardship.synthetic.lives import Days, Share, Small


@dataclass(frozen=True)
class Localities:
    """code, name, alliance: of each locality; alliance is a position among the alliances."""

    code: Sequence[str]
    name: Sequence[str]
    alliance: Small


@dataclass(frozen=True)
class Networks:
    """Primary care networks; locality: position among the localities."""

    code: Sequence[str]
    name: Sequence[str]
    locality: Small


@dataclass(frozen=True)
class Practices:
    """General practices.

    network: position among the networks, on the last day. share: of its network's patients. closed: the last day it was
    open. successor: position of the practice its patients went to; -1 where it is open. formerly: position of the
    network it was in before `joined`; -1 where it was always in the same.
    """

    code: Sequence[str]
    name: Sequence[str]
    network: Small
    share: Share
    closed: Days
    successor: Small
    formerly: Small
    joined: Days


@dataclass(frozen=True)
class Areas:
    """Small areas. tenth: of national deprivation, 1 the most deprived; rank: national. The others are positions."""

    code: Sequence[str]
    name: Sequence[str]
    tenth: Small
    rank: Small | Days
    locality: Small
    network: Small
    neighbourhood: Small

    @property
    def fifth(self) -> Small:
        """Deprivation fifth, 1 the most deprived."""
        return np.asarray((self.tenth + 1) // 2, dtype=np.int16)


@dataclass(frozen=True)
class Neighbourhoods:
    """Neighbourhoods (wards); authority: position among the local authorities."""

    code: Sequence[str]
    name: Sequence[str]
    authority: Small


@dataclass(frozen=True)
class Authorities:
    """Local authorities; locality: position among the localities."""

    code: Sequence[str]
    name: Sequence[str]
    locality: Small


@dataclass(frozen=True)
class Organisations:
    """Who else gives care: kind is such as `hospital site` or `council`."""

    code: Sequence[str]
    name: Sequence[str]
    kind: Sequence[str]

    def of(self, kind: str) -> list[str]:
        """Codes of the organisations of a kind."""
        return [code for code, one in zip(self.code, self.kind, strict=True) if one == kind]


@dataclass(frozen=True)
class Places:
    """The places of a plan. choice: for each area, the chances of the practices of its network, added up in order."""

    alliances: Sequence[str]
    localities: Localities
    networks: Networks
    practices: Practices
    areas: Areas
    neighbourhoods: Neighbourhoods
    authorities: Authorities
    organisations: Organisations
    practices_of_network: Small
    choice: Share

    @property
    def alliance_codes(self) -> list[str]:
        """Codes of the alliances."""
        return [name.lower().replace(" ", "-") for name in self.alliances]
