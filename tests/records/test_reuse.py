"""What is unchanged is not read again, and what is used again gives the same bytes as what was read."""

import hashlib
import os
import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from stewardship.build import build
from stewardship.build.feeds import Feeds
from stewardship.records.engine import Engine
from stewardship.records.files import SourceError
from stewardship.records.identity import Identities
from stewardship.records.kept import ENTRY, Kept, link, version_of
from stewardship.records.progress import silent
from stewardship.records.snapshot import latest_snapshot
from support import two_feeds
from support.omop_feed import PERSON, VISIT
from support.systems import IDENTITIES, NHS_NUMBER, source_of, system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
FEED = {
    "PERSON": PERSON,
    "VISIT_OCCURRENCE": VISIT,
    "LOCATION": "location_id,location_source_value\n1,E01000001\n",
    "CONDITION_OCCURRENCE": two_feeds.CONDITION + "1,1,44054006,2020-01-01\n",
    "DRUG_EXPOSURE": "drug_exposure_id,person_id,drug_source_value,drug_exposure_start_date\n1,2,x,2021-01-01\n",
}


class Place:
    """A feed and a workspace, read again and again as a build reads it, a day later each time."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.feed = folder, folder / "feed"
        self.feed.mkdir()
        for name, text in FEED.items():
            self.write(name, text)
        self.system = system_of(folder / "workspace", self.feed, threads=2)
        self.days = 0

    def write(self, name: str, text: str) -> None:
        (self.feed / f"{name}.csv").write_text(text)

    def parsed(
        self, *, identities: Identities = IDENTITIES, days: int | None = None, **settings: object
    ) -> set[str]:
        """The tables whose files a build parses."""
        self.days = self.days + 1 if days is None else days
        system = replace(self.system, **settings)  # type: ignore[arg-type]
        feeds = Feeds(system.workspace)
        with closing(Engine(scratch=self.folder / "scratch", threads=system.threads)) as engine:
            (self.read,) = read = feeds.read(
                system, engine, identities=identities, small_areas=None, progress=silent,
                today=NOW.date() + timedelta(days=self.days),
            )  # fmt: skip
        feeds.clear_all_but(read)
        return tables(self.read.parsed)

    def built(self, days: int = 1) -> set[str]:
        """The tables whose files a whole build parses."""
        made = build(self.system, now=NOW + timedelta(days=days), identities=IDENTITIES)
        return {table for files in made.parsed.values() for table in tables(files)}

    @property
    def snapshot(self) -> Path:
        return latest_snapshot(self.system.workspace)

    def bytes(self) -> dict[str, str]:
        """The hash of every file that was read into."""
        return hashes(self.read.tables)


def tables(files: Iterable[str]) -> set[str]:
    return {file.removesuffix(".csv") for file in files}


def hashes(folder: Path) -> dict[str, str]:
    """The hash of every file of a folder, but for the one that tells when a snapshot was built."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "snapshot.json"
    }


@pytest.fixture
def place(tmp_path) -> Place:
    return Place(tmp_path)


def test_a_build_reads_only_what_changed_and_publishes_the_same_bytes_as_one_that_reads_all(place):
    """PERSON and LOCATION may tell who somebody is: their staged rows are never kept."""
    assert place.built() == set(FEED)
    first = place.snapshot
    assert place.built() == set()
    assert hashes(place.snapshot) == hashes(first)
    place.write("DRUG_EXPOSURE", FEED["DRUG_EXPOSURE"] + "2,1,y,2022-02-02\n")
    assert place.built() == {"DRUG_EXPOSURE", "PERSON", "LOCATION"}
    reused = hashes(place.snapshot)
    shutil.rmtree(place.system.workspace)
    assert place.built() == set(FEED)
    assert hashes(place.snapshot) == reused


