"""Published waits as a CSV of one row a figure: for months and systems that have no national workbook at hand."""

import csv
import math
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import cast, get_args

from stewardship.records.cancer_waits.figures import ALL, ENGLAND, LIMIT_DAYS, Basis, Standard, Status
from stewardship.records.cancer_waits.judging import Edition, Given, Wrong, judged
from stewardship.records.cancer_waits.layout import FIRST_MONTH
from stewardship.records.cancer_waits.read import Fault, Read
from stewardship.records.cancer_waits.workbook import MOST_BYTES, refuse
from stewardship.records.files import SourceError

NEEDED = (
    "Month",
    "Basis",
    "OrganisationCode",
    "OrganisationName",
    "Standard",
    "Total",
    "Within",
    "Status",
    "Source",
)
HEADINGS = (*NEEDED, "Route", "Stage", "Cancer", "Modality", "After", "Share", "Revision", "Changed")
OF_ROUTES = {
    "28-day": (ALL, "USC", "BREAST_SYMPTOMATIC", "SCREENING"),
    "31-day": ("",),
    "62-day": (ALL, "USC", "BREAST_SYMPTOMATIC", "SCREENING", "UPGRADE"),
    "cancer-first-seen": ("USC",),
    "breast-first-seen": ("BREAST_SYMPTOMATIC",),
}
FIELDS = {
    "code": "OrganisationCode", "name": "OrganisationName", "total": "Total", "within": "Within", "after": "After",
    "share": "Share",
}  # fmt: skip


def read_tidy(path: Path, *, today: date) -> Read:
    """The rows of a CSV of published waits. SourceError, in one sentence, for one that cannot be read."""
    read = Read(path.name)
    for number, row in _rows(path):
        read.rows += 1
        edition = _edition(row, path.name, today)
        found = edition if isinstance(edition, Wrong) else _given(row)
        if isinstance(found, Given) and isinstance(edition, Edition):
            figure = judged(found, edition)
            if not isinstance(figure, Wrong):
                read.add(figure, "", number)
                continue
            found = Wrong(FIELDS.get(figure.field, figure.field), figure.reason)
        if isinstance(found, Wrong):
            read.faults.append(Fault(path.name, "", number, found.field, found.reason))
    return read


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with its number among rows, by its headings."""
    try:
        if path.stat().st_size > MOST_BYTES:
            refuse(path, f"is larger than {MOST_BYTES // 2**20} MB", "leave out other systems' organisations")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            _refuse_headings(path, rows.fieldnames or [])
            for number, row in enumerate(rows, start=1):
                if None in row or None in row.values():
                    refuse(
                        path,
                        f"has more or fewer fields than headings in row {number:,}",
                        "write it anew as CSV",
                    )
                yield number, {name.strip(): text.strip() for name, text in row.items()}
    except UnicodeDecodeError as error:
        raise SourceError(
            f"The file of cancer waits {path.name} is not in UTF-8: save it as CSV in UTF-8, then try again."
        ) from error
    except (csv.Error, OSError) as error:
        raise SourceError(
            f"The file of cancer waits {path.name} cannot be read as CSV: write it anew, then try again."
        ) from error


def _refuse_headings(path: Path, headings: object) -> None:
    there = [str(name).strip() for name in headings]  # type: ignore[attr-defined]
    for name in NEEDED:
        if name not in there:
            refuse(path, f"has no column {name}: it has {', '.join(there) or 'none'}", "add it")
    for name in there:
        if name not in HEADINGS or there.count(name) > 1:
            refuse(
                path, f"has a column {name[:40]} too many", f"take it away; known are {', '.join(HEADINGS)}"
            )


def _edition(row: Mapping[str, str], file: str, today: date) -> Edition | Wrong:
    month, changed = _day(f"{row['Month'][:7]}-01"), _day(row.get("Changed", ""))
    if month is None or row["Month"] not in (f"{month:%Y-%m}", f"{month:%Y-%m-%d}"):
        return Wrong("Month", "the month is not written as 2025-03")
    if not FIRST_MONTH <= month <= today:
        return Wrong("Month", "the month is before October 2023, when the standards changed, or to come")
    if row["Basis"] not in get_args(Basis):
        return Wrong("Basis", "the basis is neither provider nor commissioner")
    if row["Status"] not in get_args(Status):
        return Wrong("Status", "the status is neither provisional nor final")
    revision = row.get("Revision", "") or "0"
    if not (revision.isascii() and revision.isdigit() and len(revision) < 3):
        return Wrong("Revision", "the revision is not a whole number")
    if row.get("Changed") and changed is None:
        return Wrong("Changed", "the day is not written as 2025-05-08")
    if not row["Source"]:
        return Wrong("Source", "nobody is named who published the figure")
    return Edition(
        month,
        cast(Basis, row["Basis"]),
        cast(Status, row["Status"]),
        int(revision),
        row["Source"],
        file,
        changed,
    )


def _given(row: Mapping[str, str]) -> Given | Wrong:
    standard = row["Standard"]
    if standard not in get_args(Standard):
        return Wrong("Standard", f"the standard is none of {', '.join(get_args(Standard))}")
    routes = OF_ROUTES[standard]
    route = row.get("Route", "") or routes[0]
    if route not in routes:
        return Wrong("Route", "the route is none that the standard has")
    stages = (ALL, "FIRST", "SUBSEQUENT") if standard == "31-day" else ("",)
    stage = row.get("Stage", "") or stages[0]
    if stage not in stages:
        return Wrong("Stage", "the stage is none that the standard has")
    code = row["OrganisationCode"]
    name = f"ALL ENGLISH {row['Basis'].upper()}S" if code == ENGLAND else row["OrganisationName"]
    return Given(
        cast(Standard, standard), route, stage, row.get("Cancer", "") or ALL, row.get("Modality", "") or ALL,
        "" if code == ENGLAND else code, name, _number(row["Total"]), _number(row["Within"]),
        _number(row.get("After", "")) if standard in LIMIT_DAYS else None, _number(row.get("Share", "")),
        share_needed=False,
    )  # fmt: skip


def _number(text: str) -> object:
    """A number, or the text as it is where it is none."""
    with suppress(ValueError):
        if math.isfinite(number := float(text)):
            return number
    return text


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
