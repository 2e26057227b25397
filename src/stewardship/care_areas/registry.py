"""All care areas: every module beside this one that declares a `care_area`."""

import importlib
import pkgutil

import stewardship.care_areas
from stewardship.care_areas.area import CareArea, CareAreaError
from stewardship.people.code_lists import CodeListError
from stewardship.people.expressions import ExpressionError


def care_areas() -> tuple[CareArea, ...]:
    """Every care area, by phase and name; CareAreaError names the file of one that cannot be read."""
    found = []
    for module in pkgutil.iter_modules(stewardship.care_areas.__path__):
        try:
            loaded = importlib.import_module(f"stewardship.care_areas.{module.name}")
        except (ExpressionError, CodeListError, CareAreaError) as error:
            raise CareAreaError(f"{module.name}.py, {error}") from error
        area = getattr(loaded, "care_area", None)
        if isinstance(area, CareArea):
            found.append(area)
    return tuple(sorted(found, key=lambda area: (area.phase, area.name)))
