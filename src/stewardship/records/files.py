"""The files of a partner's feed: found, their headings read, and each opened as one relation the engine can
query.

A table may come as `<table>.csv`, `.csv.gz`, `.tsv`, `.txt` or `.parquet`, in any letter case, or as a table
of a DuckDB file. Nothing here knows what a table means.
"""

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from stewardship.records.engine import Engine, name_of, quoted, read_from
from stewardship.records.engines import EngineError

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz", ".parquet")
DUCKDB_SUFFIXES = (".duckdb", ".db", ".ddb")
DELIMITERS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "vertical bars"}
SAMPLE_ROWS = 1000
LONGEST_HEADINGS = 100_000  # bytes; a table of a thousand columns has fewer
ATTACHED = "partner_file"


class SourceError(Exception):
    """The reading stopped. One plain sentence: which file, what is wrong, what to do."""


@dataclass(frozen=True)
class SourceFile:
    """One table of a feed, opened.

    name: the table's name, lower case. label: what people call the file. columns: heading, lower case and
    trimmed, to the engine's type and SQL name of the column. extra: columns of fields found beyond the
    headings. relation: SQL that yields the columns. row_number: SQL of a row's number within it, from 1.
    path: the file, unless the table stands in a DuckDB file. rejects: text only; the engine's table of rows
    that it could not split into fields.
    """

    name: str
    label: str
    columns: dict[str, tuple[str, str]]
    relation: str
    row_number: str
    path: Path | None = None
    extra: tuple[str, ...] = ()
    rejects: str | None = None


@dataclass(frozen=True)
class Listing:
    """What a folder or DuckDB file holds: tables by lower-case name, and files that are no table."""

    tables: dict[str, Path | str]
    others: tuple[str, ...] = ()


def list_folder(folder: Path) -> Listing:
    """Tables of a folder by lower-case name, where a name may come only once.

    Raises SourceError if the folder is not there, holds a link that leads out of it, or two files hold the same table.
    """
    tables: dict[str, Path | str] = {}
    others = []
    for path in _within(folder):
        name = table_name(path)
        if name is None or not path.is_file():
            others.append(path.name)
        elif name in tables:
            raise SourceError(
                f"{Path(tables[name]).name} and {path.name} are both the table {name}: keep one of them."
            )
        else:
            tables[name] = path
    return Listing(tables, tuple(others))


def files_of(folder: Path) -> list[Path]:
    """The files of a feed: those of its folder, in order, or the DuckDB file that it is.

    Raises SourceError if the folder is not there, or holds a link that leads out of it.
    """
    return [folder] if folder.is_file() else [path for path in _within(folder) if path.is_file()]


def _within(folder: Path) -> list[Path]:
    """What stands in a folder, in order. SourceError if it is not there, or holds a link that leads out of it."""
    if not folder.is_dir():
        raise SourceError(f"There is no folder {folder}: give the folder that holds the files.")
    inside, there = folder.resolve(), sorted(folder.iterdir())
    for path in there:
        if path.is_symlink() and not _target(path).is_relative_to(inside):
            raise SourceError(
                f"{path.name} is a link that leads out of {folder.name}: put the file itself into the folder."
            )
    return there


def others_of(folder: Path) -> list[str]:
    """Names of what stands in the folder of a feed and is no file: other folders, links to nothing, pipes."""
    return sorted(path.name for path in folder.iterdir() if not path.is_file())


def _target(link: Path) -> Path:
    try:
        return link.resolve()
    except (OSError, RuntimeError):  # a link to itself leads nowhere
        return link.parent.resolve() / link.name


def table_name(path: Path) -> str | None:
    """`PERSON.csv.gz` is `person`; None if the ending is not one we read."""
    lower = path.name.lower()
    ending = next((s for s in sorted(SUFFIXES, key=len, reverse=True) if lower.endswith(s)), None)
    return lower.removesuffix(ending) if ending else None


