"""What the page for an ambulance crew is made of, and how what is too long for a sheet is shortened."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["", "strong", "big", "old"]
MORE = "more characters"


VITAL = frozenset({"What matters", "Ceiling of care", "Guidance", "Emergency contacts", "What to do if"})
"""What a crew decides by: shortened last."""


@dataclass(frozen=True)
class Limits:
    """The most characters of a text, and of a vital one; the most rows of a list.

    Allergies, what is said of resuscitation and what was withdrawn are never cut.
    """

    text: int
    rows: int
    vital: int


WHOLE = Limits(4000, 10_000, 4000)


@dataclass(frozen=True, repr=False)
class Said:
    """One thing: what it is called, and what is said. kind: strong; big; or old, which may be out of date."""

    label: str
    text: str
    kind: Kind = ""


@dataclass(frozen=True, repr=False)
class Block:
    """A part of the page. alert: what may harm at once if it is not seen; it is framed, and says so in words."""

    title: str
    said: tuple[Said, ...]
    alert: bool = False


@dataclass(frozen=True, repr=False)
class Crew:
    """The page. banners: said at its head. first: across the page; left, right: below, side by side."""

    name: str
    facts: tuple[str, ...]
    banners: tuple[str, ...]
    first: tuple[Block, ...]
    left: tuple[Block, ...]
    right: tuple[Block, ...]
    wrote: tuple[str, ...]
    shortened: str


@dataclass
class Cut:
    """Shortens texts and lists to their limits, and remembers what it shortened."""

    limits: Limits
    what: list[str] = field(default_factory=list)

    def text(self, label: str, text: str) -> str:
        """A text, or its first whole words and how many characters more there are."""
        most = self.limits.vital if label in VITAL else self.limits.text
        if len(text) <= most:
            return text
        kept = (text[:most].rsplit(maxsplit=1) or [""])[0]
        self._note(label)
        return f"{kept} […] {len(text) - len(kept):,} {MORE}"

    def rows(self, label: str, rows: Sequence[Said]) -> list[Said]:
        """A list, or its first rows and how many more there are."""
        more = len(rows) - self.limits.rows
        if more <= 0:
            return list(rows)
        self._note(label)
        return [*rows[: self.limits.rows], Said("", f"And {more} more", "strong")]

    def _note(self, label: str) -> None:
        if label not in self.what:
            self.what.append(label)
