"""All care areas: every module beside this one that declares a `care_area`."""

import importlib
import pkgutil
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import stewardship.care_areas
from stewardship.care_areas.area import CareArea, CareAreaError
from stewardship.people.code_lists import CodeListError
from stewardship.people.expressions import ExpressionError


def care_areas(package: ModuleType = stewardship.care_areas) -> tuple[CareArea, ...]:
    """Every care area of the package, by phase and name; CareAreaError names the file of a mistake."""
    found = []
    for module in pkgutil.iter_modules(package.__path__):
        try:
            loaded = importlib.import_module(f"{package.__name__}.{module.name}")
        except (ExpressionError, CodeListError, CareAreaError) as error:
            raise CareAreaError(f"{_where(error, package)}{error}") from error
        area = getattr(loaded, "care_area", None)
        if isinstance(area, CareArea):
            found.append(area)
    _check_together(found)
    return tuple(sorted(found, key=lambda area: (area.phase, area.name)))


def _where(error: Exception, package: ModuleType) -> str:
    """The file in which the mistake stands, and the line unless the message names the measure."""
    folders = {Path(folder) for folder in package.__path__}
    written = [
        step
        for step in traceback.extract_tb(error.__traceback__)
        if step.name == "<module>" and Path(step.filename).parent in folders
    ][-1]
    named = str(error).startswith("measure ")
    return f"{Path(written.filename).name}, " + ("" if named else f"line {written.lineno}: ")


def _check_together(areas: Sequence[CareArea]) -> None:
    """No two areas have one key, nor two different measures one name: figures are kept by it."""
    keys: dict[str, CareArea] = {}
    measures: dict[str, tuple[CareArea, object]] = {}
    for area in areas:
        other = keys.setdefault(area.key, area)
        if other is not area:
            raise CareAreaError(f'{other.name} and {area.name} both have the key "{area.key}". Change one.')
        for _, measure in area.measures():
            first, same = measures.setdefault(measure.key, (area, measure))
            if same != measure:
                raise CareAreaError(
                    f'{area.name}: measure "{measure.name}" means something else in {first.name}. Rename one.'
                )
