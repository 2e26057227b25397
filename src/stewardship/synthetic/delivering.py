"""What partners send, written file by file: in the order of the batches, whatever the number of threads.

Threads make batches ahead of the writing, one more than there are threads at most, so memory does not grow with the
number of residents. A file is written by one writer, in row groups of at least `ROW_GROUP` rows but for its last.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Literal, Protocol, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.sending import Period

Format: TypeAlias = Literal["parquet", "csv"]
USUAL: Format = "parquet"
Made = TypeVar("Made")
ROW_GROUP = 65_536
_ALWAYS_CSV = ("opt-outs", "places", "cancer-waits")  # as those lists come in real life, and as they are read


def in_order(make: Callable[[int], Made], batches: int, threads: int) -> Iterator[Made]:
    """Each batch made by its number, the first first, by so many threads; at most one more than those is kept."""
    with ThreadPoolExecutor(threads) as pool:
        ahead: deque[Future[Made]] = deque()
        try:
            for batch in range(batches):
                ahead.append(pool.submit(make, batch))
                if len(ahead) > threads:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for waiting in ahead:
                waiting.cancel()


class Delivery:
    """A folder that partners' files are written into, batch by batch."""

    def __init__(self, folder: Path, periods: Sequence[Period], form: Format, threads: int) -> None:
        self._folder, self._periods, self._form = folder, periods, form
        self._after = np.array([period.end for period in periods], dtype=np.int32)
        self._files: dict[tuple[str, str], list[_File]] = {}
        self._pool = ThreadPoolExecutor(threads)
        self.rows: dict[str, int] = {}

    def take(self, extracts: Sequence[Extract]) -> None:
        """Write what is sent about one batch. Rows that are sent after the last period are not sent yet."""
        work: dict[_File, list[_Part]] = {}
        for extract in extracts:
            for file, rows in zip(self._files_of(extract), self._by_period(extract), strict=True):
                work.setdefault(file, []).append((extract.rows, rows))
        list(self._pool.map(_add, work.items()))

    def close(self) -> None:
        """Write what still waits, and count the rows by `partner/kind`."""
        list(self._pool.map(_File.close, [file for files in self._files.values() for file in files]))
        self._pool.shutdown()
        self.rows = {"/".join(key): sum(file.rows for file in files) for key, files in self._files.items()}

    def _by_period(self, extract: Extract) -> list["_Rows | None"]:
        """Of each period, the positions of its rows; None, once, where all go into the same file."""
        if extract.sent is None:
            return [None]
        period = np.searchsorted(self._after, extract.sent).astype(np.int16)
        return [np.flatnonzero(period == number) for number in range(len(self._periods))]

    def _files_of(self, extract: Extract) -> list["_File"]:
        key = (extract.partner, extract.kind)
        if key not in self._files:
            names = (
                [extract.kind]
                if extract.sent is None
                else [f"{extract.kind}_{period.name}" for period in self._periods]
            )
            form: Format = "csv" if extract.partner in _ALWAYS_CSV else self._form
            (self._folder / extract.partner).mkdir(exist_ok=True, parents=True)
            self._files[key] = [
                _File(self._folder / extract.partner / f"{name}.{form}", extract.rows.schema)
                for name in names
            ]
        return self._files[key]


_Rows: TypeAlias = npt.NDArray[np.int64]
_Part: TypeAlias = tuple[pa.Table, _Rows | None]


def _add(work: "tuple[_File, list[_Part]]") -> None:
    file, parts = work
    for table, rows in parts:
        file.add(table if rows is None else table.take(rows))


class _Writer(Protocol):
    def write_table(self, table: pa.Table) -> None: ...

    def close(self) -> None: ...


class _File:
    """One file and the rows that wait until they fill a row group."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path, self._schema = path, schema
        self._csv = path.suffix == ".csv"
        self._written = _plain(schema) if self._csv else schema
        self._writer: _Writer = (
            _csv_writer(path, self._written) if self._csv else _parquet_writer(path, schema)
        )
        self._waiting: list[pa.Table] = []
        self._rows_waiting = 0
        self.rows = 0

    def add(self, rows: pa.Table) -> None:
        """More rows, in their order. ValueError for other columns than those of the file."""
        if not rows.num_rows:
            return
        if rows.schema != self._schema:
            raise ValueError(f"{self._path.name} is sent with different columns in two batches.")
        self._waiting.append(rows.cast(self._written) if self._csv else with_used_texts_only(rows))
        self._rows_waiting += rows.num_rows
        if self._rows_waiting >= ROW_GROUP:
            self._write()

    def close(self) -> None:
        self._write()
        self._writer.close()

    def _write(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting).unify_dictionaries().combine_chunks())
        self.rows += self._rows_waiting
        self._waiting, self._rows_waiting = [], 0


def _parquet_writer(path: Path, schema: pa.Schema) -> _Writer:
    """Whole numbers and days as their differences. Packed by Zstandard, measured as quick as Snappy and smaller; and it
    gives the same bytes each time, which Snappy does not."""
    whole = [field.name for field in schema if _is_whole(field.type)]
    writer: _Writer = pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=[field.name for field in schema if field.name not in whole],
        column_encoding=dict.fromkeys(whole, "DELTA_BINARY_PACKED"),
        write_statistics=whole,
    )
    return writer


def _csv_writer(path: Path, schema: pa.Schema) -> _Writer:
    writer: _Writer = pa_csv.CSVWriter(
        path, schema, write_options=pa_csv.WriteOptions(quoting_style="needed")
    )
    return writer


def _is_whole(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_temporal(kind))


def _plain(schema: pa.Schema) -> pa.Schema:
    """Columns as CSV takes them: text as it is."""
    return pa.schema(
        [
            (field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
            for field in schema
        ]
    )


def with_used_texts_only(table: pa.Table) -> pa.Table:
    """The same rows; a column's dictionary holds nothing that stands in no row, so that no file carries it."""
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            column = table.column(place).combine_chunks()
            table = table.set_column(place, field, _compact(column))
    return table


def _compact(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """No text of the dictionary is unused, stands twice in it, or is empty: else Parquet would not use it at all."""
    index, texts = column.indices, column.dictionary
    used = np.zeros(len(texts), dtype=np.bool_)
    used[index.drop_null().to_numpy()] = True
    kept = texts.filter(pa.array(used))
    different = kept.unique().drop_null()
    if len(different) == len(texts):
        return column
    moved = pc.index_in(texts, different)
    return pa.DictionaryArray.from_arrays(moved.take(index), different)
