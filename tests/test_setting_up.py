"""A data manager's first days, by the commands alone: from `init` over two feeds and opt-outs to going back."""

import os
import re
import shutil
import subprocess
import threading
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stewardship.cli import MISTAKES
from stewardship.cli.app import app
from stewardship.cli.setting_up import AdministratorError
from stewardship.measures.published import Published
from stewardship.records.snapshot import latest_snapshot, snapshots
from stewardship.rules.nhs_number import nhs_number
from support.command import COMMAND, environment, joined, mistakes, started, stewardship
from support.system_folder import without_settings

if os.name == "posix":
    import pty

TODAY = datetime.now(UTC).date().isoformat()
PASSWORD = "harbour-lemon-cart"
ADA = ("--username", "ada", "--display-name", "Ada Admin", "--password-file", "-")
GOUT = '''\
"""Gout: everyone in whom it has been recorded."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.own import code_list
from stewardship.measures.measure import people
from stewardship.people.language import has

GOUT = code_list("gout")

care_area = CareArea(
    key="gout", name="Gout", phase=3, definition="Everyone in whom gout has been recorded.",
    population=has(GOUT), at_risk=None,
    population_measures=[people("People with gout", who=has(GOUT), headline=True, who_in_words="people with gout")],
)
'''


def numbers(count):
    """So many NHS numbers of test people, which nobody is given."""
    stems = (f"999{serial:06d}" for serial in range(1, 10 * count))
    whole = (nhs_number(f"{stem}{digit}") for stem in stems for digit in range(10))
    return [number for number in whole if number][:count]


RESIDENTS = numbers(60)


def feed(folder: Path, people, *, first_id: int, gout: int) -> None:
    """An OMOP feed of these people, each with one visit; the first few have gout."""
    folder.mkdir(parents=True)
    ids = {number: first_id + place for place, number in enumerate(people)}
    tables = {
        "PERSON": ["person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,person_source_value"]
        + [f"{ids[n]},{8507 + 25 * (ids[n] % 2)},{1940 + ids[n] % 50},3,4,{n[:3]} {n[3:6]} {n[6:]}" for n in people],
        "OBSERVATION_PERIOD": [
            "observation_period_id,person_id,observation_period_start_date,observation_period_end_date"
        ] + [f"{i},{i},2015-01-01,2026-03-31" for i in ids.values()],
        "VISIT_OCCURRENCE": ["visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date"]
        + [f"{i},{i},9202,2026-03-30,2026-03-30" for i in ids.values()],
        "CONDITION_OCCURRENCE": [
            "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_source_value"
        ] + [f"{ids[n]},{ids[n]},45553736,2020-02-01,M10.9" for n in people[:gout]],
        "CONCEPT": ["concept_id,concept_name,vocabulary_id,concept_code", "45553736,Gout,ICD10,M10.9"],
    }  # fmt: skip
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def opt_outs(system: Path, *rows: str) -> None:
    (system / "opt-outs.csv").write_text(
        "\n".join(["nhs_number,kind,start,end", *rows, ""]), encoding="utf-8"
    )


def fill_in(system: Path) -> None:
    """What a data manager writes into the settings: two sources, the ruling, the list."""
    path = system / "system.toml"
    text = path.read_text(encoding="utf-8")
    values = {
        "name": '"Exampleshire"', "folder": "'feeds/practices'", "row": "5", "basis": '"Section 251"',
        "ruled_by": '"A. Name"', "ruled_on": "2026-03-31", "file": "'opt-outs.csv'", "as_of": TODAY,
    }  # fmt: skip
    for key, value in values.items():
        text = re.sub(rf"""^{key} = ["']FILL IN.*$""", f"{key} = {value}", text, flags=re.MULTILINE)
    second = text.index('# [[source]]\n# key = "north-hospital"')
    end = text.index("\n\n", second)
    text = text[:second] + re.sub(r"^# ", "", text[second:end], flags=re.MULTILINE) + text[end:]
    path.write_text(text.replace("feeds/north-hospital", "feeds/hospital"), encoding="utf-8")


def shown(system: Path, area: str, measure: str):
    """The figure of the whole system in the last year."""
    published = Published(latest_snapshot(system / "workspace") / "results")
    return published.figures(area, measure=measure, place=published.system.code, by="everyone")[-1]


