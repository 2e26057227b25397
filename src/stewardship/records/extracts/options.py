"""How a source of extracts is to be read."""

from dataclasses import dataclass

from stewardship.records.omop.options import Options


@dataclass(frozen=True)
class ExtractOptions(Options):
    """What whoever reads extracts has to say: as for OMOP, and the kind of source, which tells a file's kind.

    naming.column is the heading that holds the identifier in every file.
    """

    kind: str = "linked"

    def fingerprint(self) -> tuple[object, ...]:
        """Changes with everything but the day of the build that what is read depends on, and tells no secret."""
        return (*super().fingerprint(), self.kind)
