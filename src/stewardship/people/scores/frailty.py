"""The electronic frailty index and the Hospital Frailty Risk Score as quantities of the language."""

from stewardship.people.expressions import Answer
from stewardship.people.language import contacts, counted, has, points, prescriptions
from stewardship.people.periods import months, years
from stewardship.people.scores.codes import group
from stewardship.rules.scores.electronic_frailty import (
    ELECTRONIC_FRAILTY,
    KINDS_OF_MEDICINE,
    MEDICINES,
    POLYPHARMACY,
)
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY

DEFICITS: dict[str, Answer] = {
    each.name: has(group(ELECTRONIC_FRAILTY, each.name)) for each in ELECTRONIC_FRAILTY.groups if each.codes
} | {POLYPHARMACY: points(KINDS_OF_MEDICINE, months(3), of=prescriptions()) >= MEDICINES}
"""When somebody has each deficit, by its name; those without codes that are known are never found."""

ELECTRONIC = counted(*DEFICITS.values())
"""How many of the 36 deficits are found."""

HOSPITAL = points(HOSPITAL_FRAILTY, years(2), of=contacts(point_of_delivery="emergency_admission"))
"""Ten times the score."""

_SEVERE, _HIGH = ELECTRONIC_FRAILTY.bands[-1].at_least, HOSPITAL_FRAILTY.bands[-1].at_least
SEVERELY_FRAIL = ELECTRONIC >= _SEVERE
HIGH_RISK = HOSPITAL >= _HIGH
