"""Pathways as arrays: one entry a pathway."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.lives import Days

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Pathways:
    """Where a day has not come it is NEVER; where there is no tumour, stage, modality or test it is -1.

    who: position of the person. route: of `ROUTES`. suspected: position in `suspected()`, -1 for none.
    received: day the referral came; start: day the clock starts; seen; told; decided; treated: days.
    reason: 1 cancer, 2 ruled out, 3 left out, 4 interval scan, 0 not told yet. adjustment: days taken off before being
    seen; pause: days taken off between decision and treatment. tumour: position in `tumours()`; code: of its ICD-10
    codes; stage: 1 to 4. modality: of MODALITIES, and beyond them where all treatment was declined. event: 1 first
    treatment, 12 first of a known primary that has spread. moved: the day of the transfer. treater: provider of
    treatment. delay: days by which the dip in capacity made everything after the start late. closed: the pathway.
    """

    who: Positions
    route: Positions
    suspected: Positions
    received: Days
    start: Days
    seen: Days
    adjustment: Positions
    told: Days
    reason: Positions
    decided: Days
    treated: Days
    pause: Positions
    tumour: Positions
    code: Positions
    stage: Positions
    modality: Positions
    event: Positions
    moved: Days
    provider: Positions
    treater: Positions
    delay: Positions
    closed: Days

    def __len__(self) -> int:
        return len(self.who)

    def taken(self, positions: npt.NDArray[np.generic]) -> "Pathways":
        """Those at some positions, or those that are kept."""
        return Pathways(*(getattr(self, field.name)[positions] for field in fields(self)))


def joined(parts: Sequence[Pathways]) -> Pathways:
    """Several groups of pathways as one."""
    return Pathways(
        *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Pathways))
    )
