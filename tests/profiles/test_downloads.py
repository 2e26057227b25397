"""CSV files: what stands before the table, and that no cell does harm."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.measures.spreadsheets import safe
from stewardship.profiles.downloads import COLUMNS, to_csv
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.lines import group_lines, part_lines
from stewardship.profiles.snapshots import current
from support.site import NOTE, workspace


def area_figures(place="N4"):
    published = current(workspace() / "snapshots")
    return AreaFigures(published, published.area("diabetes"), published.place(place))


def rows_of(text):
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    return rows[: rows.index([])], rows[rows.index([]) + 1 :]


@pytest.mark.parametrize(
    "cell, written",
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-2 people", "'-2 people"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("plain = words", "plain = words"),
        (-2.5, -2.5),
        (None, None),
    ],
)
def test_no_cell_is_taken_for_a_formula(cell, written):
    assert safe(cell) == written


@given(st.text())
def test_whatever_a_name_is_no_cell_begins_a_formula(name):
    assert not str(safe(name)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_file_says_what_it_is_about_before_the_table():
    figures = area_figures()
    text = to_csv("Diabetes: Outcomes", "Placeholder Bay", figures.published.snapshot, [])
    assert text.startswith("\ufeff")
    preface, table = rows_of(text)
    assert dict(preface) == {
        "Figures": "Diabetes: Outcomes",
        "Place": "Placeholder Bay",
        "Latest period": "12 months to 31 March 2026",
        "Sources": "invented residents; figures at 31 March 2026",
        "Snapshot": "2026-04-14, built 14 April 2026 at 06:10",
        "Disclosure control": "Counts of 1 to 7 are hidden and other counts are rounded to 5 (scheme 1)",
        "Take care": NOTE,
    }
    assert table == [list(COLUMNS)]


def test_hidden_and_missing_values_are_words_and_carry_no_numbers():
    figures = area_figures()
    _, (header, *rows) = rows_of(
        to_csv("x", "y", figures.published.snapshot, part_lines(figures, "outcomes"))
    )
    said = [dict(zip(header, row, strict=True)) for row in rows]
    wordy = [row for row in said if row["Value"].startswith(("Hidden: ", "Missing: "))]
    assert {row["Value"].split(":")[0] for row in wordy} == {"Hidden", "Missing"}
    numbers = [name for name in COLUMNS if name.startswith(("Lower", "Upper", "Numerator", "Denominator"))]
    assert all(row[name] == "" for row in wordy for name in numbers)


def test_money_is_in_pounds():
    figures = area_figures("SYS")
    _, (header, *rows) = rows_of(
        to_csv("x", "y", figures.published.snapshot, part_lines(figures, "resources"))
    )
    first = dict(zip(header, rows[0], strict=True))
    assert first["Unit"] == "£"
    assert float(first["Numerator (people, events or pounds)"]) == pytest.approx(float(first["Value"]))


def test_groups_are_named_as_on_the_page():
    figures = area_figures("SYS")
    card = figures.area.part("outcomes")[0]
    lines = group_lines(figures, card, "age band", (figures.period,))
    _, (header, *rows) = rows_of(to_csv("x", "y", figures.published.snapshot, lines))
    assert [row[header.index("Group")] for row in rows][:3] == ["0 to 4", "5 to 14", "15 to 24"]
