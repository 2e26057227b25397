"""What a score is: groups of codes with points, what the points come to, and what that is called."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

Match = Literal["exact", "prefix", "range"]
Code = tuple[str, str, Match]
"""System, code without dots, and how it is meant: that one alone, it and all below it, or FROM-TO with both."""


@dataclass(frozen=True)
class Group:
    """One thing that a score counts.

    points: whole, from 0. of_class: groups of a class count once, by the largest; empty: a class of its own.
    """

    name: str
    points: int
    codes: tuple[Code, ...]
    of_class: str = ""


@dataclass(frozen=True)
class Band:
    """What a range of points is called: from `at_least` up to the next band, and what that means for people."""

    name: str
    at_least: int
    meaning: str = ""


@dataclass(frozen=True)
class Score:
    """A published score.

    points are its weights times `scale`, so that only whole numbers are added up. youngest: the age in years from
    which its bands are meant. bands: the lowest first; none where the source names none.
    """

    key: str
    title: str
    edition: str
    source: str
    scale: int
    groups: tuple[Group, ...]
    bands: tuple[Band, ...] = ()
    youngest: int = 0

    def group(self, name: str) -> Group:
        """The group of that name; KeyError if there is none."""
        for group in self.groups:
            if group.name == name:
                return group
        raise KeyError(name)

    def value(self, points: int) -> float:
        """The score as its source writes it."""
        return points / self.scale

    @property
    def most(self) -> int:
        """The points of somebody with all groups."""
        return points_of(self, [group.name for group in self.groups])


def points_of(score: Score, found: Collection[str]) -> int:
    """The points of somebody who has these groups, whatever else they have; KeyError for a group it has not."""
    largest: dict[str, int] = {}
    for name in found:
        group = score.group(name)
        of_class = group.of_class or group.name
        largest[of_class] = max(largest.get(of_class, 0), group.points)
    return sum(largest.values())


def groups_found(score: Score, codes: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The names of the groups of which any of these (system, code) pairs is told."""
    told = set(codes)
    return frozenset(
        group.name
        for group in score.groups
        if any(covers(code, *pair) for code in group.codes for pair in told)
    )


def covers(meant: Code, system: str, code: str) -> bool:
    """Whether a code of a system is meant."""
    of_system, written, match = meant
    if system != of_system:
        return False
    if match == "exact":
        return code == written
    if match == "prefix":
        return code.startswith(written)
    first, last = written.split("-")
    return first <= code[: len(first)] and code[: len(last)] <= last


def band_of(score: Score, points: int, age: int) -> Band | None:
    """The band that the points lie in; None below the age it is meant for, and of a score without bands."""
    reached = [band for band in score.bands if points >= band.at_least]
    return reached[-1] if reached and age >= score.youngest else None
