"""Prostate case finding: who is invited, when a PSA is raised or should wait, and the next step.

Source: `case_finding.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from stewardship.rules.cancer.timed.configured import configured
from stewardship.rules.cancer.timed.milestones import owner_words

MALE = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step. counted: what figures call it, or empty. owner: code of `milestones.toml`, patient or practice."""

    code: str
    words: str
    counted: str
    owner: str

    @property
    def owner_in_words(self) -> str:
        """Who owes it."""
        others = {"practice": "General practice", "patient": "The person"}
        return others.get(self.owner, owner_words(self.owner))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is recorded of somebody in case finding. psa: ng/mL. settled: the day the referral's outcome was known.

    declined: the day the person declined, at whatever step.
    """

    age: int
    invited: date | None = None
    consented: date | None = None
    declined: date | None = None
    surveyed: date | None = None
    tested: date | None = None
    psa: Decimal | None = None
    told: date | None = None
    referred: date | None = None
    settled: date | None = None


@cache
def case_finding_steps() -> tuple[Step, ...]:
    """The steps in their order."""
    return tuple(Step(**row) for row in configured("case_finding")["step"])


def why_not_invited(
    *, sex: str, age: int, risks: frozenset[str], has_prostate_cancer: bool, on: date
) -> str | None:
    """Why somebody is not invited, as a clause; None for who is eligible.

    sex: as in the national record. age: whole years on that day. risks: codes of the configuration; ValueError for an
    unknown one.
    """
    rule = _in_force("eligible", on)
    if rule is None:
        return "no programme was in force"
    if unknown := risks - set(rule["risks"]):
        raise ValueError(
            f"No risk of prostate cancer: {', '.join(sorted(unknown))}. Use: {', '.join(rule['risks'])}."
        )
    if sex != MALE:
        return "not recorded as male"
    if has_prostate_cancer:
        return "has a diagnosis of prostate cancer"
    lowest = rule["lowest_age_with_risk"] if risks else rule["lowest_age"]
    if age < lowest:
        return f"younger than {lowest}" + ("" if risks else " without a known higher risk")
    return f"older than {rule['highest_age']}" if age > rule["highest_age"] else None


def is_raised(psa: Decimal, age: int, on: date) -> bool:
    """Whether a PSA (ng/mL) leads to a referral at this age: at the programme's threshold, or above the age's limit."""
    rule = _in_force("raised", on)
    if rule is None:
        return False
    limits = (row["above"] for row in rule["above_by_age"] if row["lowest_age"] <= age <= row["highest_age"])
    over_age = any(psa > Decimal(str(above)) for above in limits)
    return over_age or psa >= Decimal(str(rule["at_least"]))


def psa_from(events: Mapping[str, date]) -> tuple[date, str] | None:
    """The first day on which a PSA may be taken, and what puts it off longest; None where nothing does.

    events: the last day of each of the things that put it off, by code; ValueError for an unknown one.
    """
    known = configured("case_finding")["put_off"]
    if unknown := set(events) - set(known):
        raise ValueError(
            f"Nothing that puts off a PSA: {', '.join(sorted(unknown))}. Use: {', '.join(known)}."
        )
    waits = (
        (day + timedelta(days=known[code]["days"]), known[code]["words"]) for code, day in events.items()
    )
    return max(waits, default=None)


def next_case_finding_step(found: Found, as_of: date) -> Step | None:
    """The next step of somebody on a day; None once they declined, the PSA told of was not raised, or all is done.

    It is the one after the last that has happened; a date after `as_of` has not.
    """
    if _happened(found.declined, as_of):
        return None
    steps = case_finding_steps()
    happened = [place for place, step in enumerate(steps) if _happened(getattr(found, step.code), as_of)]
    to_come = steps[max(happened) + 1 :] if happened else steps
    if not to_come or (to_come[0].code == "referred" and not _to_refer(found)):
        return None
    return to_come[0]


def _to_refer(found: Found) -> bool:
    on = found.tested or found.told
    return found.psa is not None and on is not None and is_raised(found.psa, found.age, on)


def _happened(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of


def _in_force(table: str, on: date) -> Mapping[str, Any] | None:
    rows = configured("case_finding")[table]
    found = (row for row in rows if row["from"] <= on and on <= row.get("until", on))
    return next(found, None)
