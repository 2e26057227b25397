"""`stewardship check` reads what a build would read, and says in sentences what cannot be."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stewardship import cli
from stewardship.records.engines import EngineError, NoRoomError
from stewardship.system.making import write_the_rest
from support import two_feeds
from support.command import joined, mistakes, stewardship
from support.system_folder import SETTINGS, system_folder

TODAY = datetime.now(UTC).date().isoformat()
AS_OF = ("--as-of", two_feeds.LAST_DAY)
unprivileged = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="needs an account that may not read everything"
)


@pytest.fixture(scope="module")
def system(tmp_path_factory) -> Path:
    """Two feeds under section 251, and a list by which nine people have opted out."""
    folder = tmp_path_factory.mktemp("checked") / "exampleshire"
    settings = (
        SETTINGS.replace("as_of = 2026-06-25", f"as_of = {TODAY}")
        .replace('column = "identifier"', 'column = "nhs_number"')
        .partition("[[threshold]]")[0]
    )
    system_folder(folder, settings)
    write_the_rest(folder)
    two_feeds.practice(folder / "feeds" / "practices")
    two_feeds.hospital(folder / "feeds" / "hospital")
    chosen = "".join(f"{number},type 1\n" for number in two_feeds.NUMBERS[:9])
    (folder / "opt-outs.csv").write_text(f"nhs_number,kind\n{chosen}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def checked(system) -> str:
    ended = stewardship("check", "-s", system, *AS_OF)
    assert (ended.returncode, mistakes(ended.stderr)) == (0, [])
    assert not list((system / "workspace").glob("snapshots/*"))
    return ended.stdout


@pytest.fixture(scope="module")
def built(system, checked) -> str:
    ended = stewardship("build", "-s", system, *AS_OF)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_a_check_finds_what_a_build_finds(checked, built):
    found, _, _ = checked.partition("The list of opt-outs")
    assert set(found.splitlines()) <= set(built.splitlines())
    assert "Periods of observation of a feed that registers nobody" in joined(checked)


def test_a_check_tells_of_the_list_of_opt_outs_and_never_exactly(checked):
    assert "The list of opt-outs (opt-outs.csv) is of" in joined(checked)
    assert "Opted out are: about 10 people." in joined(checked)


def test_a_check_finds_a_list_of_opt_outs_that_was_cut_off_since_the_build(system, built):
    listed = system / "opt-outs.csv"
    whole = listed.read_bytes()
    listed.write_text("nhs_number,kind\n", encoding="utf-8")
    ended = stewardship("check", "-s", system, *AS_OF)
    listed.write_bytes(whole)
    (said,) = mistakes(ended.stderr)
    assert ended.returncode == 2
    assert "about 10 are gone from opt-outs.csv: it may have been cut off" in said


@pytest.mark.parametrize("name", ["stewardship.env", "system.toml", "opt-outs.csv"])
@unprivileged
def test_a_file_that_may_not_be_read_is_told_in_a_sentence(system, name):
    path = system / name
    rights = path.stat().st_mode
    path.chmod(0)
    try:
        ended = stewardship("check", "-s", system)
    finally:
        path.chmod(rights)
    (said,) = mistakes(ended.stderr)
    assert ended.returncode == 2
    assert name in said
    assert "Permission denied" in said


@pytest.mark.parametrize("error, said", [
    (NoRoomError("IO Error: no space left"),
     "The work stopped: there is no room on the disk. Make room, then try again.\n"),
    (EngineError("Conversion Error: '9990000018' is no number"),
     "The work stopped: Conversion Error: … is no number.\n"),
    (PermissionError(13, "Permission denied", "feed.csv"),
     "feed.csv cannot be used (Permission denied). See that it is there, and that this account may use it.\n"),
])  # fmt: skip
def test_what_the_engine_or_the_disk_cannot_do_is_a_sentence_without_anybodys_row(
    monkeypatch, capsys, error, said
):
    def failing() -> None:
        raise error

    monkeypatch.setattr(cli, "app", failing)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert (ended.value.code, capsys.readouterr().err) == (2, said)
