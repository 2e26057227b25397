"""A build: from partners' files to published results, in a new snapshot."""

from stewardship.build.building import Built, build
from stewardship.build.former import Listed, rollback, snapshots
from stewardship.build.measuring import figures, place_cards

__all__ = ["Built", "Listed", "build", "figures", "place_cards", "rollback", "snapshots"]
