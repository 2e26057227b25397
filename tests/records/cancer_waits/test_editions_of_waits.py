"""Of one month the final publication counts before the provisional one, and a revision before what it revises."""

from datetime import date

import pytest

from stewardship.records.cancer_waits.figures import Shown
from stewardship.records.cancer_waits.reading import read_published_waits
from stewardship.records.files import SourceError
from support.national_workbook import NationalWorkbook

HEADLINE = "28-DAY FDS (ALL ROUTES)"


def read(folder):
    return read_published_waits(folder, Shown(("ZZT01",)), today=date(2026, 6, 1))


def workbook(folder, name, status, within):
    """A workbook whose own trust told so many of 60 within 28 days."""
    made = NationalWorkbook(status=status)
    sheet, row = made.sheet(HEADLINE), made.row_of(HEADLINE, "ZZT01")
    for column, value in (
        ("F", within),
        ("G", 60 - within),
        ("H", within / 60),
        ("J", within),
        ("N", 60 - within),
    ):
        sheet[f"{column}{row}"] = value
    made.save(folder / name)


def shown(found):
    """Status, revision and number within 28 days of what counts of the own trust."""
    (wait,) = [w for w in found.waits if w.organisation == "ZZT01" and w.standard == "28-day" and w.headline]
    return wait.status, wait.revision, wait.within


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_the_final_one_counts_whatever_its_file_is_called(tmp_path, names):
    for name, status, within in zip(names, ("Provisional", "Final"), (40, 50), strict=True):
        workbook(tmp_path, f"{name}.xlsx", status, within)
    found = read(tmp_path)
    assert shown(found) == ("final", 0, 50.0)
    told = {f.check: f for f in found.reading.findings}["Publications that another takes the place of"]
    assert (told.outcome, told.count, told.examined) == ("pass", 1, 2)


@pytest.mark.parametrize(
    "status, name, revision",
    [("Revised Final", "later", 1), ("Final", "march-REVISED", 1), ("Final", "march-v3", 3),
     ("Final (revision 2)", "later", 2)],
)  # fmt: skip
def test_a_revision_counts_before_what_it_revises(tmp_path, status, name, revision):
    workbook(tmp_path, "z-first.xlsx", "Final", 50)
    workbook(tmp_path, f"{name}.xlsx", status, 45)
    assert shown(read(tmp_path)) == ("final", revision, 45.0)


def test_what_is_provisional_is_shown_as_such_and_told(tmp_path):
    workbook(tmp_path, "a.xlsx", "Provisional", 50)
    found = read(tmp_path)
    assert shown(found) == ("provisional", 0, 50.0)
    told = {f.check: f for f in found.reading.findings}["Publications that are provisional"]
    assert (told.outcome, told.count) == ("pass", 1)
    assert told.consequence == "They are shown as provisional until the final ones are supplied."


def test_one_publication_in_two_files_counts_once(tmp_path):
    workbook(tmp_path, "a.xlsx", "Final", 50)
    workbook(tmp_path, "b.xlsx", "Final", 50)
    assert shown(read(tmp_path)) == ("final", 0, 50.0)


def test_two_files_of_one_edition_that_differ_stop_the_reading(tmp_path):
    workbook(tmp_path, "a.xlsx", "Final", 50)
    workbook(tmp_path, "b.xlsx", "Final", 49)
    with pytest.raises(SourceError) as error:
        read(tmp_path)
    assert str(error.value) == (
        "The files of cancer waits a.xlsx and b.xlsx both hold March 2025 by provider, as the same edition, and do not "
        "say the same: take one of them away, or write v2 into the name of the later, then try again."
    )
