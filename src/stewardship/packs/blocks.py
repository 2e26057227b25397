"""What a pack is made of: plain values that its template sets one after the other, and never reads as markup."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Words:
    """A paragraph. lead: its beginning, in bold."""

    text: str
    lead: str = ""
    kind: Literal["words"] = "words"


@dataclass(frozen=True)
class Points:
    """A list of paragraphs."""

    items: tuple[Words, ...]
    kind: Literal["points"] = "points"


@dataclass(frozen=True)
class Column:
    """A column of a table. share: its width beside the others'. number: whether its cells stand to the right."""

    name: str
    share: float = 1.0
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in a table. small: a line beneath it."""

    text: str
    small: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table. why: stands across the columns that have no cell."""

    cells: tuple[Cell, ...]
    why: str = ""


@dataclass(frozen=True)
class Table:
    """A table. caption: what it shows, for who cannot see it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Picture:
    """A chart. svg: empty where it was not drawn, and then `instead` says why. words: what the picture shows."""

    heading: str
    what: str
    svg: str
    words: str
    read: str
    said: str
    instead: str
    kind: Literal["picture"] = "picture"


Block = Heading | Words | Points | Table | Picture


@dataclass(frozen=True)
class Section:
    """A part of the pack, which stands in its contents."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Tile:
    """One of the five parts at a glance."""

    name: str
    number: str
    what: str


@dataclass(frozen=True)
class Pack:
    """A care area at a place, as a paper. made: when its snapshot was built, the only time that it bears."""

    title: str
    about: str
    place: str
    period: str
    sources: str
    snapshot: str
    made: datetime
    notes: tuple[str, ...]
    minute: tuple[Words, ...]
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
