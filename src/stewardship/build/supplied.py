"""What comes beside the sources of people: ledgers and published figures, read anew with each build."""

import shutil
import tempfile
from datetime import date
from pathlib import Path

from stewardship.build.boundaries import BOUNDARIES, boundaries_of, reading_of
from stewardship.build.cancer_waits import cancer_waits_of
from stewardship.build.options import places_of
from stewardship.records.cancer_waits.reading import CANCER_WAITS
from stewardship.records.engine import Engine
from stewardship.records.findings import Reading, read_reading, write_reading
from stewardship.records.places import Places
from stewardship.records.supplied import FIGURES, LEDGERS, SUPPLIES, Supply, read_supply
from stewardship.system.settings import System


def write_supplied(records: Path, places: Places, system: System, engine: Engine, *, today: date) -> None:
    """Write the tables into a snapshot's shared folder, empty where the settings name no folder; what was made of the
    files, and their rows set aside, into a folder of their own."""
    known = {*places.place["code"].to_pylist(), *([system.comparator.place] if system.comparator else [])}
    for supply, folder in _folders(system):
        beside = records / "supplied" / supply.key
        if folder is not None:
            beside.mkdir(parents=True)
        reading = read_supply(
            supply,
            folder,
            records / "shared" / f"{supply.table.name}.parquet",
            beside / "quarantine.parquet",
            engine=engine,
            today=today,
            places=known,
        )
        if reading is not None:
            write_reading(beside, reading)


def check_supplied(system: System, engine: Engine, *, today: date) -> list[Reading]:
    """What a build would find in them; nothing that is written stays."""
    records = Path(tempfile.mkdtemp(prefix="supplied-", dir=engine.scratch))
    try:
        (records / "shared").mkdir()
        places = places_of(system.places)
        write_supplied(records, places, system, engine, today=today)
        found = readings_of_supplied(records)
        if drawn := boundaries_of(system, places):
            found.append(reading_of(drawn, today=today))
        if waits := cancer_waits_of(system, today=today):
            found.append(waits.reading)
        return found
    finally:
        shutil.rmtree(records, ignore_errors=True)


def readings_of_supplied(records: Path) -> list[Reading]:
    """What was made of the files that came beside the sources of a snapshot."""
    folders = (records / "supplied" / key for key in (*SUPPLIES, BOUNDARIES, CANCER_WAITS))
    return [read_reading(folder) for folder in folders if folder.is_dir()]


def _folders(system: System) -> list[tuple[Supply, Path | None]]:
    return [(LEDGERS, system.finance), (FIGURES, system.published_figures)]
