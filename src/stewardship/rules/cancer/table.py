"""Pathways as rows of a table, and what is concluded of them as rows of another: docs/cancer-waiting-times.md."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from stewardship.rules.cancer.codes import Leaving, Route
from stewardship.rules.cancer.judgement import Allocation, Clock, Judgement, Result, Share, Waiting
from stewardship.rules.cancer.mistakes import mistakes
from stewardship.rules.cancer.pathway import Pathway, Treatment

COLUMN_OF = {
    "referral_type": "referral_type",
    "received": "referral_received",
    "upgraded": "upgrade_date",
    "missed": "first_appt_dna_date",
    "rebooked": "dna_rebooked_date",
    "first_seen": "first_seen",
    "told": "fds_end_date",
    "end_reason": "fds_end_reason",
    "decided": "dtt_date",
    "event_type": "treatment_event_type",
    "modality": "treatment_modality",
    "started": "treatment_start",
    "pause_from": "pause_from",
    "pause_to": "pause_to",
    "pause_reason": "pause_reason",
    "transferred": "transfer_date",
    "left": "other_events",
}
"""The column of each field of a `Pathway` or its `Treatment` that can be mistaken."""

COLUMNS = (
    "case_id", "route", "referral_type", "referral_received", "upgrade_date", "first_appt_dna_date",
    "dna_rebooked_date", "first_seen", "first_seen_org", "fds_end_date", "fds_end_reason", "fds_exclusion_reason",
    "dtt_date", "treatment_event_type", "treatment_modality", "treatment_start", "pause_from", "pause_to",
    "pause_reason", "icd10", "morphology_flag", "investigating_org", "treating_org", "transfer_date", "other_events",
    "snapshot_date",
)  # fmt: skip
"""Columns that a table of pathways has; others, such as a title, are not looked at."""

CONCLUSIONS = (
    "case_id", "adj_first_seen_days", "adj_treatment_days", "fds_days", "fds_result", "d31_days", "d31_result",
    "d62_start", "d62_days", "d62_result", "alloc_method", "scenario", "inv_den", "inv_breach", "treat_den",
    "treat_breach", "open_days", "backlog_band", "in_headline_backlog",
)  # fmt: skip
"""Columns of what is concluded, in order."""

BASAL_CELL = "BCC"
TIME_OF_DAY = r"(?:[T ]\d\d:\d\d.*?)?"
DAY = re.compile(rf"(\d{{4}}-\d\d-\d\d){TIME_OF_DAY}")
DIAGNOSIS = re.compile(r"[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?")
EVENT = re.compile(rf"\s*(.+?)\s*:\s*([^:;/\s]+{TIME_OF_DAY})\s*(?:/\s*([^:;/\s]+{TIME_OF_DAY})\s*)?")


class RowError(Exception):
    """A row that cannot be judged: `column` and, as a sentence without a stop, what is wrong with it."""

    def __init__(self, column: str, words: str) -> None:
        super().__init__(f"column {column}: {words}")
        self.column, self.words = column, words


class Case(NamedTuple):
    """One row: its name, its pathway and the day it is judged on, None where the row names none."""

    case_id: str
    pathway: Pathway
    as_of: date | None


def case_of(row: Mapping[str, str]) -> Case:
    """The pathway of a row with all of COLUMNS. RowError names the column of the first thing that is wrong."""
    case_id = row["case_id"].strip()
    if not case_id:
        raise RowError("case_id", "it is empty, and every row needs a name of its own")
    pathway, as_of = _pathway(row), _day(row, "snapshot_date")
    for field, words in mistakes(pathway):
        raise RowError(COLUMN_OF[field], words)
    if as_of is not None and pathway.received is not None and as_of < pathway.received:
        raise RowError("snapshot_date", "it is before the day the referral was received")
    return Case(case_id, pathway, as_of)


def _pathway(row: Mapping[str, str]) -> Pathway:
    received, upgraded = _day(row, "referral_received"), _day(row, "upgrade_date")
    first_seen = _day(row, "first_seen")
    left, because = _leaving(row, received or upgraded, first_seen)
    return Pathway(
        route=_route(row),
        referral_type=_code(row, "referral_type"),
        received=received,
        upgraded=upgraded,
        missed=_day(row, "first_appt_dna_date"),
        rebooked=_day(row, "dna_rebooked_date"),
        first_seen=first_seen,
        first_seen_provider=row["first_seen_org"].strip().upper(),
        told=_day(row, "fds_end_date"),
        end_reason=_code(row, "fds_end_reason"),
        exclusion_reason=_code(row, "fds_exclusion_reason"),
        left=left,
        left_because=because,
        diagnosis=_diagnosis(row),
        basal_cell=_basal_cell(row),
        investigating_provider=row["investigating_org"].strip().upper(),
        transferred=_day(row, "transfer_date"),
        treatment=_treatment(row),
    )


def _treatment(row: Mapping[str, str]) -> Treatment | None:
    """The treatment; None where a row has none of its dates and codes."""
    treatment = Treatment(
        decided=_day(row, "dtt_date"),
        started=_day(row, "treatment_start"),
        event_type=_code(row, "treatment_event_type"),
        modality=_code(row, "treatment_modality"),
        pause_from=_day(row, "pause_from"),
        pause_to=_day(row, "pause_to"),
        pause_reason=row["pause_reason"].strip().lstrip("0"),
    )
    return (
        None if treatment == Treatment() else replace(treatment, provider=row["treating_org"].strip().upper())
    )


def _day(row: Mapping[str, str], column: str) -> date | None:
    """A day as 2026-03-31; a time of day after it, in whatever zone, is not looked at."""
    return _day_in(row[column].strip(), column)


def _day_in(written: str, column: str) -> date | None:
    if not written:
        return None
    found = DAY.fullmatch(written)
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise RowError(
            column, "that is not a day: write year, month and day, for example 2026-03-31"
        ) from None


def _code(row: Mapping[str, str], column: str) -> str:
    """A code of two digits, of which a spreadsheet may have taken the first 0."""
    written = row[column].strip()
    return written.zfill(2) if written else ""


def _route(row: Mapping[str, str]) -> Route:
    try:
        return Route(row["route"].strip().upper())
    except ValueError:
        *others, last = Route
        raise RowError("route", f"that is no route: it can be {', '.join(others)} or {last.value}") from None


def _diagnosis(row: Mapping[str, str]) -> str:
    written = row["icd10"].strip().upper()
    if written and not DIAGNOSIS.fullmatch(written):
        raise RowError("icd10", "that is no code of ICD-10: write it as C18.7")
    return written


def _basal_cell(row: Mapping[str, str]) -> bool:
    written = row["morphology_flag"].strip().upper()
    if written not in ("", BASAL_CELL):
        raise RowError("morphology_flag", f"that is no code of it: it can be {BASAL_CELL} or empty")
    return written == BASAL_CELL


def _leaving(
    row: Mapping[str, str], since: date | None, first_seen: date | None
) -> tuple[date | None, Leaving]:
    """The first event after which nobody waits any longer: death, private care, an emergency before being seen.

    Every other event is only checked: none takes a day off a wait.
    """
    left = [
        (day, because)
        for name, day in _events(row)
        if (because := _leaving_of(name)) is not None
        and (since is None or day >= since)
        and (because is not Leaving.EMERGENCY or first_seen is None or day < first_seen)
    ]
    return min(left, default=(None, Leaving.OTHER))


def _events(row: Mapping[str, str]) -> list[tuple[str, date]]:
    """Names and first days of the events of a row, written `name:day` or `name:day/day`, with semicolons between."""
    found = []
    for written in filter(str.strip, row["other_events"].split(";")):
        event = EVENT.fullmatch(written)
        first = _day_in(event[2], "other_events") if event else None
        last = _day_in(event[3], "other_events") if event and event[3] else first
        if event is None or first is None or last is None:
            raise RowError("other_events", "write events as name:2026-03-31, with semicolons between them")
        if last < first:
            raise RowError("other_events", "an event ends before it begins")
        found.append((event[1].lower(), first))
    return found


def _leaving_of(name: str) -> Leaving | None:
    words = " ".join(re.findall(r"[a-z]+", name))
    return next((because for because, said in LEAVING.items() if said.fullmatch(words)), None)


LEAVING = {
    Leaving.DIED: re.compile(
        r"(the )?(patient |person )?(died|dead|deceased|death|date of death)( of patient)?"
    ),
    Leaving.PRIVATE: re.compile(
        r"(went|goes|gone|moved to|transferred to)? ?private( care| treatment| sector)?"
    ),
    Leaving.EMERGENCY: re.compile(r".*\bemergency (admission|admitted)\b.*|admitted in an emergency"),
}
"""What events are called after which nobody waits any longer; a scan that was private is none of them."""


def conclusions(case_id: str, judgement: Judgement) -> dict[str, str]:
    """What is concluded of a pathway, by the names of CONCLUSIONS; empty where there is nothing to say."""
    told, decided = judgement.faster_diagnosis, judgement.decision_to_treatment
    treated = judgement.referral_to_treatment
    counted = treated.result in (Result.MET, Result.BREACH, Result.OPEN)
    return {
        "case_id": case_id,
        "adj_first_seen_days": str(judgement.first_seen_days),
        "adj_treatment_days": str(judgement.treatment_days),
        "fds_days": _days(told),
        "fds_result": told.result.value,
        "d31_days": _days(decided),
        "d31_result": decided.result.value,
        "d62_start": treated.start.isoformat() if counted and treated.start else "",
        "d62_days": _days(treated),
        "d62_result": treated.result.value,
        **_allocation(judgement.allocation),
        **_waiting(judgement.waiting),
    }


def _days(clock: Clock) -> str:
    return "" if clock.days is None else str(clock.days)


def _allocation(allocation: Allocation) -> dict[str, str]:
    def written(share: Share | None, part: str) -> str:
        return "" if share is None else f"{getattr(share, part):g}"

    return {
        "alloc_method": allocation.method.value,
        "scenario": "" if allocation.case is None else str(allocation.case),
        "inv_den": written(allocation.investigating, "patients"),
        "inv_breach": written(allocation.investigating, "breaches"),
        "treat_den": written(allocation.treating, "patients"),
        "treat_breach": written(allocation.treating, "breaches"),
    }


def _waiting(waiting: Waiting | None) -> dict[str, str]:
    if waiting is None:
        return dict.fromkeys(("open_days", "backlog_band", "in_headline_backlog"), "")
    return {
        "open_days": str(waiting.days),
        "backlog_band": waiting.band.value,
        "in_headline_backlog": "Y" if waiting.in_headline else "N",
    }
