"""Which care areas a system has: those of the package and of its own folder, or of them those that it names."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.registry import care_areas
from stewardship.system.mistakes import SettingsError
from stewardship.system.settings import System


def areas_of(system: System) -> tuple[CareArea, ...]:
    """The care areas of a system, by phase and name.

    CareAreaError and CodeListError name the file and line of a mistake; SettingsError names a care area of the
    settings that there is none of.
    """
    found = care_areas(own=system.care_areas, code_lists=system.code_lists)
    there = [area.key for area in found]
    unknown = [key for key in system.areas if key not in there]
    if unknown:
        raise SettingsError(
            [f'areas names "{unknown[0]}", but there is no such care area. There are: {", ".join(there)}.']
        )
    return tuple(area for area in found if not system.areas or area.key in system.areas)
