"""One table of a settings file, read key by key; every mistake is noted with its line, and reading goes on."""

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from stewardship.system.lines import Where, line_of
from stewardship.system.mistakes import Mistake

T = TypeVar("T")

IN_SINGLE = "A backslash cannot stand in double quotation marks. Write a path in single ones: 'D:\\feeds'."

TO_FILL_IN = "FILL IN"
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MEMORY = re.compile(r"\d+(\.\d+)? ?[KMGT]i?B")


@dataclass
class Notes:
    """The mistakes found in a file so far, and where its keys stand.

    there: whether the files and folders that are named have to be there now.
    """

    lines: Mapping[Where, int]
    there: bool = True
    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, where: Where, sentence: str) -> None:
        """Note a mistake of the key there."""
        self.mistakes.append(Mistake(line_of(self.lines, where), sentence))


@dataclass
class Section:
    """A table of the file. Each getter returns a value that can be used, or notes a mistake and returns its like.

    values: as parsed. where: of the table itself. folder: what relative paths start from.
    """

    values: Mapping[str, object]
    where: Where
    notes: Notes
    folder: Path
    asked: list[str] = field(default_factory=list)

    def text(self, key: str, default: str | None = None) -> str:
        """Words; without a default they must be there."""
        return self._get(key, default, "", _text)

    def choice(self, key: str, among: Collection[str], default: str | None = None) -> str:
        """One of these words."""
        return self._get(key, default, "", lambda value: _chosen(value, among))

    def key_name(self, key: str) -> str:
        """A short name of small letters, digits and dashes."""
        return self._get(key, None, "", _key_name)

    def day(self, key: str, *, needed: bool) -> date | None:
        """A date, such as 2026-03-31; None if it is neither there nor needed."""
        if not needed and key not in self.values:
            self.asked.append(key)
            return None
        return self._get(key, None, date.min, _day)

    def whole(self, key: str, default: int | None, least: int, most: int) -> int:
        """A whole number within limits, both included."""
        return self._get(key, default, least, lambda value: _whole(value, least, most))

    def share(self, key: str, default: float | None = None) -> float:
        """A share from 0 to 1."""
        return self._get(key, default, 0.0, _share)

    def yes(self, key: str) -> bool:
        """true or false; false if it is not there."""
        return self._get(key, False, False, _yes)

    def memory(self, key: str) -> str | None:
        """An amount of memory, such as 4GB; None if it is not there."""
        if key not in self.values:
            self.asked.append(key)
            return None
        return self._get(key, None, "", _memory)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words; none if it is not there."""
        return self._get(key, (), (), _texts)

    def path(self, key: str, default: str | None = None, *, is_there: Callable[[Path], bool]) -> Path:
        """A file or folder that has to be there, relative to the system's own folder."""
        written = self.text(key, default)
        return self._existing(key, written, is_there) if written else self.folder

    def folders(self, key: str) -> tuple[Path, ...]:
        """Folders that have to be there; none if nothing is said."""
        return tuple(self._existing(key, written, Path.is_dir) for written in self.texts(key))

    def _existing(self, key: str, written: str, is_there: Callable[[Path], bool]) -> Path:
        path = self.folder / written
        if not written.isprintable():
            self.wrong(key, f"{key} holds a special character. {IN_SINGLE}")
            return path
        try:
            found = is_there(path) or not self.notes.there
        except (OSError, ValueError):  # a name that no file can have
            found = False
        if not found:
            what = (
                "folder"
                if is_there is Path.is_dir
                else "folder or file"
                if is_there is Path.exists
                else "file"
            )
            self.wrong(
                key, f"{key} is {_shown(written)}, but there is no such {what}. Correct it, or put it there."
            )
        return path

    def inner(self, key: str) -> "Section | None":
        """The table under that key; None if there is none."""
        self.asked.append(key)
        if key not in self.values:
            return None
        value = self.values[key]
        if isinstance(value, Mapping):
            return Section(value, (*self.where, key), self.notes, self.folder)
        self.wrong(key, f"{key} is a table: write [{key}] above its settings.")
        return None

    @property
    def name(self) -> str:
        """The table's own name."""
        return str(self.where[-1])

    def tables(self) -> list["Section"]:
        """The tables in this one, in order; whatever else is in it is a mistake."""
        return [section for key in self.values if (section := self.inner(key)) is not None]

    def choice_of_name(self, key: str, among: Collection[str]) -> None:
        """Note a table whose name is none of these."""
        if key not in among:
            near = difflib.get_close_matches(key, among, n=1)
            advice = f"Did you mean {near[0]}?" if near else f"The uses are: {', '.join(among)}."
            self.wrong(key, f"there is no use called {_shown(key)}. {advice}")

    def each(self, key: str) -> list["Section"]:
        """The tables of an array of tables, in order."""
        self.asked.append(key)
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(table, Mapping) for table in value):
            self.wrong(key, f"{key} is a list of tables: write [[{key}]] above the settings of each.")
            return []
        return [
            Section(table, (*self.where, key, number), self.notes, self.folder)
            for number, table in enumerate(value)
        ]

    def wrong(self, key: str, sentence: str) -> None:
        """Note a mistake of one of this table's keys, or of the table itself if the key is not written."""
        self.notes.add((*self.where, key), sentence)

    def end(self) -> None:
        """Note the keys that nobody asked for, once all have been."""
        for key in self.values:
            if key in self.asked:
                continue
            near = difflib.get_close_matches(key, self.asked, n=1, cutoff=0.7)
            advice = f"Did you mean {near[0]}?" if near else f"Known here: {', '.join(sorted(self.asked))}."
            self.wrong(key, f"{_shown(key)} is not a setting. {advice}")

    def _get(self, key: str, default: T | None, instead: T, read: Callable[[object], T]) -> T:
        self.asked.append(key)
        if key not in self.values:
            if default is None:
                self.wrong(key, f"{key} is missing{self._inside()}. Add it.")
                return instead
            return default
        value = self.values[key]
        if isinstance(value, str) and value.strip().startswith(TO_FILL_IN):
            hint = value.strip().removeprefix(TO_FILL_IN).lstrip(": ")
            self.wrong(key, f"{key} is still to be filled in{': ' + hint if hint else ''}.")
            return instead
        try:
            return read(value)
        except ValueError as error:
            self.wrong(key, f"{key} {error}")
            return instead

    def _inside(self) -> str:
        names = [part for part in self.where if isinstance(part, str)]
        return f" in [{'.'.join(names)}]" if names else ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError('is not words: write it in quotation marks, such as "words".')
    if not value.strip():
        raise ValueError("is empty. Fill it in.")
    return value.strip()


