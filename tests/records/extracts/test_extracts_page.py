"""The page on extracts says what the declarations say, and the declarations hold together."""

import re
from pathlib import Path

import pytest

from stewardship.records.extracts.kinds import KINDS, kind_of, months_named
from stewardship.records.extracts.private import table_named
from stewardship.records.extracts.shape import THE_PERSON
from support.extracts_page import PAGE, page


def test_the_page_is_as_the_declarations():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: cd tests && python -m support.extracts_page"
    )


NAMED = {
    "patients.csv": ("patients", None),
    "sus_apc_2025-04_extract.csv.gz": ("apc", ("2025-04", "2025-04")),
    "apc_2025-04_2026-03.parquet": ("apc", ("2025-04", "2026-03")),
    "op_2026-04.csv.gz": ("op", ("2026-04", "2026-04")),
    "apc_2023-24.csv": ("apc", None),
    "apc_2025-04-01.csv": ("apc", None),
}


def test_the_names_of_files_on_the_page_mean_what_it_says():
    section = page().split("## Names of files")[1].split("## ")[0]
    assert set(re.findall(r"`(\w[^`]*\.(?:csv|csv\.gz|parquet))`", section)) == NAMED.keys()
    for name, (kind, months) in NAMED.items():
        found = {each.name for of in ("general practice", "hospital") if (each := kind_of(Path(name), of))}
        told = months_named(name)
        assert found == {kind}
        assert (told and tuple(f"{each:%Y-%m}" for each in told)) == months


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.of[0]} {kind.name}")
def test_a_kind_fills_columns_that_there_are_from_headings_that_it_has(kind):
    names = {heading.name for heading in kind.headings} | {THE_PERSON}
    assert {*kind.key, *kind.other_key} <= names
    for fills in kind.fills:
        table = table_named(fills.table)
        assert fills.columns.keys() <= set(table.schema.names)
        required = {column.name for column in table.columns if column.required} - {"person_id"}
        assert required <= fills.columns.keys()
        assert set(fills.each) <= names
    assert set(kind.seen) <= set(table_named(kind.fills[0].table).schema.names)
