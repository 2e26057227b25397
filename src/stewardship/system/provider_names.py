"""Names of hospitals and other providers, from the places files that the settings of a system name.

They are names of organisations and say nothing of people, so pages may ask for them. What is not listed has no name
here, and is shown by its code.
"""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from stewardship.records.places.files import Folders
from stewardship.records.places.places import PlacesError
from stewardship.records.places.providers import providers
from stewardship.system.reading import SETTINGS

NO_NAMES: Mapping[str, str] = MappingProxyType({})


def provider_names(system: str) -> Mapping[str, str]:
    """By code the names of the organisations that are listed; none where no settings or no list can be read.

    system: the system's folder, "" for none. A page does not fail for want of a name; a build tells what is wrong.
    """
    settings = Path(system) / SETTINGS
    try:
        return _names(settings, settings.stat().st_mtime_ns) if system else NO_NAMES
    except OSError:
        return NO_NAMES


def provider_named(code: str, names: Mapping[str, str]) -> str:
    """Exampleshire Hospitals (ZZT01); the code alone where no name is known."""
    name = names.get(code, "")
    return f"{name} ({code})" if name else code


@lru_cache(maxsize=4)
def _names(settings: Path, _changed: int) -> Mapping[str, str]:
    """Read once, and again when the settings were changed."""
    try:
        told = tomllib.loads(settings.read_text(encoding="utf-8-sig"))
        places = told.get("places", {})
        folders = tuple(settings.parent / each for each in places.get("folders", ()))
        rows = providers(Folders(folders), (), "places")
    except (ValueError, TypeError, AttributeError, PlacesError):
        return NO_NAMES
    return MappingProxyType({row["code"]: row["name"] for row in rows})
