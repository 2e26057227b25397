"""What was sent and what was found in it, gathered for a reader: one line a kind of file, whatever months it is of.

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
        """147,520; fewer than 8; fewer than 8 in each of 3 files."""
        if not self.hidden or self.shown:
            return f"{self.shown:,}"
        return "fewer than 8" if self.files == 1 else f"fewer than 8 in {self._in_files}"

    @property
    def besides(self) -> str:
        """What is hidden beside a sum that is shown, in words; empty where nothing is."""
        return f"and fewer than 8 in {self._in_files}" if self.hidden and self.shown else ""

    @property
    def _in_files(self) -> str:
        return "1 file" if self.hidden == 1 else f"each of {self.hidden} files"


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
    """One check in files of a kind; each: what was found in which file, or in all of them."""

    source: str
    kind: str
    each: tuple[Told, ...]

    @property
    def first(self) -> Told:
        """What holds for all of them: the check, its outcome and what was done."""
        return self.each[0]

    @property
    def to_look_into(self) -> bool:
        """Whether somebody has to look into it."""
        return self.first["outcome"] in LOOK_INTO

    def total(self, count: str) -> Added:
        """count: `count` of `examined`."""
        return _added(self.each, count)


@dataclass(frozen=True)
class WhatWasFound:
    """A snapshot's files by kind, and what was found in them. sound: what passed, does not apply or is good to know."""

    files: tuple[Files, ...]
    to_look_into: tuple[Found, ...]
    sound: tuple[Found, ...]


def what_was_found(snapshot: Snapshot) -> WhatWasFound:
    """Files and findings of a snapshot, those of a kind of file together."""
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
    """The same check over files of a kind as one, in the order in which they came."""
    kinds: dict[tuple[str, ...], list[Told]] = {}
    for one in findings:
        same = (one["check"], one["outcome"], one["consequence"])
        kinds.setdefault((one.get("source", ""), kind_of_file(one["table"]), *same), []).append(one)
    return [Found(source, kind, tuple(each)) for (source, kind, *_), each in kinds.items()]


def _added(each: Sequence[Told], count: str) -> Added:
    counts = [one[count] for one in each]
    shown = [number for number in counts if number is not None]
    return Added(sum(shown), len(counts) - len(shown), len(counts))
