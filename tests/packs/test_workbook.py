"""The workbook of a care area: the tables of its CSV files, a sheet each, numbers as numbers and hidden as words."""

import csv
import io
import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from stewardship.measures.published import write_snapshot
from stewardship.measures.spreadsheets import safe
from stewardship.packs.sheets import sheet_names, sheets_of
from stewardship.packs.workbook import workbook_of
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.snapshots import current
from stewardship.site.roles import Steward
from support.packs_read import book, table_of
from support.site import signed_in
from support.snapshots import publish, snapshot
from support.whole_snapshot import publish_whole

TABLE = re.compile(r"/care-areas/diabetes/tables/([\w-]+)\.csv")
FORMULA = '=HYPERLINK("http://example.org","=1+1")'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("workbooks")
    publish_whole(made, notes=("Homes were assigned by chance.",))
    return made


def figures_of(folder, place="SYS"):
    published = current(folder / "snapshots")
    return AreaFigures(published, published.area("diabetes"), published.place(place))


def as_csv_has_it(cell):
    """A cell of the workbook as the same cell stands in a CSV file."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(safe("" if cell is None else cell))


def number_or_words(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


@pytest.mark.parametrize("place", ["SYS", "A1", "N4"])
def test_every_csv_of_the_page_is_a_sheet_with_the_same_cells(folder, place):
    content = workbook_of(figures_of(folder, place))
    held, sheets = book(content), sheets_of(figures_of(folder, place))
    with override_settings(SNAPSHOTS=folder / "snapshots", CHARTS=folder / "charts"):
        browser = signed_in(Steward)
        page = browser.get(f"/care-areas/diabetes/?place={place}").content.decode()
        keys = set(TABLE.findall(page)) - {"all"}
        assert keys <= {sheet.key for sheet in sheets}
        assert len(keys) >= 9
        for sheet in sheets:
            address = f"/care-areas/diabetes/tables/{sheet.key}.csv?place={place}"
            text = browser.get(address).content.decode().removeprefix("\ufeff")
            rows = list(csv.reader(io.StringIO(text)))
            heads, *figures = rows[rows.index([]) + 1 :]
            named, cells = table_of(held[sheet.name])
            assert list(named) == heads
            written = [[number_or_words(as_csv_has_it(cell)) for cell in row] for row in cells]
            assert written == [[number_or_words(cell) for cell in row] for row in figures]


@pytest.mark.parametrize("place", ["SYS", "N4"])
def test_hidden_and_missing_figures_are_words_and_no_number_stands_beside_them(folder, place):
    held = book(workbook_of(figures_of(folder, place)))
    wordy = 0
    for sheet in held.worksheets[1:]:
        heads, rows = table_of(sheet)
        if "Value" not in heads or "Numerator (people, events or pounds)" not in heads:
            continue
        first = heads.index("Value")
        for row in rows:
            if isinstance(row[first], str):
                wordy += 1
                assert row[first].startswith(("Hidden: ", "Missing: "))
                assert not [cell for cell in row[first:] if isinstance(cell, int | float)]
            else:
                assert isinstance(row[first], int | float)
    assert wordy


def test_numbers_and_days_are_numbers_and_days_with_a_format(folder):
    sheet = book(workbook_of(figures_of(folder)))["Outcomes"]
    heads = [cell.value for cell in sheet[4]]
    row = dict(zip(heads, sheet[5], strict=True))
    assert isinstance(row["Value"].value, int | float)
    assert row["Value"].number_format.startswith("#,##0")
    assert row["Period to"].value.isoformat() == "2026-03-31T00:00:00"
    assert row["Period to"].number_format == "d mmm yyyy"


def test_heads_stay_in_sight_and_columns_have_room(folder):
    for sheet in book(workbook_of(figures_of(folder))).worksheets[1:]:
        assert sheet.freeze_panes == "A5"
        assert sheet.auto_filter.ref.startswith("A4:")
        assert all(10 <= one.width <= 63 for one in sheet.column_dimensions.values())


def test_the_first_sheet_says_what_the_book_is_of_and_leads_to_every_other(folder):
    held = book(workbook_of(figures_of(folder, "N4")))
    about = held.worksheets[0]
    facts = [(about.cell(row, 1).value, about.cell(row, 2).value) for row in range(1, about.max_row + 1)]
    assert about.title == "About"
    assert ("Place", "Placeholder Bay, by GP practice (N4)") in facts
    assert ("Latest period", "12 months to 31 March 2026") in facts
    assert ("Sources", "invented residents; figures at 31 March 2026") in facts
    assert ("Snapshot", "2026-04-14, built 14 April 2026 at 06:10") in facts
    assert ("Take care", "Homes were assigned by chance.") in facts
    disclosure = "Counts of 1 to 7 are hidden and other counts are rounded to 5 (scheme 1)"
    assert ("Disclosure control", disclosure) in facts
    links = {cell.hyperlink.location for row in about.iter_rows() for cell in row if cell.hyperlink}
    assert links == {f"'{sheet.title}'!A1" for sheet in held.worksheets[1:]}


def test_the_same_snapshot_gives_the_same_bytes(folder):
    assert workbook_of(figures_of(folder)) == workbook_of(figures_of(folder))


def test_no_text_is_a_formula(tmp_path):
    written, said = publish(tmp_path), snapshot("2026-04-14", (FORMULA,))
    places = tuple(replace(one, name=FORMULA) for one in said.places)
    write_snapshot(written, replace(said, places=places))
    held = book(workbook_of(figures_of(tmp_path, "N4")))
    cells = [cell for sheet in held for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert any(cell.value == FORMULA for cell in cells)


@given(st.lists(st.text(), max_size=30))
def test_whatever_is_wanted_sheets_have_names_that_a_spreadsheet_takes(wanted):
    names = sheet_names(wanted, taken=["About"])
    assert len(names) == len(wanted)
    assert len({name.casefold() for name in [*names, "About", "History"]}) == len(names) + 2
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_names_that_are_alike_are_told_apart():
    wanted = ["Money: all", "money/all", "x" * 40, "X" * 40, "", "about"]
    assert sheet_names(wanted, taken=["About"]) == [
        "Money all",
        "money all 2",
        "x" * 31,
        f"{'X' * 29} 2",
        "Table",
        "about 2",
    ]
