"""Many sources in one build: the same people are one, whichever feed knows them, and their numbers are nowhere."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from stewardship.build import Built, build
from stewardship.measures.published import Published
from stewardship.records.engine import Engine
from stewardship.records.files import SourceError
from stewardship.records.gate import open_records
from stewardship.records.identity import Identities
from stewardship.records.snapshot import latest_snapshot, snapshots
from stewardship.rules.nhs_number import as_shown
from support import two_feeds
from support.small_records import anybody
from support.systems import IDENTITIES, NHS_NUMBER, source_of, system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)


def two_sources(folder: Path) -> tuple:
    return (
        source_of(two_feeds.practice(folder / "practice"), "north-practice", "general practice", NHS_NUMBER),
        source_of(two_feeds.hospital(folder / "hospital"), "north-hospital", "hospital", NHS_NUMBER),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sources")


@pytest.fixture(scope="module")
def two(folder) -> Built:
    return build(system_of(folder / "two", *two_sources(folder)), now=NOW, identities=IDENTITIES)


@pytest.fixture(scope="module")
def one(folder) -> Built:
    source = source_of(two_feeds.linked(folder / "linked"), "linked", "linked", NHS_NUMBER)
    return build(system_of(folder / "one", source), now=NOW, identities=IDENTITIES)


def figures(workspace: Path) -> list[dict]:
    return Published(latest_snapshot(workspace) / "results").table("diabetes").to_pylist()


def figure(workspace: Path, measure: str):
    published = Published(latest_snapshot(workspace) / "results")
    return published.figures("diabetes", measure=measure, place=published.system.code, by="everyone")[-1]


def person_ids(workspace: Path, source: str, table: str = "person") -> set[int]:
    folder = latest_snapshot(workspace) / "records" / "sources" / source
    return set(pq.read_table(folder / f"{table}.parquet")["person_id"].to_pylist())


def test_two_feeds_of_the_same_people_give_the_figures_of_one_linked_feed(folder, two, one):
    assert two.snapshot.as_of == one.snapshot.as_of == date(2024, 6, 30)
    assert figures(folder / "two") == figures(folder / "one")


@pytest.mark.parametrize(
    "measure, people",
    [
        # every other of 120 patients has diabetes; none of the four who died (i % 30 == 7) is one of them
        ("people-with-diabetes", 60),
        # of those, every fourth of numbers 60 to 119 was admitted twice in the year: 15 people, 30 stays
        ("emergency-admissions-per-1-000-people-with-diabetes", 30),
    ],
)
def test_figures_of_both_sources_together_worked_out_by_hand(folder, two, measure, people):
    assert figure(folder / "two", measure).numerator == people


def test_who_is_known_to_two_sources_is_one_person(folder, two):
    patients, seen = (person_ids(folder / "two", key) for key in ("north-practice", "north-hospital"))
    assert (len(patients), len(seen), len(patients & seen), len(patients | seen)) == (120, 100, 60, 160)
    assert [reading.people for reading in two.readings] == [120, 100]


def test_a_persons_rows_of_every_source_are_theirs_and_the_first_source_tells_who_they_are(
    folder, two, tmp_path
):
    engine = Engine(scratch=tmp_path / "scratch", threads=1)
    records = open_records(latest_snapshot(folder / "two") / "records", engine, anybody())
    people = engine.ibis.to_pyarrow(records.table("person")).to_pylist()
    deaths = engine.ibis.to_pyarrow(records.table("death")).to_pylist()
    engine.close()
    assert len(people) == len({row["person_id"] for row in people}) == 160
    assert sum(row["source"] == "north-practice" for row in people) == 120
    assert [row["date"].day for row in deaths if row["source"] == "north-practice"] == [9] * 4
    assert len(deaths) == len({row["person_id"] for row in deaths}) == 6


def test_only_general_practice_and_linked_feeds_say_who_is_registered(folder, two):
    assert person_ids(folder / "two", "north-practice", "registration") == person_ids(
        folder / "two", "north-practice"
    )
    assert person_ids(folder / "two", "north-hospital", "registration") == set()
    # nor do the hospital's periods, which go on for half a year, move the day that figures stand at
    assert two.snapshot.as_of == date(2024, 6, 30)


def test_the_home_is_the_first_sources_whatever_day_of_birth_another_knows(tmp_path):
    """A year alone stands for 1 July of it, later than the day in March that the first source knows."""
    feeds = []
    for key, born, area in (("first", "1950,3,4", "E01000001"), ("second", "1950,,", "E01000002")):
        (folder := tmp_path / key).mkdir()
        people = "".join(f"{n},{number},{born},1\n" for n, number in enumerate(two_feeds.NUMBERS[:12]))
        (folder / "PERSON.csv").write_text(
            "person_id,person_source_value,year_of_birth,month_of_birth,day_of_birth,location_id\n" + people
        )
        (folder / "LOCATION.csv").write_text(f"location_id,location_source_value\n1,{area}\n")
        (folder / "OBSERVATION_PERIOD.csv").write_text(
            two_feeds.PERIOD + "".join(f"{n},{n},2010-01-01,2024-06-30\n" for n in range(12))
        )
        feeds.append(source_of(folder, key, "linked", NHS_NUMBER))
    build(system_of(tmp_path / "workspace", *feeds), now=NOW, identities=IDENTITIES)
    engine = Engine(scratch=tmp_path / "scratch", threads=1)
    records = open_records(latest_snapshot(tmp_path / "workspace") / "records", engine, anybody())
    homes = engine.ibis.to_pyarrow(records.table("address").select("small_area")).to_pylist()
    engine.close()
    assert homes == [{"small_area": "E01000001"}] * 12


def test_the_same_person_has_the_same_number_in_another_snapshot_and_none_under_another_key(
    folder, two, one, tmp_path
):
    assert person_ids(folder / "one", "linked") >= person_ids(folder / "two", "north-hospital")
    build(system_of(tmp_path / "other", *two_sources(folder)), now=NOW, identities=Identities(b"another key"))
    other = person_ids(tmp_path / "other", "north-practice")
    assert len(other) == 120
    assert not other & person_ids(folder / "two", "north-practice")


def test_no_nhs_number_is_anywhere_in_the_workspace(folder, two, one):
    """Nor as it was written, nor as a whole number in 8 bytes. Packed files are searched unpacked."""
    needles = [form for number in two_feeds.NUMBERS for form in forms(number)]
    searched = 0
    for path in [*(folder / "two").rglob("*"), *(folder / "one").rglob("*")]:
        if path.is_file():
            searched += 1
            assert not hits(path, needles), path
    assert searched > 80


def test_nhs_numbers_and_words_in_texts_are_nowhere_in_the_workspace(tmp_path):
    """Planted in every column of text that is kept of any table, by itself and among words."""
    feed = two_feeds.practice(tmp_path / "feed")
    planted = iter(two_feeds.nhs_numbers(200)[160:])
    used = []

    def write(table: str, columns: str, *rows: str) -> None:
        """Each % of a row stands for a number of its own, now as digits alone, now in three parts."""
        lines = []
        for row in rows:
            while "%" in row:
                used.append(number := next(planted))
                row = row.replace("%", as_shown(number) if len(used) % 2 else number, 1)
            lines.append(row)
        (feed / f"{table}.csv").write_text("\n".join([columns, *lines, ""]))

    write("CONDITION_OCCURRENCE", "condition_occurrence_id,person_id,condition_start_date,condition_source_value,"
          "condition_status_source_value", "1,1000,2020-01-01,%,%", "2,1000,2020-01-01,%,%",
          "3,1000,2020-01-01,his wife Poppaea rang,", f"4,1000,2020-01-01,{two_feeds.TYPE_2},primary")  # fmt: skip
    write("MEASUREMENT", "measurement_id,person_id,measurement_date,measurement_source_value,value_as_number,"
          "unit_source_value", "1,1000,2020-01-01,ABC,4.5,%", "2,1000,2020-01-01,ABC,4.5,see % and %")  # fmt: skip
    write("CARE_SITE", "care_site_id,care_site_name,care_site_source_value,place_of_service_source_value",
          "1,Surgery of %,F81001,about %", "2,Other,%,")  # fmt: skip
    write("VISIT_OCCURRENCE", "visit_occurrence_id,person_id,visit_start_date,visit_source_value,"
          "admitted_from_source_value", "1,1000,2020-01-01,%,%", "2,1000,2020-01-01,ID%,%x")  # fmt: skip
    people = (feed / "PERSON.csv").read_text().splitlines()
    write("PERSON", people[0] + ",race_source_value,ethnicity_source_value", people[1] + ",%,%",
          *(line + ",," for line in people[2:]))  # fmt: skip
    workspace = tmp_path / "workspace"
    source = source_of(feed, "practice", "general practice", NHS_NUMBER)
    (reading,) = build(system_of(workspace, source), now=NOW, identities=IDENTITIES).readings
    needles = [form for number in used for form in forms(number)] + [b"Poppaea"]
    files = [path for path in workspace.rglob("*") if path.is_file()]
    assert not [path for path in files if hits(path, needles)]
    assert any(path.parent.parent.name == "staged" for path in files)
    said = {(f.table, f.check): f.count for f in reading.findings}
    held = "Texts that held an NHS number"
    assert said["VISIT_OCCURRENCE.csv", held] == 4
    assert said["CARE_SITE.csv", held] == 3
    assert said["MEASUREMENT.csv", held] == 2
    assert said["CONDITION_OCCURRENCE.csv", held] == 4
    assert said["CONDITION_OCCURRENCE.csv", "Source values that are words and no code"] == 1


def forms(number: str) -> list[bytes]:
    spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
    return [number.encode(), spaced.encode(), int(number).to_bytes(8, "little")]


def hits(path: Path, needles: list[bytes]) -> list[bytes]:
    content = path.read_bytes()
    if path.suffix == ".parquet":
        content += str(pq.read_table(path).to_pydict()).encode()
    return [needle for needle in needles if needle in content]


def test_a_search_for_numbers_finds_them_where_they_are(folder, two):
    """In the partner's own file; so that the search above would find them."""
    assert hits(folder / "practice" / "PERSON.csv", forms(two_feeds.NUMBERS[1]))


