"""What was known of a pathway on a day: dates after it are left out, for they are booked and not yet done."""

from dataclasses import replace
from datetime import date

from stewardship.rules.cancer.pathway import Pathway, Treatment


def known_on(pathway: Pathway, as_of: date | None) -> Pathway:
    """The pathway without what is dated later; the very same one where nothing is. A running pause ends that day."""
    if as_of is None:
        return pathway
    treatment = None if pathway.treatment is None else _treatment_on(pathway.treatment, as_of)
    later = [name for name in DATES if (day := getattr(pathway, name)) is not None and day > as_of]
    if not later and treatment is pathway.treatment:
        return pathway
    gone: dict[str, date | str | None] = dict.fromkeys(later)
    if "told" in gone:
        gone |= {"end_reason": "", "exclusion_reason": ""}
    return replace(pathway, treatment=treatment, **gone)  # type: ignore[arg-type]  # None or "" by the name


DATES = (
    "received",
    "upgraded",
    "missed",
    "rebooked",
    "first_seen",
    "told",
    "left",
    "transferred",
)


def _treatment_on(treatment: Treatment, as_of: date) -> Treatment | None:
    """The treatment as it was known; None before it was decided or begun."""
    decided, started = _by(treatment.decided, as_of), _by(treatment.started, as_of)
    if decided is None and started is None and (treatment.decided or treatment.started):
        return None
    pause_from, pause_to = _by(treatment.pause_from, as_of), treatment.pause_to
    if pause_from is not None and started is None:
        pause_to = min(pause_to or as_of, as_of)
    as_it_is = (treatment.decided, treatment.started, treatment.pause_from, treatment.pause_to)
    if (decided, started, pause_from, pause_to) == as_it_is:
        return treatment
    return replace(treatment, decided=decided, started=started, pause_from=pause_from, pause_to=pause_to)


def _by(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None
