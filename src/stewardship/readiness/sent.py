"""What was sent and what was found in it, gathered for a reader: one line a kind of file, and one a check.

A partner sends a file of a kind for each stretch of months (`appointments_2021-04_2022-03.parquet`). Counts are
published file by file, rounded or hidden: those of a kind are sums of what is shown, and say what is hidden in them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stewardship.measures.published import Snapshot

_MONTHS = re.compile(r"_[0-9]{4}-[0-9]{2}_[0-9]{4}-[0-9]{2}(?:[.].+)?$")
LOOK_INTO = ("fail", "could not run")

Told = Mapping[str, Any]  # a file or a finding as a snapshot publishes it


@dataclass(frozen=True)
class Added:
    """Counts of several files as they may be shown. shown: the sum of those that are; hidden: how many are not."""

    shown: int
    hidden: int
    files: int

    @property
    def said(self) -> str:
        """147,520; fewer than 8; fewer than 8 in each of 3."""
        if not self.hidden or self.shown:
            return f"{self.shown:,}"
        return "fewer than 8" if self.files == 1 else f"fewer than 8 in {self._each}"

    @property
    def besides(self) -> str:
        """What is hidden beside a sum that is shown, in words; empty where nothing is."""
        if not self.hidden or not self.shown:
            return ""
        return f"and fewer than 8 in {'another' if self.hidden == 1 else f'{self._each} others'}"

    @property
    def _each(self) -> str:
        return "one" if self.hidden == 1 else f"each of {self.hidden}"


@dataclass(frozen=True)
class Files:
    """The files of a kind that a source sent, or one file that stands by itself."""

    source: str
    name: str
    each: tuple[Told, ...]

    @property
    def fills(self) -> str:
        """The canonical tables that they fill."""
        return ", ".join(dict.fromkeys(file["table"] for file in self.each))

    @property
    def absent(self) -> bool:
        """Whether it was not sent."""
        return all(file["absent"] for file in self.each)

    def total(self, count: str) -> Added:
        """Their rows; count: read, loaded or quarantined."""
        return _added(self.each, count)


@dataclass(frozen=True)
class Found:
    """One check; each: what was found in which file, or in all files of a kind."""

    each: tuple[Told, ...]

    @property
    def first(self) -> Told:
        """What holds for all of them: the check, its outcome and what was done."""
        return self.each[0]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Kinds of file in which it was found, each with its source."""
        return list(dict.fromkeys((kind_of_file(one["table"]), one.get("source", "")) for one in self.each))

    @property
    def where(self) -> str:
        """How many places it was found in: 8 files of a kind; 3 kinds of file."""
        return f"{len(self.each)} files" if len(self.kinds) == 1 else f"{len(self.kinds)} kinds of file"

    @property
    def to_look_into(self) -> bool:
        """Whether somebody has to look into it."""
        return self.first["outcome"] in LOOK_INTO

    def total(self, count: str) -> Added:
        """count: `count` of `examined`."""
        return _added(self.each, count)


@dataclass(frozen=True)
class WhatWasFound:
    """A snapshot's files by kind, and findings by check. sound: what passed, does not apply or is good to know."""

    files: tuple[Files, ...]
    to_look_into: tuple[Found, ...]
    sound: tuple[Found, ...]


def what_was_found(snapshot: Snapshot) -> WhatWasFound:
    """Files of a snapshot, those of a kind together, and findings, those of a check together."""
    found = found_in(snapshot.findings)
    return WhatWasFound(
        tuple(files_of(snapshot.files)),
        tuple(one for one in found if one.to_look_into),
        tuple(one for one in found if not one.to_look_into),
    )


def kind_of_file(name: str) -> str:
    """What a file is called without the months that it is of; a name without months is as it was."""
    return _MONTHS.sub("", name)


def files_of(files: Iterable[Told]) -> list[Files]:
    """The files of each kind together, in the order in which they came."""
    kinds: dict[tuple[str, str], list[Told]] = {}
    for file in files:
        kinds.setdefault((file.get("source", ""), kind_of_file(file["file"])), []).append(file)
    return [
        Files(source, kind if len(each) > 1 else each[0]["file"], tuple(each))
        for (source, kind), each in kinds.items()
    ]


def found_in(findings: Iterable[Told]) -> list[Found]:
    """The same check over whatever files as one, in the order in which they came."""
    checks: dict[tuple[str, ...], list[Told]] = {}
    for one in findings:
        checks.setdefault((one["check"], one["outcome"], one["consequence"]), []).append(one)
    return [Found(tuple(each)) for each in checks.values()]


def _added(each: Sequence[Told], count: str) -> Added:
    counts = [one[count] for one in each]
    shown = [number for number in counts if number is not None]
    return Added(sum(shown), len(counts) - len(shown), len(counts))