def _key_name(value: object) -> str:
    if not isinstance(value, str) or not KEY.fullmatch(value):
        raise ValueError('is made of small letters, digits and dashes, such as "north-hospital".')
    return value


def _chosen(value: object, among: Collection[str]) -> str:
    if isinstance(value, str) and value in among:
        return value
    near = difflib.get_close_matches(str(value), among, n=1)
    advice = f'Did you mean "{near[0]}"?' if near else f"Write one of: {', '.join(among)}."
    raise ValueError(f"is {_shown(value)}, which is not known. {advice}")


def _day(value: object) -> date:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            value = None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("is not a day: write year, month and day, such as 2026-03-31.")
    if not 1900 <= value.year < 2200:
        raise ValueError("is not a day of 1900 to 2199.")
    return value


def _whole(value: object, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(
            f"is not a whole number from {least:,} to {most:,}: write one, without quotation marks."
        )
    return value


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError("is not a share from 0 to 1: write 0.05 for 5%.")
    return float(value)


def _yes(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("is neither true nor false: write one of them, without quotation marks.")
    return value


def _memory(value: object) -> str:
    if not isinstance(value, str) or not MEMORY.fullmatch(value) or not value.strip("KMGTiB .0"):
        raise ValueError('is not an amount of memory: write a number and its unit, such as "4GB".')
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise ValueError('is not a list of words: write ["one", "another"].')
    return tuple(each.strip() for each in value)


def _shown(value: object) -> str:
    """A value as it may stand in a sentence: short, on one line."""
    text = " ".join(str(value).split())
    return f'"{text[:100]}…"' if len(text) > 100 else f'"{text}"'
