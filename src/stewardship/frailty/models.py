"""Every table of the register."""

from stewardship.frailty.base import Author
from stewardship.frailty.models_entry import Decision, Entry, Held, Identification, Merge, Row

__all__ = ["Author", "Decision", "Entry", "Held", "Identification", "Merge", "Row"]
