# ruff: noqa: E501  # rows of extracts are wide
"""A build of two partners' extracts: parts of tables in the snapshot, one person whatever the number, one new month."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

from stewardship.build import build
from stewardship.records.engine import Engine
from stewardship.records.gate import open_records, permit, use_named
from stewardship.records.identity import Identities
from stewardship.records.manifest import read_manifest
from stewardship.records.snapshot import latest_snapshot
from stewardship.system.settings import Identifier, PlacesSettings, SourceSettings
from support.extract_feed import ExtractFeed, number, rows_of
from support.gate_matrix import opt_outs
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


def seen(made, table: str, opted_out: int | None = None) -> list[tuple[object, ...]]:
    """The person_id and day of each row of a table of the latest snapshot, as planning may see them. opted_out: a
    person_id that is on the list of opt-outs."""
    folder = latest_snapshot(made.workspace) / "records"
    with closing(Engine(scratch=made.workspace.parent / "scratch", threads=2)) as engine:
        use = use_named("planning-results")
        allowed = permit(
            use, row=6, basis="a test", today=NOW.date(), opt_outs=None, anonymised="They are test data."
        )
        if opted_out is not None:
            listed = opt_outs({opted_out: "type 1"}, NOW.date())
            allowed = permit(use, row=5, basis="a test", today=NOW.date(), opt_outs=listed)
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
    assert built.about.people == 3  # who was replaced is counted once
    assert [each.people for each in built.readings] == [2, 2]
    entries = read_manifest(latest_snapshot(made.workspace) / "records")
    assert [(each.key, each.people, each.unlinked) for each in entries] == [
        ("practice", 2, 2), ("hospital", 2, 2),
    ]  # fmt: skip
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


TOLD = {
    "a circle": ([(2, 3), (3, 2)], {2, 3}),
    "two answers in one file": ([(2, 3), (2, 4)], {2, 3, 4}),
    "a chain": ([(2, 3), (3, 4)], {2, 3, 4}),
}


@pytest.mark.parametrize("pairs, numbers", TOLD.values(), ids=TOLD.keys())
def test_an_opt_out_under_any_number_of_a_person_takes_all_rows_however_the_numbers_are_told(
    tmp_path, pairs, numbers
):
    practice = ExtractFeed(tmp_path / "gp", "")
    replaced = {old for old, _ in pairs}
    told = [*pairs, *((place, None) for place in range(1, 5) if place not in replaced)]
    heading = "NHSNumber | DateOfBirth | Sex | SupersededBy\n"
    practice.write(
        "patients",
        rows_of(heading + "\n".join(f"#{old}|1961-01-31|M|{f'#{new}' if new else ''}" for old, new in told)),
    )
    spells = "\n".join(f"#{place}|ZZP001|2020-01-0{place}|" for place in range(1, 5))
    practice.write(
        "registrations",
        rows_of("NHSNumber | PracticeCode | RegistrationStartDate | RegistrationEndDate\n" + spells),
    )
    practice.write(
        "medications", rows_of(ISSUE + "\n".join(f"{n}|#{n}|2026-04-01|0601" for n in range(1, 5)))
    )
    source = SourceSettings("practice", "extracts", practice.folder, "general practice", BY_NUMBER)
    made = system_of(tmp_path / "workspace", source, threads=2)
    build(made, now=NOW, identities=IDENTITIES)
    assert len(seen(made, "medication")) == 4
    for number_ in numbers:
        left = seen(made, "medication", opted_out=person(number_))
        assert len(left) == 4 - len(numbers), f"number {number_}"


def test_homes_that_were_spread_are_those_of_replaced_numbers_too(system):
    made, _ = system
    build(replace(made, places=PlacesSettings(spread_seed=1)), now=NOW, identities=IDENTITIES)
    sources = latest_snapshot(made.workspace) / "records" / "sources"
    homes = pq.read_table(sources / "hospital" / "moved" / "address.parquet").to_pylist()
    assert [each["person_id"] for each in homes] == [person(3)]  # who is there by the former number alone
    assert {who for who, _ in seen(made, "address")} == {person(1), person(3), person(9)}
