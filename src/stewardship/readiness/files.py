"""What can be measured, as CSV: a row a measure."""

from collections.abc import Iterator, Sequence

from stewardship.measures.published import Published
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
