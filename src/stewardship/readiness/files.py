"""What can be measured, and what was found, as CSV: a row a measure; a row a file and a finding."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stewardship.measures.published import Published, Snapshot
from stewardship.measures.spreadsheets import Cell, to_text
from stewardship.readiness.ready import EFFORTS, Readiness, Unlock
from stewardship.readiness.state import Measurable

COLUMNS = (
    "Care area",
    "Part",
    "Measure",
    "Can it be used",
    "Why",
    "What would unlock it",
    "Which column, codes or rows",
    "Table",
    "Who sends that table",
    "What has to change",
    "Measures that this alone unlocks",
)

FILE_COLUMNS = ("Source", "File", "Fills", "Sent", "Read", "Loaded", "Set aside")
FINDING_COLUMNS = ("Source", "In", "Looked for", "Outcome", "Found", "Out of", "What was done")
HIDDEN = "fewer than 8"


def to_csv(published: Published, found: Measurable) -> str:
    """The text of the file. A measure that needs several things has a row for each."""
    snapshot = published.snapshot
    about = [
        ("What can be measured", ""),
        ("Figures at", snapshot.as_of.isoformat()),
        ("Snapshot", f"{snapshot.id}, built {snapshot.built_at}"),
        ("Disclosure control", snapshot.disclosure),
    ]
    mendings = {(each.lack.table, each.lack.unlock): each for each in found.unlocks}
    rows = [row for measure in found.measures for row in _rows(measure, mendings)]
    return to_text([*about, [], COLUMNS, *rows])


def found_csv(snapshot: Snapshot) -> str:
    """The text of a file of all that a snapshot tells of its files, each by itself, and of what was found in them."""
    about = [
        ("What was found in the data", ""),
        ("Figures at", snapshot.as_of.isoformat()),
        ("Snapshot", f"{snapshot.id}, built {snapshot.built_at}"),
        ("Disclosure control", snapshot.disclosure),
    ]
    findings = [
        (one.get("source", ""), one["table"], one["check"], one["outcome"].capitalize(),
         _count(one["count"]), _count(one["examined"]), one["consequence"])
        for one in snapshot.findings
    ]  # fmt: skip
    return to_text(
        [*about, [], FILE_COLUMNS, *map(_file_row, snapshot.files), [], FINDING_COLUMNS, *findings]
    )


def _file_row(file: Mapping[str, Any]) -> Sequence[Cell]:
    counts = (
        ["", "", ""] if file["absent"] else [_count(file[each]) for each in ("read", "loaded", "quarantined")]
    )
    return (file.get("source", ""), file["file"], file["table"], "no" if file["absent"] else "yes", *counts)


def _count(count: int | None) -> Cell:
    return HIDDEN if count is None else count


def _rows(measure: Readiness, mendings: dict[tuple[str, str], Unlock]) -> Iterator[Sequence[Cell]]:
    about = (measure.area.name, measure.card.part.capitalize(), measure.card.name, measure.state.capitalize())
    if measure.state == "usable now":
        yield (*about, *[""] * 7)
    for line in measure.doubts if measure.state == "usable with caution" else ():
        counted = line.first.counted
        why = f"{line.card.title}: {line.found}"
        yield (*about, why, line.card.mend, "", counted.table, counted.source, "", "")
    for lack in measure.lacks:
        unlock = mendings[lack.table, lack.unlock]
        yield (
            *about, lack.reason, lack.unlock, lack.what, lack.table, ", ".join(unlock.senders),
            EFFORTS[lack.effort], len(unlock.measures),
        )  # fmt: skip
    if measure.card.missing and not measure.lacks:
        yield (*about, measure.card.missing, *[""] * 6)
