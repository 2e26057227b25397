"""DuckDB: it reads partners' files, and by default it also checks and adds up. The only module that knows it.

Readers speak SQL to it, file by file; everything from canonical Parquet onward is an Ibis expression.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

import duckdb
import ibis
import numpy as np
import pyarrow as pa

from stewardship.records.engines import EngineError, NoMemoryError, NoRoomError

ibis.options.sql.fuse_selects = False  # engines do it themselves, and far faster than it is done in Python


def _failed(error: duckdb.Error) -> EngineError:
    said = str(error)
    if said.startswith("Out of Memory"):
        return NoMemoryError(said)
    no_room = said.startswith("IO Error") and re.search(_NO_ROOM, said, re.IGNORECASE)
    return NoRoomError(said) if no_room else EngineError(said)


_NO_ROOM = "no space left|file too large|disk quota|could not write|not enough space|out of disk"


class Engine:
    """An embedded DuckDB with a memory limit and a folder to spill to.

    memory: such as 4GB; None for three tenths of the machine's, because what is worked out beside it needs some too,
    and others are at work.
    """

    def __init__(self, *, scratch: Path, memory: str | None = None, threads: int | None = None) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self.scratch = scratch
        self.ibis: Any = ibis.duckdb.connect()
        self._duckdb: duckdb.DuckDBPyConnection = self.ibis.con
        self.run("SET memory_limit = ?", [memory or self._part_of_memory()])
        self.threads = threads or os.cpu_count() or 1
        self.run("SET threads = ?", [self.threads])
        self.run("SET temp_directory = ?", [str(scratch)])
        self.run("SET preserve_insertion_order = false")

    def _part_of_memory(self) -> str:
        """Three eighths of what DuckDB would take, which is four fifths of the machine's memory."""
        ((most,),) = self.rows("SELECT current_setting('memory_limit')")
        amount, unit = str(most).split()
        return f"{float(amount) * 3 / 8:.2f} {unit}"

    def run(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """Run a statement that returns nothing."""
        try:
            self._duckdb.execute(sql, list(parameters))
        except duckdb.Error as error:
            raise _failed(error) from error

    def arrow(self, sql: str, parameters: Sequence[object] = ()) -> pa.Table:
        """The rows that a query returns."""
        try:
            return self._duckdb.sql(sql, params=list(parameters)).to_arrow_table()
        except duckdb.Error as error:
            raise _failed(error) from error

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a query returns, as tuples."""
        try:
            return self._duckdb.execute(sql, list(parameters)).fetchall()
        except duckdb.Error as error:
            raise _failed(error) from error

    def parquet(self, paths: Sequence[Path], schema: pa.Schema) -> Any:
        """The rows of Parquet files, one or more, as one Ibis table with the columns of the schema in its order."""
        return self.ibis.read_parquet([read_from(path) for path in paths]).select(list(schema.names))

    def keep(self, name: str, expression: Any) -> Any:
        """Work an Ibis expression out once and keep its rows in the engine under that name."""
        self.run(f'DROP TABLE IF EXISTS "{name}"')
        return self.ibis.create_table(name, expression, temp=True)

    def repeated(self, numbers: Any) -> Any:
        """The whole numbers that stand more than once in an Ibis expression of one column, as an Ibis table of that
        column, each once. They are put in order, which takes a third of the time that grouping them does."""
        (name,) = numbers.columns
        sent = self.ibis.to_pyarrow(numbers.filter(numbers[name].notnull()))[name]
        halves: tuple[list[Any], list[Any]] = ([], [])
        for chunk in sent.chunks:
            found = chunk.to_numpy()
            odd = (found & 1).astype(bool)
            halves[0].append(found[~odd])
            halves[1].append(found[odd])
        del sent
        with ThreadPoolExecutor(len(halves)) as threads:
            again = np.concatenate(list(threads.map(_repeated, halves)))
        return ibis.memtable(pa.table({name: pa.array(again, pa.int64())}))

    @contextmanager
    def lent(self, name: str, table: pa.Table) -> Iterator[None]:
        """Statements may meanwhile read these rows under that name."""
        self._duckdb.register(name, table)
        try:
            yield
        finally:
            self._duckdb.unregister(name)

    @contextmanager
    def failures(self) -> Iterator[None]:
        """Whatever the engine cannot do meanwhile, in an Ibis expression too, is raised as an EngineError."""
        try:
            yield
        except duckdb.Error as error:
            raise _failed(error) from error

    @contextmanager
    def beside(self) -> Iterator["Engine"]:
        """The same engine for another thread's statements: its memory and tables are shared; temporary tables, rows
        that are lent, and the schema are its own."""
        other = copy(self)
        other._duckdb = self._duckdb.cursor()
        try:
            yield other
        finally:
            other._duckdb.close()

    def interrupt(self) -> None:
        """Have the statement that runs now, in whatever thread, end with an EngineError."""
        self._duckdb.interrupt()

    @contextmanager
    def own_schema(self, name: str) -> Iterator[None]:
        """Tables and views made meanwhile stand in a schema of their own, which is dropped afterwards."""
        self.run(f"CREATE SCHEMA {name_of(name)}")
        try:
            self.run("SET schema = ?", [name])
            yield
        finally:
            self.run("SET schema = 'main'")
            self.run(f"DROP SCHEMA {name_of(name)} CASCADE")

    @contextmanager
    def function(self, name: str, of: Callable[[list[str | None]], list[int | None]]) -> Iterator[None]:
        """Statements may meanwhile call this function, of one text, that gives a whole number or nothing.

        of: gives as many numbers as it is given texts. It must not fail: the engine would quote what it was given.
        """
        self._duckdb.create_function(  # type: ignore[call-overload]  # words, as every version takes them
            name,
            lambda texts: pa.array(of(texts.to_pylist()), pa.int64()),
            ["VARCHAR"],
            "BIGINT",
            type="arrow",
            null_handling="special",
        )
        try:
            yield
        finally:
            self._duckdb.remove_function(name)

    def close(self) -> None:
        """Let go of memory and scratch files."""
        self.ibis.disconnect()


def _repeated(chunks: list[Any]) -> Any:
    """The numbers that stand more than once in some arrays, which are let go of."""
    numbers = np.concatenate([*chunks, np.empty(0, dtype=np.int64)])
    chunks.clear()
    numbers.sort()
    return np.unique(numbers[1:][numbers[1:] == numbers[:-1]])


def quoted(path: Path | str) -> str:
    """A path or text as an SQL string literal."""
    return "'" + str(path).replace("'", "''") + "'"


def read_from(path: Path) -> str:
    """A path as the engine is to read it: `*`, `?` and `[` are patterns unless each stands in brackets."""
    return re.sub(r"[*?\[]", r"[\g<0>]", str(path))


def name_of(identifier: str) -> str:
    """The name of a table or column as SQL, whatever characters it has."""
    return '"' + identifier.replace('"', '""') + '"'
