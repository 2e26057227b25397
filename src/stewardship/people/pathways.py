"""Cancer pathways as a care area names them: those that a waiting-time standard counts, and those that wait.

The standards themselves stand in `rules.cancer`; here they are only named.
"""

from dataclasses import dataclass
from typing import Literal

from stewardship.people.expressions import Answer, Quantity
from stewardship.rules.cancer.judgement import Standard

Which = Literal["counted", "within", "ruled out"]

_COUNTED: dict[Standard, str] = {
    Standard.FASTER_DIAGNOSIS: "pathways that end with being told, counted by the 28-day faster diagnosis standard",
    Standard.DECISION_TO_TREATMENT: "treatments that began, counted by the 31-day standard",
    Standard.REFERRAL_TO_TREATMENT: "first treatments that began, counted by the 62-day standard",
}
_THAT: dict[Which, str] = {
    "counted": "",
    "within": ", within it",
    "ruled out": ", of people told that it is not cancer",
}


@dataclass(frozen=True)
class CancerPathways(Quantity):
    """The cancer pathways of a year that a standard counts.

    that: all of them, those within the standard, or those on which cancer was ruled out. suspected: the code of the
    referral's cancer type, such as "08" for skin; empty: any.
    """

    standard: Standard
    that: Which = "counted"
    suspected: str = ""

    @property
    def words(self) -> str:
        """What is counted, as a clause."""
        of = f" of referral type {self.suspected}" if self.suspected else ""
        return f"{_COUNTED[self.standard]}{of}{_THAT[self.that]}"


@dataclass(frozen=True)
class WaitingOver(Answer):
    """On an open cancer pathway of the headline count for more than so many days."""

    days: int

    @property
    def words(self) -> str:
        """Who is counted, as a clause."""
        return f"on an open cancer pathway for more than {self.days} days, non-specific symptoms not counted"
