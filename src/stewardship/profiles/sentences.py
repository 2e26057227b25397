"""A sentence of the summary at the top of a page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """A finding in bold, what stands behind it, and where on the page to look."""

    finding: str
    more: str
    anchor: str
    look: str
