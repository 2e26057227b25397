"""What is worth telling a data manager about an OMOP feed, counted."""

from pathlib import Path

from stewardship.records.files import Listing
from stewardship.records.omop.reading import Work


def count_findings(work: Work, listing: Listing, into: Path) -> None:
    """Add findings."""
