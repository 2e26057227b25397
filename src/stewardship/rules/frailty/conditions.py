"""Frailty, dementia and the end of life: by which codes somebody is on a register, since when, and until when.

Sources: registers of frailty, dementia (QOF) and palliative care (QOF) as a public set of NHS models writes them. A
person may be on all three at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stewardship.rules.scores.score import Code, covers
from stewardship.rules.scores.tables import codes_of

PALLIATIVE_SINCE = date(2008, 4, 1)
"""Palliative care codes of before this day tell nothing."""
RATE_FROM = 65
"""Age from which somebody with dementia counts in the dementia diagnosis rate."""


class Condition(StrEnum):
    """What somebody is on the register for."""

    FRAILTY = "frailty"
    DEMENTIA = "dementia"
    END_OF_LIFE = "end_of_life"


class Severity(StrEnum):
    """How severe a frailty is."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class Stage(StrEnum):
    """How near the end of life is thought to be: Gold Standards prognostic stages."""

    YEARS = "A"
    MONTHS = "B"
    WEEKS = "C"
    DAYS = "D"


@dataclass(frozen=True, slots=True, order=True)
class Coded:
    """A code on the day it was recorded. code: without dots."""

    on: date
    system: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A condition that codes put somebody on a register for.

    since: of the first code that tells of it, without interruption. severity: of frailty, by the latest code.
    evidence: every code that tells of it, by day.
    """

    condition: Condition
    since: date
    severity: Severity | None
    evidence: tuple[Coded, ...]


FRAILTY_CODES: dict[Severity, tuple[Code, ...]] = {
    Severity.MILD: (("SNOMED", "925791000000100", "exact"),),
    Severity.MODERATE: codes_of("moderate_frailty"),
    Severity.SEVERE: codes_of("severe_frailty"),
}
DEMENTIA_CODES = codes_of("dementia")
PALLIATIVE_CODES = codes_of("palliative_care")


def recorded(
    codes: Iterable[Coded], as_of: date, *, left: date | None = None, no_longer: Iterable[date] = ()
) -> tuple[Recorded, ...]:
    """The conditions that somebody's codes put them on a register for on a day.

    Codes after `as_of` have not been recorded yet. left: the day they died or moved away, which ends all. no_longer:
    days on which palliative care was recorded as no longer indicated; on the day of a palliative code it stays.
    """
    if left is not None and left <= as_of:
        return ()
    told = sorted(each for each in codes if each.on <= as_of)
    ended = [day for day in no_longer if day <= as_of]
    found = (_frailty(told), _dementia(told), _palliative(told, ended))
    return tuple(each for each in found if each is not None)


def in_diagnosis_rate(age: int) -> bool:
    """Whether somebody with dementia counts in the diagnosis rate; on the register they are at any age."""
    return age >= RATE_FROM


def severity_of(code: Coded) -> Severity | None:
    """How severe a frailty a code tells of; None for a code of anything else."""
    found = (severity for severity, codes in FRAILTY_CODES.items() if _tells(code, codes))
    return next(found, None)


def _frailty(told: list[Coded]) -> Recorded | None:
    """There is no code that ends it. Of two codes of a day the more severe counts."""
    graded = [(code, severity) for code in told if (severity := severity_of(code)) is not None]
    if not graded:
        return None
    order = list(Severity)
    _, severity = max(graded, key=lambda pair: (pair[0].on, order.index(pair[1])))
    evidence = tuple(code for code, _ in graded)
    return Recorded(condition=Condition.FRAILTY, since=evidence[0].on, severity=severity, evidence=evidence)


def _dementia(told: list[Coded]) -> Recorded | None:
    evidence = tuple(code for code in told if _tells(code, DEMENTIA_CODES))
    return _of(Condition.DEMENTIA, evidence)


def _palliative(told: list[Coded], ended: list[date]) -> Recorded | None:
    known = [code for code in told if code.on >= PALLIATIVE_SINCE and _tells(code, PALLIATIVE_CODES)]
    days = {code.on for code in known}
    last = max((day for day in ended if day not in days), default=date.min)
    return _of(Condition.END_OF_LIFE, tuple(code for code in known if code.on > last))


def _of(condition: Condition, evidence: tuple[Coded, ...]) -> Recorded | None:
    if not evidence:
        return None
    return Recorded(condition=condition, since=evidence[0].on, severity=None, evidence=evidence)


def _tells(code: Coded, meant: tuple[Code, ...]) -> bool:
    return any(covers(each, code.system, code.code) for each in meant)
