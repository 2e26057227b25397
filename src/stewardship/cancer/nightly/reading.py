"""Reading a nightly file, whatever was sent in its place: whole, in UTF-8, with the columns it should have."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stewardship.cancer.nightly.columns import EVENTS, MAY_BE_ABSENT, PATHWAYS, Column
from stewardship.cancer.nightly.errors import FileError as FileError
from stewardship.system.cancer import CancerSettings

MOST_BYTES = 100_000_000
MOST_ROWS = 500_000
END = "END"
MARKS = ((";", "semicolons"), ("\t", "tabs"), ("|", "upright lines"))


@dataclass(frozen=True, repr=False)
class Sheet:
    """A file that could be read. rows: number (the first below the head is 2) and text by column; no columns at all
    for a row that has more or fewer fields than the head. columns: those that the file has. digest: of its bytes.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    digest: str


def read_pathways(name: str, content: bytes, settings: CancerSettings) -> Sheet:
    """The file of pathways. Raises FileError."""
    return _read(name, content, PATHWAYS, settings.pathways, settings)


def read_events(name: str, content: bytes, settings: CancerSettings) -> Sheet:
    """The file of events. Raises FileError."""
    return _read(name, content, EVENTS, settings.events, settings)


def template(columns: Sequence[Column]) -> str:
    """An empty file with the headings, to be filled: CSV."""
    return filled(columns, ())


def filled(columns: Sequence[Column], rows: Iterable[Mapping[str, str]]) -> str:
    """A file of these rows, which name the columns as the settings do: CSV."""
    head = [column.heading for column in columns]
    return _csv([head, *([row.get(column.key, "") for column in columns] for row in rows)])


def explained(columns: Sequence[Column]) -> list[tuple[str, str, str, bool]]:
    """Heading, name in the settings, what is in it, and whether it may be empty, for each column."""
    return [(each.heading, each.key, each.words, not each.needed) for each in columns]


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _read(
    name: str,
    content: bytes,
    columns: Sequence[Column],
    headings: Mapping[str, str],
    settings: CancerSettings,
) -> Sheet:
    if len(content) > MOST_BYTES:
        raise FileError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Send one night's file.")
    text = _decoded(name, content)
    _refuse_half(name, text)
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [each.strip().upper() for each in next(lines, [])]
        there = _there(name, head, columns, headings)
        rows = tuple(_rows(name, lines, len(head), there, settings))
    except csv.Error:
        raise FileError(
            f"{name} is not CSV to its end, near line {lines.line_num:,}: was it cut off? Send it again."
        ) from None
    if not rows:
        raise FileError(f"{name} has no rows below its head. Send it again.")
    return Sheet(name, tuple(there), rows, hashlib.sha256(content).hexdigest())


def _decoded(name: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileError(
            f"{name} is not UTF-8 in line {line:,}. Save it as UTF-8 and send it again."
        ) from None
    if "\0" in text:
        raise FileError(f"{name} holds bytes that no text has. Send the CSV file, not a workbook.")
    return text


def _refuse_half(name: str, text: str) -> None:
    """A file that was still being written ends in the middle of a line, or has none."""
    if not text.strip():
        raise FileError(f"{name} is empty. Send it again.")
    if not text.endswith(("\n", "\r")):
        raise FileError(f"{name} ends in the middle of a line, so it is not whole. Send it again.")


def _there(
    name: str, head: list[str], columns: Sequence[Column], headings: Mapping[str, str]
) -> dict[Column, int]:
    """Where each column stands. Raises FileError for those that are lacking or there twice."""
    wanted = {column: headings.get(column.key, column.heading).strip().upper() for column in columns}
    twice = [heading for heading in wanted.values() if head.count(heading) > 1]
    lacking = [
        heading
        for column, heading in wanted.items()
        if heading not in head and column.key not in MAY_BE_ABSENT
    ]
    if lacking and len(head) == 1 and (other := next((said for mark, said in MARKS if mark in head[0]), "")):
        raise FileError(f"{name} has {other} between its fields. Save it as CSV with commas, in UTF-8.")
    if twice or lacking:
        wrong = [f"lacks the column {each}" for each in lacking[:5]]
        wrong += [f"has the column {each} twice" for each in twice[:5]]
        more = " and others" if len(twice) + len(lacking) > len(wrong) else ""
        raise FileError(
            f"{name} {', '.join(wrong)}{more}. Take the template's head, or map the headings in [cancer]."
        )
    return {column: head.index(heading) for column, heading in wanted.items() if heading in head}


def _rows(
    name: str, lines: Iterator[list[str]], width: int, there: Mapping[Column, int], settings: CancerSettings
) -> Iterator[tuple[int, Mapping[str, str]]]:
    said: str | None = None
    many = 0
    for number, fields in enumerate(lines, start=2):
        if not fields:
            continue
        if said is not None:
            raise FileError(f"{name} goes on after its line {END}. Send it again.")
        if fields[0] == END:
            said = fields[1].strip() if len(fields) > 1 else ""
            continue
        many += 1
        if many > MOST_ROWS:
            raise FileError(f"{name} has more than {MOST_ROWS:,} rows. Send one night's file.")
        yield number, _fields(fields, width, there)
    if settings.end_line and said is None:
        raise FileError(f"{name} has no line {END}, so it is not whole. Send it again.")
    if said is not None and said != str(many):
        raise FileError(f"{name} has {many:,} rows, and its line {END} gives another number. Send it again.")


def _fields(fields: list[str], width: int, there: Mapping[Column, int]) -> dict[str, str]:
    whole = len(fields) == width
    return {column.key: fields[at].strip() for column, at in there.items()} if whole else {}
