"""Checks of a row that follow from the declaration of its canonical table: what is wrong with it, in a
sentence.

The sentence names what the source calls the column and shows no value: columns slip, and a date of birth may stand
anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from stewardship.records.engine import name_of, quoted
from stewardship.records.model import DATE, Column, Table


@dataclass(frozen=True)
class Fault:
    """Something that keeps a row from being loaded: when it holds, the source's column, and the sentence, as
    SQL."""

    when: str
    column: str
    sentence: str


def model_faults(
    table: Table, said: Mapping[str, str], missing: Mapping[str, str], *, last_day: date, horizon: date
) -> list[Fault]:
    """The faults that the declaration of a table forbids, in the order of its columns, missing values first.

    said: what the source calls a canonical column. missing: a sentence of its own for a required column that
    is empty. A date is in the future after `horizon`, which lies some days after the data's `last_day`.
    """
    columns = table.columns
    return [
        *(_required(c, said.get(c.name, c.name), missing.get(c.name)) for c in columns if c.required),
        *(_closed(c, said.get(c.name, c.name)) for c in columns if c.values),
        *(_minimum(c, said.get(c.name, c.name)) for c in columns if c.at_least is not None),
        *(_order(c, said.get(c.name, c.name), said) for c in columns if c.not_before),
        *(
            _future(c, said.get(c.name, c.name), last_day, horizon)
            for c in columns
            if c.type == DATE and not c.may_be_future
        ),
    ]


def first_fault(faults: list[Fault]) -> tuple[str, str]:
    """SQL of the column and of the sentence of the first fault that holds; null where none does."""
    if not faults:
        return "NULL::VARCHAR", "NULL::VARCHAR"
    columns = " ".join(f"WHEN {fault.when} THEN {fault.column}" for fault in faults)
    sentences = " ".join(f"WHEN {fault.when} THEN {fault.sentence}" for fault in faults)
    return f"CASE {columns} END", f"CASE {sentences} END"


def engine_type(kind: pa.DataType) -> str:
    """The engine's name for a column type of the model."""
    return {pa.int64(): "BIGINT", pa.float64(): "DOUBLE", pa.string(): "VARCHAR", pa.date32(): "DATE"}[kind]


def plain_day(day: date) -> str:
    """A day as people write it: 9 January 2019."""
    return f"{day.day} {day:%B %Y}"


def _required(column: Column, said: str, sentence: str | None) -> Fault:
    return Fault(f"{name_of(column.name)} IS NULL", quoted(said), quoted(sentence or f"{said} is empty"))


def _closed(column: Column, said: str) -> Fault:
    allowed = ", ".join(quoted(value) for value in column.values)
    sentence = f"{said} is not one of: {', '.join(column.values)}"
    return Fault(f"{name_of(column.name)} NOT IN ({allowed})", quoted(said), quoted(sentence))


def _minimum(column: Column, said: str) -> Fault:
    return Fault(
        f"{name_of(column.name)} < {column.at_least}",
        quoted(said),
        quoted(f"{said} is below {column.at_least:g}"),
    )


def _order(column: Column, said: str, names: Mapping[str, str]) -> Fault:
    earlier = column.not_before or ""
    start, end = name_of(earlier), name_of(column.name)
    days = f"date_diff('day', {end}, {start})"
    before = f"{days} || CASE WHEN {days} = 1 THEN ' day before ' ELSE ' days before ' END"
    sentence = f"{quoted(f'{said} is ')} || {before} || {quoted(names.get(earlier, earlier))}"
    return Fault(f"{end} < {start}", quoted(said), sentence)


def _future(column: Column, said: str, last_day: date, horizon: date) -> Fault:
    day = name_of(column.name)
    sentence = quoted(f"the date lies after the last day of the data, {plain_day(last_day)}")
    return Fault(f"{day} > DATE '{horizon}'", quoted(said), sentence)
