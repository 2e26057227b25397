"""Why somebody may belong on the register: the reasons their records give, each with its evidence.

A reason is a question to a clinician, who confirms or rejects it; no reason puts anybody on the register by itself.
Source: `candidates.toml`, and the rules of the registers in `conditions`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from stewardship.rules.frailty.conditions import Coded, Condition, Recorded, recorded, severity_of
from stewardship.rules.frailty.intervals import months_after
from stewardship.rules.frailty.scales import reading_of_deficits
from stewardship.rules.scores.electronic_frailty import DEFICITS, ELECTRONIC_FRAILTY
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY, MEANINGS
from stewardship.rules.scores.score import points_of

FILE = Path(__file__).with_name("candidates.toml")


class Route(StrEnum):
    """By what somebody was found."""

    CODES = "codes"
    EFI = "efi"
    HFRS = "hfrs"
    CARE_HOME = "care_home"
    FALLS = "falls"
    HIGH_USE = "high_use"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was found. what: in words; code: as recorded, or ""; on: its day, None where it has none."""

    what: str
    code: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody may belong on the register.

    condition: which of the three it points to. degree: of frailty, "" where the reason tells none. words: one sentence.
    evidence: in the order of days.
    """

    route: Route
    condition: Condition
    degree: str
    words: str
    evidence: tuple[Evidence, ...]

    @property
    def latest(self) -> date | None:
        """The day of the latest thing found; None where none has a day."""
        return max((each.on for each in self.evidence if each.on is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the records of one person hold, up to the day that is judged on.

    age: in years on that day. codes: of frailty, dementia and palliative care. palliative_ended: days on which
    palliative care was recorded as no longer indicated. deficits: of the eFI, with the day each was first recorded;
    None where it has none. diagnoses: groups of the HFRS found in emergency admissions of two years, with the last day
    of each. falls: days of falls. care_home: since when one is recorded as home. admissions, attendances: days of
    emergency admissions and of attendances in emergency departments. frailty_scale: days and levels of the Clinical
    Frailty Scale.
    """

    age: int
    codes: tuple[Coded, ...] = ()
    palliative_ended: tuple[date, ...] = ()
    deficits: Mapping[str, date | None] = field(default_factory=dict)
    diagnoses: Mapping[str, date] = field(default_factory=dict)
    falls: tuple[date, ...] = ()
    care_home: date | None = None
    admissions: tuple[date, ...] = ()
    attendances: tuple[date, ...] = ()
    frailty_scale: tuple[tuple[date, int], ...] = ()


