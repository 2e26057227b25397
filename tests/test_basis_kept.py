"""The basis on which data count as anonymised, stated once with a build, is kept and opens nothing by itself."""

import os
import re
from pathlib import Path

import pytest

from stewardship.records.manifest import read_about
from stewardship.records.snapshot import snapshots
from stewardship.system.making import write_the_rest
from support import two_feeds
from support.command import joined, mistakes, stewardship
from support.system_folder import SETTINGS

BASIS = "Anonymised by the region, DPIA 2026/14"


@pytest.fixture(scope="module")
def system(tmp_path_factory) -> Path:
    """A system whose settings name neither a list of opt-outs nor a basis, built with one."""
    folder = tmp_path_factory.mktemp("basis") / "exampleshire"
    top, second = SETTINGS.index('[[source]]\nkey = "hospital"'), SETTINGS.index("[uses.")
    settings = (SETTINGS[:top] + SETTINGS[second:]).partition("[opt_outs]")[0]
    folder.mkdir()
    (folder / "system.toml").write_text(settings.replace("row = 5", "row = 6"), encoding="utf-8")
    write_the_rest(folder)
    two_feeds.practice(folder / "feeds" / "practices")
    assert stewardship("build", "-s", folder, "--anonymised", BASIS).returncode == 0
    return folder


def test_the_snapshot_says_on_what_basis_it_was_made(system):
    (snapshot,) = snapshots(system / "workspace")[:1]
    assert read_about(snapshot / "records").ruled.anonymised == BASIS


@pytest.mark.parametrize(
    "words", [("snapshots",), ("attack", "--seconds", "1"), ("log", "verify")], ids=" ".join
)
def test_whatever_only_reads_asks_for_no_basis(system, words):
    ended = stewardship(*words, "-s", system)
    assert (ended.returncode, mistakes(ended.stderr)) == (0, [])


def test_a_build_and_a_check_ask_for_it_each_time(system):
    for command in ("build", "check"):
        ended = stewardship(command, "-s", system)
        assert ended.returncode == 2
        assert "State on what basis they are" in ended.stderr


def test_who_goes_back_goes_back_to_its_basis(system):
    first = snapshots(system / "workspace")[0]
    ended = stewardship("rollback", first.name, "-s", system)
    assert ended.returncode == 0, ended.stderr
    assert f"The data are anonymised: {BASIS}." in joined(ended.stdout)


def test_a_snapshot_that_is_damaged_is_said_in_a_sentence(system, tmp_path):
    broken = snapshots(system / "workspace")[0].with_name("19990101T000000Z") / "results"
    broken.mkdir(parents=True)
    (broken / "snapshot.json").write_text('{"id"', encoding="utf-8")
    try:
        ended = stewardship("snapshots", "-s", system)
    finally:
        (broken / "snapshot.json").unlink()
    (said,) = mistakes(ended.stderr)
    assert ended.returncode == 2
    assert re.match(r"The snapshot 19990101T000000Z cannot be read: it is damaged, or", said)


@pytest.mark.skipif(os.name != "posix", reason="needs rights as POSIX knows them")
def test_a_workspace_and_its_databases_are_the_services_own(system):
    workspace = system / "workspace"
    assert workspace.stat().st_mode & 0o077 == 0
    kept = list(workspace.glob("*.sqlite3"))
    assert len(kept) == 3
    assert not [file.name for file in kept if file.stat().st_mode & 0o077]


@pytest.mark.parametrize("summary", [".", "system.toml/last.txt"])
def test_a_summary_that_cannot_be_written_is_told_before_anything_is_built(system, summary):
    before = snapshots(system / "workspace")
    ended = stewardship("build", "-s", system, "--anonymised", BASIS, "--summary", system / summary)
    (said,) = mistakes(ended.stderr)
    assert (ended.returncode, snapshots(system / "workspace")) == (2, before)
    assert said.endswith("is no file that can be written. Name a file.")
