"""Which codes the finding of candidates looks for, and what each tells."""

from collections.abc import Iterable, Sequence
from typing import Any

from stewardship.measures.stretches import small_table
from stewardship.rules.frailty.conditions import DEMENTIA_CODES, FRAILTY_CODES, PALLIATIVE_CODES
from stewardship.rules.scores.electronic_frailty import ELECTRONIC_FRAILTY, KINDS_OF_MEDICINE
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY
from stewardship.rules.scores.score import Code, covers
from stewardship.rules.scores.tables import codes_of

DEFICIT, CODED, FALL, CARE_HOME, DIAGNOSIS = "deficit", "coded", "fall", "care home", "diagnosis"
ADMISSION, ATTENDANCE, SCALE = "admission", "attendance", "scale"

FALL_CODES: tuple[Code, ...] = (("SNOMED", "1912002", "exact"), ("ICD10", "W00-W19", "range"))
"""A fall on its day. That somebody has fallen before, or tends to, tells no day, and is a deficit of the eFI alone."""

Meant = tuple[str, str, int, tuple[Code, ...]]
"""What a code tells: kind, name, points, and the codes that do."""

_REGISTERS: tuple[Meant, ...] = (
    *((CODED, f"{severity} frailty", 0, codes) for severity, codes in FRAILTY_CODES.items()),
    (CODED, "dementia", 0, DEMENTIA_CODES),
    (CODED, "palliative care", 0, PALLIATIVE_CODES),
)
OF_CONDITIONS: tuple[Meant, ...] = (
    *((DEFICIT, group.name, 0, group.codes) for group in ELECTRONIC_FRAILTY.groups if group.codes),
    *_REGISTERS,
    (FALL, "fall", 0, FALL_CODES),
    (CARE_HOME, "care home", 0, codes_of("care_home")),
)
"""What general practice records."""
OF_HOSPITALS: tuple[Meant, ...] = (
    *_REGISTERS,
    (FALL, "fall", 0, FALL_CODES),
    *((DIAGNOSIS, group.name, group.points, group.codes) for group in HOSPITAL_FRAILTY.groups),
)
"""What diagnoses of hospital contacts tell."""
MEDICINES: tuple[Meant, ...] = tuple(
    ("medicine", group.name, 0, group.codes) for group in KINDS_OF_MEDICINE.groups
)


def codes_told(meant: Sequence[Meant], present: Iterable[tuple[str, str]]) -> Any:
    """(system, code) -> kind, name and points, for the codes that really occur; one row for each thing they tell."""
    rows = [
        (*code, kind, name, points)
        for code in present
        for kind, name, points, codes in meant
        if any(covers(each, *code) for each in codes)
    ]
    return small_table(
        rows, ("system", "code", "kind", "name", "number"), ("string", "string", "string", "string", "int64")
    )