def commanded(system, *words):
    ended = stewardship(words[0], "--system", system, *words[1:])
    assert (ended.returncode, mistakes(ended.stderr)) == (0, []), ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    """A system of two feeds with people in common, a list of opt-outs that nobody is on, and an area of its own."""
    folder = tmp_path_factory.mktemp("setting-up") / "exampleshire"
    ended = stewardship("init", folder, *ADA, typed=PASSWORD + "\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    feed(folder / "feeds" / "practices", RESIDENTS[:40], first_id=100, gout=15)
    feed(folder / "feeds" / "hospital", RESIDENTS[20:], first_id=7_000, gout=12)
    opt_outs(folder)
    fill_in(folder)
    (folder / "care_areas" / "gout.py").write_text(GOUT, encoding="utf-8")
    (folder / "code_lists" / "codelists.toml").write_text(
        '[gout]\ntitle = "Gout"\nversion = "1"\n', encoding="utf-8"
    )
    (folder / "code_lists" / "gout.csv").write_text("system,code,match\nICD10,M10,prefix\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first_build(system):
    return commanded(system, "build", "--summary", system / "reports" / "last.txt")


def test_init_says_what_is_still_to_be_done_and_keeps_the_password_nowhere(tmp_path):
    ended = stewardship("init", tmp_path / "new", *ADA, typed=PASSWORD)
    assert ended.returncode == 0, ended.stderr
    told = joined(ended.stdout)
    assert "ada is its first administrator" in told
    assert told.count("is still to be filled in") == 8
    assert f"stewardship build --system {tmp_path / 'new'}" in told
    assert not [
        path
        for path in (tmp_path / "new").rglob("*")
        if path.is_file() and PASSWORD.encode() in path.read_bytes()
    ]
    again = stewardship("init", tmp_path / "new", *ADA, typed=PASSWORD)
    assert (again.returncode, again.stdout) == (2, "")
    assert "holds a system already. Nothing was changed" in again.stderr


@pytest.mark.parametrize("words, typed, said", [
    (ADA[:4], "", "Nobody is there to be asked. Give --username, --display-name and --password-file"),
    (ADA, "\n", "There is no password: its file's first line is empty."),
    ((*ADA[:5], "nowhere.txt"), "", "The file nowhere.txt cannot be read."),
])  # fmt: skip
def test_who_is_to_be_administrator_is_known_before_anything_is_made(tmp_path, words, typed, said):
    ended = CliRunner().invoke(app, ["init", str(tmp_path / "new"), *words], input=typed)
    assert isinstance(ended.exception, AdministratorError)
    assert str(ended.exception).startswith(said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words, typed, said", [
    (ADA, "short", "ada was not let in. This password is too short."),
    (("--username", "Ada A", *ADA[2:]), PASSWORD, "Ada A was not let in. Use small letters, digits, dots and dashes."),
])  # fmt: skip
def test_where_no_administrator_can_be_made_nothing_is(tmp_path, words, typed, said):
    ended = stewardship("init", tmp_path / "new", *words, typed=typed)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_a_system_that_is_not_filled_in_is_not_built(tmp_path):
    assert stewardship("init", tmp_path / "new", *ADA, typed=PASSWORD).returncode == 0
    ended = stewardship("build", "-s", tmp_path / "new")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) == 8
    assert all(re.match(r"system\.toml, line \d+: ", line) for line in ended.stderr.splitlines())


def test_a_summary_says_what_was_read_of_each_source_and_is_kept(system, first_build):
    lines = [line.split() for line in first_build.splitlines()]
    rows = {line[0]: line[1:] for line in lines if len(line) > 4}
    assert rows["general-practice"][:4] == ["40", "136", "136", "0"]
    assert rows["north-hospital"][:4] == ["40", "93", "93", "0"]
    told = joined(first_build)
    assert "Opt-outs were applied as listed on" in told
    assert "Gout: 1 of 1 measures could be made." in told
    kept = (system / "reports" / "last.txt").read_text(encoding="utf-8")
    assert joined(kept) == told


def test_one_person_in_two_feeds_is_one_and_an_area_of_the_systems_own_is_published(system, first_build):
    figure = shown(system, "gout", "people-with-gout")
    assert (figure.state, figure.value) == ("shown", 27.0)


def test_nothing_is_parsed_again_and_todays_opt_outs_are_applied_in_builds_and_in_going_back(
    system, first_build
):
    (first,) = [folder.name for folder in snapshots(system / "workspace")]
    opt_outs(system, f"{RESIDENTS[0]},national,,", f"{RESIDENTS[20]},type 1,,")
    told = joined(commanded(system, "build"))
    assert told.count("all as before") == 2
    assert f"Since snapshot {first} Nothing is different" in told
    assert "They leave out 7 people or fewer." in told
    assert shown(system, "gout", "people-with-gout").value == 25.0

    assert (
        listed(system)
        == [(folder.name, folder.name != first) for folder in snapshots(system / "workspace")][::-1]
    )

    commanded(system, "rollback", first)
    assert shown(system, "gout", "people-with-gout").value == 25.0, "who opted out since is not back"
    assert [served for _, served in listed(system)] == [True, False, False]
    assert f"the records of the snapshot {first} were returned to" in joined(commanded(system, "snapshots"))


def listed(system):
    """Each snapshot as listed, the latest first, and whether it is served."""
    lines = [line for line in commanded(system, "snapshots").splitlines() if re.match(r"\d{8}T\d{6}Z", line)]
    return [(line.split()[0], "served" in line) for line in lines]


def test_a_snapshot_that_is_not_there_is_said_in_a_sentence(system, first_build):
    ended = stewardship("rollback", "20200101T000000Z", "-s", system)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(mistakes(ended.stderr)) == 1


