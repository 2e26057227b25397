"""Snapshots: a build writes a new folder, and one rename publishes it.

A workspace holds `snapshots/<id>`; the id begins with the time of the build, so the latest sorts last. One
build at a time holds the workspace's lock, which the operating system lets go if the build dies; what a dead
build left is cleared away by the next.
"""

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

PRIVATE = stat.S_IRWXU  # a workspace is for the account that runs the service, and nobody else


class BuildInProgressError(Exception):
    """Another build holds the workspace; the message names it."""


class SnapshotError(Exception):
    """There is no snapshot to read, or no place for one; the message says what to do."""


def open_to_others(workspace: Path) -> bool:
    """Whether accounts that are neither its owner nor of its group can look into a workspace, as far as is known."""
    return os.name == "posix" and bool(workspace.stat().st_mode & stat.S_IRWXO)


def snapshots(workspace: Path) -> list[Path]:
    """The folders of the published snapshots, oldest first."""
    folder = workspace / "snapshots"
    return sorted(f for f in folder.glob("[0-9]*") if (f / "results" / "snapshot.json").is_file())


def latest_snapshot(workspace: Path) -> Path:
    """The folder of the latest published snapshot."""
    found = snapshots(workspace)
    if not found:
        raise SnapshotError(f"Nothing has been built in {workspace} yet. Run `stewardship build` first.")
    return found[-1]


@contextmanager
def new_snapshot(
    workspace: Path, *, started: datetime, keep: int | None = None, then: Callable[[], None] | None = None
) -> Iterator[Path]:
    """A folder to build in, published under its own name when the block ends without an error.

    keep: how many of the latest snapshots stay; None for all. then: done once it is published, while no other build
    can start. Refuses, with BuildInProgressError, while another build is under way in the workspace. What a dead
    build left behind is cleared away first.
    """
    folder = workspace / "snapshots"
    try:
        workspace.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        folder.mkdir(mode=PRIVATE, exist_ok=True)
    except OSError as error:
        raise SnapshotError(
            f"{workspace} cannot be used as a workspace ({error.strerror}). "
            "Name a folder that can be written to."
        ) from error
    with _only_one_build(workspace, started):
        for left in (*folder.glob(".building-*"), *folder.glob(".removing-*"), *_abandoned(folder)):
            shutil.rmtree(left)
        published = _unused(workspace, started)
        building = folder / f".building-{published.name}"
        building.mkdir()
        try:
            yield building
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        building.rename(published)
        if keep is not None:
            _remove(snapshots(workspace)[: -max(keep, 1)])
        if then:
            then()


@contextmanager
def scratch_folder(workspace: Path) -> Iterator[Path]:
    """A folder to work in while a snapshot is read. Of a process that was killed, the next build clears it away."""
    folder = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=workspace / "snapshots"))
    lock = FileLock(folder / "lock")
    try:
        with lock:
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_SCRATCH = ".asking-"


def _abandoned(folder: Path) -> list[Path]:
    """Scratch folders that no process works in any more."""
    return [left for left in folder.glob(f"{_SCRATCH}*") if _free(left / "lock")]


def _free(path: Path) -> bool:
    try:
        with FileLock(path, timeout=0):
            return True
    except Timeout:
        return False


def _remove(folders: Sequence[Path]) -> None:
    """Take snapshots away, each whole at once; one that somebody holds open stays until the next build."""
    for folder in folders:
        removing = folder.with_name(f".removing-{folder.name}")
        with suppress(OSError):
            folder.rename(removing)
            shutil.rmtree(removing)


def _unused(workspace: Path, started: datetime) -> Path:
    """Where the snapshot goes: named by its second, and after every other, whatever the clock did in between."""
    name = started.astimezone(UTC).strftime(_SECOND)
    last = max((path.name for path in snapshots(workspace)), default="").partition("-")[0]
    if last > name:
        after = datetime.strptime(last, _SECOND).replace(tzinfo=UTC) + timedelta(seconds=1)
        name = after.strftime(_SECOND)
    free = path = workspace / "snapshots" / name
    number = 1
    while free.exists():
        number += 1
        free = path.with_name(f"{name}-{number}")
    return free


_SECOND = "%Y%m%dT%H%M%SZ"


@contextmanager
def _only_one_build(workspace: Path, started: datetime) -> Iterator[None]:
    note = workspace / "build.json"
    lock = FileLock(workspace / "build.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BuildInProgressError(_who_builds(note, workspace)) from None
    try:
        note.write_text(
            json.dumps({"process": os.getpid(), "started": started.isoformat(timespec="seconds")})
        )
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _who_builds(note: Path, workspace: Path) -> str:
    try:
        told = json.loads(note.read_text())
        first = f"process {told['process']}, started {told['started']}"
    except (OSError, ValueError, KeyError):
        first = "just started"
    return (
        f"Another build is under way in {workspace} ({first}). "
        "Wait for it to end, or stop it, then build again."
    )
