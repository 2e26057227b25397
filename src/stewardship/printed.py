"""What the command line prints: progress, what was found, and how to sign in.

A summary is plain text without frames, to be sent on as it is. Progress and mistakes go to standard error, so
that `stewardship check FOLDER > found.txt` keeps the summary alone.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from textwrap import wrap
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from stewardship.measures.published import Snapshot
from stewardship.records.findings import FileCount, Finding, Reading
from stewardship.records.row_checks import plain_day

_out = Console(highlight=False)
_errors = Console(stderr=True, highlight=False, soft_wrap=True)


class Steps(AbstractContextManager["Steps"]):
    """Progress bars, one a kind of step, where somebody watches."""

    def __init__(self) -> None:
        self._bars = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"),
            TimeRemainingColumn(), console=_errors, transient=False, disable=not _errors.is_terminal,
        )  # fmt: skip
        self._kind, self._bar = "", TaskID(0)

    def __call__(self, what: str, done: float) -> None:
        """Say that a step is so far done, 0 to 1."""
        kind = what.split(" ", 1)[0]
        if kind != self._kind:
            self._finish()
            self._kind, self._bar = kind, self._bars.add_task(what, total=1.0)
        self._bars.update(self._bar, completed=done, description=what)

    def __enter__(self) -> "Steps":
        self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is None:
            self._finish()
        self._bars.stop()

    def _finish(self) -> None:
        if self._kind:
            self._bars.update(self._bar, completed=1.0)


def what_was_found(found: Reading, snapshot: Snapshot) -> None:
    """A summary of a build that a manager can forward: exact counts of rows, unlike the pages."""
    reading(found)
    for area in snapshot.areas:
        made = sum(not card.missing for card in area.measures)
        _out.print(f"{area.name}: {made} of {len(area.measures)} measures could be made.")
    for note in snapshot.notes:
        _out.print()
        _paragraph(f"Note. {note}", "", first="")


def reading(found: Reading) -> None:
    """What a check found: people, rows and findings a table."""
    _summary(found.people, plain_day(found.as_of), found.files, found.findings)


def how_to_sign_in(passes: Iterable[Any]) -> None:
    """Who may sign in to a demonstration, and with what."""
    table = _plain("To look as", "sign in as", "with the password")
    for each in passes:
        table.add_row(each.role.lower(), each.username, each.password)
    _out.print()
    _out.print(table)


def where_to_look(address: str) -> None:
    """Where the pages are."""
    _out.print(f"\nOpen [bold]{address}[/bold] in a browser. Press Ctrl and C here to stop.")


def mistake(sentence: str) -> None:
    """One plain sentence about what was wrong."""
    _errors.print(sentence, style="bold red", markup=False)


def _summary(people: int, as_of: str, files: Sequence[FileCount], findings: Sequence[Finding]) -> None:
    _out.print(f"\n[bold]{people:,} people.[/bold] Figures stand at {as_of}.\n")
    table = _plain("File", "Becomes", right=("Read", "Loaded", "Set aside"))
    for file in files:
        if not file.absent:
            counts = (file.read, file.loaded, file.quarantined)
            table.add_row(file.file, file.table, *(f"{count:,}" for count in counts))
    _out.print(table)
    if absent := [file.file for file in files if file.absent]:
        _paragraph(f"Not sent: {', '.join(absent)}.", "", first="")
    order = {file.file: number for number, file in enumerate(files)}
    findings = sorted(findings, key=lambda finding: order.get(finding.table, len(order)))
    _findings("To look into", [f for f in findings if f.outcome in ("fail", "could not run")])
    sound = [f for f in findings if f.outcome in ("pass", "not applicable")]
    told = [f for f in sound if f.consequence and (f.count or not f.examined)]
    _findings("Good to know", told)
    if quiet := len(sound) - len(told):
        _out.print(f"\n{quiet} other check{'s' if quiet > 1 else ''} found nothing wrong.")
    _out.print()


def _findings(title: str, findings: Sequence[Finding]) -> None:
    """File by file: how many, what was found, and below what was done about it."""
    if not findings:
        return
    _out.print(f"\n[bold]{title}[/bold]")
    indent = " " * (max(len(_how_many(finding)) for finding in findings) + 4)
    for file, of_file in groupby(findings, key=lambda finding: finding.table):
        _out.print(f"\n{file}", markup=False)
        for done, alike in groupby(of_file, key=lambda finding: f"{finding.consequence} {finding.first}"):
            for finding in alike:
                _paragraph(f"{finding.check}.", indent, first=f"{_how_many(finding)}  ".rjust(len(indent)))
            _paragraph(done.strip(), indent, first=indent, style="italic")


def _how_many(finding: Finding) -> str:
    if finding.examined:
        return f"{finding.count:,} of {finding.examined:,}"
    return f"{finding.count:,}" if finding.count else ""


def _paragraph(text: str, indent: str, *, first: str, style: str = "") -> None:
    """A text in lines short enough to read, the first with its number, the others indented."""
    width = max(len(indent) + 30, min(_out.width, 120))
    for number, line in enumerate(wrap(text, width - len(indent), break_on_hyphens=False)):
        _out.print(Text(indent if number else first).append(line, style), soft_wrap=True)


def _plain(*left: str, right: Sequence[str] = ()) -> Table:
    """A table without frames; columns named in `right` hold numbers."""
    table = Table(*left, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in right:
        table.add_column(name, justify="right")
    return table
