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
class Ruled:
    """The use that a snapshot was made for, and what was ruled of it: as in the system's settings that day.

    row: of the decision table. national_opt_out: what was ruled, where the row leaves it to a ruling. anonymised: on
    what basis the data counted as anonymised before they came; empty where they did not.
    """

    use: str
    row: int
    basis: str
    ruled_by: str
    ruled_on: date
    national_opt_out: str = ""
    anonymised: str = ""


@dataclass(frozen=True)
class OptOutsApplied:
    """The list of opt-outs that a snapshot was made under: its name, the day it was true, and its number of rows."""

    file: str
    as_of: date
    rows: int


@dataclass(frozen=True)
class About:
    """What is to be known of a snapshot's records as a whole.

    as_of: the day figures stand at. people: how many people the sources know between them. notes: what must be said
    of these records on every page. note: where they came from, if not from a build of their own. ruled, opt_outs: what
    they were used for and under which opt-outs; None where nobody wrote it, or no list was applied.
    """

    as_of: date
    people: int
    notes: tuple[str, ...] = ()
    note: str = ""
    ruled: Ruled | None = None
    opt_outs: OptOutsApplied | None = None


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
    ruled, opt_outs = told.get("ruled"), told.get("opt_outs")
    return About(**{
        **told,
        "as_of": date.fromisoformat(told["as_of"]),
        "notes": tuple(told["notes"]),
        "ruled": ruled and Ruled(**{**ruled, "ruled_on": date.fromisoformat(ruled["ruled_on"])}),
        "opt_outs": opt_outs
        and OptOutsApplied(**{**opt_outs, "as_of": date.fromisoformat(opt_outs["as_of"])}),
    })  # fmt: skip
