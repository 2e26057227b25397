"""A CSV of published waits, one row a figure: read like the workbooks, and told with row and column what is wrong."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.records.cancer_waits.figures import Shown
from stewardship.records.cancer_waits.judging import Edition, Given, Wrong, judged
from stewardship.records.cancer_waits.reading import read_published_waits
from stewardship.records.cancer_waits.tidy import HEADINGS
from stewardship.records.files import SourceError

TODAY = date(2026, 6, 1)
PAGE = Path(__file__).resolve().parents[3] / "docs" / "cancer-national-statistics.md"
ROW = {
    "Month": "2025-03", "Basis": "provider", "OrganisationCode": "ZZT01", "OrganisationName": "Notional NHS Trust",
    "Standard": "62-day", "Route": "USC", "Total": "30.5", "Within": "20", "After": "10.5", "Share": "",
    "Status": "final", "Source": "NHS England",
}  # fmt: skip


def read(folder, *rows, headings=tuple(ROW)):
    lines = [",".join(headings), *(",".join(row.get(name, "") for name in headings) for row in rows)]
    (folder / "waits.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_published_waits(folder, Shown(("ZZT01",)), today=TODAY)


def test_what_is_not_said_is_not_divided(tmp_path):
    (wait,) = read(tmp_path, ROW).waits
    assert (wait.route, wait.stage, wait.cancer, wait.modality) == ("USC", "", "ALL", "ALL")
    assert (wait.total, wait.within, wait.after, wait.share) == (30.5, 20.0, 10.5, None)
    assert (wait.status, wait.revision, wait.source, wait.belongs) == ("final", 0, "NHS England", "own")


def test_a_31_day_row_has_stages_and_one_of_england_no_name(tmp_path):
    row = {**ROW, "Standard": "31-day", "Route": "", "OrganisationCode": "ENGLAND", "OrganisationName": "",
           "Total": "40", "Within": "30", "After": "10", "Share": "0.75"}  # fmt: skip
    (wait,) = read(tmp_path, row).waits
    assert (wait.stage, wait.route, wait.level, wait.share) == ("ALL", "", "England", 0.75)


@pytest.mark.parametrize(
    "column, text, reason",
    [
        ("Month", "Mar-25", "the month is not written as 2025-03"),
        ("Month", "2023-09", "the month is before October 2023, when the standards changed, or to come"),
        ("Month", "2026-07", "the month is before October 2023, when the standards changed, or to come"),
        ("Basis", "both", "the basis is neither provider nor commissioner"),
        ("Status", "draft", "the status is neither provisional nor final"),
        ("Source", "", "nobody is named who published the figure"),
        ("Standard", "14-day",
         "the standard is none of 28-day, 31-day, 62-day, cancer-first-seen, breast-first-seen"),
        ("Route", "HORSE", "the route is none that the standard has"),
        ("OrganisationCode", "", "there is no code, and it is not a row of all of England"),
        ("OrganisationName", "", "the organisation has no name"),
        ("Total", "thirty", "there are words where a number of patients has to stand"),
        ("Total", "inf", "there are words where a number of patients has to stand"),
        ("Total", "31", "the total is not those within and those after the standard together"),
        ("Within", "20.25", "a number of patients is neither whole nor a half"),
        ("After", "", "there is nothing where a number of patients has to stand"),
        ("Share", "65.6", "the percentage is not what the counts beside it make"),
        ("Share", "0.656", "the percentage is not what the counts beside it make"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_is_set_aside_with_its_row_and_column(tmp_path, column, text, reason):
    found = read(tmp_path, {**ROW, "OrganisationCode": "ZZT02"}, {**ROW, column: text}).reading
    (told,) = [each for each in found.findings if each.check.startswith("Rows set aside")]
    assert (told.check, told.table, told.count) == (f"Rows set aside: {reason}", "waits.csv", 1)
    assert told.first == f"The first is row 2, column {column}."
    (counted,) = found.files
    assert (counted.read, counted.loaded, counted.quarantined) == (2, 1, 1)


@pytest.mark.parametrize(
    "text, said",
    [
        ("Month;Basis\n", "has no column Month: it has Month;Basis: add it, then try again."),
        ("", "has no column Month: it has none: add it, then try again."),
        (f"{','.join(ROW)},Price\n", f"has a column Price too many: take it away; known are {', '.join(HEADINGS)}, "
         "then try again."),
        (f"{','.join(ROW)}\n2025-03,provider\n", "has more or fewer fields than headings in row 1: write it anew as "
         "CSV, then try again."),
        (f'{",".join(ROW)}\n"2025-03\n', "cannot be read as CSV: write it anew, then try again."),
    ],
)  # fmt: skip
def test_a_file_that_is_not_in_the_tidy_form_is_refused(tmp_path, text, said):
    (tmp_path / "waits.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as error:
        read_published_waits(tmp_path, Shown(("ZZT01",)), today=TODAY)
    assert str(error.value) == f"The file of cancer waits waits.csv {said}"


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "waits.csv").write_text("Month\n", encoding="utf-16")
    with pytest.raises(SourceError, match="is not in UTF-8: save it as CSV in UTF-8, then try again"):
        read_published_waits(tmp_path, Shown(("ZZT01",)), today=TODAY)


def test_the_example_of_the_page_is_read(tmp_path):
    (example,) = re.findall(r"```csv\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "waits.csv").write_text(example, encoding="utf-8")
    found = read_published_waits(tmp_path, Shown(("ZZT01",), ("ZZS",)), today=TODAY)
    assert [each for each in found.reading.findings if each.outcome == "fail"] == []
    assert len(found.waits) == example.count("\n") - 1


EDITION = Edition(date(2025, 3, 1), "provider", "final", 0, "NHS England", "waits.csv", None)


@given(
    within=st.integers(0, 10_000), after=st.integers(0, 10_000), wrong=st.sampled_from(("", "total", "share"))
)
def test_a_row_is_taken_if_and_only_if_its_numbers_agree(within, after, wrong):
    """Numbers of half patients."""
    total = (within + after + (wrong == "total")) / 2
    share = None if not total else within / 2 / total + (0.01 if wrong == "share" else 0)
    row = Given("62-day", "USC", "", "ALL", "ALL", "ZZT01", "Notional", total, within / 2, after / 2, share)
    found = judged(row, EDITION)
    if wrong == "total" or (wrong == "share" and total):
        assert isinstance(found, Wrong)
        assert found.field == wrong
    else:
        assert not isinstance(found, Wrong)
        assert (found.total, found.within, found.after, found.share) == (total, within / 2, after / 2, share)
