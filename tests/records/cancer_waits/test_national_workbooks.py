"""A national workbook is read with all that is odd about it, and each row that does not agree with itself is told."""

from datetime import date, datetime

import openpyxl
import pytest

from stewardship.records.cancer_waits.figures import Shown
from stewardship.records.cancer_waits.kept import read_national, write_national
from stewardship.records.cancer_waits.reading import read_published_waits
from support.national_workbook import NationalWorkbook

TODAY = date(2026, 6, 1)
SHOWN = Shown(("ZZT01",), ("ZZS",), ("ZZT02",))
PROVIDERS = Shown(("ZZT01",), (), ("ZZT02",))
HEADLINE = "62-DAY (ALL CANCER)"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "waits").mkdir()
    return tmp_path / "waits"


def read(folder, *workbooks, shown=SHOWN):
    for number, workbook in enumerate(workbooks):
        workbook.save(folder / f"workbook-{number}.xlsx")
    return read_published_waits(folder, shown, today=TODAY)


def only(found, **words):
    """The one figure of these fields."""
    (wait,) = [w for w in found.waits if all(getattr(w, name) == word for name, word in words.items())]
    return wait


def failing(found):
    return {f.check: f for f in found.reading.findings if f.outcome == "fail"}


def test_the_sheets_say_that_they_have_one_cell_and_a_drawing_is_lost_and_all_is_read(folder):
    found = read(folder, NationalWorkbook(), shown=PROVIDERS)
    file = folder / "workbook-0.xlsx"
    with pytest.raises(KeyError):
        openpyxl.load_workbook(file)
    sheet = openpyxl.load_workbook(file, read_only=True)[HEADLINE]
    assert len(list(sheet.iter_rows())) == 1
    (counted,) = found.reading.files
    assert (counted.file, counted.read, counted.loaded, counted.quarantined) == (file.name, 69, 69, 0)
    assert failing(found) == {}


def test_half_patients_are_kept_and_the_percentage_is_as_published(folder):
    wait = only(read(folder, NationalWorkbook()), organisation="ZZT01", standard="62-day", route="ALL",
                cancer="ALL", modality="ALL")  # fmt: skip
    assert (wait.total, wait.within, wait.after, wait.share) == (61.0, 40.0, 21.0, 40 / 61)
    urgent = only(
        read(folder), organisation="ZZT01", standard="62-day", route="USC", cancer="ALL", modality="ALL"
    )
    assert (urgent.total, urgent.after) == (30.5, 10.5)
    assert urgent.bands[0] == ("within 31 days", 20.0)
    assert urgent.bands[-1] == ("after 104 days", 10.5)
    assert (urgent.month, urgent.basis, urgent.level, urgent.status, urgent.revision) == (
        date(2025, 3, 1), "provider", "provider", "final", 0,
    )  # fmt: skip


def test_within_31_days_is_said_twice_and_each_is_its_own(folder):
    workbook = NationalWorkbook()
    sheet, row = workbook.sheet("31-DAY (ALL CANCER)"), workbook.row_of("31-DAY (ALL CANCER)", "ZZT01")
    assert [sheet.cell(row, column).value for column in (7, 11)] == [60, 60]
    sheet.cell(row, 11).value, sheet.cell(row, 12).value = 59, 1  # the band, and the next
    found = read(folder, workbook)
    wait = only(found, organisation="ZZT01", standard="31-day", stage="ALL", cancer="ALL", modality="ALL")
    assert wait.within == 60.0
    assert wait.bands[:2] == (("within 31 days", 59.0), ("in 32 to 38 days", 1.0))


def test_headings_repeat_for_each_part_and_the_parts_are_routes_and_stages(folder):
    found = read(folder, NationalWorkbook())
    own = [w for w in found.waits if w.belongs == "own" and w.headline]
    assert [(w.standard, w.route or w.stage) for w in own] == [
        ("28-day", "ALL"),
        ("31-day", "ALL"), ("31-day", "FIRST"), ("31-day", "SUBSEQUENT"),
        ("62-day", "ALL"), ("62-day", "USC"), ("62-day", "SCREENING"),
    ]  # fmt: skip


def test_footnotes_of_headings_and_of_cancers_are_not_names(folder):
    found = read(folder, NationalWorkbook())
    cancers = {w.cancer for w in found.waits if w.standard == "62-day"}
    assert cancers == {"ALL", "Other"}
    assert {w.modality for w in found.waits} == {"ALL", "Surgery"}


