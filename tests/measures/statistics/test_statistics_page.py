"""The page of methods names every one of them."""

import inspect
import re
from pathlib import Path

import pytest

from stewardship.measures import statistics as st
from stewardship.measures.statistics import tables

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "statistics.md").read_text(encoding="utf-8")
FUNCTIONS = [name for name in st.__all__ if inspect.isfunction(getattr(st, name))]
TABLES = [
    name for name, thing in vars(tables).items() if name.endswith("_table") and inspect.isfunction(thing)
]


@pytest.mark.parametrize("name", sorted(FUNCTIONS + TABLES))
def test_every_method_is_on_the_page_and_says_what_it_does(name):
    assert f"`{name}`" in PAGE
    assert inspect.getdoc(getattr(st, name, None) or getattr(tables, name))


def test_the_page_names_nothing_that_is_not_there():
    table = PAGE.split("| function |")[1].split("\n\n")[0]
    first = [row.split("|")[1] for row in table.splitlines()[2:]]
    assert {name for cell in first for name in re.findall(r"`(\w+)`", cell)} <= set(FUNCTIONS)
