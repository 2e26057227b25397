"""Published figures found one by one: a place has thousands of a care area, of which a page shows some hundred.

Columns are kept as arrays, texts and days as numbers of the few that occur, and a Figure is made when it is asked for.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stewardship.measures.published import FIGURES, Figure

_TEXTS = [field.name for field in FIGURES if pa.types.is_string(field.type)]
Key = tuple[Any, ...]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


class LookedUp:
    """Figures by what some of their columns say: `LookedUp(table, ("measure", "place")).get(("deaths", "E1"))`.

    table: columns of FIGURES. by: columns that together name a row; of rows that say the same the last is found.
    """

    def __init__(self, table: pa.Table, by: tuple[str, ...]) -> None:
        self._columns = {name: _column(table[name]) for name in table.column_names}
        words = [self._coded(name).words for name in by]
        self._codes = [{word: code for code, word in enumerate(those)} for those in words]
        numbers = np.zeros(table.num_rows, dtype=np.int64)
        for name, those in zip(by, words, strict=True):
            numbers = numbers * len(those) + self._coded(name).codes
        self._rows = dict(zip(numbers.tolist(), range(table.num_rows), strict=True))
        self._count = table.num_rows

    def get(self, key: Key) -> Figure | None:
        """The figure of that key, None if there is none."""
        number = 0
        for word, codes in zip(key, self._codes, strict=True):
            code = codes.get(word)
            if code is None:
                return None
            number = number * len(codes) + code
        row = self._rows.get(number)
        if row is None:
            return None
        told: dict[str, Any] = {name: column.at(row) for name, column in self._columns.items()}
        return Figure(**told)

    def said(self, name: str, **where: object) -> set[Any]:
        """What a column says in the rows of which every other column that is named says so much."""
        held = np.ones(self._count, dtype=bool)
        for other, word in where.items():
            held &= self._coded(other).says(word)
        column = self._coded(name)
        return {column.words[code] for code in np.unique(column.codes[held])}

    def _coded(self, name: str) -> "_Coded":
        column = self._columns[name]
        assert isinstance(column, _Coded), f"{name} is a number, which names no row"
        return column


class _Coded:
    """Texts or days: which occur, and which of them each row has."""

    def __init__(self, column: pa.Array) -> None:
        coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        self.words: list[Any] = [*coded.dictionary.to_pylist(), None]
        self.codes = coded.indices.fill_null(len(self.words) - 1).to_numpy(zero_copy_only=False)

    def at(self, row: int) -> Any:
        return self.words[self.codes.item(row)]

    def says(self, word: object) -> Flags:
        says: Flags = self.codes == (self.words.index(word) if word in self.words else -1)
        return says


class _Numbers:
    """Numbers, whole ones below 2 to the power of 53; missing ones are None."""

    def __init__(self, column: pa.Array) -> None:
        self._whole = pa.types.is_integer(column.type)
        self._values = column.cast(pa.float64()).to_numpy(zero_copy_only=False)

    def at(self, row: int) -> float | int | None:
        value: float = self._values.item(row)
        if value != value:  # not a number: what is missing comes out of Arrow as that
            return None
        return int(value) if self._whole else value


def _column(column: pa.ChunkedArray) -> _Coded | _Numbers:
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return _Numbers(_one(column))
    return _Coded(_one(column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column))


def _one(column: pa.ChunkedArray) -> pa.Array:
    """All chunks as one array."""
    joined = column.combine_chunks()
    return joined if isinstance(joined, pa.Array) else joined.chunk(0)


def rows_of_place(file: Path, place: str) -> pa.Table:
    """The rows of a place in a file that is sorted by place: only the parts of the file that may hold them are read."""
    with pq.ParquetFile(file, read_dictionary=_TEXTS) as parts:
        at = parts.schema_arrow.names.index("place")
        held = [part for part in range(parts.num_row_groups) if _may_hold(parts.metadata, part, at, place)]
        table = parts.read_row_groups(held, use_threads=False)
        return table.filter(pc.equal(table["place"], place))


def rows_that_say(file: Path, **said: object) -> pa.Table:
    """The rows of which every named column says that, read part by part."""
    with pq.ParquetFile(file, read_dictionary=_TEXTS) as parts:
        found = [_that_say(parts, part, said) for part in range(parts.num_row_groups)]
        return pa.concat_tables(found) if found else parts.schema_arrow.empty_table()


def _may_hold(metadata: pq.FileMetaData, part: int, column: int, text: str) -> bool:
    statistics = metadata.row_group(part).column(column).statistics
    return statistics is None or not statistics.has_min_max or statistics.min <= text <= statistics.max


def _that_say(parts: pq.ParquetFile, part: int, said: dict[str, object]) -> pa.Table:
    table = parts.read_row_group(part, use_threads=False)
    for name, word in said.items():
        table = table.filter(pc.equal(table[name], word))
    return table
