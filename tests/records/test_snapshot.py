"""Snapshots appear whole or not at all, one build at a time."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from stewardship.records.snapshot import (
    BuildInProgressError,
    SnapshotError,
    latest_snapshot,
    new_snapshot,
    open_to_others,
    scratch_folder,
    snapshots,
)

MORNING = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)

# Holds the workspace named as its argument until its input closes.
HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from stewardship.records.snapshot import new_snapshot

with new_snapshot(Path(sys.argv[1]), started=datetime(2026, 7, 1, 5, 0, tzinfo=UTC)) as folder:
    (folder / "half").write_text("written")
    print("building", flush=True)
    sys.stdin.read()
    raise SystemExit(1)
"""


# Works in the scratch of a question until its input closes.
ASKING = """
import sys
from pathlib import Path
from stewardship.records.snapshot import scratch_folder

with scratch_folder(Path(sys.argv[1])) as folder:
    (folder / "rows").write_text("somebody's")
    print("asking", flush=True)
    sys.stdin.read()
"""


def publish(workspace: Path, started: datetime = MORNING, content: str = "{}") -> str:
    with new_snapshot(workspace, started=started) as folder:
        (folder / "results").mkdir()
        (folder / "results" / "snapshot.json").write_text(content)
    return latest_snapshot(workspace).name


def left(workspace: Path) -> list[str]:
    return sorted(path.name for path in (workspace / "snapshots").iterdir())


