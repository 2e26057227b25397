"""A build: from partners' files to published results, in a new snapshot."""

from stewardship.build.building import Built, build
from stewardship.build.former import Listed, rollback, snapshots
from stewardship.build.measuring import figures, place_cards
from stewardship.build.options import areas_known, places_of, reading_options
from stewardship.build.reach import namespaces_of, refuse_cut_off
from stewardship.build.supplied import check_supplied

__all__ = [
    "Built",
    "Listed",
    "areas_known",
    "build",
    "check_supplied",
    "figures",
    "namespaces_of",
    "place_cards",
    "places_of",
    "reading_options",
    "refuse_cut_off",
    "rollback",
    "snapshots",
]