def test_a_file_that_comes_back_as_it_was_is_read_again_once_it_was_let_go(place):
    place.parsed()
    place.write("DRUG_EXPOSURE", FEED["DRUG_EXPOSURE"] + "2,1,y,2022-02-02\n")
    place.parsed()
    place.write("DRUG_EXPOSURE", FEED["DRUG_EXPOSURE"])
    assert "DRUG_EXPOSURE" in place.parsed()


def test_what_no_source_uses_is_cleared_after_a_build_that_succeeded_and_no_other(place):
    place.parsed()
    kept = {path.name for name in ("parsed", "staged") for path in (place.system.workspace / name).iterdir()}
    place.write("PERSON", "nothing\n")
    with pytest.raises(SourceError):
        place.parsed()
    assert {path.name for path in (place.system.workspace / "staged").iterdir()} <= kept
    place.write("PERSON", PERSON + "3,8507,1990,1,1\n")
    place.write("CONDITION_OCCURRENCE", FEED["CONDITION_OCCURRENCE"] + "2,2,44054006,2020-01-01\n")
    place.parsed()
    assert len(list((place.system.workspace / "parsed").iterdir())) == 1
    assert len(list((place.system.workspace / "staged").iterdir())) == 3  # visits, conditions, medicines


@pytest.mark.parametrize(
    "change, again",
    [
        ({"identities": Identities(b"another key")}, {"PERSON", "LOCATION"}),
        ({"identities": Identities(IDENTITIES.key, {"tests": {"1": 7}})}, {"PERSON", "LOCATION"}),
        ({"identities": Identities(IDENTITIES.key, {"elsewhere": {"1": 7}})}, set()),
        ({"as_of": date(2024, 3, 31)}, {"PERSON", "LOCATION"}),
        ({"notes": ("A note.",)}, set()),
        ({"memory": "1GB", "threads": 1}, set()),
    ],
)
def test_what_a_reading_depends_on_makes_it_anew_and_nothing_else_does(place, change, again):
    place.parsed()
    assert place.parsed(**change) == again


def test_another_key_for_numbers_in_person_id_reads_every_file_anew(tmp_path):
    feed = tmp_path / "feed"
    feed.mkdir()
    one, two = two_feeds.NUMBERS[:2]
    (feed / "PERSON.csv").write_text(f"person_id,year_of_birth\n{one},1950\n{two},1960\n")
    (feed / "CONDITION_OCCURRENCE.csv").write_text(two_feeds.CONDITION + f"1,{one},44054006,2020-01-01\n")
    system = system_of(
        tmp_path / "workspace", source_of(feed, identifier=replace(NHS_NUMBER, column="person_id"))
    )
    for key in (b"one", b"two"):
        (parsed,) = build(system, now=NOW, identities=Identities(key)).parsed.values()
        assert tables(parsed) == {"PERSON", "CONDITION_OCCURRENCE"}


def test_days_that_were_yet_to_come_are_read_once_they_have_come(place):
    place.write("VISIT_OCCURRENCE", VISIT + "30,1,9202,2026-08-01,2026-08-01\n")
    assert "PERSON" in place.parsed(days=0)  # 1 July: that visit is yet to come
    assert place.parsed(days=30) == set()
    assert place.parsed(days=31) == {"PERSON", "LOCATION"}
    assert place.read.reading.last_day == date(2026, 8, 1)


@pytest.mark.parametrize("folder", ["parsed", "staged"])
@pytest.mark.parametrize("damage", ["cut", "changed", "gone", "more", "entry", "unfinished"])
def test_what_was_kept_and_is_not_as_it_was_written_is_never_used(place, folder, damage):
    place.parsed()
    expected = place.bytes()
    kept = place.system.workspace / folder
    if folder == "staged":  # looked at only where the whole feed is not as before
        shutil.rmtree(place.system.workspace / "parsed")
    for entry in kept.iterdir():
        spoil(entry, damage)
    assert place.parsed() == (set(FEED) if folder == "staged" else {"PERSON", "LOCATION"})
    assert place.bytes() == expected
    assert not [path for path in kept.iterdir() if path.name.startswith(".")]


