"""What the command line prints: progress, what was found, and how to sign in."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from stewardship.measures.published import Snapshot
from stewardship.records.findings import FileCount, Finding, Reading

_out = Console(highlight=False, soft_wrap=True)
_errors = Console(stderr=True, highlight=False, soft_wrap=True)


class Steps(AbstractContextManager["Steps"]):
    """Progress bars, one a kind of step; where nobody watches, one line a step."""

    def __init__(self) -> None:
        self._bars = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"),
            TimeRemainingColumn(), console=_out, transient=False,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, what: str, done: float) -> None:
        """Say that a step is so far done, 0 to 1."""
        kind = what.split(" ", 1)[0]
        if kind not in self._tasks:
            self._finish_others()
            self._tasks[kind] = self._bars.add_task(what, total=1.0)
            if not _out.is_terminal:
                _out.print(f"{what} …")
        self._bars.update(self._tasks[kind], completed=done, description=what)

    def _finish_others(self) -> None:
        for task in self._tasks.values():
            self._bars.update(task, completed=1.0)

    def __enter__(self) -> "Steps":
        if _out.is_terminal:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._finish_others()
        self._bars.stop()


def what_was_found(snapshot: Snapshot) -> None:
    """A summary of a build that a manager can forward."""
    files = [FileCount(**file) for file in snapshot.files]
    findings = [Finding(**finding) for finding in snapshot.findings]
    people = sum(source["people"] for source in snapshot.sources)
    _summary(people, f"{snapshot.as_of:%-d %B %Y}", files, findings)
    for note in snapshot.notes:
        _out.print(f"[bold]Note.[/bold] {note}")
    for area in snapshot.areas:
        made = sum(not card.missing for card in area.measures)
        _out.print(f"{area.name}: {made} of {len(area.measures)} measures could be made.")


def reading(found: Reading) -> None:
    """What a check found: people, rows and findings a table."""
    _summary(found.people, f"{found.as_of:%-d %B %Y}", found.files, found.findings)


def how_to_sign_in(passes: Iterable[Any]) -> None:
    """Who may sign in to a demonstration, and with what."""
    table = Table("To look as a", "sign in as", "with the password", title="Signing in", title_justify="left")
    for each in passes:
        table.add_row(each.role.lower(), each.username, each.password)
    _out.print(table)


def where_to_look(address: str) -> None:
    """Where the pages are."""
    _out.print(f"\nOpen [bold]{address}[/bold] in a browser. Press Ctrl and C here to stop.")


def mistake(sentence: str) -> None:
    """One plain sentence about what was wrong."""
    _errors.print(sentence, style="bold red", markup=False)


def _summary(people: int, as_of: str, files: Sequence[FileCount], findings: Sequence[Finding]) -> None:
    _out.print(f"\n[bold]{people:,} people[/bold]. Figures stand at {as_of}.\n")
    table = Table("File", "Becomes", "Read", "Loaded", "Set aside", title="Rows", title_justify="left")
    for file in files:
        if file.absent:
            table.add_row(file.file, file.table, "not sent", "", "")
        else:
            table.add_row(
                file.file, file.table, f"{file.read:,}", f"{file.loaded:,}", f"{file.quarantined:,}"
            )
    _out.print(table)
    _findings(findings)


def _findings(findings: Sequence[Finding]) -> None:
    wanting = [finding for finding in findings if finding.outcome != "pass"]
    passed = len(findings) - len(wanting)
    table = Table(
        "Where", "What was found", "How many", "What was done", title="Findings", title_justify="left"
    )
    for finding in wanting:
        many = f"{finding.count:,} of {finding.examined:,}" if finding.examined else ""
        table.add_row(finding.table, finding.check, many, finding.consequence)
    _out.print(table)
    _out.print(f"{passed} other checks found nothing wrong.\n")
