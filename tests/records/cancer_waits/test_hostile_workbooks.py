"""A file that is no national workbook, or is meant to do harm, is refused in one sentence, and little is unpacked."""

import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest

from stewardship.records.cancer_waits.figures import Shown
from stewardship.records.cancer_waits.reading import read_published_waits
from stewardship.records.files import SourceError
from support.national_workbook import NationalWorkbook

HEADLINE = "62-DAY (ALL CANCER)"
FROM_THE_PUBLISHER = "download it anew from NHS England, then try again."


def refused(folder, path="given.xlsx", workbook=None):
    """The sentence with which the only file of a folder is refused."""
    if workbook is not None:
        workbook.save(folder / path)
    with pytest.raises(SourceError) as error:
        read_published_waits(folder, Shown(("ZZT01",)), today=date(2026, 6, 1))
    sentence = str(error.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence.removeprefix(f"The file of cancer waits {path} ")


def test_what_is_no_workbook(tmp_path):
    (tmp_path / "given.xlsx").write_text("Cancer waits")
    assert (
        refused(tmp_path)
        == "is no workbook that can be read, or is damaged: download it anew, then try again."
    )


def test_an_old_workbook_or_one_with_a_password(tmp_path):
    (tmp_path / "given.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    assert refused(tmp_path) == (
        "is an .xls file, or has a password: save it as .xlsx without a password, then try again."
    )


def test_a_workbook_cut_off_in_the_middle(tmp_path):
    whole = NationalWorkbook().save(tmp_path / "given.xlsx").read_bytes()
    (tmp_path / "given.xlsx").write_bytes(whole[: len(whole) // 2])
    assert refused(tmp_path).startswith("is no workbook that can be read")


def test_a_part_that_is_not_xml(tmp_path):
    changed(
        NationalWorkbook().save(tmp_path / "given.xlsx"),
        "xl/worksheets/sheet7.xml",
        lambda _: b"<sheetData><row",
    )
    assert refused(tmp_path).startswith("is no workbook that can be read")


def test_a_file_that_unpacks_to_far_more_than_a_workbook_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "given.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        zeros = b"\0" * (10 * 2**20)
        for number in range(30):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", zeros)
    assert (tmp_path / "given.xlsx").stat().st_size < 2**20
    tracemalloc.start()
    said = refused(tmp_path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert said == "unpacks to more than 100 MB: supply the national workbook as published, then try again."
    assert most < 5 * 2**20


def test_a_file_that_is_too_large_as_it_is(tmp_path):
    with (tmp_path / "given.xlsx").open("wb") as file:
        file.truncate(31 * 2**20)
    assert (
        refused(tmp_path)
        == "is larger than 30 MB: supply the national workbook as published, then try again."
    )


def test_entities_that_grow(tmp_path):
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    path = NationalWorkbook().save(tmp_path / "given.xlsx")
    changed(path, "xl/workbook.xml", lambda text: bomb + text)
    assert refused(tmp_path) == (
        "declares entities, as no national workbook does: download it anew, then try again."
    )


def test_a_row_numbered_in_the_millions(tmp_path):
    path = NationalWorkbook().save(tmp_path / "given.xlsx")
    changed(path, "xl/worksheets/sheet7.xml", lambda text: text.replace(b'<row r="2"', b'<row r="999999999"'))
    assert refused(tmp_path).startswith(
        ("has more than 50,000 rows in its sheet", "has a sheet", "has no row")
    )


def test_a_cell_in_the_last_column_makes_no_row_wide(tmp_path):
    workbook = NationalWorkbook()
    workbook.sheet(HEADLINE)["XFD10"] = 1
    workbook.save(tmp_path / "given.xlsx")
    found = read_published_waits(tmp_path, Shown(("ZZT01",)), today=date(2026, 6, 1))
    assert found.reading.files[0].quarantined == 0


def test_other_sheets(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "TWO WEEK WAIT"
    book.save(tmp_path / "given.xlsx")
    assert refused(tmp_path) == (
        "has no sheet of the standards in force since October 2023, such as 62-DAY (ALL CANCER): supply the provider "
        "or the commissioner workbook of one month from then on, then try again."
    )


def test_no_front_page(tmp_path):
    workbook = NationalWorkbook()
    del workbook.book["Frontpage"]
    assert refused(tmp_path, workbook=workbook) == (
        f"has no sheet Frontpage, which says its month and whether it is final: {FROM_THE_PUBLISHER}"
    )


@pytest.mark.parametrize(
    "cell, value, said",
    [
        ("A8", "Spring", "does not say its month and its basis on its sheet Frontpage"),
        ("A7", "Cancer Waiting Times statistics", "does not say its month and its basis on its sheet Frontpage"),
        ("A5", "Status: Official Statistics",
         "says neither that it is provisional nor that it is final on its Frontpage"),
        ("A8", "April 2025", 'has a sheet "28-DAY FDS (ALL ROUTES)" whose month or basis, in its first rows, is not '
         "that of its Frontpage"),
    ],
)  # fmt: skip
def test_a_front_page_that_does_not_say_what_it_is(tmp_path, cell, value, said):
    workbook = NationalWorkbook()
    workbook.sheet("Frontpage")[cell] = value
    assert refused(tmp_path, workbook=workbook) == f"{said}: {FROM_THE_PUBLISHER}"


@pytest.mark.parametrize("month, written", [("September 2023", "Sep-23"), ("July 2026", "Jul-26")])
def test_months_of_the_older_standards_and_months_to_come(tmp_path, month, written):
    assert refused(tmp_path, workbook=NationalWorkbook(month=month, written=written)) == (
        "is of a month before October 2023, when the standards changed, or of one to come: take it out of the folder, "
        "then try again."
    )


def test_a_sheet_of_the_other_workbook(tmp_path):
    workbook = NationalWorkbook()
    workbook.sheet(HEADLINE)["A3"] = "BASIS: COMMISSIONER BASED INCLUDING WELSH CROSS-BORDER PATIENTS"
    assert refused(tmp_path, workbook=workbook).startswith(
        'has a sheet "62-DAY (ALL CANCER)" whose month or basis, in its first rows, is not that of its Frontpage: '
    )


@pytest.mark.parametrize(
    "column, named",
    [("B", None), ("C", "ACCOUNTABLE PROVIDER or INTEGRATED CARE BOARD (ICB)/COMMISSIONING HUB"),
     ("D", "REFERRAL ROUTE"), ("E", "CANCER TYPE"), ("F", "TOTAL"), ("G", "WITHIN 62 DAYS"), ("H", "AFTER 62 DAYS"),
     ("I", "TREATED WITHIN 62 DAYS")],
)  # fmt: skip
def test_a_column_that_is_not_there(tmp_path, column, named):
    workbook = NationalWorkbook()
    sheet = workbook.sheet(HEADLINE)
    for row in sheet.iter_rows():
        if row[1].value == "ODS CODE (1)":
            sheet[f"{column}{row[1].row}"] = None
    said = refused(tmp_path, workbook=workbook)
    if named is None:
        assert said == f'has no row of headings with ODS CODE in its sheet "{HEADLINE}": {FROM_THE_PUBLISHER}'
    else:
        assert said.startswith(f'has no column {named} in row 9 of its sheet "{HEADLINE}" (it has: ')


def test_a_sheet_with_the_headings_of_another_standard(tmp_path):
    workbook = NationalWorkbook()
    workbook.sheet("31-DAY (ALL CANCER)").title = "away"
    workbook.sheet(HEADLINE).title = "31-DAY (ALL CANCER)"
    assert refused(tmp_path, workbook=workbook).startswith(
        'has no column TREATMENT STAGE in row 9 of its sheet "31-DAY'
    )


@pytest.mark.parametrize("formula", ["=G10+H10", "=SUM(G10:H10)", '=HYPERLINK("https://example.org/")'])
def test_a_formula_among_the_figures(tmp_path, formula):
    workbook = NationalWorkbook()
    workbook.sheet(HEADLINE)["F10"] = formula
    assert refused(tmp_path, workbook=workbook) == (
        f'has a formula, or a date, in row 10, column F of its sheet "{HEADLINE}", where the national workbooks have a '
        f"number or words: {FROM_THE_PUBLISHER}"
    )


def test_a_folder_without_files(tmp_path):
    (tmp_path / "notes.docx").write_bytes(b"")
    with pytest.raises(
        SourceError, match=r"has no file of cancer waits \(\.xlsx or \.csv\): supply one, or take"
    ):
        read_published_waits(tmp_path, Shown(("ZZT01",)), today=date(2026, 6, 1))


def changed(path, name, change):
    """Change one part of a workbook that is written."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