@contextmanager
def attached(path: Path, engine: Engine) -> Iterator[Listing]:
    """The tables of a DuckDB file, opened read-only, in whatever schema; closed again afterwards.

    A view is the partner's own SQL, which could read any file here: none is run. Raises SourceError if there is one,
    or if changes stand in a file beside it, which nobody would have compared with what was sent.
    """
    changes = path.with_name(f"{path.name}.wal")
    if changes.exists():
        raise SourceError(
            f"{changes.name} beside {path.name} holds changes that are not yet in it: close the DuckDB file where it "
            "is made, and send it alone."
        )
    try:
        engine.run(f"ATTACH {quoted(path)} AS {ATTACHED} (READ_ONLY)")
    except EngineError as error:
        raise SourceError(
            f"{path.name} cannot be opened as a DuckDB file: give a folder or a DuckDB file."
        ) from error
    try:
        found = engine.rows(
            "SELECT schema_name, table_name, false FROM duckdb_tables() WHERE database_name = ? UNION ALL "
            "SELECT schema_name, view_name, true FROM duckdb_views() WHERE database_name = ? AND NOT internal "
            "ORDER BY ALL",
            [ATTACHED, ATTACHED],
        )
        tables: dict[str, Path | str] = {}
        for schema, table, is_view in found:
            if is_view:
                raise SourceError(f"{table} of {path.name} is a view: send it as a table.")
            if table.lower() in tables:
                raise SourceError(f"{path.name} holds the table {table} in two schemas: keep one of them.")
            tables[table.lower()] = f"{ATTACHED}.{name_of(schema)}.{name_of(table)}"
        yield Listing(tables)
    finally:
        engine.run(f"DETACH {ATTACHED}")


def open_table(name: str, where: Path | str, engine: Engine) -> SourceFile | None:
    """One table of a listing, opened; None if the file is wholly empty (0 bytes)."""
    if isinstance(where, str):
        return _open_typed(name, where.rsplit(".", 1)[-1].strip('"'), where, "rowid + 1", engine)
    if where.suffix.lower() == ".parquet":
        relation = f"read_parquet({quoted(read_from(where))}, file_row_number = true)"
        return _open_typed(name, where.name, relation, "file_row_number + 1", engine, path=where)
    return _open_text(name, where)


def _open_typed(
    name: str, label: str, relation: str, row_number: str, engine: Engine, path: Path | None = None
) -> SourceFile:
    try:
        described = engine.rows(f"DESCRIBE SELECT * FROM {relation}")
    except EngineError as error:
        raise SourceError(
            f"{label} cannot be read as Parquet: it is damaged or of another kind; send it again."
        ) from error
    columns = {
        column.strip().lower(): (kind, name_of(column))
        for column, kind, *_ in described
        if column != "file_row_number"
    }
    return SourceFile(name, label, columns, relation, row_number, path=path)


def _open_text(name: str, path: Path) -> SourceFile | None:
    sample = _sample(path)
    headings = sample.headings
    if not headings:
        return None
    repeated = {heading for heading in headings if headings.count(heading) > 1}
    if repeated:
        raise SourceError(f"{path.name} has the heading {min(repeated)} twice: give each column its own.")
    fields = [f"c{position}" for position in range(len(headings))]
    spare = max(max(sample.widths, default=0) - len(headings), 1)
    extra = tuple(f"x{position}" for position in range(spare))
    rejects = f"rejects_{name}"
    shape = ", ".join(f"'{field}': 'VARCHAR'" for field in (*fields, *extra))
    packed = "gzip" if path.suffix.lower() == ".gz" else "none"
    relation = (
        f"read_csv({quoted(read_from(path))}, header = true, auto_detect = false, "
        f"delim = {quoted(sample.delimiter)}, "
        f"quote = '\"', escape = '\"', columns = {{{shape}}}, null_padding = true, nullstr = '\x01', "
        f"compression = '{packed}', parallel = false, store_rejects = true, "
        f"rejects_table = '{rejects}', rejects_scan = '{rejects}_scan')"
    )
    columns = {heading: ("VARCHAR", field) for heading, field in zip(headings, fields, strict=True)}
    return SourceFile(name, path.name, columns, relation, "row_number() OVER ()", path, extra, rejects)