def test_referrals_have_no_after_and_no_percentage(folder):
    wait = only(read(folder, NationalWorkbook()), organisation="ZZT01", standard="cancer-first-seen")
    assert (wait.total, wait.within, wait.after, wait.share, wait.route) == (10.0, 7.0, None, None, "USC")


def test_commissioners_are_boards_hubs_and_an_unknown_of_seven_letters(folder):
    found = read(folder, NationalWorkbook("commissioner"))
    levels = {w.organisation: (w.level, w.belongs) for w in found.waits}
    assert levels == {
        "ZZS": ("integrated care board", "own"),
        "ZZT": ("commissioning hub", "other"),
        "UNKNOWN": ("unknown", "other"),
        "ENGLAND": ("England", "England"),
    }


def test_of_other_organisations_the_headlines_are_kept(folder):
    found = read(folder, NationalWorkbook(), shown=Shown(("ZZT01",)))
    others = [w for w in found.waits if w.organisation == "ZZT02"]
    assert {w.belongs for w in others} == {"other"}
    assert all(w.headline for w in others)
    assert len(others) == 7
    assert len([w for w in found.waits if w.organisation == "ZZT01"]) == 23


@pytest.mark.parametrize("written", ["Mar-25", "March 2025", datetime.fromisoformat("2025-03-01")])
def test_a_month_is_read_as_it_is_written(folder, written):
    assert {w.month for w in read(folder, NationalWorkbook(written=written)).waits} == {date(2025, 3, 1)}


@pytest.mark.parametrize(
    "column, value, reason",
    [
        ("F", "30.5", "there are words where a number of patients has to stand"),
        ("F", "*", "there are words where a number of patients has to stand"),
        ("F", None, "there is nothing where a number of patients has to stand"),
        ("F", True, "what stands there is no number of patients"),
        ("F", -1, "a number of patients is less than 0"),
        ("F", 61.25, "a number of patients is neither whole nor a half"),
        ("F", 62, "the total is not those within and those after the standard together"),
        ("I", 0.66, "the percentage is not what the counts beside it make"),
        ("I", "65.6%", "the percentage is not a number"),
        ("I", None, "the percentage is not a number"),
        ("B", "zzt01", "the code is not of 3 to 5 capitals and digits"),
        ("B", None, "there is no code, and it is not a row of all of England"),
        ("C", None, "the organisation has no name"),
        ("D", "By horse", "the route or stage is not one that is known"),
        ("D", "Screening", "the route or stage is not that of the part it stands in"),
        ("E", None, "the row does not say whom it is of"),
    ],
)
def test_a_row_that_is_wrong_is_set_aside_and_told_with_its_sheet_row_and_column(
    folder, column, value, reason
):
    workbook = NationalWorkbook()
    row = workbook.row_of(HEADLINE, "ZZT01")
    workbook.sheet(HEADLINE)[f"{column}{row}"] = value
    found = read(folder, workbook)
    told = failing(found)[f"Rows set aside: {reason}"]
    assert (told.table, told.count, told.examined) == ("workbook-0.xlsx", 1, 69)
    assert told.consequence == "They count in no figure: supply the file as published, or ask its publisher."
    assert told.first.startswith(f"The first is sheet {HEADLINE}, row {row}, column {column} (")
    (counted,) = found.reading.files
    assert (counted.read, counted.loaded, counted.quarantined) == (69, 68, 1)
    assert not [w for w in found.waits if w.organisation == "ZZT01" and w.headline and w.route == "ALL"
                and w.standard == "62-day"]  # fmt: skip


def test_bands_that_do_not_make_up_the_total_set_their_row_aside(folder):
    workbook = NationalWorkbook()
    row = workbook.row_of(HEADLINE, "ZZT01")
    workbook.sheet(HEADLINE)[f"K{row}"] = 1
    told = failing(read(folder, workbook))["Rows set aside: the total is not the sum of the bands of days"]
    assert told.first == f"The first is sheet {HEADLINE}, row {row}, column F (TOTAL)."


def test_half_a_patient_is_told_where_there_are_no_shared_ones(folder):
    workbook = NationalWorkbook()
    row = workbook.row_of("31-DAY (ALL CANCER)", "ZZT01")
    workbook.sheet("31-DAY (ALL CANCER)")[f"F{row}"] = 80.5
    assert "Rows set aside: a number of patients is not whole" in failing(read(folder, workbook))


