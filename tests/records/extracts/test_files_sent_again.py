"""What is unchanged is not read again, and a row that a later file sends again takes the place of the earlier."""

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.extract_feed import ExtractFeed, number, rows_of

ISSUES = rows_of("""
IssueID | NHSNumber | IssueDate  | BNFCode         | Quantity
1       | #1        | 2026-04-01 | 0601022B0AAABAB | 56
2       | #2        | 2026-04-02 | 0601022B0AAABAB | 28
3       | #3        | 2026-05-03 | 0601022B0AAABAB | 14
4       | #4        | 2026-05-04 | 0601022B0AAABAB | 7
""")


def test_only_files_that_are_new_or_changed_are_parsed(feed):
    practice = feed()
    practice.write("medications_2026-04_2026-04", ISSUES[:2])
    practice.write("medications_2026-05_2026-05", ISSUES[2:3])
    practice.read()
    assert sorted(practice.shelf.parsed) == [
        "medications_2026-04_2026-04.csv",
        "medications_2026-05_2026-05.csv",
    ]
    before = practice.table("medication")
    practice.read()
    assert practice.shelf.parsed == []
    assert practice.table("medication") == before
    practice.write("medications_2026-06_2026-06", ISSUES[3:])
    practice.read()
    assert practice.shelf.parsed == ["medications_2026-06_2026-06.csv"]
    assert len(practice.table("medication")) == 4
    practice.write("medications_2026-05_2026-05", [{**ISSUES[2], "Quantity": "15"}])
    practice.read()
    assert practice.shelf.parsed == ["medications_2026-05_2026-05.csv"]
    assert [row["quantity"] for row in practice.table("medication")] == [56, 28, 15, 7]


def test_a_row_sent_again_later_takes_the_place_of_the_earlier(feed):
    practice = feed()
    practice.write("medications_2026-04_2026-04", ISSUES[:2])
    practice.write("medications_2026-05_2026-05", [{**ISSUES[0], "Quantity": "99"}, ISSUES[2]])
    practice.read()
    assert [(row["event_id"], row["quantity"]) for row in practice.table("medication")] == [
        (1, 99),
        (2, 28),
        (3, 14),
    ]
    assert practice.aside() == [
        (
            "medications_2026-04_2026-04.csv",
            1,
            "IssueID",
            "a later file holds the same IssueID: its row is taken",
        )
    ]
    assert practice.counts() == {
        "medications_2026-04_2026-04.csv": (2, 1, 1),
        "medications_2026-05_2026-05.csv": (2, 2, 0),
    }
    practice.read()
    assert practice.shelf.parsed == []


SAID = "IssueID: its row is taken"
NAMED = f"another file, whose name says its months as this one's does not, holds the same {SAID}"


@pytest.mark.parametrize(
    "replaced, by, why",
    [
        ("medications", "medications_2026-04", NAMED),
        ("medications_2025-26", "medications_2026-04", NAMED),  # a financial year is no month
        ("medications_1", "medications_2", f"a later file holds the same {SAID}"),
        ("medications_2026-04", "medications_2026-04_v2", f"a later file holds the same {SAID}"),
    ],
)
def test_why_a_row_is_not_taken_is_true_of_the_two_files(feed, replaced, by, why):
    practice = feed()
    practice.write(replaced, ISSUES[:2])
    practice.write(by, [{**ISSUES[0], "Quantity": "99"}])
    practice.read()
    assert practice.aside() == [(f"{replaced}.csv", 1, "IssueID", why)]
    assert [row["quantity"] for row in practice.table("medication")] == [99, 28]


def test_each_row_is_told_of_the_file_whose_row_is_taken(feed):
    practice = feed()
    practice.write("medications", ISSUES)
    practice.write("medications_2", ISSUES[:2])
    practice.write("medications_2026-04", ISSUES[:1])
    practice.read()
    assert practice.aside() == [
        ("medications.csv", 1, "IssueID", NAMED),
        ("medications.csv", 2, "IssueID", f"a later file holds the same {SAID}"),
        ("medications_2.csv", 1, "IssueID", NAMED),
    ]


def test_an_appointment_sent_again_as_cancelled_is_no_contact(feed):
    practice = feed()
    heading = "AppointmentID | NHSNumber | PracticeCode | StartDate | Status\n"
    practice.write(
        "appointments_2026-04_2026-04",
        rows_of(heading + "1|#1|ZZP001|2026-04-08|Attended\n2|#1|ZZP001|2026-04-09|Attended"),
    )
    practice.write(
        "appointments_2026-05_2026-05",
        rows_of(heading + "1|#1|ZZP001|2026-04-08|Cancelled\n3|#1|ZZP001|2026-05-09|Attended"),
    )
    practice.read()
    assert sorted(row["start"].isoformat() for row in practice.table("activity")) == [
        "2026-04-09",
        "2026-05-09",
    ]


def test_days_in_the_future_are_set_aside_until_they_are_not(feed):
    practice = feed()
    practice.write(
        "medications_2026-04_2026-04", [*ISSUES[:2], {**ISSUES[0], "IssueID": "9", "IssueDate": "2031-01-01"}]
    )
    practice.read()
    assert [each[1:3] for each in practice.aside()] == [(3, "IssueDate")]
    assert practice.reading.last_day.isoformat() == "2026-04-02"
    assert practice.reading.later.isoformat() == "2031-01-01"
    assert len(practice.table("medication")) == 2


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(12)), cut=st.integers(1, 11), ending=st.sampled_from(["csv", "parquet"]))
def test_neither_order_nor_splitting_nor_the_kind_of_file_changes_what_is_read(
    tmp_path_factory, order, cut, ending
):
    rows = [
        {"EventID": str(place), "NHSNumber": number(place % 4), "SNOMEDConceptID": "271649006",
         "EventDate": f"2026-05-{place + 1:02}", "NumericValue": str(120 + place), "Unit": "mmHg"}
        for place in range(12)
    ]  # fmt: skip
    told = []
    for split in (False, True):
        feed = ExtractFeed(tmp_path_factory.mktemp("split"), "general practice")
        mixed = [rows[place] for place in order] if split else rows
        if split:
            feed.write("readings_2026-04_2026-04", mixed[:cut], ending)
            feed.write("readings_2026-05_2026-05", mixed[cut:], ending)
        else:
            feed.write("readings_2026-04_2026-05", mixed)
        feed.read()
        told.append((feed.table("observation"), feed.reading.people, feed.reading.last_day))
    assert told[0] == told[1]


def test_the_same_files_give_the_same_bytes(feed):
    written = []
    for _ in range(2):
        practice = feed()
        practice.write("medications_2026-04_2026-05", ISSUES)
        practice.read()
        (part,) = practice.workspace.joinpath("staged").rglob("medication.parquet")
        written.append((part.read_bytes(), pq.read_table(practice.into / "identities.parquet")))
    assert written[0][0] == written[1][0]
    assert written[0][1].equals(written[1][1])
