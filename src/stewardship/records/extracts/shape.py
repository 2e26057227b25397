"""The shape in which a kind of partner's file is declared: its headings, and what each canonical table gets of a row.

A kind is one `FileKind`: a name (the beginning of the file's name), the partners who send it, its `Heading`s, and one
`Fills` for each table that its rows become. The first `Fills` is the row's own: what the model forbids of it sets the
row aside. What a canonical column gets is SQL over the row; in it a heading stands as the partner writes it, already
read as its kind (a day, a whole number, a code, or null where nothing was sent), and besides

    person_id     the person's number, made of the identifier that the source's settings name
    event_id      the row's own number: see `FileKind.key`
    each, place   of repeated headings (`Fills.each`): what one of them holds, and its number in the list, from 1
    X_given       of a heading X of kind "birth": "day", "month" or "year"
    X_minute      of a heading X of kind "moment": the minute of its day; null where a day alone was sent

    ISSUES = FileKind(
        "medications", ("general practice",),
        (own_number("IssueID"), day("IssueDate", needed=True), code("BNFCode", needed=True), number("Quantity")),
        (Fills("medication", {"event_id": "event_id", "system": "'BNF'", "code": "BNFCode", "date": "IssueDate"}),),
        key=("IssueID",),
    )

A column of the table that is not named is left empty; `person_id` and where the row came from are filled always. Tables
that are made of all files together have names of their own here (`episode`, `demographics`): see `pooled`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

HeadingKind = Literal[
    "person", "event", "code", "text", "day", "moment", "time", "birth", "integer", "number"
]
"""person: an identifier such as the source's settings name. event: the row's own number, a whole number or a text.
code: one short word; a text of several words, and one that holds an NHS number, is not kept. text: words of a short
list ("Long Term Support: Nursing"); what is longer than 100 characters, or holds an NHS number, is not kept. time: of
a day, HHMM or HH:MM, as minutes. moment: a day, and the time of it where one is sent. birth: a day, or MMYYYY. Days
that stand for "not known" (`typed.SENTINELS`) are empty."""


THE_PERSON = "the person"


@dataclass(frozen=True)
class Heading:
    """A column of the partner's file.

    needed: the file cannot be read without it, nor a row in which it is empty. aliases: other headings it goes by,
    in any letter case. values: the only ones there are; another is counted and left empty (in a needed column the
    row is set aside). unknown: values that say that nothing is known. becomes: in words, for the data manager.
    """

    name: str
    kind: HeadingKind
    needed: bool = False
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    becomes: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """All that it may go by, in small letters, the likeliest first."""
        return tuple(each.lower() for each in (self.name, *self.aliases))


@dataclass(frozen=True)
class Fills:
    """A table that a row fills: SQL of its columns.

    where: SQL of the rows that do. each: repeated headings; then a row for each of them that holds something.
    even_aside: rows fill it though they are set aside, or another file sends them again.
    """

    table: str
    columns: Mapping[str, str]
    where: str = ""
    each: tuple[str, ...] = ()
    even_aside: bool = False


@dataclass(frozen=True)
class Counted:
    """Something that a data manager should know of the sound rows: what is counted, when (SQL), what was done."""

    check: str
    when: str
    consequence: str
    fails: bool = False


@dataclass(frozen=True)
class FileKind:
    """A kind of file.

    name: what the file's name begins with, before the months that it covers. of: the kinds of source that send it.
    key: the headings that tell a row from every other of its kind (`THE_PERSON`: the one that names the person); a row
    of a later file with the same key takes the place of the earlier one. Of a key of one heading of kind "event", a
    whole number is `event_id` as it stands; any other key becomes a number of 63 bits. other_key: taken where the
    file has all its headings. seen: SQL, over the columns of the first table, of days on which the
    row says that its person was seen. also: other words in a file's name that tell the kind. of_person: whether rows
    are of people. apart: below 16, the kind's own among kinds that fill one table, whose rows partners number from 1
    each: a whole number is `event_id` times 16 and this. 0 where there is no other such kind.
    """

    name: str
    of: tuple[str, ...]
    headings: tuple[Heading, ...]
    fills: tuple[Fills, ...]
    key: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    counted: tuple[Counted, ...] = ()
    also: tuple[str, ...] = ()
    of_person: bool = True
    other_key: tuple[str, ...] = ()
    apart: int = 0


def own_number(name: str, *aliases: str, needed: bool = True) -> Heading:
    """The row's own number, or another number that is kept only as a number made of it."""
    return Heading(name, "event", needed, aliases, becomes="tells the row from others")


def code(
    name: str,
    *aliases: str,
    needed: bool = False,
    values: tuple[str, ...] = (),
    unknown: tuple[str, ...] = (),
    becomes: str = "",
) -> Heading:
    """A code, or a short word."""
    return Heading(name, "code", needed, aliases, values, unknown, becomes)


def text(name: str, *aliases: str, needed: bool = False, becomes: str = "") -> Heading:
    """Words of a short list."""
    return Heading(name, "text", needed, aliases, becomes=becomes)


def day(name: str, *aliases: str, needed: bool = False, becomes: str = "") -> Heading:
    """A day, or the day of a time."""
    return Heading(name, "day", needed, aliases, becomes=becomes)


def moment(name: str, *aliases: str, needed: bool = False, becomes: str = "") -> Heading:
    """A day and the time of it, of which the time may be missing."""
    return Heading(name, "moment", needed, aliases, becomes=becomes)


def number(name: str, *aliases: str, needed: bool = False, becomes: str = "") -> Heading:
    """A number."""
    return Heading(name, "number", needed, aliases, becomes=becomes)


def whole(name: str, *aliases: str, needed: bool = False, becomes: str = "") -> Heading:
    """A whole number."""
    return Heading(name, "integer", needed, aliases, becomes=becomes)


def numbered(name: str, upto: int, *aliases: str, becomes: str = "") -> tuple[Heading, ...]:
    """Repeated headings of codes: `numbered("DiagnosisICD", 12)` is DiagnosisICD_01 to DiagnosisICD_12.

    Only the first of them is told of in the document, for all.
    """
    return tuple(
        code(
            f"{name}_{place:02}",
            *(f"{alias}_{place:02}" for alias in aliases),
            becomes="" if place > 1 else becomes,
        )
        for place in range(1, upto + 1)
    )


def names_of(headings: tuple[Heading, ...]) -> tuple[str, ...]:
    """What `Fills.each` asks for."""
    return tuple(heading.name for heading in headings)
