"""Which snapshot is shown."""

import shutil

from stewardship.profiles.snapshots import current, latest
from support.snapshots import publish


def test_nothing_before_the_first_build(tmp_path):
    assert current(tmp_path / "snapshots") is None
    (tmp_path / "snapshots").mkdir()
    assert current(tmp_path / "snapshots") is None


def test_the_last_name_wins_and_a_half_made_one_is_passed_over(tmp_path):
    snapshots = tmp_path / "snapshots"
    publish(tmp_path, "2026-04-14")
    assert current(snapshots).snapshot.id == "2026-04-14"
    (snapshots / "2026-06-01" / "results").mkdir(parents=True)
    (snapshots / ".2026-07-01" / "results").mkdir(parents=True)
    shutil.copy(snapshots / "2026-04-14/results/snapshot.json", snapshots / ".2026-07-01/results")
    assert current(snapshots).snapshot.id == "2026-04-14"
    publish(tmp_path, "2026-05-12")
    assert current(snapshots).snapshot.id == "2026-05-12"
    assert latest(snapshots).parent.name == "2026-05-12"


def test_one_snapshot_is_read_once(tmp_path):
    publish(tmp_path, "2026-04-14")
    assert current(tmp_path / "snapshots") is current(tmp_path / "snapshots")
