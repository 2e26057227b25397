"""One file's rows as they were sent, with the headings that were found in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from stewardship.records.engine import name_of, quoted
from stewardship.records.extracts.shape import FileKind, Heading
from stewardship.records.fields import INTEGERS, as_text
from stewardship.records.files import SourceError, SourceFile

NOTHING = ("&", "-", "&\t")  # what HES and SUS write where nothing is known or nothing applies
BLANK = ("", "NULL", "\\N")


@dataclass(frozen=True)
class Sent:
    """The rows of one file as they were sent.

    base: SQL of a relation. row: SQL of a row's number in it. sent_as: the engine's type and the column of each heading
    that it has. person: the heading that holds the identifier. faults: whether the relation has `fault_column` and
    `fault`, which tell what kept a row from being split into fields. clean: names of headings of which every value
    that occurs may stay as it is.
    """

    file: SourceFile
    kind: FileKind
    base: str
    row: str
    sent_as: Mapping[Heading, tuple[str, str]]
    person: Heading | None
    faults: bool = False
    clean: frozenset[str] = frozenset()

    @cached_property
    def types(self) -> dict[str, str]:
        """The engine's type of each heading that the file has, by its name."""
        return {heading.name: kind for heading, (kind, _) in self.sent_as.items()}

    def only(self, *headings: Heading) -> str:
        """SQL of the rows with source_row and, of some headings, the columns `at` and `text`."""
        kept = [f"{self.row} AS source_row", *(["fault_column", "fault"] if self.faults else [])]
        columns, texts = [], []
        for heading in headings:
            kind, sql = self.sent_as[heading]
            name = name_of(heading.name + " sent")
            as_it_is = kind != "VARCHAR" or heading == self.person or heading.name in self.clean
            columns.append(f"{sql if as_it_is else f'trim({sql})'} AS {name}")
            if kind == "VARCHAR":
                given = name if as_it_is else f"CASE WHEN {_says(name, heading)} THEN {name} END"
                texts.append(f"{given} AS {name_of(heading.name + ' text')}")
        inner = f"SELECT {', '.join([*kept, *columns])} FROM {self.base}"
        return f"(SELECT {', '.join(['*', *texts])} FROM ({inner}))"

    def at(self, heading: Heading) -> str:
        """The column of a heading as it was sent."""
        return f"s.{name_of(heading.name + ' sent')}"

    def text(self, heading: Heading) -> str:
        """SQL of a heading's value as text; null where nothing was sent."""
        if self.types[heading.name] == "VARCHAR":
            return f"s.{name_of(heading.name + ' text')}"
        return as_text(self.at(heading), self.types[heading.name])

    @property
    def found(self) -> list[Heading]:
        """The headings that the file has."""
        return [each for each in self.headings if each.name in self.types]

    @property
    def headings(self) -> list[Heading]:
        """The kind's headings, and the one that names the person."""
        return [*([self.person] if self.person else []), *self.kind.headings]


def _says(sent: str, heading: Heading) -> str:
    """SQL of whether a trimmed text says anything."""
    return " AND ".join(f"{sent} <> {quoted(each)}" for each in (*BLANK, *NOTHING, *heading.unknown))


def found_in(file: SourceFile, headings: list[Heading]) -> dict[str, str]:
    """What the file calls each heading that it has, by the heading's name. SourceError if a needed one is not there."""
    found = {}
    for heading in headings:
        called = next((each for each in heading.headings if each in file.columns), None)
        if called is not None:
            found[heading.name] = called
    missing = [each.name for each in headings if each.needed and each.name not in found]
    if missing:
        noun = "column" if len(missing) == 1 else "columns"
        has = ", ".join(each or "(no name)" for each in list(file.columns)[:40])
        raise SourceError(f"{file.label} has no {noun} {', '.join(missing)}. It has: {has}.")
    return found


def as_number(sent: Sent, heading: Heading) -> bool:
    """Whether a number that is read as text was sent as a whole number: it need not be written out to see that it is
    there."""
    return heading.kind == "event" and sent.types[heading.name] in INTEGERS
