"""In which line of a TOML file each of its keys stands.

The parser of the standard library keeps no lines. It does say when a statement is whole: lines are added to a
piece of text until it parses alone.
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

Where = tuple[str | int, ...]
"""Names of tables and keys from the outside in, and the number of a table in an array of tables, from 0."""


class _Statement(NamedTuple):
    line: int
    text: str
    names: tuple[str, ...]


def lines_of(text: str) -> dict[Where, int]:
    """The line, from 1, in which each table and each key of a sound TOML text is first written."""
    found: dict[Where, int] = {}
    last: dict[Where, int] = {}  # number of the last table of each array so far
    inside: Where = ()
    for line, written, names in _statements(text):
        if written.startswith("["):
            inside = ()
            for depth, name in enumerate(names, start=1):
                inside = (*inside, name)
                found.setdefault(inside, line)
                if written.startswith("[[") and depth == len(names):
                    last[inside] = last.get(inside, -1) + 1
                if inside in last:
                    inside = (*inside, last[inside])
                    found.setdefault(inside, line)
        else:
            for length in range(1, len(names) + 1):
                found.setdefault((*inside, *names[:length]), line)
    return found


def line_of(lines: Mapping[Where, int], where: Where) -> int:
    """The line of a key, or if it is not written there, of the table around it; 1 for what has none."""
    while where and where not in lines:
        where = where[:-1]
    return lines.get(where, 1)


def _statements(text: str) -> Iterator[_Statement]:
    """Each whole statement with its first line, and its names from the outside in."""
    piece, first = "", 1
    for number, line in enumerate(text.split("\n"), start=1):
        piece += line + "\n"
        try:
            parsed = tomllib.loads(piece)
        except tomllib.TOMLDecodeError:
            continue
        if parsed:
            yield _Statement(first, piece.lstrip(), tuple(_names(parsed)))
        piece, first = "", number + 1


def _names(inner: object) -> Iterator[str]:
    """The first name at each depth: a statement alone has one name a depth, but in an inline table."""
    while isinstance(inner, dict | list) and inner:
        if isinstance(inner, list):
            inner = inner[0]
        else:
            name, inner = next(iter(inner.items()))
            yield name
