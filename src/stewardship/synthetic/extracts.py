"""What a partner sends of one batch of residents: Arrow tables with the partner's headings, and how columns are made.

Text that repeats is a dictionary with an index, a day is a `date32`, a number is whole: nothing is made row by row.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.lives import NEVER, Days, Flags, Whole

NHS_NUMBERS = 10_000_000  # how many different ones can be made
_WEIGHTS = np.arange(10, 1, -1)  # of the first nine digits, in the check digit
_APART = 6_180_339  # shares no factor with NHS_NUMBERS, so that no two people get the same number
_EVENTS_OF_A_BATCH = 100_000_000


@dataclass(frozen=True)
class Extract:
    """Rows of one kind that a partner sends about one batch.

    partner: the folder, such as `general-practice`. kind: the file's name without its period, such as `problems`.
    sent: of each row, the day that decides which period's file it goes into; None for files without a period.
    rows: the columns are the partner's headings, in their order.
    """

    partner: str
    kind: str
    sent: Days | None
    rows: pa.Table


def chosen(texts: pa.Array | Sequence[str | None], index: npt.NDArray[np.integer]) -> pa.DictionaryArray:
    """Text by its position among a few; nothing where the position is negative."""
    dictionary = texts if isinstance(texts, pa.Array) else pa.array(texts, pa.string())
    whole = np.ascontiguousarray(index, dtype=np.int32)
    return pa.DictionaryArray.from_arrays(_or_nothing(whole, whole < 0), dictionary)


def days(values: Days, absent: Flags | None = None) -> pa.Array:
    """Days since 1970 as dates; nothing where it is NEVER, or absent."""
    whole = np.ascontiguousarray(values, dtype=np.int32)
    nothing = whole >= NEVER if absent is None else (whole >= NEVER) | absent
    return _or_nothing(whole, nothing).view(pa.date32())


def moments(day: Days, minute: npt.NDArray[np.integer], absent: Flags | None = None) -> pa.Array:
    """A day and the minutes since its midnight as a date and time; nothing where it is absent."""
    seconds = np.asarray(day, dtype=np.int64) * 86_400 + np.asarray(minute, dtype=np.int64) * 60
    return _or_nothing(seconds, np.asarray(day) >= NEVER if absent is None else absent).view(
        pa.timestamp("s")
    )


def numbers(values: npt.NDArray[np.generic], absent: Flags | None = None) -> pa.Array:
    """Whole numbers as int64 and others as float64; nothing where absent."""
    kind = np.float64 if np.issubdtype(np.asarray(values).dtype, np.floating) else np.int64
    return _or_nothing(np.ascontiguousarray(values, dtype=kind), absent)


def nothing(rows: int) -> pa.Array:
    """A column of text in which nothing stands."""
    return pa.DictionaryArray.from_arrays(pa.nulls(rows, pa.int32()), pa.array([], pa.string()))


def constant(text: str, rows: int) -> pa.DictionaryArray:
    """A column in which the same text always stands."""
    return chosen([text], np.zeros(rows, dtype=np.int32))


def identifiers(batch: int, events: int, before: int = 0) -> pa.Array:
    """Numbers of a batch's events of one kind, never the same in another batch.

    before: how many of this kind the batch has had numbers for already.
    """
    if before + events > _EVENTS_OF_A_BATCH:
        raise ValueError(
            f"A batch can number {_EVENTS_OF_A_BATCH:,} events of a kind, not {before + events:,}."
        )
    first = batch * _EVENTS_OF_A_BATCH + before + 1
    return pa.array(np.arange(first, first + events, dtype=np.int64))


def nhs_numbers(number: Whole) -> pa.Array:
    """An NHS number of each person by their number (`People.number`): it begins with 9, and its check digit is right.

    ValueError beyond `NHS_NUMBERS` people.
    """
    if len(number) and not 0 <= int(number.min()) <= int(number.max()) < NHS_NUMBERS:
        raise ValueError(f"There are {NHS_NUMBERS:,} made-up NHS numbers, and no more.")
    seven = np.asarray(number, dtype=np.int64) * _APART % NHS_NUMBERS
    digits = np.empty((len(seven), 10), dtype=np.uint8)
    digits[:, 0], digits[:, 8] = 9, 0
    digits[:, 1:8] = seven[:, None] // 10 ** np.arange(6, -1, -1) % 10
    check = _check(digits)
    digits[check == 10, 8] = 1  # no number has a check digit of 10; the next one has another
    digits[:, 9] = _check(digits)
    ends = np.arange(0, 10 * len(seven) + 1, 10, dtype=np.int32)
    return pa.StringArray.from_buffers(len(seven), pa.py_buffer(ends), pa.py_buffer(digits + ord("0")))


def _check(digits: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Check digit of the first nine by modulus 11, 10 where there is none."""
    return np.asarray((11 - digits[:, :9] @ _WEIGHTS % 11) % 11, dtype=np.int64)


def _or_nothing(values: npt.NDArray[np.generic], absent: Flags | None) -> pa.Array:
    if absent is None or not absent.any():
        return pa.array(values)
    return pa.array(values, mask=absent)
