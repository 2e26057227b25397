"""Published cancer waiting times: read before any data of people are, kept with the snapshot, and shown with its
results."""

import shutil
from datetime import date
from pathlib import Path

from stewardship.records.cancer_waits.kept import CANCER_NATIONAL, write_national
from stewardship.records.cancer_waits.reading import CANCER_WAITS, PublishedWaits, read_published_waits
from stewardship.records.findings import write_reading
from stewardship.system.settings import System


def cancer_waits_of(system: System, *, today: date) -> PublishedWaits | None:
    """What the folder of the settings holds; None where they name none. SourceError, in one sentence, for a file that
    cannot be used."""
    if system.cancer_waits is None:
        return None
    return read_published_waits(system.cancer_waits.folder, system.cancer_waits.shown, today=today)


def keep_cancer_waits(records: Path, waits: PublishedWaits | None) -> None:
    """Write them into a snapshot's shared records, and what was found in their files beside them."""
    if waits is None:
        return
    write_national(records / "shared", waits.waits)
    beside = records / "supplied" / CANCER_WAITS
    beside.mkdir(parents=True)
    write_reading(beside, waits.reading)


def publish_cancer_waits(folder: Path) -> None:
    """Put those of a snapshot's records into its results. They are official statistics of organisations, which anybody
    can read: disclosure control would hide here what stands elsewhere."""
    kept = folder / "records" / "shared" / CANCER_NATIONAL
    if kept.is_file():
        shutil.copyfile(kept, folder / "results" / CANCER_NATIONAL)