def test_a_check_reads_the_systems_sources_and_keeps_nothing(system, first_build):
    before = sorted(system.rglob("*"))
    told = commanded(system, "check")
    assert told.index("\ngeneral-practice\n") < told.index("\nnorth-hospital\n")
    assert sorted(system.rglob("*")) == before


@pytest.mark.parametrize("path, old, new, said", [
    ("stewardship.env", "STEWARDSHIP_PSEUDONYM_KEY=", "OTHER=",
     "STEWARDSHIP_PSEUDONYM_KEY is not set; it makes one pseudonym a person out of NHS numbers."),
    ("care_areas/gout.py", "has(GOUT), at_risk", "hass(GOUT), at_risk",
     "gout.py, line 12: Name 'hass' is not defined (NameError)."),
    ("code_lists/gout.csv", "M10", "", "gout.csv, line 2: a line needs a system, a code, and a match of"),
    ("system.toml", "row = 5", "row = 2", "row 2 is not for this use."),
])  # fmt: skip
def test_whatever_is_at_fault_is_told_before_any_data_are_touched(
    system, tmp_path, monkeypatch, path, old, new, said
):
    without_settings(monkeypatch)
    copy = tmp_path / "copy"
    shutil.copytree(system, copy, ignore=shutil.ignore_patterns("workspace"))
    text = (copy / path).read_text(encoding="utf-8")
    assert old in text
    (copy / path).write_text(text.replace(old, new), encoding="utf-8")
    ended = CliRunner().invoke(app, ["build", "-s", str(copy)])
    assert isinstance(ended.exception, MISTAKES)
    assert said in str(ended.exception)
    assert not (copy / "workspace").exists()


def test_one_more_administrator_can_be_let_in(system, first_build):
    told = commanded(system, "add-administrator", "--username", "bea", "--display-name", "Bea", "--password-file",
                     password_file(system))  # fmt: skip
    assert told == "bea can sign in, and sets up a second factor then.\n"
    again = stewardship("add-administrator", "-s", system, *ADA, typed=PASSWORD)
    assert again.returncode == 2
    assert again.stderr.startswith("ada was not let in. ")


def password_file(system):
    path = system / "password.txt"
    path.write_text(PASSWORD + "\n", encoding="utf-8-sig")
    return path


def test_a_new_key_is_printed_alone():
    keys = {stewardship("new-key").stdout for _ in range(2)}
    assert len(keys) == 2
    assert all(re.fullmatch(r"[\w=-]{44}\n", key) for key in keys)


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal that a program can be")
def test_somebody_at_a_terminal_is_asked_and_a_password_is_never_shown(tmp_path):
    """The first password is too easy, the second is not repeated, and the third will do."""
    answers = {
        "User name": ["ada"], "Name as others see it": ["Ada Admin"],
        "Password": ["password1234", PASSWORD, PASSWORD], "again": ["password1234", "something-else", PASSWORD],
    }  # fmt: skip
    shown, ended = at_a_terminal([COMMAND, "init", tmp_path / "new"], answers)
    assert ended == 0, shown
    assert "This password is too common." in shown
    assert "do not match" in shown
    assert "ada is its first administrator" in joined(shown)
    assert not [secret for secret in ("password1234", "something-else", PASSWORD) if secret in shown]


def at_a_terminal(words, answers):
    """Run a command in a terminal and answer each question as it is asked; what was shown, and the exit code."""
    ours, its = pty.openpty()
    process = subprocess.Popen(list(map(str, words)), stdin=its, stdout=its, stderr=its, env=environment())
    watch = threading.Timer(60, process.kill)
    watch.start()
    os.close(its)
    shown, waiting = "", ""
    while True:
        try:
            piece = os.read(ours, 1024).decode()
        except OSError:  # the terminal is closed: the command has ended
            break
        if not piece:
            break
        shown, waiting = shown + piece, waiting + piece
        if waiting.endswith(": "):
            time.sleep(0.3)  # the terminal hides what is typed a moment after it has asked
            os.write(ours, answers[question(waiting, answers)].pop(0).encode() + b"\n")
            waiting = ""
    os.close(ours)
    watch.cancel()
    return shown, process.wait(timeout=30)


def question(shown, answers):
    return next(each for each in reversed(answers) if each in shown.splitlines()[-1])


def test_people_can_be_let_in_before_the_first_build(system, first_build, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(system, copy, ignore=shutil.ignore_patterns("snapshots", "parsed", "staged"))
    process = started("serve", "-s", copy, "--port", 0)
    watch = threading.Timer(100, process.kill)
    watch.start()
    printed = ""
    for line in process.stdout:
        printed += line
        if line.startswith("Open "):
            break
    watch.cancel()
    try:
        address = re.search(r"Open (http://\S+)", printed)[1]
        with urllib.request.urlopen(f"{address}sign-in/", timeout=60) as answer:
            assert answer.status == 200
    finally:
        process.kill()
        process.communicate()
    assert "Nothing has been built yet." in printed
    assert "with the password" not in printed, "a real system lets nobody in by itself"
