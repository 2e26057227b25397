"""Settings of small systems, as a test needs them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from stewardship.records.identity import Identities
from stewardship.system.settings import Identifier, SourceKind, SourceSettings, System, UseSettings

KEY = b"a key of tests alone"
IDENTITIES = Identities(KEY)
PSEUDONYM = Identifier("pseudonym", "tests", "person_id")
PLANNING = UseSettings("planning-results", 6, "a test", "the tests", date(2026, 1, 1))
NHS_NUMBER = Identifier("nhs number", "nhs-number", "person_source_value")


def source_of(
    folder: Path, key: str = "omop", kind: SourceKind = "linked", identifier: Identifier = PSEUDONYM
) -> SourceSettings:
    """A source that is an OMOP folder."""
    return SourceSettings(key, "omop", folder, kind, identifier)


def system_of(workspace: Path, *sources: SourceSettings | Path, **settings: object) -> System:
    """A system of such sources, whose data count as anonymised unless the settings say otherwise.

    It has one care area, so that a build is quick.
    """
    told = tuple(source_of(source) if isinstance(source, Path) else source for source in sources)
    system = System(
        workspace.parent,
        "Tests",
        workspace,
        told,
        (PLANNING,),
        anonymised="They are test data.",
        areas=("diabetes",),
    )
    return replace(system, **settings)  # type: ignore[arg-type]


def person_id(identifier: str, namespace: str = "tests") -> int:
    """The number that a test's person gets."""
    return IDENTITIES.person_ids(namespace, [identifier])[0]