def slipped(path: Path) -> tuple[int, int, int, int] | None:
    """Headings, fields in the widest row, rows wider than the headings, and rows, of a text file.

    None if none of its first rows has more fields than there are headings.
    """
    sample = _sample(path)
    headings = len(sample.headings)
    if max(sample.widths, default=0) <= headings:
        return None
    widest = wide = rows = 0
    with _split(path) as (_, _, split), suppress(csv.Error):
        for width in (len(row) for row in split if row):
            widest, wide, rows = max(widest, width), wide + (width > headings), rows + 1
    return headings, widest, wide, rows


@dataclass(frozen=True)
class _Sample:
    headings: list[str]
    delimiter: str
    widths: list[int]


def _sample(path: Path) -> _Sample:
    """The headings, the delimiter, and how many fields each of the first rows has."""
    widths: list[int] = []
    with _split(path) as (headings, delimiter, split), suppress(csv.Error):
        widths = [len(row) for row in islice(split, SAMPLE_ROWS) if row]
    return _Sample([h.strip().lower() for h in headings], delimiter, widths)


@contextmanager
def _split(path: Path) -> Iterator[tuple[list[str], str, Iterator[list[str]]]]:
    """The headings, the delimiter and the rows of a text file, split into fields one by one."""
    try:
        with opened(path) as stream:
            if b"\0" in stream.read(4096):
                raise SourceError(f"{path.name} is not UTF-8 text: save it as UTF-8.")
            stream.seek(0)
            first = stream.readline(LONGEST_HEADINGS + 1)
            if len(first) > LONGEST_HEADINGS:
                raise SourceError(
                    f"{path.name} has no headings: its first line is over {LONGEST_HEADINGS:,} characters long. Send "
                    "it with one row a line, and the headings in the first."
                )
            heading = first.decode("utf-8-sig", errors="replace")
            lines = (line.decode("utf-8", errors="replace") for line in stream)
            delimiter = max(DELIMITERS, key=heading.count)
            headings = next(csv.reader([heading], delimiter=delimiter), [])
            yield headings, delimiter, csv.reader(lines, delimiter=delimiter)
    except (EOFError, OSError, zlib.error) as error:
        raise SourceError(_damaged(path, error)) from error


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file's bytes, unpacked if its name ends in .gz."""
    if path.suffix.lower() == ".gz":
        with gzip.open(path, "rb") as stream:
            yield stream  # type: ignore[misc]
    else:
        with path.open("rb") as stream:
            yield stream


def line_breaks(path: Path) -> int:
    """Line breaks in a whole text file, having checked that a packed file is whole.

    Raises SourceError if it is cut short or damaged: the engine would not notice a wrong check sum.
    """
    count, last = 0, b"\n"
    try:
        with opened(path) as stream:
            while block := stream.read(1 << 20):
                count += block.count(b"\n")
                last = block[-1:]
    except (EOFError, OSError, zlib.error) as error:
        raise SourceError(_damaged(path, error)) from error
    return count + (last != b"\n")


def _damaged(path: Path, error: Exception) -> str:
    if isinstance(error, EOFError):
        return f"{path.name} is cut short: it ends in the middle of its packed content; send it again."
    if isinstance(error, (gzip.BadGzipFile, zlib.error)):
        return f"{path.name} is damaged or is not a gzip file: send it again."
    said = error.strerror if isinstance(error, OSError) else "it is damaged"
    return f"{path.name} cannot be read ({said}): see that it is there and whole, then read it again."
