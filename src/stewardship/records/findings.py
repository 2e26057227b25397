"""What was found in the partners' data: counts with reasons, never the data themselves."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

Outcome = Literal["pass", "fail", "not applicable", "could not run"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for.

    check: what was looked for, in words a data manager says, e.g. "People in no observation period".
    table: the source's file or the canonical table it concerns.
    count: rows or people concerned; examined: out of how many.
    consequence: what was done about it, in a sentence.
    first: where the first of them stands, in a sentence for the data manager; it is not published.
    of_people: whether people are counted, who stand behind no gate yet: for the data manager alone.
    """

    check: str
    table: str
    outcome: Outcome
    count: int = 0
    examined: int = 0
    consequence: str = ""
    first: str = ""
    of_people: bool = False


def fails(
    check: str, table: str, count: int, examined: int, consequence: str, *, of_people: bool = False
) -> Finding:
    """A finding that fails where anything was counted."""
    outcome: Outcome = "fail" if count else "pass"
    done = consequence if count else ""
    return Finding(check, table, outcome, count, examined, done, of_people=of_people)


@dataclass(frozen=True)
class FileCount:
    """What became of the rows of one file: read = loaded + quarantined, always."""

    file: str
    table: str
    read: int
    loaded: int
    quarantined: int
    absent: bool = False


@dataclass
class Reading:
    """What a reader made of a source.

    as_of: the date the figures stand at. present: canonical tables that the source filled. last_day: the last day
    on which it saw anybody, up to the day of the build, and later: the first one after; None where there is none.
    """

    source: str
    as_of: date
    people: int
    present: frozenset[str]
    files: list[FileCount] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    last_day: date | None = None
    later: date | None = None


READING = "reading.json"


def write_reading(folder: Path, reading: Reading) -> None:
    """Write what was made of a source beside its canonical tables."""
    told = {**asdict(reading), "present": sorted(reading.present)}
    text = json.dumps(told, default=str, ensure_ascii=False, indent=1)
    (folder / READING).write_text(text, encoding="utf-8")


def read_reading(folder: Path) -> Reading:
    """What was made of a source, as it was written."""
    told: dict[str, Any] = json.loads((folder / READING).read_text(encoding="utf-8"))
    days = {name: told[name] and date.fromisoformat(told[name]) for name in ("as_of", "last_day", "later")}
    parts = {
        "present": frozenset(told["present"]),
        "files": [FileCount(**each) for each in told["files"]],
        "findings": [Finding(**each) for each in told["findings"]],
    }
    return Reading(**{**told, **days, **parts})
