"""The page on extracts says what the declarations say, and the declarations hold together."""

import pytest

from stewardship.records.extracts.kinds import KINDS
from stewardship.records.extracts.private import table_named
from stewardship.records.extracts.shape import THE_PERSON
from support.extracts_page import PAGE, page


def test_the_page_is_as_the_declarations():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "write it anew: cd tests && python -m support.extracts_page"
    )


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
