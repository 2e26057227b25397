"""The changes that are forecast beforehand: so many more tests of a kind, treatments, and fewer referrals, from a week.

Records stay where figures are made, so a page cannot forecast by itself: it chooses among these. Steps are small
enough to see a service's reach, and few enough to be forecast in a build.
"""

from collections.abc import Iterator
from dataclasses import dataclass

LIST = 6
"""Tests of an endoscopy list: colonoscopies of a session of 12 points (general knowledge; set it as yours are)."""


@dataclass(frozen=True)
class Kind:
    """Tests of one kind: what they are called, and the tumour groups whose first test they are."""

    key: str
    name: str
    groups: tuple[str, ...]


KINDS = (
    Kind("endoscopy", "Endoscopy", ("Lower GI", "Upper GI")),
    Kind("breast-clinic", "Breast clinic", ("Breast", "Breast symptoms")),
    Kind("skin", "Skin clinic or biopsy", ("Skin",)),
    Kind("gynaecology", "Ultrasound or hysteroscopy", ("Gynaecological",)),
    Kind("prostate", "MRI of the prostate", ("Urological",)),
)
MORE_TESTS = (LIST, 2 * LIST, 4 * LIST)
"""Tests more a week."""
MORE_TREATMENTS = (0, 2, 5)
"""Treatments more a week."""
FEWER_REFERRALS = (0, 5, 10)
"""Referrals fewer, of a hundred."""
FROM_WEEKS = (1, 5, 13)
"""The first week of a change: the next, the fifth, the thirteenth."""


@dataclass(frozen=True)
class Planned:
    """One of the changes. kind: key of KINDS, empty where no more tests are done; the numbers are those above."""

    kind: str = ""
    tests: int = 0
    treatments: int = 0
    fewer_referrals: int = 0
    from_week: int = FROM_WEEKS[0]

    @property
    def changes(self) -> bool:
        """Whether anything is other than today."""
        return bool(self.tests or self.treatments or self.fewer_referrals)


AS_TODAY = Planned()


def every_change() -> Iterator[Planned]:
    """All that are forecast, as things are first; without a change there is one week to begin."""
    yield AS_TODAY
    tested = [("", 0), *((kind.key, more) for kind in KINDS for more in MORE_TESTS)]
    for from_week in FROM_WEEKS:
        for fewer in FEWER_REFERRALS:
            for treatments in MORE_TREATMENTS:
                for kind, tests in tested:
                    planned = Planned(kind, tests, treatments, fewer, from_week)
                    if planned.changes:
                        yield planned
