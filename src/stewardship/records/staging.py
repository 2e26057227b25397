"""One file of a feed, read once: values typed, each row numbered and either sound or with its first fault
named.

The staged rows are Parquet in the engine's scratch folder. What the rows mean is the reader's business.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stewardship.records.engine import Engine, quoted, read_from
from stewardship.records.engines import EngineError, NoRoomError, why
from stewardship.records.fields import SourceColumn, as_text, misread, parsed
from stewardship.records.files import SourceError, SourceFile, line_breaks
from stewardship.records.kept import Kept, key_of, reader_version

REJECTIONS = {
    "TOO MANY COLUMNS": "the row has more fields than there are headings: quote texts that hold the "
    "delimiter",
    "UNQUOTED VALUE": "a quotation mark stands inside a quoted text: write it twice",
    "INVALID ENCODING": "the row is not UTF-8 text: save the file as UTF-8",
    "LINE SIZE OVER MAXIMUM": "the row is longer than 2 MB: look for a quotation mark that is never closed",
}
OTHER_REJECTION = "the row cannot be read: write it as the other rows"


@dataclass(frozen=True)
class Staged:
    """A file read and typed.

    path: Parquet with the reader's columns by name, `source_row`, `fault_column` and `fault` (null where
    sound). rows: rows read. wide: rows with empty fields beyond the headings. fields: fields in the widest
    such row. breaks: line breaks within quoted texts. numbers, words: values that were not kept, because they hold an
    NHS number, or are words where a code should be.
    """

    file: SourceFile
    path: Path
    rows: int
    wide: int = 0
    fields: int = 0
    breaks: int = 0
    numbers: int = 0
    words: int = 0
    missing: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Keeping:
    """Where staged files are kept to be used again.

    hashes: SHA-256 of each file's bytes, by its name. naming: changes with what becomes of identifiers.
    """

    kept: Kept
    hashes: Mapping[str, str]
    naming: tuple[str, ...]

    def key(self, file: SourceFile, columns: tuple[SourceColumn, ...]) -> str | None:
        """What a file's staged rows depend on; None if it is no file of its own."""
        if file.path is None or file.label not in self.hashes:
            return None
        naming = self.naming if any(column.kind == "identity" for column in columns) else ()
        ending = "".join(file.path.suffixes).lower()
        return key_of(reader_version(), file.name, ending, self.hashes[file.label], naming)


@dataclass
class Staging:
    """The staging of one feed.

    scratch: for what is not kept. parsed: names of the files that were read; used: keys of those that are kept.
    """

    engine: Engine
    scratch: Path
    keeping: Keeping | None = None
    parsed: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)

    def stage(self, file: SourceFile, columns: tuple[SourceColumn, ...], *, keep: bool) -> Staged:
        """A file's staged rows: as they were kept if nothing has changed, else read now."""
        key = self.keeping.key(file, columns) if self.keeping and keep else None
        if not self.keeping or not key:
            self.parsed.append(file.label)
            return stage(file, columns, self.engine, self.scratch)
        self.used.append(key)
        kept = self.keeping.kept
        folder = kept.whole(key)
        if folder is None:
            self.parsed.append(file.label)
            with kept.making(key) as making:
                _remember(stage(file, columns, self.engine, making), making)
            folder = kept.folder / key
        return _recalled(file, folder)


def _remember(staged: Staged, folder: Path) -> None:
    told = {
        name: getattr(staged, name)
        for name in ("rows", "wide", "fields", "breaks", "numbers", "words", "missing")
    }
    (folder / "staged.json").write_text(json.dumps(told), encoding="utf-8")


def _recalled(file: SourceFile, folder: Path) -> Staged:
    told: dict[str, Any] = json.loads((folder / "staged.json").read_text(encoding="utf-8"))
    told["missing"] = tuple(told["missing"])
    return Staged(file, folder / f"{file.name}.parquet", **told)


