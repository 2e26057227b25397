"""The data dictionary, written from the declarations of the canonical tables.

`python -m stewardship.records.dictionary > docs/data-dictionary.md` writes the page anew.
"""

import sys

import pyarrow as pa

from stewardship.records.model import PROVENANCE, TABLES, Column, Table

TYPES = {
    pa.int64(): "whole number",
    pa.float64(): "number",
    pa.string(): "text",
    pa.date32(): "date",
}

OPENING = """# Data dictionary

Every partner's records become these tables. The page is written from their declarations in
`src/stewardship/records/model/` by `python -m stewardship.records.dictionary`; a test fails if it is out
of date.

A row that breaks a rule of a column is not loaded: it is set aside with its file, row number, column and
reason. A column marked *may identify* never has a bad value kept with the reason, only its pattern
("9 digits").
"""


def data_dictionary() -> str:
    """The page as Markdown: each canonical table, its grain, its key and its columns."""
    contents = "\n".join(
        f"- [{table.name}](#{table.name}): {table.grain.lower()}" for table in TABLES.values()
    )
    origin = "\n".join(_row(column) for column in PROVENANCE)
    ending = f"## In every table\n\n{_HEADING}\n{origin}\n"
    return "\n".join([OPENING, contents, "", *(_section(table) for table in TABLES.values()), ending])


_HEADING = "| column | type | meaning | rules |\n|---|---|---|---|"


def _section(table: Table) -> str:
    key = ", ".join(f"`{column}`" for column in table.key)
    rows = "\n".join(_row(column) for column in table.columns)
    return f"## {table.name}\n\n{table.grain} Key: {key}.\n\n{_HEADING}\n{rows}\n"


def _row(column: Column) -> str:
    return f"| `{column.name}` | {TYPES[column.type]} | {column.meaning} | {'; '.join(_rules(column))} |"


def _rules(column: Column) -> list[str]:
    values = ", ".join(f"`{value}`" for value in column.values)
    rules = [
        ("required", column.required),
        (f"one of {values}", bool(values)),
        (f"at least {column.at_least or 0:g}", column.at_least is not None),
        (f"not before `{column.not_before}`", column.not_before is not None),
        ("may lie in the future", column.may_be_future),
        ("may identify", column.identifying),
    ]
    return [rule for rule, holds in rules if holds]


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
