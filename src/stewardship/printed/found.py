"""What a check or a build found in one source: people, rows and findings, file by file."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console

from stewardship.printed.plain import OUT, paragraph, table
from stewardship.records.findings import FileCount, Finding, Reading
from stewardship.records.row_checks import plain_day


def reading(found: Reading, out: Console = OUT) -> None:
    """People, rows and findings a table: exact counts of rows, unlike the pages."""
    out.print(f"\n[bold]{found.people:,} people.[/bold] Figures stand at {plain_day(found.as_of)}.\n")
    supplied(found, out)


def supplied(found: Reading, out: Console = OUT) -> None:
    """Rows and findings of files about nobody."""
    files(found.files, out)
    names = [file.file for file in found.files]
    by_file = sorted(found.findings, key=lambda finding: (_place(finding.table, names), finding.table))
    _findings("To look into", failing(by_file), out)
    sound = [f for f in by_file if f.outcome in ("pass", "not applicable")]
    told = [f for f in sound if f.consequence and (f.count or not f.examined)]
    _findings("Good to know", told, out)
    if quiet := len(sound) - len(told):
        out.print(f"\n{quiet} other check{'s' if quiet > 1 else ''} found nothing wrong.")
    out.print()


def _place(table: str, names: Sequence[str]) -> int:
    """Where a file stands among the names of files; of a kind of file, where its first file does."""
    places = (place for place, name in enumerate(names) if name == table or name.startswith(f"{table}_"))
    return next(places, len(names))


def files(counts: Sequence[FileCount], out: Console) -> None:
    """What became of the rows of each file, and which were not sent."""
    shown = table("File", "Becomes", right=("Read", "Loaded", "Set aside"))
    for file in counts:
        if not file.absent:
            numbers = (file.read, file.loaded, file.quarantined)
            shown.add_row(file.file, file.table, *(f"{count:,}" for count in numbers))
    out.print(shown)
    if absent := [file.file for file in counts if file.absent]:
        paragraph(out, f"Not sent: {', '.join(absent)}.")


def failing(findings: Sequence[Finding]) -> list[Finding]:
    """Those that somebody has to look into."""
    return [finding for finding in findings if finding.outcome in ("fail", "could not run")]


def _findings(title: str, findings: Sequence[Finding], out: Console) -> None:
    """File by file: how many, what was found, and below what was done about it."""
    if not findings:
        return
    out.print(f"\n[bold]{title}[/bold]")
    indent = " " * (max(len(_how_many(finding)) for finding in findings) + 4)
    for file, of_file in groupby(findings, key=lambda finding: finding.table):
        out.print(f"\n{file}", markup=False)
        for done, alike in groupby(of_file, key=lambda finding: f"{finding.consequence} {finding.first}"):
            for finding in alike:
                first = f"{_how_many(finding)}  ".rjust(len(indent))
                paragraph(out, f"{finding.check}.", indent, first=first)
            paragraph(out, done.strip(), indent, first=indent, style="italic")


def _how_many(finding: Finding) -> str:
    if finding.examined:
        return f"{finding.count:,} of {finding.examined:,}"
    return f"{finding.count:,}" if finding.count else ""
