"""A folder of published waits read whole: what of it a system shows, and what was found in its files."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from stewardship.records.cancer_waits.agreement import Agreement, agreements
from stewardship.records.cancer_waits.editions import newest
from stewardship.records.cancer_waits.figures import PublishedWait, Shown
from stewardship.records.cancer_waits.read import Fault, Read
from stewardship.records.cancer_waits.sheets import read_workbook
from stewardship.records.cancer_waits.tidy import read_tidy
from stewardship.records.cancer_waits.workbook import open_workbook, said
from stewardship.records.files import SourceError, files_of
from stewardship.records.findings import FileCount, Finding, Reading, fails

CANCER_WAITS = "cancer-waits"
AS_PUBLISHED = "They are shown as published: see whether the publisher has a later file."


@dataclass(frozen=True)
class PublishedWaits:
    """What is shown of a folder, and what was made of its files."""

    waits: tuple[PublishedWait, ...]
    reading: Reading


def read_published_waits(folder: Path, shown: Shown, *, today: date) -> PublishedWaits:
    """Read the workbooks (.xlsx) and tidy files (.csv) of a folder, one after the other.

    Kept is everything of the organisations shown and of England, and of all others their figures of all cancers.
    today: no later month has come. SourceError, in one sentence, for a file that cannot be used: then nothing is read.
    """
    meant, others = _files(folder)
    kept: list[PublishedWait] = []
    files: list[FileCount] = []
    findings: list[Finding] = []
    agreed: list[tuple[str, Agreement]] = []
    for path in meant:
        read = _read(path, today)
        files.append(FileCount(path.name, "cancer_waits", read.rows, len(read.waits), len(read.faults)))
        findings += _found(read)
        agreed += [(path.name, each) for each in agreements(read.waits, whole=read.whole)]
        kept += _kept(read.waits, shown)
    waits, replaced = newest(kept)
    findings += [*_agreed(agreed), *_found_together(waits, replaced, shown)]
    findings += [fails("Files that nothing is read from", name, 1, 1, "It is left out.") for name in others]
    return PublishedWaits(tuple(waits), Reading(CANCER_WAITS, today, 0, frozenset(), files, findings))


def _files(folder: Path) -> tuple[list[Path], list[str]]:
    """The files that are read, and the names of the others."""
    there = [path for path in files_of(folder) if not path.name.startswith("~$")]  # open in a spreadsheet
    meant = [path for path in there if path.suffix.lower() in (".xlsx", ".csv")]
    if not meant:
        raise SourceError(
            f"{folder} has no file of cancer waits (.xlsx or .csv): supply one, or take the folder out of the settings."
        )
    return meant, [path.name for path in there if path not in meant]


def _read(path: Path, today: date) -> Read:
    if path.suffix.lower() == ".csv":
        return read_tidy(path, today=today)
    return read_workbook(open_workbook(path), today=today)


def _kept(waits: Sequence[PublishedWait], shown: Shown) -> Iterator[PublishedWait]:
    for wait in waits:
        belongs = shown.belongs(wait)
        if belongs != "other" or wait.headline:
            yield replace(wait, belongs=belongs)


def _found(read: Read) -> Iterator[Finding]:
    """What was found in one file."""
    yield from _set_aside(read)
    if read.lacking:
        yield _sheets("Sheets that are not there", read, read.lacking, "Their figures are missing")
    if read.unread:
        yield _sheets("Sheets that nothing is read from", read, read.unread, "They are left out")


def _agreed(agreed: Sequence[tuple[str, Agreement]]) -> Iterator[Finding]:
    """A finding for each file whose rows do not make each other up; one for all files together where all do."""
    for check, alike in groupby(sorted(agreed, key=_check), key=_check):
        files = list(alike)
        apart = [(file, each) for file, each in files if each.apart]
        for file, each in apart:
            found = fails(check, file, len(each.apart), each.examined, AS_PUBLISHED)
            yield replace(found, first=_first(each.apart))
        if not apart:
            yield fails(check, CANCER_WAITS, 0, sum(each.examined for _, each in files), "")


def _check(agreed: tuple[str, Agreement]) -> str:
    return agreed[1].check


def _set_aside(read: Read) -> Iterator[Finding]:
    by_reason = sorted(read.faults, key=lambda fault: fault.reason)  # stable: the first of each stays first
    for reason, alike in groupby(by_reason, key=lambda fault: fault.reason):
        faults: list[Fault] = list(alike)
        yield Finding(
            f"Rows set aside: {reason}", read.file, "fail", len(faults), read.rows,
            "They count in no figure: supply the file as published, or ask its publisher.",
            f"The first is {faults[0].where}.",
        )  # fmt: skip


def _first(apart: Sequence[PublishedWait]) -> str:
    wait = apart[0]
    words = (wait.route, wait.stage, wait.cancer, wait.modality)
    return f"The first is {wait.organisation}, {wait.standard}, {', '.join(filter(None, words))}."


def _sheets(check: str, read: Read, names: Sequence[str], consequence: str) -> Finding:
    told = ", ".join(said(name[:31]) for name in names[:20])
    return fails(check, read.file, len(names), len(names), f"{consequence}: {told}.")


def _found_together(waits: Sequence[PublishedWait], replaced: int, shown: Shown) -> Iterator[Finding]:
    """What is seen once all files are read."""
    editions = {(wait.month, wait.basis): wait.status for wait in waits}
    missing = [
        month
        for basis in sorted({basis for _, basis in editions})
        for month in _gaps({month for month, of_basis in editions if of_basis == basis})
    ]
    yield fails(
        "Months without a publication between the first and the last",
        CANCER_WAITS,
        len(missing),
        len(editions) + len(missing),
        "Series have a gap there: supply their files.",
    )
    yield _lacking(waits, shown)
    provisional = sum(status == "provisional" for status in editions.values())
    yield _good_to_know(
        "Publications that are provisional", provisional, len(editions),
        "They are shown as provisional until the final ones are supplied.",
    )  # fmt: skip
    yield _good_to_know(
        "Publications that another takes the place of", replaced, len(editions) + replaced,
        "The final one counts, and of final ones the latest revision.",
    )  # fmt: skip


def _good_to_know(check: str, count: int, examined: int, consequence: str) -> Finding:
    return Finding(check, CANCER_WAITS, "pass", count, examined, consequence if count else "")


def _lacking(waits: Sequence[PublishedWait], shown: Shown) -> Finding:
    there = {(wait.organisation, wait.basis) for wait in waits}
    codes = {code for code, _ in there}
    lacking = [
        *(code for code in shown.providers if (code, "provider") not in there),
        *(code for code in shown.commissioners if (code, "commissioner") not in there),
        *(code for code in shown.neighbours if code not in codes),
    ]
    named = len(shown.providers) + len(shown.commissioners) + len(shown.neighbours)
    return fails(
        "Organisations of the settings that no file has", CANCER_WAITS, len(lacking), named,
        f"Correct the settings, or supply the files: {', '.join(lacking)}.",
    )  # fmt: skip


def _gaps(months: Collection[date]) -> Iterator[date]:
    month, last = min(months), max(months)
    while month < last:
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        if month not in months:
            yield month
