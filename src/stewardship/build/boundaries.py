"""The boundaries of a system's places: judged before any data are read, kept with the snapshot, and published."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from stewardship.records.boundaries.kept import file_of, write_boundaries
from stewardship.records.boundaries.reading import Drawn, read_given
from stewardship.records.findings import Reading, write_reading
from stewardship.records.places import Places
from stewardship.system.settings import System

BOUNDARIES = "boundaries"


def boundaries_of(system: System, places: Places) -> tuple[Drawn, ...]:
    """The boundaries that the settings name, level by level. SourceError, in one sentence, for a file that cannot be
    used."""
    codes: dict[str, set[str]] = {}
    for row in places.place.select(["level", "code"]).to_pylist():
        codes.setdefault(row["level"], set()).add(row["code"])
    return tuple(
        read_given(each.file, level=each.level, code=each.code, known=codes.get(each.level, set()))
        for each in system.boundaries
    )


def reading_of(drawn: Sequence[Drawn], *, today: date) -> Reading:
    """What was made of the files of boundaries, as it is told of other files about nobody."""
    findings = [finding for each in drawn for finding in each.findings]
    return Reading(BOUNDARIES, today, 0, frozenset(), [each.file for each in drawn], findings)


def keep_boundaries(records: Path, drawn: Sequence[Drawn], *, today: date) -> None:
    """Write the boundaries into a snapshot's shared records, and what was found in their files beside them."""
    if not drawn:
        return
    for each in drawn:
        write_boundaries(records / "shared", each.level, each.boundaries)
    beside = records / "supplied" / BOUNDARIES
    beside.mkdir(parents=True)
    write_reading(beside, reading_of(drawn, today=today))


def publish_boundaries(folder: Path) -> None:
    """Put the boundaries of a snapshot's records into its results: they are about places, and about nobody."""
    for path in sorted((folder / "records" / "shared").glob(file_of("*"))):
        shutil.copyfile(path, folder / "results" / path.name)
