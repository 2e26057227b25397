"""A disk that fills, a source that vanishes: the snapshot before is served untouched, and the next build succeeds."""

import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stewardship.build import build
from stewardship.records.files import SourceError
from stewardship.records.snapshot import latest_snapshot
from support import two_feeds
from support.command import environment
from support.systems import IDENTITIES, NHS_NUMBER, source_of, system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)

# Builds where no file may grow beyond so many bytes, as on a disk that is full, and prints how it ended.
FULL_DISK = """
import json, resource, sys
from datetime import datetime
from pathlib import Path
from support.systems import IDENTITIES, NHS_NUMBER, source_of, system_of
from stewardship.build import build

feed, workspace, now, most = sys.argv[1:]
system = system_of(Path(workspace), source_of(Path(feed), identifier=NHS_NUMBER), threads=1)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
try:
    build(system, now=datetime.fromisoformat(now), identities=IDENTITIES)
    print(json.dumps(["built", ""]))
except Exception as error:
    print(json.dumps([type(error).__name__, str(error)]))
"""


class Place:
    """A system that has been built once, and whose feed has changed since."""

    def __init__(self, folder: Path) -> None:
        self.feed = two_feeds.linked(folder / "feed")
        self.system = system_of(folder / "workspace", source_of(self.feed, identifier=NHS_NUMBER), threads=2)
        self.build(NOW)
        self.before = latest_snapshot(self.system.workspace)
        self.bytes = self.hashes()
        self.changes = 0
        self.change()

    def change(self) -> None:
        """One person more, so that the feed is read and not taken as it was."""
        self.changes += 1
        number = two_feeds.nhs_numbers(160 + self.changes)[-1]
        with (self.feed / "PERSON.csv").open("a") as file:
            file.write(f"{9000 + self.changes},{number},8507,1950,3,4\n")

    def build(self, now: datetime, progress=None) -> None:
        build(self.system, now=now, identities=IDENTITIES, **({"progress": progress} if progress else {}))

    def hashes(self) -> dict[str, str]:
        return {
            str(path): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.before.rglob("*"))
            if path.is_file()
        }

    def is_served_as_before(self) -> None:
        assert latest_snapshot(self.system.workspace) == self.before
        assert self.hashes() == self.bytes
        assert [path.name for path in (self.system.workspace / "snapshots").iterdir()] == [self.before.name]
        assert not (self.system.workspace / "build.json").exists()

    def builds_again(self) -> None:
        self.build(NOW + timedelta(days=1))
        assert latest_snapshot(self.system.workspace) > self.before
        assert not list(self.system.workspace.rglob(".*"))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return Place(tmp_path_factory.mktemp("stopped"))


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files cannot be limited here")
@pytest.mark.parametrize("most", [200, 4_000, 25_000])
def test_a_disk_that_fills_leaves_what_was_served_and_says_so(place, most):
    """The less room there is, the earlier it fills: while files are staged, tables written, or figures published."""
    told = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(place.feed), str(place.system.workspace), NOW.isoformat(), str(most)],
        capture_output=True, text=True, timeout=120, check=True,
        env=environment() | {"PYTHONPATH": str(Path(__file__).parent)},
    )  # fmt: skip
    kind, sentence = json.loads(told.stdout.splitlines()[-1])
    assert kind == "SnapshotError", sentence
    assert sentence.startswith("The build stopped: ")
    assert "Nothing was published, and the snapshot before is served as it was." in sentence
    assert "room" in sentence
    assert not [number for number in two_feeds.NUMBERS if number in told.stdout + told.stderr]
    place.is_served_as_before()


@pytest.mark.parametrize(
    "step, gone",
    [
        ("Reading PERSON", "the folder"),
        ("Reading VISIT_OCCURRENCE", "the file"),
        ("Checking VISIT_OCCURRENCE", "the folder"),
    ],
)
def test_a_source_that_vanishes_half_way_leaves_what_was_served(place, step, gone):
    place.change()
    moved = place.feed if gone == "the folder" else place.feed / "VISIT_OCCURRENCE.csv"
    aside = place.feed.with_name("aside")

    def vanishing(what: str, done: float) -> None:
        if what == step:
            moved.rename(aside)

    try:
        with pytest.raises(SourceError) as refused:
            place.build(NOW + timedelta(hours=1), vanishing)
    finally:
        aside.rename(moved)
    assert str(refused.value).endswith(("again.", "holds the files."))
    assert not [number for number in two_feeds.NUMBERS if number in str(refused.value)]
    place.is_served_as_before()


def test_after_all_of_that_the_next_build_succeeds(place):
    place.builds_again()
