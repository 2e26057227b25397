"""`stewardship synthesise` that is asked to end leaves nothing, and says what stands where it was to write."""

import os
import signal
import time

import pytest

from support.command import mistakes, started, stewardship


@pytest.mark.skipif(os.name != "posix", reason="a process is asked to end so on POSIX alone")
@pytest.mark.parametrize("asked, codes", [(signal.SIGTERM, {143}), (signal.SIGINT, {1, 130})])
def test_nothing_is_left_beside_the_folder_where_it_is_asked_to_end(tmp_path, asked, codes):
    running = started("synthesise", "--residents", 50_000, "--out", tmp_path / "made")
    try:
        last = time.monotonic() + 100
        while not any(tmp_path.rglob("*.parquet")) and time.monotonic() < last:
            time.sleep(0.05)
        there = [path.name for path in tmp_path.iterdir()]
        running.send_signal(asked)
        printed, _ = running.communicate(timeout=60)
    finally:
        running.kill()
    assert len(there) == 1
    assert there[0].startswith(".made-")
    assert list(tmp_path.iterdir()) == []
    assert running.returncode in codes
    assert "Traceback" not in printed


def test_a_file_where_the_folder_is_to_be_is_said_to_be_one(tmp_path):
    (tmp_path / "made").write_text("somebody's own")
    ended = stewardship("synthesise", "--residents", 2000, "--out", tmp_path / "made")
    assert ended.returncode == 2
    assert mistakes(ended.stderr) == [
        f"{tmp_path / 'made'} is a file. Nothing was changed; name a new folder."
    ]
    assert (tmp_path / "made").read_text() == "somebody's own"
