"""How parts are written: packed, and what is one of a few texts by its place among them."""

import re

from stewardship.records.engine import quoted
from stewardship.records.extracts.private import engine_type
from stewardship.records.model import Column

PACKED = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 491520"
_OUTCOME = re.compile(r"\b(?:THEN|ELSE) (.*?)(?= (?:WHEN|ELSE|END)\b)")
_TEXT = re.compile("'[^']*'")


def written_as(column: Column, sql: str) -> str:
    """The engine's type of a column that is written. What is one of a few texts is written by its place among them,
    which spares looking each row's text up; it is read as text all the same."""
    outcomes = _OUTCOME.findall(sql) if sql.startswith("CASE ") and sql.endswith(" END") else [sql]
    texts = list(dict.fromkeys(outcomes))
    return f"ENUM({', '.join(texts)})" if all(map(_TEXT.fullmatch, texts)) else engine_type(column.type)


def constant(text: str) -> str:
    """SQL of a text that every row of a file has, to be written as its place among one."""
    return f"{quoted(text)}::ENUM({quoted(text)})"
