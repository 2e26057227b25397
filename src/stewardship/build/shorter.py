"""Files with fewer rows than the file of that name that was read for the snapshot before."""

from collections.abc import Sequence
from pathlib import Path

from stewardship.records.findings import FileCount, Finding, Reading, read_reading
from stewardship.records.snapshot import snapshots

FEWER = 0.05  # of its rows: a file that lost more was perhaps cut short on its way
CHECK = "Rows fewer than in the file of that name that was read before"


def read_before(workspace: Path, source: str) -> Reading | None:
    """What the snapshot that is served tells of the reading of a source; None where it tells nothing."""
    for folder in snapshots(workspace)[-1:]:
        try:
            return read_reading(folder / "records" / "sources" / source)
        except (
            OSError,
            TypeError,
            KeyError,
            ValueError,
        ):  # it had no such source, or another version wrote it
            return None
    return None


def shorter(files: Sequence[FileCount], before: Reading | None) -> list[Finding]:
    """A finding for each file with more than 5% fewer rows than the file of that name had, for as long as they lack.

    before: what was read before. A file of which this was told then is still compared with the rows that were told,
    so that no second build makes the finding go away.
    """
    if before is None:
        return []
    rows = {each.file: each.read for each in before.files}
    rows |= {each.table: each.examined for each in before.findings if each.check == CHECK}
    return [
        Finding(CHECK, each.file, "fail", rows[each.file] - each.read, rows[each.file],
                "It may have been cut short on its way: figures count what it holds now. See that it was sent whole.",
                f"It has {each.read:,} rows, and had {rows[each.file]:,}.")
        for each in files
        if not each.absent and each.file in rows and rows[each.file] - each.read > rows[each.file] * FEWER
    ]  # fmt: skip