@cache
def thresholds() -> tuple[Mapping[str, int], ...]:
    """Every set of thresholds of `candidates.toml`, the oldest first."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["threshold"]
    return tuple(sorted(rows, key=lambda row: row["from"]))


def thresholds_on(day: date) -> Mapping[str, int]:
    """The thresholds of a day; the oldest for days before any."""
    begun = [row for row in thresholds() if row["from"] <= day]  # type: ignore[operator]  # `from` is a date
    return begun[-1] if begun else thresholds()[0]


def reasons(found: Found, as_of: date, *, limits: Mapping[str, int] | None = None) -> tuple[Reason, ...]:
    """Every reason why somebody may belong on the register, those by codes first."""
    limit = limits or thresholds_on(as_of)
    told = recorded(found.codes, as_of, no_longer=found.palliative_ended)
    others = (
        _efi(found, limit),
        _hfrs(found, limit),
        _care_home(found, limit),
        _falls(found, as_of, limit),
        _admissions(found, as_of, limit),
        _high_use(found, as_of, limit),
    )
    return (*(_by_codes(each) for each in told), *(each for each in others if each is not None))


def new_evidence(now: Iterable[Reason], known: Iterable[Reason]) -> tuple[Reason, ...]:
    """Of these reasons, those with something that was not known before; somebody rejected is asked about again by them.

    New is a reason by a route or for a condition that was not there, a degree that was not, or a piece of evidence.
    known: every reason that was ever told of the person.
    """
    before: dict[tuple[Route, Condition], list[Reason]] = {}
    for reason in known:
        before.setdefault((reason.route, reason.condition), []).append(reason)
    return tuple(
        reason for reason in now if _is_new(reason, before.get((reason.route, reason.condition), []))
    )


def _is_new(reason: Reason, before: list[Reason]) -> bool:
    if reason.degree not in {each.degree for each in before}:
        return True
    known = {_told(each, reason.route) for one in before for each in one.evidence}
    return any(_told(each, reason.route) not in known for each in reason.evidence)


def _told(evidence: Evidence, route: Route) -> tuple[str, str, date | None]:
    """Diagnoses of the HFRS count once, so that the day of the last of them tells nothing new."""
    return evidence.what, evidence.code, None if route is Route.HFRS else evidence.on


def _by_codes(told: Recorded) -> Reason:
    names = {
        Condition.FRAILTY: f"{told.severity} frailty has been recorded",
        Condition.DEMENTIA: "dementia has been recorded",
        Condition.END_OF_LIFE: "palliative or end of life care has been recorded",
    }
    evidence = tuple(Evidence(_what(code, told.condition), code.code, code.on) for code in told.evidence)
    words = names[told.condition]
    return Reason(
        route=Route.CODES, condition=told.condition, degree=told.severity or "", evidence=evidence,
        words=f"{words[0].upper()}{words[1:]}, first on {_day(told.since)}",
    )  # fmt: skip


def _what(code: Coded, condition: Condition) -> str:
    severity = severity_of(code)
    if severity is not None:
        return f"{severity} frailty"
    return "dementia" if condition is Condition.DEMENTIA else "palliative care"


def _efi(found: Found, limit: Mapping[str, int]) -> Reason | None:
    many = len(found.deficits)
    if many < limit["efi_deficits"] or found.age < ELECTRONIC_FRAILTY.youngest:
        return None
    told = reading_of_deficits(many, age=found.age)
    evidence = [Evidence(name, "", on) for name, on in found.deficits.items()]
    scale = [
        Evidence(f"Clinical Frailty Scale {level}", "", on) for on, level in sorted(found.frailty_scale)[-1:]
    ]
    words = f"{many} of the {DEFICITS} deficits of the electronic frailty index: {told.band}"
    return Reason(
        route=Route.EFI, condition=Condition.FRAILTY, degree=told.band, words=words,
        evidence=_in_order([*evidence, *scale]),
    )  # fmt: skip


def _hfrs(found: Found, limit: Mapping[str, int]) -> Reason | None:
    points = points_of(HOSPITAL_FRAILTY, found.diagnoses.keys())
    if points < limit["hfrs_tenths"] or found.age < HOSPITAL_FRAILTY.youngest:
        return None
    score = HOSPITAL_FRAILTY.value(points)
    evidence = [Evidence(MEANINGS[code], code, on) for code, on in found.diagnoses.items()]
    words = f"Hospital Frailty Risk Score {score:.1f}, of emergency admissions in two years"
    return Reason(
        route=Route.HFRS, condition=Condition.FRAILTY, degree="", words=words, evidence=_in_order(evidence)
    )


def _care_home(found: Found, limit: Mapping[str, int]) -> Reason | None:
    if found.care_home is None or found.age < limit["care_home_age"]:
        return None
    evidence = (Evidence("lives in a care home", "", found.care_home),)
    words = f"Lives in a care home, recorded on {_day(found.care_home)}"
    return Reason(
        route=Route.CARE_HOME, condition=Condition.FRAILTY, degree="", words=words, evidence=evidence
    )


def _falls(found: Found, as_of: date, limit: Mapping[str, int]) -> Reason | None:
    fell = _within(found.falls, as_of, limit["falls_months"])
    admitted = sorted(set(fell) & set(found.admissions))
    if found.age < limit["falls_age"] or (len(fell) < limit["falls"] and not admitted):
        return None
    evidence = [
        Evidence("fall, with an emergency admission" if on in admitted else "fall", "", on) for on in fell
    ]
    times = f"A fall on {len(fell)} days" if len(fell) > 1 else "A fall that led to an emergency admission"
    words = f"{times} in {limit['falls_months']} months"
    return Reason(
        route=Route.FALLS, condition=Condition.FRAILTY, degree="", words=words, evidence=tuple(evidence)
    )


def _admissions(found: Found, as_of: date, limit: Mapping[str, int]) -> Reason | None:
    admitted = _within(found.admissions, as_of, limit["admissions_months"])
    if found.age < limit["admissions_age"] or len(admitted) < limit["admissions"]:
        return None
    words = f"{len(admitted)} emergency admissions in {limit['admissions_months']} months"
    evidence = tuple(Evidence("emergency admission", "", on) for on in admitted)
    return Reason(
        route=Route.HIGH_USE, condition=Condition.END_OF_LIFE, degree="", words=words, evidence=evidence
    )


def _high_use(found: Found, as_of: date, limit: Mapping[str, int]) -> Reason | None:
    months = limit["high_use_months"]
    admitted, attended = (_within(days, as_of, months) for days in (found.admissions, found.attendances))
    often = len(admitted) >= limit["high_use_admissions"] or len(attended) >= limit["high_use_attendances"]
    if found.age < limit["high_use_age"] or not often:
        return None
    evidence = [Evidence("emergency admission", "", on) for on in admitted]
    evidence += [Evidence("attendance in an emergency department", "", on) for on in attended]
    words = (
        f"High use in {months} months: emergency admissions {len(admitted)}, attendances in emergency "
        f"departments {len(attended)}"
    )
    return Reason(
        route=Route.HIGH_USE,
        condition=Condition.FRAILTY,
        degree="",
        words=words,
        evidence=_in_order(evidence),
    )


def _within(days: Iterable[date], as_of: date, months: int) -> list[date]:
    """Those of the months that end on `as_of`, with as many entries as there were that day."""
    since = months_after(as_of, -months)
    return sorted(day for day in days if since < day <= as_of)


def _in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda each: (each.on or date.max, each.what, each.code)))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
