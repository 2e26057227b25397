"""The places of a system: who lies in what, by registration and by residence, and how deprived each is."""

from stewardship.records.places.invented import invented_places
from stewardship.records.places.places import Places, PlacesError, memberships
from stewardship.records.places.read import read_places
from stewardship.records.places.spread import spread_over_places

__all__ = ["Places", "PlacesError", "invented_places", "memberships", "read_places", "spread_over_places"]
