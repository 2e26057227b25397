"""Stays in pregnancy and at birth: nobody gives birth again before another pregnancy has had its time."""

from functools import cache

import numpy as np

from stewardship.synthetic.use.reasons import Choice, reasons
from stewardship.synthetic.use.times import Happened

KIND = "maternity"
APART = 270  # days between two births of a woman, at least
AFTER = 42  # days of care after birth; WHO: the postnatal period is six weeks
_BIRTH = "O8"  # ICD-10 O80 to O84: single and multiple births by how the child is born


@cache
def births() -> tuple[int, ...]:
    """The reasons that are births: their positions."""
    diagnoses = reasons(KIND).diagnosis
    return tuple(number for number, code in enumerate(diagnoses) if code.startswith(_BIRTH))


def apart(found: Happened, reason: Choice) -> Choice:
    """The same reasons, but for births too soon after one before: those are stays after that birth or in pregnancy."""
    keys = list(reasons(KIND).key)
    kept = reason.copy()
    order = np.lexsort((found.day, found.who))
    order = order[np.isin(reason[order], births())]
    while len(order):
        since = np.diff(found.day[order], prepend=0)
        soon = np.append(False, np.diff(found.who[order]) == 0) & (since < APART)
        first = soon & ~np.append(False, soon[:-1])  # the next may be late enough after the one before this
        if not first.any():
            break
        late = since[first] > AFTER
        kept[order[first]] = np.where(late, keys.index("before_birth"), keys.index("after_birth"))
        order = order[~first]
    return kept
