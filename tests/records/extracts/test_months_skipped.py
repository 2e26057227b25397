"""A month of which no file was sent, between two of which files were, is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.records.extracts.gaps import months_skipped
from support.extract_feed import rows_of

ISSUES = "IssueID | NHSNumber | IssueDate | BNFCode\n"
CHECK = "Months of which no file was sent"


def issues(month):
    return rows_of(f"{ISSUES}{month} | #1 | {month}-03 | 0601022B0AAABAB")


def skipped(practice):
    practice.read()
    return [
        (one.table, one.outcome, one.consequence) for one in practice.reading.findings if one.check == CHECK
    ]


def test_a_month_without_a_file_between_two_with_one_is_told(feed):
    practice = feed()
    for month in ("2026-01", "2026-03"):
        practice.write(f"medications_{month}_{month}", issues(month))
    told = "The names of the files skip 2026-02: figures lack what those months would tell."
    assert skipped(practice) == [("medications", "fail", told)]
    practice.write("medications_2026-02", issues("2026-02"))
    assert skipped(practice) == []


@pytest.mark.parametrize(
    "names",
    [
        ["medications", "medications_2"],  # of no month
        ["medications_2022-23", "medications_2024-25"],  # of financial years
        ["medications_2026-01_2026-03", "medications_2026-04"],
        ["medications_2026-01_2026-03", "medications_2026-02_v2", "medications_2026-04"],
        ["medications_2026-01_2026-06", "medications_2026-02", "medications_2026-07"],
        ["medications_2025-12", "medications_2026-01", "medications"],
    ],
)  # fmt: skip
def test_files_that_skip_no_month_tell_none(feed, names):
    practice = feed()
    for place, name in enumerate(names):
        practice.write(name, issues(f"2026-0{place + 1}"))
    assert skipped(practice) == []


def test_another_kind_of_file_fills_no_gap(feed):
    practice = feed()
    for month in ("2026-01", "2026-03"):
        practice.write(f"medications_{month}", issues(month))
    practice.write("appointments_2026-02", rows_of("""
    AppointmentID | NHSNumber | PracticeCode | StartDate  | Status
    1             | #1        | ZZP001       | 2026-02-08 | Attended
    """))  # fmt: skip
    assert [table for table, _, _ in skipped(practice)] == ["medications"]


MONTHS = [date(2024 + place // 12, place % 12 + 1, 1) for place in range(36)]


@given(st.lists(st.tuples(st.integers(0, 35), st.integers(0, 35)).map(sorted), min_size=1, max_size=6))
def test_the_months_told_are_those_between_the_first_and_the_last_that_no_file_names(spans):
    covered = {month for first, last in spans for month in range(first, last + 1)}
    told = set()
    for each in months_skipped([(MONTHS[first], MONTHS[last]) for first, last in spans]):
        first, *last = (MONTHS.index(date.fromisoformat(f"{month}-01")) for month in each.split(" to "))
        told |= set(range(first, (last or [first])[0] + 1))
    assert told == set(range(min(covered), max(covered))) - covered
