# ruff: noqa: E501  # rows of extracts are wide
"""A build of two partners' extracts: parts of tables in the snapshot, one person whatever the number, one new month."""

from contextlib import closing
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from stewardship.build import build
from stewardship.records.engine import Engine
from stewardship.records.gate import open_records, permit, use_named
from stewardship.records.identity import Identities
from stewardship.records.opened import Who, who_also
from stewardship.records.snapshot import latest_snapshot
from stewardship.records.superseded import also_newest, newest_of
from stewardship.system.settings import Identifier, SourceSettings
from support.extract_feed import ExtractFeed, number, rows_of
from support.systems import system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
IDENTITIES = Identities(b"a key of tests alone")
BY_NUMBER = Identifier("nhs number", "nhs-number", "NHSNumber")
ISSUE = "IssueID | NHSNumber | IssueDate | BNFCode\n"


def person(place: int) -> int:
    return IDENTITIES.person_ids("nhs-number", [number(place)])[0]


@pytest.fixture
def system(tmp_path):
    practice, hospital = ExtractFeed(tmp_path / "gp", ""), ExtractFeed(tmp_path / "hospital", "")
    practice.write("patients", rows_of("""
    NHSNumber | DateOfBirth | Sex | EthnicCategory | SupersededBy
    #1        | 1950-05-06  | F   | A              |
    #2        | 1961-01-31  | M   | R              | #3
    #3        | 1961-01-31  | M   | R              |
    """))  # fmt: skip
    practice.write("registrations", rows_of("""
    NHSNumber | PracticeCode | RegistrationStartDate | RegistrationEndDate
    #1        | ZZP001       | 2020-01-01            |
    #2        | ZZP001       | 2020-01-01            | 2026-04-30
    #3        | ZZP001       | 2026-05-01            |
    """))  # fmt: skip
    practice.write(
        "medications_2026-04_2026-04", rows_of(ISSUE + "1|#1|2026-04-01|0601\n2|#2|2026-04-02|0601")
    )
    practice.write("medications_2026-05_2026-05", rows_of(ISSUE + "3|#3|2026-05-01|0601"))
    hospital.write("op_2026-05_2026-05", rows_of("""
    NHSNumber | DateOfBirth | Sex | OrganisationCodeProvider | AttendanceIdentifier | AppointmentDate | AttendedOrDidNotAttend
    #2        | 1961-01-31  | 1   | ZZT01                    | A                    | 2026-05-01      | 5
    #9        | 1931-01-31  | 2   | ZZT01                    | B                    | 2026-05-02      | 5
    """))  # fmt: skip
    sources = [
        SourceSettings("practice", "extracts", practice.folder, "general practice", BY_NUMBER),
        SourceSettings("hospital", "extracts", hospital.folder, "hospital", BY_NUMBER),
    ]
    made = system_of(tmp_path / "workspace", *sources, threads=2)
    return made, practice


def seen(made, table: str) -> list[tuple[object, ...]]:
    """The person_id and day of each row of a table of the latest snapshot, as planning may see them."""
    folder = latest_snapshot(made.workspace) / "records"
    with closing(Engine(scratch=made.workspace.parent / "scratch", threads=2)) as engine:
        use = use_named("planning-results")
        allowed = permit(
            use, row=6, basis="a test", today=NOW.date(), opt_outs=None, anonymised="They are test data."
        )
        records = open_records(folder, engine, allowed)
        rows = engine.ibis.to_pyarrow(records.table(table)).to_pylist()
    return sorted(
        (row["person_id"], str(row.get("start") or row.get("date") or row.get("birth_date"))) for row in rows
    )


def test_parts_stand_in_the_snapshot_and_whoever_has_a_newer_number_is_one_person(system):
    made, practice = system
    built = build(made, now=NOW, identities=IDENTITIES)
    assert {key: len(files) for key, files in built.parsed.items()} == {"practice": 4, "hospital": 1}
    parts = latest_snapshot(made.workspace) / "records" / "sources" / "practice" / "medication.parquet"
    assert sorted(path.name for path in parts.iterdir()) == [
        "medications_2026-04_2026-04.parquet", "medications_2026-05_2026-05.parquet",
    ]  # fmt: skip
    one, newer, stranger = person(1), person(3), person(9)
    assert seen(made, "medication") == sorted(
        [(one, "2026-04-01"), (newer, "2026-04-02"), (newer, "2026-05-01")]
    )
    assert seen(made, "person") == sorted(
        [(one, "1950-05-06"), (newer, "1961-01-31"), (stranger, "1931-01-31")]
    )
    assert seen(made, "activity") == sorted([(newer, "2026-05-01"), (stranger, "2026-05-02")])
    assert len(seen(made, "registration")) == 3
    again = build(made, now=NOW, identities=IDENTITIES)
    assert again.parsed == {"practice": (), "hospital": ()}
    practice.write("medications_2026-06_2026-06", rows_of(ISSUE + "4|#1|2026-06-01|0601"))
    month = build(made, now=NOW, identities=IDENTITIES)
    assert month.parsed == {"practice": ("medications_2026-06_2026-06.csv",), "hospital": ()}
    assert len(seen(made, "medication")) == 4


@pytest.mark.parametrize(
    "pairs, newest",
    [
        ([], {}),
        ([(1, 2)], {1: 2}),
        ([(1, 2), (2, 3)], {1: 3, 2: 3}),
        ([(1, 2), (1, 3)], {1: 2}),  # the first that tells is believed
        ([(1, 2), (2, 1)], {}),  # in a circle nobody is the newest
        ([(1, 2), (2, 3), (3, 2)], {}),
    ],
)
def test_a_chain_of_numbers_ends_in_the_newest(pairs, newest):
    assert newest_of(pairs) == newest


def test_whoever_opted_out_by_the_older_number_is_left_out_by_both():
    superseded = pa.table({"person_id": [1, 5], "newer": [2, 6]})
    assert also_newest(pa.array([1, 9]), superseded).to_pylist() == [1, 2, 9]
    without = who_also(Who(without=pa.array([1])), superseded).without
    assert without is not None and without.to_pylist() == [1, 2]
    everyone = Who()
    assert who_also(everyone, superseded) is everyone
