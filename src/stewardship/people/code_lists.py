"""Code lists: which codes stand for a thing, kept as CSV with a version, and hashed into every result."""

import csv
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

Match = Literal["exact", "prefix", "range"]


class CodeListError(Exception):
    """A code list cannot be used; the message says which, where, and what to do."""


@dataclass(frozen=True)
class CodeRule:
    """One line of a code list.

    match: `exact`; `prefix` (the code and all below it); `range` (FROM-TO, compared on as many characters as
    the ends have, both included).
    """

    system: str
    code: str
    match: Match = "exact"
    term: str = ""

    def covers(self, code: str) -> bool:
        """Whether a code of the same system is meant."""
        if self.match == "exact":
            return code == self.code
        if self.match == "prefix":
            return code.startswith(self.code)
        first, last = self.code.split("-")
        return first <= code[: len(first)] and code[: len(last)] <= last


@dataclass(frozen=True)
class CodeList:
    """Codes that together stand for one thing, in one version.

    unit: for a measured quantity, the unit (UCUM) in which values are compared; else empty.
    """

    name: str
    title: str
    version: str
    rules: tuple[CodeRule, ...]
    unit: str = ""
    source: str = ""

    @cached_property
    def hash(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the rules in sorted order, and the unit."""
        lines = sorted(f"{r.system}\t{r.code}\t{r.match}" for r in self.rules)
        return hashlib.sha256("\n".join([self.unit, *lines]).encode()).hexdigest()[:12]

    def covers(self, system: str, code: str) -> bool:
        """Whether the list holds that code."""
        return any(rule.system == system and rule.covers(code) for rule in self.rules)

    def among(self, present: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of the (system, code) pairs that the list holds, in the given order."""
        exact = {(rule.system, rule.code) for rule in self.rules if rule.match == "exact"}
        wider = [rule for rule in self.rules if rule.match != "exact"]
        return [
            (system, code)
            for system, code in present
            if (system, code) in exact or any(r.system == system and r.covers(code) for r in wider)
        ]

    def __repr__(self) -> str:
        return f"{self.name} ({self.version})"


@dataclass(frozen=True)
class CodeListFolder:
    """A folder of code lists: one CSV each, and `codelists.toml` with title, version, source and unit.

    A folder without `codelists.toml` has no lists.
    """

    folder: Path

    @cached_property
    def _entries(self) -> dict[str, dict[str, object]]:
        try:
            entries = tomllib.loads((self.folder / "codelists.toml").read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError:
            raise CodeListError("codelists.toml is not UTF-8. Save it as UTF-8.") from None
        except tomllib.TOMLDecodeError as error:
            raise CodeListError(f"codelists.toml cannot be read: {error}.") from None
        for name, entry in entries.items():
            if not isinstance(entry, dict):
                raise CodeListError(
                    f"codelists.toml: {name} is no table. Write [{name}] above its title and version."
                )
        return entries

    def names(self) -> list[str]:
        """The names of all lists, in order."""
        return sorted(self._entries)

    def get(self, name: str) -> CodeList:
        """The list of that name; CodeListError if it is unknown or broken."""
        if name not in self._entries:
            raise CodeListError(f'There is no code list "{name}": write one of {", ".join(self.names())}.')
        entry = self._entries[name]
        lacking = [key for key in ("title", "version") if key not in entry]
        if lacking:
            raise CodeListError(
                f"codelists.toml, [{name}]: it has no {' and no '.join(lacking)}. Give it one."
            )
        return CodeList(
            name=name,
            title=str(entry["title"]),
            version=str(entry["version"]),
            rules=tuple(_rules(self.folder / f"{name}.csv")),
            unit=str(entry.get("unit", "")),
            source=str(entry.get("source", "")),
        )


def _rules(path: Path) -> Iterable[CodeRule]:
    if not path.is_file():
        raise CodeListError(
            f"codelists.toml names {path.stem}, but there is no {path.name} beside it. Add the file."
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(_lines(path, file), start=2):
            system, code, match = row.get("system"), row.get("code"), row.get("match") or "exact"
            if not system or not code or match not in ("exact", "prefix", "range"):
                raise CodeListError(
                    f"{path.name}, line {number}: a line needs a system, a code, and a match of "
                    "exact, prefix or range."
                )
            if match == "range" and not all(_ends(code)):
                raise CodeListError(
                    f'{path.name}, line {number}: "{code}" is no range. '
                    "Write the first and the last code, such as E10-E14."
                )
            yield CodeRule(system, code, match, row.get("term") or "")  # type: ignore[arg-type]


def _lines(path: Path, file: Iterable[str]) -> Iterator[dict[str, str]]:
    try:
        yield from csv.DictReader(file)
    except (UnicodeDecodeError, csv.Error) as error:
        raise CodeListError(
            f"{path.name} cannot be read as UTF-8 CSV ({error}). Save it as UTF-8 CSV."
        ) from None


def _ends(code: str) -> tuple[bool, bool]:
    """Whether a range has a first code, and a last one that is not before it."""
    first, _, last = code.partition("-")
    return bool(first), bool(last) and "-" not in last and first <= last
