"""Why people come to hospital: reasons with their codes, and how one is chosen for each admission.

Weights are such that the commonest reasons are as common as general knowledge of hospital episode statistics 2023-24
has them (such as 420 emergency admissions for pneumonia, and 780 cataract operations, of 100,000 people in a year).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.lives import Days, Health, People, Share
from stewardship.synthetic.use.choosing import suited
from stewardship.synthetic.use.lists import rows
from stewardship.synthetic.use.times import Positions

BANDS = (5, 18, 45, 65, 80)  # years of age at which the next band begins
_WEIGHTS = ("under_5", "under_18", "under_45", "under_65", "under_80", "from_80")
Choice = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Reasons:
    """The reasons of one kind of admission, as lists with one entry a reason, and their codes.

    nights: of those who stay two nights or more,
    on average. Codes are as SUS has them: no dot, X where there is no fourth character.
    """

    key: Sequence[str]
    diagnosis: Sequence[str]
    procedure: Sequence[str | None]
    further: Sequence[str | None]
    external: Sequence[str | None]
    specialty: Sequence[str]
    group: Sequence[str]
    complaint: Sequence[str | None]
    nights: Share

    def __len__(self) -> int:
        return len(self.key)


@cache
def reasons(kind: str) -> Reasons:
    """The reasons for admissions of a kind, of `reasons.csv`."""
    own = [row for row in rows("reasons") if row["kind"] == kind]

    def texts(column: str) -> list[str]:
        return [row[column] for row in own]

    def codes(column: str) -> list[str | None]:
        return [row[column] or None for row in own]

    return Reasons(
        key=texts("reason"),
        diagnosis=texts("diagnosis"),
        procedure=codes("procedure"),
        further=codes("further"),
        external=codes("external"),
        specialty=texts("specialty"),
        group=texts("group"),
        complaint=codes("complaint"),
        nights=np.array([float(row["nights"]) for row in own]),
    )


def reason_of(
    rng: np.random.Generator, kind: str, people: People, health: Health, who: Positions, day: Days
) -> Choice:
    """A reason for each admission: its position among the reasons of the kind.

    The chances are those of the person's age, among the reasons that are possible for their sex and conditions.
    """
    table = [row for row in rows("reasons") if row["kind"] == kind]
    return suited(rng, table, _WEIGHTS, BANDS, people, health, who, day)
