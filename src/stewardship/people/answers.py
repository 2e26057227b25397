"""What can be told of a resident by itself: age, sex, home, groups, and what has been recorded."""

from dataclasses import dataclass

from stewardship.people.code_lists import CodeList
from stewardship.people.expressions import Answer
from stewardship.people.periods import Window


@dataclass(frozen=True)
class Everyone(Answer):
    """Every resident."""


@dataclass(frozen=True)
class Aged(Answer):
    """Age in whole years on the date, both ends included; None: no limit."""

    at_least: int
    at_most: int | None


@dataclass(frozen=True)
class OfSex(Answer):
    """Sex as recorded."""

    sex: str


@dataclass(frozen=True)
class InFifth(Answer):
    """The home lies in one of these fifths of deprivation on the date, 1 the most deprived."""

    fifths: tuple[int, ...]


@dataclass(frozen=True)
class OfEthnicGroup(Answer):
    """Of one of these ethnic groups, as recorded."""

    groups: tuple[str, ...]


@dataclass(frozen=True)
class InGroup(Answer):
    """One of these characteristics is recorded and holds on the date."""

    characteristics: tuple[str, ...]


@dataclass(frozen=True)
class Has(Answer):
    """A condition in the list has been recorded in the window up to the date."""

    codes: CodeList
    within: Window


@dataclass(frozen=True)
class Recorded(Answer):
    """A reading or finding in the list has been recorded in the window, whatever its value."""

    codes: CodeList
    within: Window
