"""One published figure of cancer waiting times, as it is kept: who was counted, and how many were within the standard.

Source: NHS England, Cancer Waiting Times, official statistics: monthly workbooks by provider and by commissioner.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Basis = Literal["provider", "commissioner"]
Standard = Literal["28-day", "31-day", "62-day", "cancer-first-seen", "breast-first-seen"]
Level = Literal["provider", "integrated care board", "commissioning hub", "England", "unknown"]
Belongs = Literal["own", "neighbour", "England", "other"]
Status = Literal["provisional", "final"]

ALL = "ALL"  # of routes, stages, cancers and modalities: not divided by it
ENGLAND = (
    "ENGLAND"  # stands for a code where the source has none: all English providers, or all commissioners
)
LIMIT_DAYS = {"28-day": 28, "31-day": 31, "62-day": 62}


class Group(NamedTuple):
    """What a figure is of: no two of one publication have the same."""

    month: date
    basis: Basis
    standard: Standard
    route: str
    stage: str
    cancer: str
    modality: str
    organisation: str


@dataclass(frozen=True)
class PublishedWait:
    """A figure of one organisation and month.

    month: its first day. route: ALL, USC, BREAST_SYMPTOMATIC, SCREENING or UPGRADE, and empty where a standard has no
    routes. stage: ALL, FIRST or SUBSEQUENT, of the 31-day standard only. cancer, modality: ALL, or in the source's
    words, without the marks of its footnotes. organisation: its code; ENGLAND for all of England. name: as published.
    total, within, after: patients, of whom one treated by two providers counts half for each: multiples of 0.5. after
    and share are None where the source judges nothing: of first appointments `within` is within 14 days. share: within
    the standard, from 0 to 1, as published. bands: patients by days waited, in the source's order and words. revision:
    0 as first published. changed: the day on which the file says it was last changed; publication is not in it.
    """

    month: date
    basis: Basis
    standard: Standard
    route: str
    stage: str
    cancer: str
    modality: str
    organisation: str
    name: str
    level: Level
    total: float
    within: float
    after: float | None
    share: float | None
    bands: tuple[tuple[str, float], ...]
    status: Status
    revision: int
    source: str
    file: str
    changed: date | None
    belongs: Belongs = "other"

    @property
    def group(self) -> Group:
        """What it is of."""
        return Group(
            self.month, self.basis, self.standard, self.route, self.stage, self.cancer, self.modality,
            self.organisation,
        )  # fmt: skip

    @property
    def headline(self) -> bool:
        """Whether all cancers and treatments are counted together, as in the standard itself."""
        return self.cancer == ALL and self.modality == ALL and self.standard in LIMIT_DAYS


@dataclass(frozen=True)
class Shown:
    """Whose figures a system shows whole, by code: its providers, its commissioners, and neighbours beside them."""

    providers: tuple[str, ...]
    commissioners: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()

    def belongs(self, wait: PublishedWait) -> Belongs:
        """Whose a figure is, as this system sees it."""
        if wait.organisation == ENGLAND:
            return "England"
        own = self.providers if wait.basis == "provider" else self.commissioners
        if wait.organisation in own:
            return "own"
        return "neighbour" if wait.organisation in self.neighbours else "other"