def test_a_number_that_is_none_is_counted_and_shown_nowhere(tmp_path):
    practice, hospital = two_sources(tmp_path)
    bad = two_feeds.NUMBERS[0][:-1] + str((int(two_feeds.NUMBERS[0][-1]) + 1) % 10)
    with (practice.folder / "PERSON.csv").open("a") as file:
        file.write(f"7777,{bad},8507,1950,1,1\n7778,9999999999,8507,1950,1,1\n7779,12345,8507,1950,1,1\n")
    workspace = tmp_path / "workspace"
    built = build(system_of(workspace, practice, hospital), now=NOW, identities=IDENTITIES)
    said = {f.check: f.count for f in built.readings[0].findings if f.check.startswith("Rows set aside")}
    assert said == {
        "Rows set aside: the NHS number is none: 10 digits, wrong check digit": 1,
        "Rows set aside: the NHS number is none: one digit repeated": 1,
        "Rows set aside: the NHS number is none: 5 digits": 1,
    }
    assert not [path for path in workspace.rglob("*") if path.is_file() and hits(path, [bad.encode()])]


def test_numbers_in_person_id_are_in_no_staged_file_even_of_a_reading_that_stopped(tmp_path):
    feed = tmp_path / "feed"
    feed.mkdir()
    numbers = two_feeds.NUMBERS[:20]
    (feed / "PERSON.csv").write_text("person_id,year_of_birth\n" + "".join(f"{n},1950\n" for n in numbers))
    (feed / "CONDITION_OCCURRENCE.csv").write_text(
        two_feeds.CONDITION
        + "".join(f"{i},{n},{two_feeds.TYPE_2},2020-01-01\n" for i, n in enumerate(numbers))
    )
    (feed / "DRUG_EXPOSURE.csv").write_text("nothing\n1\n")
    identifier = type(NHS_NUMBER)("nhs number", "nhs-number", "person_id")
    system = system_of(tmp_path / "workspace", source_of(feed, identifier=identifier))
    with pytest.raises(SourceError, match=r"DRUG_EXPOSURE\.csv has no columns"):
        build(system, now=NOW, identities=IDENTITIES)
    kept = [path for path in (tmp_path / "workspace").rglob("*") if path.is_file()]
    assert [path.name for path in kept if path.suffix == ".parquet"] == ["condition_occurrence.parquet"]
    assert not [path for path in kept if hits(path, [form for n in numbers for form in forms(n)])]


