"""Builds killed at a hundred moments of chance: what was served is served, byte for byte; the next build succeeds."""

import hashlib
import os
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stewardship.build import snapshots
from stewardship.measures.current import latest
from stewardship.records.engine import Engine
from stewardship.records.gate import open_records
from support.omop_feed import PERSON, VISIT
from support.systems import system_of

MORNING = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
KILLS, AT_ONCE = 100, 2


def bytes_of(snapshot: Path) -> dict[str, str]:
    """The hash of every file of a snapshot."""
    return {
        str(path.relative_to(snapshot)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(snapshot.rglob("*"))
        if path.is_file()
    }


def served(workspace: Path) -> Path:
    results = latest(workspace / "snapshots")
    assert results is not None
    return results.parent


class Course:
    """One workspace in which build after build is killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        from support.killing import Killing

        self.chance = random.Random(seed)
        self.feed, self.workspace = folder / "feed", folder / "workspace"
        self.feed.mkdir(parents=True)
        self.killing, self.builds, self.inside = Killing(self.workspace, self.feed), 0, 0

    def a_build(self, die_after: float | None = None) -> tuple[bool, float]:
        """A build of a feed that has changed since the one before, one day later."""
        self.builds += 1
        (self.feed / "PERSON.csv").write_text(PERSON + f"{self.builds + 2},8507,1990,1,1\n")
        (self.feed / "VISIT_OCCURRENCE.csv").write_text(VISIT)
        return self.killing.build(MORNING + timedelta(days=self.builds), die_after)

    def run(self, kills: int) -> int:
        """Kill so many builds; how many of them had not ended."""
        self.a_build()
        _, whole = self.a_build()
        inside = 0
        for number in range(kills):
            before = served(self.workspace)
            held = bytes_of(before)
            ended, seconds = self.a_build(self.chance.uniform(0, whole))
            now = served(self.workspace)
            if ended:
                whole = min(whole, seconds)
            if now == before:
                assert not ended
                inside += 1
            else:  # it had been published: whole, though it may have died while it put things in order
                assert self.people() == 3
            assert bytes_of(before) == held or not before.exists()
            if number % 10 == 9:
                self.next_build_succeeds()
        self.next_build_succeeds()
        self.killing.close()
        return inside

    def people(self) -> int:
        return snapshots(system_of(self.workspace, self.feed))[-1].people

    def next_build_succeeds(self) -> None:
        before = served(self.workspace)
        ended, _ = self.a_build()
        assert ended
        assert served(self.workspace) > before
        assert not [path.name for path in self.workspace.rglob(".*")]
        assert not (self.workspace / "build.json").exists()
        assert len(snapshots(system_of(self.workspace, self.feed))) == 2


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="a process that has imported everything cannot be forked here"
)
def test_builds_killed_at_a_hundred_moments_leave_what_was_served(tmp_path, opened):
    courses = [Course(tmp_path / str(seed), seed) for seed in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as both:
        inside = sum(both.map(lambda course: course.run(KILLS // AT_ONCE), courses))
    assert inside >= 0.7 * KILLS, inside
    for course in courses:
        assert opened(served(course.workspace)) == 3


@pytest.fixture
def opened(tmp_path) -> Callable[[Path], int]:
    """Opens a snapshot's records through the gate, and counts its people."""
    from support.small_records import anybody

    def people(snapshot: Path) -> int:
        engine = Engine(scratch=tmp_path / "scratch", threads=1)
        person = open_records(snapshot / "records", engine, anybody()).table("person")
        counted = engine.ibis.to_pyarrow(person.count()).as_py()
        engine.close()
        return int(counted)

    return people
