"""How an OMOP feed is to be read."""

from dataclasses import dataclass
from datetime import date

from stewardship.records.identity import Naming


@dataclass(frozen=True)
class Options:
    """What whoever reads an OMOP feed has to say.

    naming: how the feed names people, by a column of PERSON. not_after: the day of the build; no later date is the
    last day of the data. source: key of the source, which stands in every row. registers: whether periods of
    observation are registrations with a practice. as_of: the day figures stand at; None for the feed's last day. A
    date is in the future if it lies more than `future_days` after the later of the two. small_areas: codes of the
    areas known here; None for any.
    """

    naming: Naming
    not_after: date
    source: str = "omop"
    registers: bool = True
    as_of: date | None = None
    future_days: int = 31
    small_areas: frozenset[str] | None = None

    @property
    def hides_person_id(self) -> bool:
        """Whether `person_id` itself is an NHS number, in every file."""
        return self.naming.kind == "nhs number" and self.naming.column == "person_id"

    def fingerprint(self) -> tuple[object, ...]:
        """Changes with everything but the day of the build that what is read depends on, and tells no secret."""
        areas = None if self.small_areas is None else sorted(self.small_areas)
        return (
            *self.naming.fingerprint(),
            self.source,
            self.registers,
            str(self.as_of),
            self.future_days,
            areas,
        )