class OneNumber(Identities):
    """Hashes to so few numbers that two people will meet."""

    def _number(self, namespace: str, identifier: str) -> int:
        return super()._number(namespace, identifier) % 50 + 1


@pytest.mark.parametrize("sources", [slice(0, 1), slice(0, 2)])
def test_two_people_who_would_get_one_number_stop_the_build(tmp_path, sources):
    system = system_of(tmp_path / "workspace", *two_sources(tmp_path)[sources])
    with pytest.raises(
        SourceError, match="make one person_id, so two people would become one: nothing was built"
    ):
        build(system, now=NOW, identities=OneNumber(b"key"))
    assert snapshots(system.workspace) == []


def test_a_source_that_ends_long_before_the_others_is_a_finding(tmp_path):
    practice, hospital = two_sources(tmp_path)
    system = system_of(tmp_path / "workspace", practice, hospital, as_of=date(2024, 7, 31))
    built = build(system, now=NOW, identities=IDENTITIES)
    assert built.snapshot.as_of == date(2024, 7, 31)
    late = [f for reading in built.readings for f in reading.findings if "ends more than 31 days" in f.check]
    assert [(f.table, f.outcome) for f in late] == [
        ("north-hospital", "fail")
    ]  # the practice's 31 days are allowed
    assert late[0].consequence.startswith("It ends on 10 February 2024, 172 days before 31 July 2024:")


def test_without_anyone_who_registers_people_nothing_is_read(tmp_path):
    _, hospital = two_sources(tmp_path)
    with pytest.raises(SourceError, match="No source says who is registered with a practice"):
        build(system_of(tmp_path / "workspace", hospital), now=NOW, identities=IDENTITIES)
    assert not (tmp_path / "workspace").exists()


def test_a_build_stops_where_nobody_is_registered_on_the_day(tmp_path):
    practice, _ = two_sources(tmp_path)
    system = system_of(tmp_path / "workspace", practice, as_of=date(2009, 1, 1))
    with pytest.raises(SourceError, match=r"^Nobody is registered with a practice on 1 January 2009"):
        build(system, now=NOW, identities=IDENTITIES)
    assert not snapshots(tmp_path / "workspace")