def stage(file: SourceFile, columns: tuple[SourceColumn, ...], engine: Engine, folder: Path) -> Staged:
    """Read one file into scratch Parquet. Raises SourceError if it cannot be read at all."""
    lines = line_breaks(file.path) if file.rejects and file.path else 0
    found = _found(file, columns)
    path = folder / f"{file.name}.parquet"
    _forget_rejected(file, engine)
    try:
        engine.run(f"COPY ({_typed(file, columns, found)}) TO {quoted(path)} (FORMAT parquet)")
    except NoRoomError:
        raise
    except EngineError as error:
        raise SourceError(_unreadable(file, error)) from error
    rejected = _add_rejected(file, engine, path) if file.rejects else 0
    rows = _count(engine, path)
    missing = tuple(c.headings[0] for c in columns if c.name not in found)
    breaks = lines - 1 - rows if file.rejects else 0
    wide, fields, numbers, words = engine.rows(
        "SELECT count(fields_sent) FILTER (fault IS NULL), max(fields_sent) FILTER (fault IS NULL), "
        f"coalesce(sum(numbers), 0)::BIGINT, coalesce(sum(words), 0)::BIGINT FROM {quoted(read_from(path))}"
    )[0]
    _refuse_open_quote(file, engine, path, breaks if not rejected else 0)
    return Staged(file, path, rows, wide, fields or 0, max(breaks, 0), numbers, words, missing)


def _found(file: SourceFile, columns: tuple[SourceColumn, ...]) -> dict[str, str]:
    """Each column's heading in the file. Raises SourceError if a needed one is not there."""
    found = {}
    for column in columns:
        heading = next((h for h in column.headings if h in file.columns), None)
        if heading:
            found[column.name] = heading
    lacks = (c.headings[0] for c in columns if c.needed and c.name not in found)
    missing = list(dict.fromkeys(lacks))
    if missing:
        noun = "column" if len(missing) == 1 else "columns"
        has = ", ".join(h or "(no name)" for h in file.columns)
        raise SourceError(f"{file.label} has no {noun} {', '.join(missing)}. It has: {has}.")
    return found


def _typed(file: SourceFile, columns: tuple[SourceColumn, ...], found: dict[str, str]) -> str:
    used = [column for column in columns if column.name in found]
    headings = [sql for _, sql in file.columns.values()]
    texts, values, faults = [], [], []
    numbers, words = ["0"], ["0"]
    for position, column in enumerate(used):
        kind, sql = file.columns[found[column.name]]
        texts += [f"{sql} AS v{position}", f"{as_text(sql, kind)} AS t{position}"]
        values.append(f"{parsed(column.kind, f'v{position}', kind, f't{position}')} AS {column.name}")
        if column.kind in ("text", "code"):
            gone = f"(t{position} IS NOT NULL AND {column.name} IS NULL)"
            numbers.append(f"({gone} AND holds_nhs_number(t{position}))::INTEGER")
            words.append(f"({gone} AND NOT holds_nhs_number(t{position}))::INTEGER")
        elif column.kind not in ("sent", "identity check"):
            reason, told = misread(column, f"t{position}"), quoted(column.headings[0])
            faults.append((f"{column.name} IS NULL AND t{position} IS NOT NULL", told, reason))
    values += [
        f"NULL::{_engine_type(column)} AS {column.name}" for column in columns if column.name not in found
    ]
    width = _width(file, headings) if file.extra else "NULL::INTEGER"
    shape = f"{width} AS fields_sent"
    if file.extra:
        filled = " OR ".join(f"{extra} <> ''" for extra in file.extra)
        bad = f"(fields_sent < {len(headings)} OR ({filled}))"
        texts += [f"{shape}", f"{bad} AS misshapen"]
        reason = f"'the row has ' || fields_sent || ' fields under {len(headings)} headings'"
        faults.insert(0, ("misshapen", "''", reason))
    else:
        texts.append(shape)
    names = ", ".join(column.name for column in columns)
    return (
        f"SELECT source_row, {names}, fields_sent, {' + '.join(numbers)} AS numbers, {' + '.join(words)} AS words, "
        f"{_first(faults, 1)} AS fault_column, {_first(faults, 2)} AS fault FROM ("
        f"SELECT *, {', '.join(values)} FROM ("
        f"SELECT {file.row_number} AS source_row, {', '.join(texts)} FROM {file.relation}))"
    )


