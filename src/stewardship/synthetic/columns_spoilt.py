"""Columns in which a share of the rows, by chance, says something else; everything beside them stays."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stewardship.synthetic.lives import Flags

Spoilt = tuple[pa.Table, Flags]
"""The rows, and which of them say something wrong now."""


def coded_anew(
    rows: pa.Table, column: str, texts: Sequence[str], share: float, random: np.random.Generator
) -> Spoilt:
    """Another text, one of some, in a share of the rows in which the column says something."""
    old = _one(rows, column)
    mask = _hit(old, share, random)
    codes = old.dictionary.cast(pa.string())
    dictionary = pa.concat_arrays([codes, pa.array(texts, pa.string())])
    new = pa.array(len(codes) + random.integers(0, len(texts), int(mask.sum())), old.indices.type)
    indices = pc.replace_with_mask(old.indices, pa.array(mask), new)
    return _with(rows, column, pa.DictionaryArray.from_arrays(indices, dictionary)), mask


def emptied(rows: pa.Table, column: str, share: float, random: np.random.Generator) -> Spoilt:
    """Nothing in a share of the rows in which the column says something; wrong is every row in which nothing stands."""
    old = _one(rows, column)
    mask = _hit(old, share, random)
    nothing = pa.nulls(int(mask.sum()), old.indices.type)
    indices = pc.replace_with_mask(old.indices, pa.array(mask), nothing)
    left = pa.DictionaryArray.from_arrays(indices, old.dictionary)
    return _with(rows, column, left), ~left.is_valid().to_numpy(zero_copy_only=False)


def dated_anew(
    rows: pa.Table, column: str, days: Sequence[int], share: float, random: np.random.Generator
) -> Spoilt:
    """Another day, one of some, in a share of the rows in which the column has one."""
    old = rows[column].combine_chunks()
    mask = _hit(old, share, random)
    new = pa.array(np.array(days, dtype=np.int32)[random.integers(0, len(days), int(mask.sum()))]).cast(
        pa.date32()
    )
    return _with(rows, column, pc.replace_with_mask(old, pa.array(mask), new)), mask


def written_as_text(
    rows: pa.Table, column: str, texts: Sequence[str], share: float, random: np.random.Generator
) -> Spoilt:
    """Numbers written as text, and in a share of the rows some text that is no number."""
    old = rows[column].combine_chunks()
    mask = _hit(old, share, random)
    written = old.cast(pa.string())
    new = pa.array([texts[choice] for choice in random.integers(0, len(texts), int(mask.sum()))], pa.string())
    return _with(rows, column, pc.replace_with_mask(written, pa.array(mask), new)), mask


def _hit(column: pa.Array, share: float, random: np.random.Generator) -> Flags:
    """Which rows are hit; none in which nothing stands."""
    drawn = random.random(len(column), dtype=np.float32) < share
    return drawn if column.null_count == 0 else drawn & column.is_valid().to_numpy(zero_copy_only=False)


def _one(rows: pa.Table, column: str) -> pa.DictionaryArray:
    """A column as one array with a dictionary."""
    whole = rows[column].combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], pa.string())
    return whole if isinstance(whole, pa.DictionaryArray) else whole.dictionary_encode()


def _with(rows: pa.Table, column: str, values: pa.Array) -> pa.Table:
    return rows.set_column(rows.column_names.index(column), column, values)
