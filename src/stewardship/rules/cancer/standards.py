"""Limits, thresholds and ambitions by date, read from standards.toml beside this file."""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from stewardship.rules.cancer.judgement import Standard


class Limits(NamedTuple):
    """Days that stand from a date on: the last day inside each standard, phase and band."""

    since: date
    faster_diagnosis: int
    decision_to_treatment: int
    referral_to_treatment: int
    investigating: int
    treating: int
    bands: tuple[int, int, int]
    source: str


class Threshold(NamedTuple):
    """The share within a standard that is asked for from a date on, as a fraction.

    `ambition` is what planning guidance asks for by the end of the day `by`; None where it asks for nothing.
    """

    since: date
    standard: float
    ambition: float | None
    by: date | None
    source: str


class Standards(NamedTuple):
    """Every limit and threshold, oldest first."""

    limits: tuple[Limits, ...]
    thresholds: Mapping[Standard, tuple[Threshold, ...]]
    pauses_in_any_setting_from: date

    def limits_on(self, day: date | None) -> Limits:
        """The limits of a day; the latest for None, and the oldest for days before any that is known."""
        if day is None or len(self.limits) == 1:
            return self.limits[-1]
        return self.limits[max(0, _place(self.limits, day))]

    def threshold_on(self, standard: Standard, day: date) -> Threshold | None:
        """The threshold of a standard on a day; None before the first that is known."""
        place = _place(self.thresholds[standard], day)
        return None if place < 0 else self.thresholds[standard][place]


def _place(dated: Sequence[Limits] | Sequence[Threshold], day: date) -> int:
    """Where the last that begins on the day or before it stands; -1 where none does."""
    return bisect_right([each.since for each in dated], day) - 1


def read_standards(path: Path) -> Standards:
    """The standards of a TOML file of the form of standards.toml."""
    with path.open("rb") as file:
        written = tomllib.load(file)
    return Standards(
        limits=tuple(_limits(each) for each in written["limits"]),
        thresholds={
            standard: tuple(_threshold(each) for each in written[standard.value]) for standard in Standard
        },
        pauses_in_any_setting_from=written["pauses"]["any_setting_from"],
    )


def _limits(row: Mapping[str, Any]) -> Limits:
    """One table of limits, as it is written."""
    others = {name: value for name, value in row.items() if name not in ("from", "bands")}
    return Limits(since=row["from"], bands=tuple(row["bands"]), **others)


def _threshold(row: Mapping[str, Any]) -> Threshold:
    return Threshold(row["from"], row["standard"], row.get("ambition"), row.get("by"), row["source"])


IN_FORCE = read_standards(Path(__file__).with_name("standards.toml"))
"""The standards of England since October 2023."""