def spoil(entry: Path, damage: str) -> None:
    table = max(entry.glob("*.parquet"), key=lambda path: path.stat().st_size)
    content = table.read_bytes()
    other = entry.with_name(f"fresh-{entry.name}")  # not through the snapshot's own links
    shutil.copytree(entry, other)
    shutil.rmtree(entry)
    other.rename(entry)
    if damage == "cut":
        table.write_bytes(content[: len(content) // 2])
    elif damage == "changed":
        table.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    elif damage == "gone":
        table.unlink()
    elif damage == "more":
        (entry / "more.parquet").write_bytes(content)
    elif damage == "entry":
        (entry / ENTRY).write_text("{")
    else:
        entry.rename(entry.with_name(f".making-{entry.name}"))


def test_a_changed_line_of_the_reader_is_another_version(tmp_path):
    (tmp_path / "omop").mkdir()
    (tmp_path / "omop" / "read.py").write_text("a = 1\n")
    versions = [version_of(tmp_path)]
    (tmp_path / "omop" / "read.py").write_text("a = 2\n")
    versions.append(version_of(tmp_path))
    (tmp_path / "omop" / "model.py").write_text("")
    versions.append(version_of(tmp_path))
    assert len(set(versions)) == 3


def test_the_readers_version_is_part_of_what_was_read(place, monkeypatch):
    """As after an upgrade: everything is read again."""
    place.parsed()
    for module in ("stewardship.build.feeds", "stewardship.records.staging"):
        monkeypatch.setattr(f"{module}.reader_version", lambda: "another version")
    assert place.parsed() == set(FEED)


def test_a_snapshot_keeps_its_records_when_what_they_were_linked_to_is_let_go(place):
    place.built()
    records = place.snapshot / "records"
    before = hashes(records)
    place.write("PERSON", PERSON + "3,8507,1990,1,1\n")
    place.parsed()
    assert hashes(records) == before


def test_where_the_disk_has_no_links_a_copy_is_made(tmp_path, monkeypatch):
    (tmp_path / "original").write_text("rows")
    monkeypatch.setattr("os.link", lambda *_: (_ for _ in ()).throw(OSError("not supported")))
    link(tmp_path / "original", tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "rows"


def test_a_folder_is_kept_whole_or_not_at_all(tmp_path):
    kept = Kept(tmp_path / "kept")
    with pytest.raises(ZeroDivisionError), kept.making("key") as making:
        (making / "rows").write_text("half")
        raise ZeroDivisionError
    assert kept.whole("key") is None
    assert list(kept.folder.iterdir()) == []
    for content in ("whole", "another"):
        with kept.making("key") as making:
            (making / "rows").write_text(content)
        folder = kept.whole("key")
        assert folder and (folder / "rows").read_text() == content


def test_a_feed_that_changes_while_it_is_read_is_refused_by_name(place):
    def changing(what: str, done: float) -> None:
        if what == "Checking VISIT_OCCURRENCE":
            place.write("PERSON", PERSON + "3,8507,1990,1,1\n")

    with pytest.raises(
        SourceError, match=r"PERSON\.csv of .*feed changed while it was read: nothing was built\."
    ):
        build(place.system, now=NOW, identities=IDENTITIES, progress=changing)
    assert place.parsed() == {"PERSON", "LOCATION"}


def test_a_file_put_in_the_place_of_another_of_its_size_and_time_is_noticed(place):
    person = place.system.sources[0].folder / "PERSON.csv"

    def replacing(what: str, done: float) -> None:
        if what == "Checking VISIT_OCCURRENCE" and not (person.parent.parent / "old").exists():
            was = person.stat()
            text = person.read_text()
            person.rename(person.parent.parent / "old")
            person.write_text(text.replace("8507", "8532"))
            os.utime(person, ns=(was.st_atime_ns, was.st_mtime_ns))

    with pytest.raises(SourceError, match="changed while it was read"):
        build(place.system, now=NOW, identities=IDENTITIES, progress=replacing)
