"""Published figures of cancer pathways, read once a page. All are of the whole system."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from stewardship.measures.cancer.published import cancer_file, read_cancer
from stewardship.measures.published import EVERYONE, Published
from stewardship.records.cancer_waits.figures import PublishedWait
from stewardship.records.cancer_waits.kept import read_national

Row = Mapping[str, Any]

FASTER_DIAGNOSIS, DECISION, REFERRAL = "faster_diagnosis", "decision_to_treatment", "referral_to_treatment"


@dataclass(frozen=True)
class Standard:
    """One of the three standards in words. published_as: its name in the national statistics."""

    key: str
    days: int
    name: str
    counted: str
    who: str
    published_as: str


STANDARDS = (
    Standard(
        FASTER_DIAGNOSIS,
        28,
        "Told within 28 days whether it is cancer",
        "told within 28 days",
        "people told",
        "28-day",
    ),
    Standard(
        REFERRAL,
        62,
        "Treated within 62 days of referral",
        "treated within 62 days",
        "people first treated",
        "62-day",
    ),
    Standard(
        DECISION,
        31,
        "Treated within 31 days of the decision",
        "treated within 31 days",
        "treatments",
        "31-day",
    ),
)


def has_cancer(published: Published) -> bool:
    """Whether a snapshot publishes figures of cancer pathways."""
    return cancer_file(published.folder, "standards").is_file()


class CancerFigures:
    """What a snapshot publishes of cancer pathways."""

    def __init__(self, published: Published) -> None:
        self.published = published

    def standard(self, key: str, period: str, by: str = EVERYONE, group: str = "") -> list[Row]:
        """The rows of a standard, by months or years, oldest first; of every group unless one is named."""
        return [
            row
            for row in self._standards
            if row["standard"] == key and row["period"] == period and row["by"] == by
            and (not group or row["group"] == group)
        ]  # fmt: skip

    def latest(self, key: str, by: str = EVERYONE) -> list[Row]:
        """The rows of a standard in the latest year."""
        rows = self.standard(key, "year", by)
        return [row for row in rows if row["end"] == rows[-1]["end"]]

    @cached_property
    def _standards(self) -> list[Row]:
        rows = read_cancer(self.published.folder, "standards")
        return sorted(rows, key=lambda row: row["end"])

    @cached_property
    def backlog(self) -> list[Row]:
        """Open pathways at the end of each week."""
        return list(read_cancer(self.published.folder, "backlog"))

    def weeks(self, band: str, by: str = EVERYONE, group: str = EVERYONE) -> list[Row]:
        """Open pathways of one band, week after week."""
        rows = [
            row for row in self.backlog if row["band"] == band and row["by"] == by and row["group"] == group
        ]
        return sorted(rows, key=lambda row: row["week"])

    @cached_property
    def steps(self) -> list[Row]:
        """Days of each step, in the order of the pathway."""
        return sorted(read_cancer(self.published.folder, "steps"), key=lambda row: row["place"])

    def found(self, measure: str, by: str = EVERYONE) -> list[Row]:
        """What the referrals found in the latest year."""
        rows = [row for row in self._found if row["measure"] == measure and row["by"] == by]
        last = max((row["end"] for row in rows), default=date.min)
        return [row for row in rows if row["end"] == last]

    @cached_property
    def _found(self) -> list[Row]:
        return list(read_cancer(self.published.folder, "found"))

    @cached_property
    def case_finding(self) -> list[Row]:
        """Prostate case finding."""
        return list(read_cancer(self.published.folder, "case-finding"))

    @cached_property
    def national(self) -> tuple[PublishedWait, ...]:
        """National statistics of the system's own providers and board, its neighbours, and England, all cancers
        together.

        England's are published by provider and by commissioner, and are the same: they stand here once.
        """
        held = read_national(self.published.folder, {"belongs": ("own", "neighbour", "England")})
        england = {each.group._replace(basis="provider"): each for each in held if each.belongs == "England"}
        others = [each for whose in ("own", "neighbour") for each in held if each.belongs == whose]
        return tuple(each for each in (*others, *england.values()) if each.headline)
