"""All care areas: every module beside this one that declares a `care_area`, and those of a system's own folder."""

import importlib
import pkgutil
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import stewardship.care_areas
from stewardship.care_areas.area import CareArea, CareAreaError, Strategy
from stewardship.care_areas.claims import clash
from stewardship.care_areas.own import with_code_lists
from stewardship.people.code_lists import CodeListError
from stewardship.people.expressions import ExpressionError

OWN = "own_care_areas"
"""Under this name files of a system's own folder import each other: `from own_care_areas.words import …`."""


def care_areas(
    package: ModuleType = stewardship.care_areas, *, own: Path | None = None, code_lists: Path | None = None
) -> tuple[CareArea, ...]:
    """Every care area of the package and of a system's own folder, by phase and name.

    own, code_lists: the system's folders; None for none. CareAreaError and CodeListError name file and line.
    """
    found = _declared(package)
    if own is not None:
        with with_code_lists(code_lists), _as_package(own) as folder:
            found += _declared(folder)
    _check_together(found)
    return tuple(sorted(found, key=lambda area: (area.phase, area.name)))


def strategy() -> Strategy:
    """The measures of the whole system's strategy, which stand beside the care areas."""
    from stewardship.care_areas.strategy import strategy as declared  # read when asked for, as care areas are

    return declared


def _declared(package: ModuleType) -> list[CareArea]:
    found = []
    for module in pkgutil.iter_modules(package.__path__):
        try:
            area = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), "care_area", None)
        except (ExpressionError, CodeListError, CareAreaError) as error:
            raise CareAreaError(f"{_where(error, package)}{error}") from error
        except Exception as error:
            if package.__name__ != OWN:
                raise
            raise CareAreaError(f"{_where(error, package)}{_in_words(error)}") from error
        if isinstance(area, CareArea):
            found.append(area)
        elif area is not None:
            raise CareAreaError(f"{module.name}.py: care_area is no CareArea. Write care_area = CareArea(…).")
    return found


@contextmanager
def _as_package(folder: Path) -> Iterator[ModuleType]:
    """A folder of files as a package, read afresh; nothing is written into it."""
    package = ModuleType(OWN)
    package.__path__ = [str(folder)]
    quiet, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    importlib.invalidate_caches()
    sys.modules[OWN] = package
    try:
        yield package
    finally:
        sys.dont_write_bytecode = quiet
        for name in [name for name in sys.modules if name == OWN or name.startswith(f"{OWN}.")]:
            del sys.modules[name]


def _where(error: Exception, package: ModuleType) -> str:
    """The file in which the mistake stands, and the line unless the message names the measure."""
    folders = {Path(folder) for folder in package.__path__}
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).parent in folders:
        return f"{Path(error.filename).name}, line {error.lineno}: "
    written = [
        step for step in traceback.extract_tb(error.__traceback__) if Path(step.filename).parent in folders
    ]
    if not written:  # a file that is not even text
        return f"{package.__name__}: "
    named = str(error).startswith("measure ")
    return f"{Path(written[-1].filename).name}, " + ("" if named else f"line {written[-1].lineno}: ")


def _in_words(error: Exception) -> str:
    """What Python says of a mistake, as a sentence."""
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{said[:1].upper()}{said[1:].rstrip('.')} ({type(error).__name__})."


def _check_together(areas: Sequence[CareArea]) -> None:
    """No two areas have one key, nor two different measures one name: figures are kept by it. Nor do two claim the same
    care: it would be counted in both."""
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
    if claimed_twice := clash([(area.name, area.claims) for area in areas if area.claims is not None]):
        raise CareAreaError(claimed_twice)
