"""Which sources a snapshot's canonical tables came from, in their order of precedence."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class SourceEntry:
    """One source of a snapshot.

    parsed: hash of what was read and how. present: the canonical tables that it filled. as_of: its last day.
    """

    key: str
    kind: str
    parsed: str
    present: frozenset[str]
    as_of: date


def write_manifest(records: Path, sources: list[SourceEntry]) -> None:
    """Write `manifest.json` into a snapshot's records folder."""
    rows = [
        {**asdict(source), "present": sorted(source.present), "as_of": str(source.as_of)}
        for source in sources
    ]
    text = json.dumps({"sources": rows}, ensure_ascii=False, indent=1)
    (records / "manifest.json").write_text(text, encoding="utf-8")


def read_manifest(records: Path) -> list[SourceEntry]:
    """The sources of a snapshot's records folder, the first to be believed first."""
    told = json.loads((records / "manifest.json").read_text(encoding="utf-8"))
    return [
        SourceEntry(
            **{**row, "present": frozenset(row["present"]), "as_of": date.fromisoformat(row["as_of"])}
        )
        for row in told["sources"]
    ]
