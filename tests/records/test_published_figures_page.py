"""The page on published figures tells what the reader does: its headings and its example."""

import re
from contextlib import closing
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from stewardship.records.engine import Engine
from stewardship.records.supplied import FIGURES, read_supply

PAGE = (Path(__file__).parents[2] / "docs" / "published-figures.md").read_text(encoding="utf-8")


def test_its_headings_are_those_that_are_read_and_what_is_needed_is_marked():
    told = dict(re.findall(r"^\| (\w+)(, \*needed\*)? \|", PAGE, re.MULTILINE))
    columns = {FIGURES.headings[each.name]: each.required for each in FIGURES.table.columns}
    assert {name: bool(mark) for name, mark in told.items() if name in columns} == columns


def test_its_example_is_read_without_a_fault(tmp_path):
    (example,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "figures_example.csv").write_text(example, encoding="utf-8")
    with closing(Engine(scratch=tmp_path / "scratch", memory="1GB", threads=1)) as engine:
        found = read_supply(
            FIGURES, tmp_path / "sent", tmp_path / "table.parquet", tmp_path / "aside.parquet", engine=engine,
            today=date(2026, 7, 1), places={"ZZS", "middle-notional", "X92000001"},
        )  # fmt: skip
    assert found.findings == []
    assert pq.read_table(tmp_path / "table.parquet").num_rows == example.count("\n") - 1
