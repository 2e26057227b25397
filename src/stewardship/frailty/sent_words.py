"""In which codes and words the register and the advice line are sent back to records: those that partners send."""

from stewardship.frailty.call_words import Advice, CallerType, Intended, Reason
from stewardship.frailty.words import Condition, Degree

FRAILTY = {
    Degree.MILD: "925791000000100",
    Degree.MODERATE: "925831000000107",
    Degree.SEVERE: "925861000000102",
}
"""Diagnoses of frailty by severity. Without a severity none is sent, for no code tells it."""
DEMENTIA, PALLIATIVE_CARE = "52448006", "103735009"
CARE_PLAN = "713603004"
"""Advance care planning, of the code list of that name."""
_CALLERS = {CallerType.AMBULANCE: "Ambulance", CallerType.ED: "Emergency department"}
_REASONS = {
    Reason.FALL: "Falls",
    Reason.CHEST: "Breathlessness or chest infection",
    Reason.URINE: "Urinary infection or confusion",
}
_INTENDED = {
    Intended.CONVEY: "Convey", Intended.ADMIT: "Admit", Intended.ED: "Emergency department",
    Intended.SDEC: "Same-day emergency care", Intended.GP: "Stay with GP", Intended.UNSURE: "Unsure",
}  # fmt: skip


def code_of(condition: str, degree: str) -> str:
    """The code of a condition of the register; "" where none tells it."""
    if condition == Condition.FRAILTY:
        return FRAILTY.get(Degree(degree), "") if degree else ""
    return DEMENTIA if condition == Condition.DEMENTIA else PALLIATIVE_CARE


def caller(value: str) -> str:
    """Who called."""
    kind = CallerType(value)
    return _CALLERS.get(kind, str(kind.label))


def reason(values: str, between: str) -> str:
    """The first reason of a call."""
    first = Reason(values.split(between)[0])
    return _REASONS.get(first, str(first.label))


def intended(value: str) -> str:
    """What the caller would have done."""
    return _INTENDED[Intended(value)]


def advised(first: str, also: str, between: str) -> str:
    """What was advised, the main advice first."""
    return "; ".join(Advice(value).value for value in [first, *filter(None, also.split(between))])
