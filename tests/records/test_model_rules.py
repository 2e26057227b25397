"""The rules of a canonical table hold for what is in the tables, and are checked as declared."""

from datetime import date

import pytest

from stewardship.records.engine import Engine
from stewardship.records.model import ACTIVITY, DATE, INTEGER, TABLES, TEXT, Column, Table
from stewardship.records.row_checks import engine_type, first_fault, model_faults

SMALL = Table(
    "small", "One row a thing.", ("number",),
    (
        Column("number", INTEGER, "Its number.", required=True, at_least=1),
        Column("kind", TEXT, "Its kind.", values=("a", "b")),
        Column("start", DATE, "Its start.", identifying=True),
        Column("end", DATE, "Its end.", not_before="start", may_be_future=True),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    "row, column, sentence",
    [
        ("1, 'a', '2020-01-01', '2020-01-01'", None, None),
        ("NULL, 'a', NULL, NULL", "nr", "nr is empty"),
        ("0, 'a', NULL, NULL", "nr", "nr is below 1"),
        ("1, 'c', NULL, NULL", "kind", "kind is not one of: a, b"),
        ("1, NULL, '2020-02-01', '2020-01-31'", "end", "end is 1 day before start"),
        (
            "1, NULL, '2030-02-01', NULL",
            "start",
            "the date lies after the last day of the data, 1 March 2020",
        ),
        ("1, NULL, '2020-04-01', '2099-01-01'", None, None),
    ],
)
def test_the_first_fault_of_a_row_is_named(tmp_path, row, column, sentence):
    faults = model_faults(SMALL, {"number": "nr"}, {}, last_day=date(2020, 3, 1), horizon=date(2020, 4, 1))
    named, said = first_fault(faults)
    columns = ", ".join(f'v."{c.name}"::{engine_type(c.type)} AS "{c.name}"' for c in SMALL.columns)
    values = f'(VALUES ({row})) v(number, kind, "start", "end")'
    found = Engine(scratch=tmp_path).rows(f"SELECT {named}, {said} FROM (SELECT {columns} FROM {values})")
    assert found == [(column, sentence)]


def test_a_table_without_faults_to_look_for():
    assert first_fault([]) == ("NULL::VARCHAR", "NULL::VARCHAR")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_keys_and_orders_name_columns_that_are_there(table):
    names = [column.name for column in table.all_columns]
    assert len(set(names)) == len(names)
    assert set(table.key) <= set(names)
    assert {c.not_before for c in table.columns if c.not_before} <= set(names)


def test_an_empty_table_has_the_schema():
    empty = ACTIVITY.empty()
    assert (empty.num_rows, empty.schema) == (0, ACTIVITY.schema)
    assert ACTIVITY.column("start").required
