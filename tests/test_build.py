"""A build publishes all or nothing, holds no person in its results, and may die at any moment."""

import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stewardship.build import Built, build, place_cards
from stewardship.build.publishing import exact_totals
from stewardship.measures.derived import write_derived
from stewardship.measures.months import months_file
from stewardship.measures.published import Published
from stewardship.records.engine import Engine
from stewardship.records.files import SourceError
from stewardship.records.model import OF_SOURCES, SHARED
from stewardship.records.progress import silent
from stewardship.records.snapshot import SnapshotError, latest_snapshot, snapshots
from support.command import environment, joined, stewardship
from support.omop_feed import PERSON, VISIT
from support.systems import IDENTITIES, person_id, system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
PLANTED = 987_654_321_987_654
SOURCE_ID = "NHS9434765919"
HOME = "SW1A 2AA"

# Builds, and at the step whose number is the last argument says so and waits to be killed.
STOPPING = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from stewardship.build import build
from support.systems import IDENTITIES, system_of

steps = iter(range(1000))

def progress(what, done):
    if next(steps) == int(sys.argv[3]):
        print(what, flush=True)
        time.sleep(100)

system = system_of(Path(sys.argv[1]), Path(sys.argv[2]))
build(system, now=datetime.now(UTC), identities=IDENTITIES, progress=progress)
print("built", flush=True)
"""


@pytest.fixture
def feed(tmp_path):
    """Two people and their visits."""
    folder = tmp_path / "feed"
    folder.mkdir()
    (folder / "PERSON.csv").write_text(PERSON)
    (folder / "VISIT_OCCURRENCE.csv").write_text(VISIT)
    return folder


@pytest.fixture
def workspace(tmp_path):
    return tmp_path / "workspace"


def built(workspace: Path, feed: Path, now: datetime = NOW, progress=silent, **settings: object) -> Built:
    system = system_of(workspace, feed, **settings)
    return build(system, now=now, identities=IDENTITIES, progress=progress)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def left(workspace: Path) -> list[str]:
    return sorted(path.name for path in (workspace / "snapshots").iterdir())


def people(workspace: Path) -> int:
    return Published(latest_snapshot(workspace) / "results").snapshot.sources[0]["people"]


def test_a_snapshot_holds_every_canonical_table_and_its_results_alone(feed, workspace):
    made = built(workspace, feed).snapshot
    folder = latest_snapshot(workspace)
    assert made.id == folder.name == "20260701T063000Z"
    assert sorted(path.name for path in folder.iterdir()) == ["records", "results"]
    records, results = folder / "records", folder / "results"
    assert names(records) == ["checked.json", "manifest.json", "shared", "sources"]
    assert names(records / "shared") == sorted(f"{name}.parquet" for name in (*SHARED, "patients"))
    tables = [f"{name}.parquet" for name in (*OF_SOURCES, "quarantine")]
    assert names(records / "sources" / "omop") == sorted([*tables, "reading.json"])
    of_diabetes = [name for name in names(results) if name.startswith("diabetes")]
    others = ["budget.parquet", "checked.json", "needs.json", "snapshot.json"]
    assert "diabetes.parquet" in of_diabetes
    assert names(results) == sorted([*of_diabetes, *others])
    assert Published(folder / "results").snapshot == made


def test_two_builds_of_one_second_bear_the_names_of_their_folders(feed, workspace):
    made = [built(workspace, feed).snapshot.id for _ in range(2)]
    assert made == left(workspace)


def test_progress_goes_from_0_to_1_in_words(feed, workspace):
    told = []
    built(workspace, feed, progress=lambda what, done: told.append((what, done)))
    assert all(what[0].isupper() and 0 <= done <= 1 for what, done in told)
    assert told[-1] == ("Controlling disclosure", 1.0)


@pytest.mark.parametrize(
    "file, content, said",
    [
        ("PERSON.csv", "measurement_id\n1\n", "PERSON.csv has no column person_id."),
        ("DEATH.csv", "person_id\n1\n", "DEATH.csv has no column death_date."),
        ("PERSON.csv", "person_id,year_of_birth\n", "holds nobody: no row of PERSON could be loaded"),
        ("PERSON.csv", "person_id,year_of_birth\nx,1950\n", "holds nobody: no row of PERSON could be loaded"),
    ],
)
def test_a_source_that_cannot_be_read_leaves_the_snapshot_before(feed, workspace, file, content, said):
    built(workspace, feed)
    before = left(workspace)
    (feed / file).write_text(content)
    with pytest.raises(SourceError, match=said):
        built(workspace, feed, now=NOW + timedelta(days=1))
    assert left(workspace) == before


def test_the_memory_asked_for_is_all_the_engine_may_take(feed, workspace, tmp_path):
    with pytest.raises(SourceError, match="Out of Memory"):
        built(workspace, feed, memory="8MB")
    assert left(workspace) == []
    engine = Engine(scratch=tmp_path / "scratch", memory="512MB")
    assert engine.rows("SELECT current_setting('memory_limit')") == [("488.2 MiB",)]
    engine.close()


def test_a_second_command_is_refused_naming_the_first(feed, workspace):
    made = stewardship("demo", "--omop", feed, "--only-build", "-f", workspace.parent / "system")
    assert made.returncode == 0, made.stderr
    workspace = workspace.parent / "system" / "workspace"
    first = stopped_at(0, feed, workspace)
    try:
        refused = stewardship("build", "--system", workspace.parent)
    finally:
        first.kill()
        first.wait(timeout=20)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert f"Another build is under way in {workspace} (process {first.pid}, started " in joined(
        refused.stderr
    )
    assert "Wait for it to end, or stop it, then build again." in joined(refused.stderr)


def stopped_at(step: int, feed: Path, workspace: Path) -> subprocess.Popen[str]:
    """A build in a process of its own that has come to a step and waits there."""
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPING, str(workspace), str(feed), str(step)],
        stdout=subprocess.PIPE, text=True,
        env=environment() | {"PYTHONPATH": str(Path(__file__).parent)},
    )  # fmt: skip
    assert process.stdout.readline().strip() != "built"
    return process


def planted(feed: Path) -> None:
    """A person whose number, own identifier and home must be found in no result, and rows that are faulty."""
    header = PERSON.splitlines()[0] + ",person_source_value,location_id\n"
    others = "".join(f"{n},8532,{1930 + n},1,1,,\n" for n in range(1, 40))
    (feed / "PERSON.csv").write_text(header + others + f"{PLANTED},8507,1950,3,4,{SOURCE_ID},7\n")
    (feed / "LOCATION.csv").write_text(f"location_id,zip,location_source_value\n7,{HOME},{HOME}\n")
    visits = "".join(f"{n},{n},9202,2024-06-30,2024-06-30\n" for n in range(1, 40))
    (feed / "VISIT_OCCURRENCE.csv").write_text(VISIT.splitlines()[0] + "\n" + visits)
    (feed / "OBSERVATION_PERIOD.csv").write_text(
        "observation_period_id,person_id,observation_period_start_date,observation_period_end_date\n"
        + "".join(f"{n},{n},2015-01-01,2024-06-30\n" for n in range(1, 40))
        + f"40,{PLANTED},2015-01-01,2024-06-30\n"
    )
    (feed / "CONCEPT.csv").write_text(
        "concept_id,concept_name,vocabulary_id,concept_code\n201826,Type 2 diabetes,SNOMED,44054006\n"
    )
    (feed / "CONDITION_OCCURRENCE.csv").write_text(
        "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_source_value\n"
        + "".join(f"{n},{n},201826,2020-01-01,T2\n" for n in range(1, 20))
        + f"50,{PLANTED},201826,2020-01-01,{SOURCE_ID}\n"
        + f"51,{PLANTED}1,201826,2020-01-01,T2\n52,{PLANTED},201826,{SOURCE_ID},T2\n"
        + f"53,{SOURCE_ID},201826,2020-01-01,T2\n"
    )


def test_what_is_derived_follows_from_the_published_figures_alone(feed, workspace, tmp_path):
    built(workspace, feed)
    results = latest_snapshot(workspace) / "results"
    published = Published(results)
    given = tmp_path / "given"
    given.mkdir()
    for area in published.snapshot.areas:
        shutil.copy(months_file(results, area.key), given)
        write_derived(given, area, published.table(area.key), published.snapshot)
    derived = sorted(
        path.name for path in given.glob("*.parquet") if not path.name.endswith("-months.parquet")
    )
    assert len(derived) == 4 * len(published.snapshot.areas)
    for name in derived:
        assert (results / name).read_bytes() == (given / name).read_bytes()


def test_no_person_is_in_the_results(feed, workspace):
    planted(feed)
    both = built(workspace, feed)
    (read,), made = both.readings, both.snapshot
    results = latest_snapshot(workspace) / "results"
    assert Published(results).figures("diabetes", measure="people-with-diabetes", by="everyone")[-1]
    assert next(file.quarantined for file in read.files if file.table == "condition") == 3
    assert next(f for f in made.files if f["table"] == "condition")["quarantined"] is None
    needles = [str(PLANTED), SOURCE_ID, HOME]
    for path in results.rglob("*"):
        content = path.read_bytes()
        assert not [needle for needle in needles if needle.encode() in content], path.name
        assert PLANTED.to_bytes(8, "little") not in content, path.name
        if path.suffix == ".parquet":  # packed: look at what is in it, too
            table = pq.read_table(path)
            assert "person_id" not in table.column_names
            assert not [needle for needle in needles if needle in str(table.to_pydict())]


def test_the_records_do_hold_the_person_and_the_quarantine_does_not(feed, workspace):
    """The search above would find the person if they were there, under the number that they have here."""
    planted(feed)
    built(workspace, feed)
    records = latest_snapshot(workspace) / "records" / "sources" / "omop"
    assert person_id(str(PLANTED)) in pq.read_table(records / "person.parquet")["person_id"].to_pylist()
    quarantine = str(pq.read_table(records / "quarantine.parquet").to_pydict())
    assert str(PLANTED) not in quarantine
    assert SOURCE_ID not in quarantine


def _places():
    columns = ("code", "name", "level", "hierarchy", "parent", "start", "end")
    rows = [
        ("S", "System", "system", "registration", None, None, None),
        ("A", "Alliance", "alliance", "registration", "S", None, None),
        ("N", "Network of 2020", "network", "registration", "A", date(2020, 7, 1), None),
        ("P", "Practice", "practice", "registration", "N", date(2020, 7, 1), None),
        ("Q", "Closed", "practice", "registration", "N", None, date(2021, 3, 31)),
        ("E01000001", "Small", "small_area", "residence", None, None, None),
    ]  # fmt: skip
    types = [pa.string()] * 5 + [pa.date32()] * 2
    return pa.table(
        {
            name: pa.array(column, kind)
            for name, column, kind in zip(columns, zip(*rows, strict=True), types, strict=True)
        }
    )


def test_figures_are_published_for_todays_places_whatever_the_as_of_date():
    place = _places()
    assert [(card.code, card.parent) for card in place_cards(place, as_of=date(2026, 3, 31))] == [
        ("S", ""),
        ("A", "S"),
        ("N", "A"),
        ("P", "N"),
    ]


@pytest.mark.parametrize("linked, codes", [
    (("practice", "network", "alliance"), ["S", "A", "N", "P"]),
    (("network",), ["S", "N"]),
    ((), ["S"]),
])  # fmt: skip
def test_levels_that_nobody_is_linked_to_have_no_cards(linked, codes):
    cards = place_cards(_places(), as_of=date(2026, 3, 31), linked=linked)
    assert [card.code for card in cards] == codes


def test_what_was_shown_exactly_before_is_known_and_a_snapshot_of_another_version_is_told(feed, workspace):
    planted(feed)
    built(workspace, feed)
    (folder,) = snapshots(workspace)
    before = exact_totals([folder])
    assert before["people-with-diabetes", 0] == {20}
    assert {years for key, years in before if key == "people-with-diabetes"} == set(range(5))
    (folder / "results" / "snapshot.json").write_text('{"as_of": "2024-06-30"}')
    with pytest.raises(SnapshotError, match="was made by another version and cannot be compared"):
        exact_totals([folder])
