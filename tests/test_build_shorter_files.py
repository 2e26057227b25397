"""A file that comes again under its name with many fewer rows than before is told, until it has them again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stewardship.build import build
from stewardship.build.shorter import CHECK, shorter
from stewardship.measures.published import Published
from stewardship.records.findings import FileCount, Reading, read_reading
from stewardship.records.snapshot import latest_snapshot
from stewardship.system.settings import Identifier, SourceSettings
from support import two_feeds
from support.extract_feed import ExtractFeed, number, rows_of
from support.systems import IDENTITIES, source_of, system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
BY_NUMBER = Identifier("nhs number", "nhs-number", "NHSNumber")
PEOPLE = range(1, 41)
ISSUES = rows_of(
    "IssueID | NHSNumber | IssueDate | BNFCode\n"
    + "\n".join(f"{each}|{number(each)}|2026-04-{each % 28 + 1:02}|0601" for each in PEOPLE)
)


def counted(rows, file="op.csv", absent=False):
    return FileCount(file, "activity", rows, rows, 0, absent)


def reading_of(*files, findings=()):
    return Reading("hospital", date(2026, 6, 30), 1, frozenset(), list(files), list(findings))


@pytest.mark.parametrize(
    "before, now, told",
    [
        (100, 95, 0),
        (100, 94, 1),
        (20, 19, 0),
        (20, 18, 1),
        (100, 100, 0),
        (100, 300, 0),
        (0, 0, 0),
        (100, 0, 1),
    ],
)
def test_more_than_five_rows_in_a_hundred_have_to_lack(before, now, told):
    assert len(shorter([counted(now)], reading_of(counted(before)))) == told


def test_files_that_were_not_there_before_or_are_not_there_now_are_not_compared():
    before = reading_of(counted(100), counted(100, "gone.csv"))
    assert shorter([counted(10, "new.csv"), counted(0, absent=True)], before) == []
    assert shorter([counted(10)], None) == []


def test_what_was_told_is_told_until_the_rows_are_back():
    first = shorter([counted(60)], reading_of(counted(100)))
    assert shorter([counted(60)], reading_of(counted(60), findings=first)) == first
    (still,) = shorter([counted(70)], reading_of(counted(60), findings=first))
    assert (still.count, still.examined, still.first) == (30, 100, "It has 70 rows, and had 100.")
    assert shorter([counted(98)], reading_of(counted(70), findings=[still])) == []


@pytest.fixture
def practice(tmp_path):
    feed = ExtractFeed(tmp_path / "gp", "")
    everyone = "\n".join(f"{number(each)}|1950-05-06|F" for each in PEOPLE)
    feed.write("patients", rows_of("NHSNumber | DateOfBirth | Sex\n" + everyone))
    spells = "\n".join(f"{number(each)}|ZZP001|2020-01-01" for each in PEOPLE)
    feed.write("registrations", rows_of("NHSNumber | PracticeCode | RegistrationStartDate\n" + spells))
    feed.write("medications_2026-04_2026-04", ISSUES)
    return feed


def built(system, hours):
    """What is found in a build so many hours later: in its own words, and in the snapshot."""
    made = build(system, now=NOW + timedelta(hours=hours), identities=IDENTITIES)
    (kept,) = (latest_snapshot(system.workspace) / "records" / "sources").iterdir()
    assert read_reading(kept) == made.readings[0]
    published = Published(latest_snapshot(system.workspace) / "results").snapshot.findings
    shown = [one["table"] for one in published if one["check"] == CHECK]
    told = [(one.table, one.outcome, one.first) for one in made.readings[0].findings if one.check == CHECK]
    assert shown == [table for table, _, _ in told]
    return told


def test_a_partners_file_that_comes_cut_short_is_told_by_every_build_until_it_is_whole(practice, tmp_path):
    source = SourceSettings("practice", "extracts", practice.folder, "general practice", BY_NUMBER)
    system = system_of(tmp_path / "workspace", source)
    assert built(system, 0) == []
    practice.write("medications_2026-04_2026-04", ISSUES[:30])
    told = ("medications_2026-04_2026-04.csv", "fail", "It has 30 rows, and had 40.")
    assert built(system, 1) == [told]
    assert built(system, 2) == [told]  # nothing has come since
    practice.write("medications_2026-04_2026-04", ISSUES)
    assert built(system, 3) == []


def test_a_table_of_omop_that_comes_cut_short_is_told(tmp_path):
    folder = two_feeds.linked(tmp_path / "feed")
    system = system_of(tmp_path / "workspace", source_of(folder))
    assert built(system, 0) == []
    file = folder / "CONDITION_OCCURRENCE.csv"
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:31]))
    assert built(system, 1) == [("CONDITION_OCCURRENCE.csv", "fail", "It has 30 rows, and had 60.")]