def test_nobody_counted_has_no_percentage(folder):
    workbook = NationalWorkbook()
    row = workbook.row_of("28-DAY FDS (ALL ROUTES)", "ZZT01")
    for column in "EFGJKLMN":
        workbook.sheet("28-DAY FDS (ALL ROUTES)")[f"{column}{row}"] = 0
    workbook.sheet("28-DAY FDS (ALL ROUTES)")[f"H{row}"] = ""
    wait = only(read(folder, workbook), organisation="ZZT01", standard="28-day", route="ALL")
    assert (wait.total, wait.share) == (0.0, None)


def test_a_row_that_is_there_twice_counts_once(folder):
    workbook = NationalWorkbook()
    first = workbook.row_of(HEADLINE, "ZZT01")
    sheet = workbook.sheet(HEADLINE)
    for cell in sheet[first]:
        sheet.cell(first + 1, cell.column, cell.value)  # in the row of the other trust
    found = read(folder, workbook)
    told = failing(found)
    assert told["Rows set aside: the row is there twice: the first is kept"].first == (
        f"The first is sheet {HEADLINE}, row {first + 1}."
    )
    assert told["Totals of England that its organisations do not make up"].first == (
        "The first is ENGLAND, 62-day, ALL, ALL, ALL."
    )


def test_totals_that_their_parts_do_not_make_up_are_told_and_shown(folder):
    workbook = NationalWorkbook()
    row = workbook.row_of(HEADLINE, "ZZT01", part=2)  # of the urgent route
    sheet = workbook.sheet(HEADLINE)
    for column, value in (("F", 31.5), ("G", 21), ("I", 21 / 31.5), ("K", 21)):
        sheet[f"{column}{row}"] = value
    found = read(folder, workbook, shown=PROVIDERS)
    checks = {check: each.count for check, each in failing(found).items()}
    assert checks == {
        "Totals of all routes or stages that their parts do not make up": 1,
        "Totals of all cancers that the cancers do not make up": 1,
        "Totals of all treatments that the kinds of treatment do not make up": 1,
        "Totals of England that its organisations do not make up": 1,
    }
    assert (
        only(found, organisation="ZZT01", standard="62-day", route="USC", cancer="ALL", modality="ALL").total
        == 31.5
    )


def test_sheets_that_are_lacking_or_unknown_are_told(folder):
    workbook = NationalWorkbook()
    del workbook.book["62-DAY (BY CANCER)"]
    workbook.book.create_sheet("Notes")
    told = failing(read(folder, workbook))
    assert told["Sheets that are not there"].consequence == 'Their figures are missing: "62-DAY (BY CANCER)".'
    assert told["Sheets that nothing is read from"].consequence == 'They are left out: "Notes".'


def test_months_that_are_missing_and_organisations_that_are_not_there_are_told(folder):
    found = read(
        folder,
        NationalWorkbook(month="December 2024", written="Dec-24"),
        NationalWorkbook(),
        shown=Shown(("ZZT01", "ZZT77"), ("ZZS",), ("ZZT02", "ZZT88")),
    )
    told = failing(found)
    gaps = told["Months without a publication between the first and the last"]
    assert (gaps.count, gaps.examined) == (2, 4)
    lacking = told["Organisations of the settings that no file has"]
    assert (lacking.count, lacking.examined) == (3, 5)
    assert lacking.consequence == "Correct the settings, or supply the files: ZZT77, ZZS, ZZT88."


def test_what_is_written_is_read_again(folder, tmp_path):
    found = read(folder, NationalWorkbook(), NationalWorkbook("commissioner"))
    write_national(tmp_path, found.waits)
    assert set(read_national(tmp_path)) == set(found.waits)
    asked = read_national(
        tmp_path, {"standard": "62-day", "belongs": ("own", "England"), "basis": "provider"}
    )
    assert {(w.standard, w.belongs, w.basis) for w in asked} == {
        ("62-day", "own", "provider"), ("62-day", "England", "provider"),
    }  # fmt: skip
    assert read_national(tmp_path / "elsewhere") == ()


def test_the_order_of_files_changes_nothing_that_is_written(folder, tmp_path):
    first, second = NationalWorkbook(), NationalWorkbook("commissioner")
    for name, workbooks in (("one", (first, second)), ("two", (second, first))):
        (tmp_path / name / "waits").mkdir(parents=True)
        for file, workbook in zip(("a.xlsx", "b.xlsx"), workbooks, strict=True):
            workbook.save(tmp_path / name / "waits" / file)
        found = read_published_waits(tmp_path / name / "waits", SHOWN, today=TODAY)
        write_national(tmp_path / name, found.waits)
    one, two = (
        [(w.group, w.total, w.share) for w in read_national(tmp_path / name)] for name in ("one", "two")
    )
    assert one == two