@pytest.fixture
def holder(tmp_path):
    """Another process that is building in the workspace."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "building\n"
    yield process
    process.stdin.close()
    process.wait(timeout=20)


def test_nothing_is_seen_before_the_end_and_all_of_it_after(tmp_path):
    with new_snapshot(tmp_path, started=MORNING) as folder:
        (folder / "results").mkdir()
        (folder / "results" / "snapshot.json").write_text("{}")
        (folder / "results" / "diabetes.parquet").write_bytes(b"figures")
        inode = folder.stat().st_ino
        assert snapshots(tmp_path) == []
    (published,) = snapshots(tmp_path)
    assert published.stat().st_ino == inode  # the same folder under another name: one rename, no copy
    assert (published / "results" / "diabetes.parquet").read_bytes() == b"figures"
    assert left(tmp_path) == [published.name]


def test_a_build_that_fails_leaves_the_snapshot_before_and_nothing_else(tmp_path):
    before = publish(tmp_path, content='{"which": "before"}')
    with (
        pytest.raises(ZeroDivisionError),
        new_snapshot(tmp_path, started=MORNING + timedelta(days=1)) as folder,
    ):
        (folder / "records").mkdir()
        (folder / "records" / "person.parquet").write_bytes(b"half")
        raise ZeroDivisionError
    assert left(tmp_path) == [before]
    assert (latest_snapshot(tmp_path) / "results" / "snapshot.json").read_text() == '{"which": "before"}'


def test_identifiers_are_in_the_order_of_the_builds_wherever_the_clock_stands(tmp_path):
    summer = timezone(timedelta(hours=1))
    starts = [
        MORNING,
        datetime(2026, 7, 1, 7, 30, 1, tzinfo=summer),  # one second later, though its clock says 7:30
        MORNING + timedelta(hours=12),
        MORNING + timedelta(days=200),
    ]
    made = [publish(tmp_path, started) for started in starts]
    assert made == sorted(made) == [folder.name for folder in snapshots(tmp_path)]
    assert made[1] == "20260701T063001Z"


def test_two_builds_of_one_second_are_two_snapshots(tmp_path):
    assert [publish(tmp_path), publish(tmp_path)] == ["20260701T063000Z", "20260701T063000Z-2"]
    assert publish(tmp_path, MORNING + timedelta(seconds=1)) == "20260701T063001Z"


def test_a_folder_without_results_is_no_snapshot(tmp_path):
    (tmp_path / "snapshots" / "20990101T000000Z").mkdir(parents=True)
    made = publish(tmp_path)
    assert latest_snapshot(tmp_path).name == made


def test_where_nothing_was_built_it_says_what_to_do(tmp_path):
    with pytest.raises(
        SnapshotError, match=r"Nothing has been built in .* yet\. Run `stewardship build` first\."
    ):
        latest_snapshot(tmp_path)


def test_a_workspace_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(SnapshotError, match="taken cannot be used as a workspace"):
        publish(tmp_path / "taken")


def test_a_second_build_is_refused_naming_the_process_and_start_of_the_first(tmp_path, holder):
    with pytest.raises(BuildInProgressError) as refused:
        publish(tmp_path)
    assert str(refused.value) == (
        f"Another build is under way in {tmp_path} (process {holder.pid}, "
        "started 2026-07-01T05:00:00+00:00). Wait for it to end, or stop it, then build again."
    )
    assert left(tmp_path) == [".building-20260701T050000Z"]  # the first goes on undisturbed


def test_once_the_first_has_ended_the_second_may_build(tmp_path, holder):
    holder.stdin.close()
    holder.wait(timeout=20)
    assert [publish(tmp_path)] == left(tmp_path)
    assert not (tmp_path / "build.json").exists()


def test_a_build_in_another_workspace_is_no_hindrance(tmp_path, holder):
    assert publish(tmp_path / "another")


def test_what_a_killed_build_left_is_cleared_away_by_the_next(tmp_path, holder):
    holder.kill()
    holder.wait(timeout=20)
    assert left(tmp_path) == [".building-20260701T050000Z"]
    assert snapshots(tmp_path) == []
    assert [publish(tmp_path)] == left(tmp_path)


def test_what_a_killed_question_left_is_cleared_away_by_the_next_build_and_a_live_one_goes_on(tmp_path):
    publish(tmp_path)
    asking = subprocess.Popen(
        [sys.executable, "-c", ASKING, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert asking.stdout.readline() == "asking\n"
    publish(tmp_path)
    (folder,) = (tmp_path / "snapshots").glob(".asking-*")
    assert (folder / "rows").read_text() == "somebody's"
    asking.kill()
    asking.communicate(timeout=20)
    assert folder.is_dir()
    publish(tmp_path)
    assert not folder.exists()


def test_a_question_leaves_nothing(tmp_path):
    publish(tmp_path)
    before = left(tmp_path)
    with scratch_folder(tmp_path) as folder:
        (folder / "rows").write_text("somebody's")
    assert left(tmp_path) == before


@pytest.mark.skipif(os.name != "posix", reason="needs rights as POSIX knows them")
def test_a_workspace_is_its_owners_alone_and_one_that_was_made_otherwise_is_found(tmp_path):
    for workspace in (tmp_path / "new", tmp_path / "there"):
        if workspace.name == "there":
            workspace.mkdir(mode=0o755)
        publish(workspace)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert not open_to_others(tmp_path / "new")
    assert open_to_others(tmp_path / "there")


def test_a_build_that_has_only_taken_the_lock_is_named_as_just_started(tmp_path, holder):
    (tmp_path / "build.json").write_text("")
    with pytest.raises(BuildInProgressError, match=re.escape("(just started)")):
        publish(tmp_path)


def test_a_clock_that_was_put_back_does_not_hide_a_new_snapshot(tmp_path):
    first = publish(tmp_path)
    with new_snapshot(tmp_path, started=MORNING - timedelta(hours=1)) as folder:
        (folder / "results").mkdir()
        (folder / "results" / "snapshot.json").write_text("{}")
    assert [path.name for path in snapshots(tmp_path)] == [first, "20260701T063001Z"]


def test_so_many_snapshots_are_kept_and_what_was_half_taken_away_is_taken_away(tmp_path):
    for hour in range(4):
        publish(tmp_path, MORNING + timedelta(hours=hour))
    (tmp_path / "snapshots" / ".removing-20260601T000000Z").mkdir()
    after = []
    with new_snapshot(
        tmp_path, started=MORNING + timedelta(days=1), keep=2, then=lambda: after.extend(left(tmp_path))
    ) as folder:
        (folder / "results").mkdir()
        (folder / "results" / "snapshot.json").write_text("{}")
    assert left(tmp_path) == after == ["20260701T093000Z", "20260702T063000Z"]