def _engine_type(column: SourceColumn) -> str:
    return {"number": "DOUBLE", "day": "DATE", "text": "VARCHAR", "code": "VARCHAR", "sent": "VARCHAR"}.get(
        column.kind, "BIGINT"
    )


def _first(faults: list[tuple[str, str, str]], part: int) -> str:
    """SQL of the first fault's column (1) or sentence (2)."""
    if not faults:
        return "NULL::VARCHAR"
    return "CASE " + " ".join(f"WHEN {fault[0]} THEN {fault[part]}" for fault in faults) + " END"


def _width(file: SourceFile, headings: list[str]) -> str:
    """SQL of the number of fields where it differs from the headings, else null. A field not sent is null."""
    fields = [*headings, *file.extra]
    sent = " + ".join(f"({name} IS NOT NULL)::INTEGER" for name in fields)
    return f"CASE WHEN {headings[-1]} IS NULL OR {file.extra[0]} IS NOT NULL THEN {sent} END"


def _add_rejected(file: SourceFile, engine: Engine, path: Path) -> int:
    """Add the rows that the engine could not split into fields, and number all rows as in the file."""
    reasons = " ".join(f"WHEN '{kind}' THEN {quoted(text)}" for kind, text in REJECTIONS.items())
    engine.run(
        "CREATE OR REPLACE TABLE rejected AS SELECT *, row_number() OVER (ORDER BY source_row) AS "
        "ordinal FROM ("
        f"SELECT line - 1 AS source_row, CASE arg_min(error_type, column_idx) {reasons} "
        f"ELSE {quoted(OTHER_REJECTION)} END AS fault FROM {file.rejects} GROUP BY line)"
    )
    rejected: int = engine.rows("SELECT count(*) FROM rejected")[0][0]
    if rejected:
        whole = path.with_suffix(".whole.parquet")
        engine.run(
            "COPY (SELECT s.* REPLACE (s.source_row + coalesce(r.ordinal, 0) AS source_row) "
            f"FROM {quoted(read_from(path))} s "
            "ASOF LEFT JOIN rejected r ON s.source_row > r.source_row - r.ordinal "
            "UNION ALL BY NAME SELECT source_row, '' AS fault_column, fault FROM rejected) "
            f"TO {quoted(whole)} (FORMAT parquet)"
        )
        whole.replace(path)
    _forget_rejected(file, engine)
    return rejected


def _forget_rejected(file: SourceFile, engine: Engine) -> None:
    """Drop what the engine keeps about rows it could not split, for it refuses to begin such a table anew."""
    if file.rejects:
        engine.run(f"DROP TABLE IF EXISTS {file.rejects}; DROP TABLE IF EXISTS {file.rejects}_scan")


def _refuse_open_quote(file: SourceFile, engine: Engine, path: Path, breaks: int) -> None:
    """A quotation mark opened and never closed swallows the rest of the file into one short row."""
    if breaks <= 0:
        return
    last = engine.rows(f"SELECT arg_max(fault, source_row), max(source_row) FROM {quoted(read_from(path))}")[
        0
    ]
    if last[0] and "fields under" in last[0]:
        raise SourceError(
            f"{file.label}: a quotation mark is opened in row {last[1]:,} and never closed: close it, or "
            "write it twice."
        )


def _unreadable(file: SourceFile, error: EngineError) -> str:
    if "state machine" in str(error):
        return f"{file.label} mixes two kinds of line ending: save it with one kind."
    return f"{file.label} cannot be read ({why(error)}): send it again."


def _count(engine: Engine, path: Path) -> int:
    rows: int = engine.rows(f"SELECT count(*) FROM {quoted(read_from(path))}")[0][0]
    return rows
