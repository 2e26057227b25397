"""What a system says of itself in `system.toml`: its sources, uses, opt-outs, places and engine."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from stewardship.records.cancer_waits.figures import Shown
from stewardship.records.quality.thresholds import Threshold as Threshold
from stewardship.system.cancer import CancerSettings

SourceKind = Literal[
    "general practice", "hospital", "community", "mental health", "social care", "urgent care", "cancer", "deaths",
    "linked",
]  # fmt: skip
IdentifierKind = Literal["nhs number", "pseudonym"]
EngineName = Literal["duckdb", "spark"]

NHS_NUMBERS = "nhs-number"


@dataclass(frozen=True)
class Identifier:
    """How a source names a person.

    kind: an NHS number, or a pseudonym made elsewhere. namespace: sources of one namespace mean the same person by
    the same identifier; NHS numbers have a namespace of their own.
    column: where the source's rows hold it, as the reader calls it.
    """

    kind: IdentifierKind
    namespace: str
    column: str


@dataclass(frozen=True)
class SourceSettings:
    """One partner's feed.

    key: small letters, digits and dashes; names the source in every row. kind: decides which opt-outs remove its
    rows, and whether its periods of observation are registrations with a practice: they are in the kinds
    "general practice" and "linked" (a feed already joined of several partners').
    future_days: days after the feed's last day beyond which a date is set aside. unlinked_at_most: the share of its
    people whom a list of opt-outs by other identifiers may fail to reach.
    """

    key: str
    reader: Literal["omop", "extracts"]
    folder: Path
    kind: SourceKind
    identifier: Identifier
    future_days: int = 31
    unlinked_at_most: float = 0.0


@dataclass(frozen=True)
class UseSettings:
    """A use of the data, the row of the decision table that it was ruled to be, and its lawful basis in words.

    use: key of the use, as in `records.gate.USES`. row: number of the decision table's row. ruled_by, ruled_on:
    whose ruling that is, and when. national_opt_out: what was ruled, where the row leaves it to a ruling.
    """

    use: str
    row: int
    basis: str
    ruled_by: str
    ruled_on: date
    national_opt_out: Literal["", "applies", "does not apply"] = ""


@dataclass(frozen=True)
class OptOutSettings:
    """The list of opt-outs and its age: a build refuses one older than `oldest_days`.

    file: a `*` in its name stands for any text; then the newest is read. as_of: the day the list was true; None where
    it is in the file's name. rows: how many rows its sender says it has; asked for where many opt-outs have gone.
    """

    file: Path
    as_of: date | None
    oldest_days: int
    identifier: Identifier
    rows: int | None = None


@dataclass(frozen=True)
class ComparatorPlace:
    """The place whose published figures stand beside a measure's own, such as the nation: its code in the files of
    published figures, and its name."""

    place: str
    name: str


@dataclass(frozen=True)
class PlacesSettings:
    """Folders of place look-ups and deprivation; none for the package's own invented places.

    spread_seed: assign homes to small areas by chance with this seed; None: as the sources say.
    """

    folders: tuple[Path, ...] = ()
    spread_seed: int | None = None


@dataclass(frozen=True)
class BoundarySettings:
    """Where the boundaries of a level's places stand: a GeoJSON file, and the property that holds a place's code."""

    level: str
    file: Path
    code: str


@dataclass(frozen=True)
class CancerWaitsSettings:
    """The folder of published cancer waiting times, and the organisations whose figures are shown whole."""

    folder: Path
    shown: Shown


@dataclass(frozen=True)
class KeyVariables:
    """Names of the environment variables that hold the system's keys; the keys themselves are never settings."""

    pseudonyms: str = "STEWARDSHIP_PSEUDONYM_KEY"
    vault: str = "STEWARDSHIP_VAULT_KEYS"
    log: str = "STEWARDSHIP_LOG_KEY"


@dataclass(frozen=True)
class System:
    """Everything that a build needs to know.

    folder: where `system.toml` stands. anonymised: the basis on which the data count as anonymised before they
    came, in words; then no opt-outs are asked for. as_of: None for the last day of the data.
    engine: what works the records out from canonical tables onward. master: Spark's address; empty without Spark.
    memory: of this machine, None for three tenths of it; and of each of Spark's workers, None for 4GB.
    finance, published_figures: folders of ledgers, and of figures that others publish; None for none. comparator: the
    place whose published figures stand beside those made here; None for none. boundaries: of the levels that have some,
    in the order of the settings. cancer_waits: waiting times that NHS England publishes; None for none.
    care_areas, code_lists: folders of the system's own; None for none. keep_snapshots: how many are kept.
    cancer: how the nightly files of the tracking list are written.
    areas: keys of the care areas that figures are made of; empty for all. children_first: whether local policy is that
    all care of children and young people is theirs, whatever it is for.
    notes: said on every page. demonstration: everybody is invented or a test, and its passes may be let in.
    """

    folder: Path
    name: str
    workspace: Path
    sources: tuple[SourceSettings, ...]
    uses: tuple[UseSettings, ...] = ()
    opt_outs: OptOutSettings | None = None
    anonymised: str = ""
    places: PlacesSettings = field(default_factory=PlacesSettings)
    finance: Path | None = None
    published_figures: Path | None = None
    comparator: ComparatorPlace | None = None
    boundaries: tuple[BoundarySettings, ...] = ()
    cancer_waits: CancerWaitsSettings | None = None
    as_of: date | None = None
    engine: EngineName = "duckdb"
    master: str = ""
    memory: str | None = None
    threads: int | None = None
    care_areas: Path | None = None
    code_lists: Path | None = None
    areas: tuple[str, ...] = ()
    children_first: bool = False
    thresholds: tuple[Threshold, ...] = ()
    keep_snapshots: int = 3
    cancer: CancerSettings = field(default_factory=CancerSettings)
    notes: tuple[str, ...] = ()
    keys: KeyVariables = field(default_factory=KeyVariables)
    demonstration: bool = False
