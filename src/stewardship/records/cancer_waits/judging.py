"""Whether a row of published waits agrees with itself: pure, whatever kind of file it stood in."""

import math
import re
from dataclasses import dataclass
from datetime import date

from stewardship.records.cancer_waits.figures import (
    ENGLAND,
    LIMIT_DAYS,
    Basis,
    Level,
    PublishedWait,
    Standard,
    Status,
)

CODE = re.compile(r"[A-Z0-9]{3,5}")
UNKNOWN = "UNKNOWN"
NEARLY = 1e-9  # a published share has 15 digits


@dataclass(frozen=True)
class Edition:
    """Which publication a row belongs to: its month and basis, how final it is, and the file it stands in."""

    month: date
    basis: Basis
    status: Status
    revision: int
    source: str
    file: str
    changed: date | None

    @property
    def rank(self) -> tuple[bool, int]:
        """Of two editions of one month and basis the one of the higher rank counts."""
        return self.status == "final", self.revision


@dataclass(frozen=True)
class Given:
    """A row as it was given: its words made plain, its numbers not judged yet. share_needed: whether it has to have a
    percentage wherever anybody is counted."""

    standard: Standard
    route: str
    stage: str
    cancer: str
    modality: str
    code: str
    name: str
    total: object
    within: object
    after: object
    share: object
    bands: tuple[tuple[str, object], ...] = ()
    share_needed: bool = True


@dataclass(frozen=True)
class Wrong:
    """What sets a row aside. field: of Given, or the words of a band."""

    field: str
    reason: str


def judged(given: Given, edition: Edition) -> PublishedWait | Wrong:
    """The row as a published figure, or the first thing that is wrong with it."""
    wrong = _wrong_words(given) or _wrong_numbers(given) or _disagreement(given)
    if wrong is not None:
        return wrong
    code = given.code or ENGLAND
    return PublishedWait(
        month=edition.month, basis=edition.basis, standard=given.standard, route=given.route, stage=given.stage,
        cancer=given.cancer, modality=given.modality, organisation=code, name=given.name,
        level=_level(code, given.name, edition.basis), total=_number(given.total), within=_number(given.within),
        after=None if given.after is None else _number(given.after),
        share=None if _blank(given.share) else _number(given.share),
        bands=tuple((days, _number(patients)) for days, patients in given.bands),
        status=edition.status, revision=edition.revision, source=edition.source, file=edition.file,
        changed=edition.changed,
    )  # fmt: skip


def share_of(within: float, total: float) -> float | None:
    """The share of patients within a standard, from 0 to 1; None of nobody. Rule R11: shares are never averaged."""
    return within / total if total else None


def _wrong_words(given: Given) -> Wrong | None:
    if given.code == UNKNOWN or CODE.fullmatch(given.code):
        return None if given.name or given.code == UNKNOWN else Wrong("name", "the organisation has no name")
    if not given.code:
        if given.name.upper().startswith("ALL ENGLISH"):
            return None
        return Wrong("code", "there is no code, and it is not a row of all of England")
    return Wrong("code", "the code is not of 3 to 5 capitals and digits")


def _wrong_numbers(given: Given) -> Wrong | None:
    judges = given.standard in LIMIT_DAYS
    counts = [("total", given.total), ("within", given.within), *given.bands]
    if judges:
        counts.insert(2, ("after", given.after))
    for field, value in counts:
        if reason := _wrong_count(value, halves=given.standard == "62-day"):
            return Wrong(field, reason)
    may_be_blank = given.total == 0 or not given.share_needed
    if judges and not _is_number(given.share) and not (_blank(given.share) and may_be_blank):
        return Wrong("share", "the percentage is not a number")
    return None


def _wrong_count(value: object, *, halves: bool) -> str:
    if _blank(value):
        return "there is nothing where a number of patients has to stand"
    if isinstance(value, str):
        return "there are words where a number of patients has to stand"
    if not _is_number(value):
        return "what stands there is no number of patients"
    if _number(value) < 0:
        return "a number of patients is less than 0"
    part = _number(value) * 2 if halves else _number(value)
    if part != int(part):
        return (
            "a number of patients is neither whole nor a half"
            if halves
            else "a number of patients is not whole"
        )
    return ""


def _disagreement(given: Given) -> Wrong | None:
    total, within = _number(given.total), _number(given.within)
    if given.after is not None and within + _number(given.after) != total:
        return Wrong("total", "the total is not those within and those after the standard together")
    if within > total:
        return Wrong("within", "more are within the standard than there are")
    if given.bands and sum(_number(patients) for _, patients in given.bands) != total:
        return Wrong("total", "the total is not the sum of the bands of days")
    expected = share_of(within, total)
    if _blank(given.share) or expected is None:
        return None
    if abs(_number(given.share) - expected) > NEARLY:
        return Wrong("share", "the percentage is not what the counts beside it make")
    return None


def _level(code: str, name: str, basis: Basis) -> Level:
    if code == ENGLAND:
        return "England"
    if code == UNKNOWN:
        return "unknown"
    if basis == "provider":
        return "provider"
    return "integrated care board" if "INTEGRATED CARE BOARD" in name.upper() else "commissioning hub"


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _number(value: object) -> float:
    return float(value)  # type: ignore[arg-type]
