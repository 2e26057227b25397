"""Which sources a snapshot's canonical tables came from, in their order of precedence."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class SourceEntry:
    """One source of a snapshot.

    parsed: hash of what was read and how. present: the canonical tables that it filled. as_of: its last day.
    namespace: that of its identifiers. pseudonyms: `Identities.fingerprint` of it, when their person_id were made.
    people: how many it has, and unlinked: how many of them the crosswalk did not name.
    """

    key: str
    kind: str
    parsed: str
    present: frozenset[str]
    as_of: date
    namespace: str = ""
    pseudonyms: str = ""
    people: int = 0
    unlinked: int = 0


@dataclass(frozen=True)
class About:
    """What is to be known of a snapshot's records as a whole.

    as_of: the day figures stand at. people: how many people the sources know between them. notes: what must be said
    of these records on every page. note: where they came from, if not from a build of their own.
    """

    as_of: date
    people: int
    notes: tuple[str, ...] = ()
    note: str = ""


def write_manifest(records: Path, sources: list[SourceEntry], about: About | None = None) -> None:
    """Write `manifest.json` into a snapshot's records folder."""
    rows = [
        {**asdict(source), "present": sorted(source.present), "as_of": str(source.as_of)}
        for source in sources
    ]
    told = {"sources": rows, "about": about and asdict(about)}
    text = json.dumps(told, default=str, ensure_ascii=False, indent=1)
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


def read_about(records: Path) -> About | None:
    """What was written of the records as a whole; None where nothing was."""
    path = records / "manifest.json"
    told = json.loads(path.read_text(encoding="utf-8")).get("about") if path.is_file() else None
    if not told:
        return None
    return About(**{**told, "as_of": date.fromisoformat(told["as_of"]), "notes": tuple(told["notes"])})
