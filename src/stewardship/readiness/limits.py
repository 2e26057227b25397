"""The system's thresholds of today: a page judges with them, whatever was so when the snapshot was built."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from stewardship.records.quality.thresholds import Threshold
from stewardship.system.mistakes import SettingsError
from stewardship.system.reading import SETTINGS, read_thresholds


@dataclass(frozen=True)
class Limits:
    """thresholds: None where those of the build stand; mistake: why they do, if the settings are at fault."""

    thresholds: tuple[Threshold, ...] | None = None
    mistake: str = ""


def todays_limits(system: str) -> Limits:
    """The thresholds in the settings of a system's folder; "" where no folder is known to the site."""
    path = Path(system) / SETTINGS
    if not system or not path.is_file():
        return Limits()
    told = path.stat()
    return _read(path.parent, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=4)
def _read(folder: Path, changed: int, size: int) -> Limits:
    """changed, size: of the settings file, so that a change is seen at once and an unchanged file read once."""
    try:
        return Limits(read_thresholds(folder))
    except SettingsError as error:
        return Limits(mistake=str(error))
