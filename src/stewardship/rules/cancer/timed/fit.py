"""What a FIT result means against the threshold of its purpose and date, and what to do.

Source: NICE DG56 for symptoms; `fit.toml` for the rest.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Literal

from stewardship.rules.cancer.timed.configured import configured, in_force

Comparator = Literal["", "<", "<=", ">", ">="]
Purpose = Literal["symptoms", "screening"]
BY_FIT = "lower_gi"
"""The timed pathway that a FIT decides about."""


class Finding(StrEnum):
    """What a FIT comes to."""

    RAISED = "at or over the threshold"
    BELOW = "below the threshold"
    UNCLEAR = "cannot be compared"
    NO_RESULT = "no result"
    NOT_WAITED_FOR = "not waited for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A FIT, or why there is none. value: in `unit`; None without a result. comparator: "<" for "less than value".

    unit: as the laboratory wrote it; empty: micrograms per gram. found: findings of the examination, such as "rectal
    mass".
    """

    value: Decimal | None = None
    comparator: Comparator = ""
    unit: str = ""
    sampled: date | None = None
    resulted: date | None = None
    missing_because: str = ""
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From how many micrograms per gram on a result is raised, for a purpose, in force from `since` to `until`."""

    purpose: str
    at_least: Decimal
    source: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a FIT comes to. do: what to do. look_again: first and last day of the safety net's next look, or None."""

    finding: Finding
    threshold: Threshold | None
    do: str
    look_again: tuple[date, date] | None = None


@cache
def thresholds() -> tuple[Threshold, ...]:
    """All thresholds that are configured."""
    return tuple(
        Threshold(
            purpose=row["purpose"], at_least=Decimal(str(row["at_least"])), source=row["source"],
            since=row["from"], until=row.get("until"),
        )
        for row in configured("fit")["threshold"]
    )  # fmt: skip


def fit_result(text: str) -> tuple[Comparator, Decimal, str]:
    """Comparator, value and unit of a result as a laboratory writes it: "<4", "> 200 ug/g", "12.5".

    ValueError where it is no such result.
    """
    parts = re.fullmatch(r"\s*(<=|>=|≤|≥|<|>)?\s*(\d{1,6}(?:\.\d{1,3})?)\s*([A-Za-zµμ]\D*)?", text)
    if parts is None:
        raise ValueError(
            'A FIT result is a number, such as 12.5, "<4" or ">200", with its unit if there is one.'
        )
    signs: dict[str, Comparator] = {"≤": "<=", "≥": ">=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "": ""}
    return signs[parts[1] or ""], Decimal(parts[2]), (parts[3] or "").strip()


def read_fit(fit: Fit, as_of: date, purpose: Purpose = "symptoms") -> Reading:
    """What a FIT comes to on a day, by the threshold in force when it was reported (else sampled, else on that day).

    A result of after that day is not known yet. Where nobody waits for a result, whatever it is changes nothing.
    """
    finding, threshold = _finding(fit, as_of, purpose)
    look_again = _look_again(fit.resulted) if finding is Finding.BELOW and fit.resulted else None
    return Reading(
        finding=finding, threshold=threshold, do=configured("fit")["do"][finding], look_again=look_again
    )


def _finding(fit: Fit, as_of: date, purpose: Purpose) -> tuple[Finding, Threshold | None]:
    if _not_waited_for(fit):
        return Finding.NOT_WAITED_FOR, None
    if fit.value is None or (fit.resulted is not None and fit.resulted > as_of):
        return Finding.NO_RESULT, None
    on = fit.resulted or fit.sampled or as_of
    threshold = next((row for row in in_force(thresholds(), on) if row.purpose == purpose), None)
    if threshold is None or not _in_micrograms(fit.unit):
        return Finding.UNCLEAR, threshold
    return _compared(fit.comparator, fit.value, threshold.at_least), threshold


def _not_waited_for(fit: Fit) -> bool:
    """Whether the examination, or the reason why there is no result, tells of what does not wait for one."""
    findings = configured("fit")["without"]["findings"]
    because = fit.missing_because.lower()
    return any(finding in fit.found or finding in because for finding in findings)


def _compared(comparator: Comparator, value: Decimal, at_least: Decimal) -> Finding:
    """A limit that does not reach the threshold tells nothing: "<20" may be 5 or 15."""
    raised = value >= at_least
    match comparator:
        case "":
            return Finding.RAISED if raised else Finding.BELOW
        case "<":
            return Finding.BELOW if value <= at_least else Finding.UNCLEAR
        case "<=":
            return Finding.UNCLEAR if raised else Finding.BELOW
        case _:
            return Finding.RAISED if raised else Finding.UNCLEAR


def _in_micrograms(unit: str) -> bool:
    known = {_bare(spelling) for spelling in configured("fit")["unit"]["spellings"]}
    return unit == "" or _bare(unit) in known


def _bare(unit: str) -> str:
    return unit.replace(" ", "").replace("μ", "µ").lower()


def _look_again(resulted: date) -> tuple[date, date]:
    net = configured("fit")["safety_net"]
    return resulted + timedelta(weeks=net["from_weeks"]), resulted + timedelta(weeks=net["until_weeks"])
