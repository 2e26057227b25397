"""The command as people run it: what it prints, what it refuses and in which words."""

import gzip
import re
import socket
from pathlib import Path

import pytest

from stewardship.records.snapshot import snapshots
from support.command import joined, mistakes, stewardship
from support.omop_feed import PERSON, VISIT

CONDITION = "condition_occurrence_id,person_id,condition_concept_id,condition_start_date\n"
SOUND = {"PERSON.csv": PERSON, "VISIT_OCCURRENCE.csv": VISIT}
COMMANDS = ("check", "demo")


class Partner:
    """A partner's folder, and the commands run on it with nothing else around."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.system = place / "feed", place / "system"
        self.workspace = self.system / "workspace"
        self.scratch, self.here = place / "scratch", place / "here"
        for folder in (self.folder, self.scratch, self.here):
            folder.mkdir()
        monkeypatch.chdir(self.here)
        for name in ("TMPDIR", "TEMP", "TMP"):
            monkeypatch.setenv(name, str(self.scratch))
        self.send(SOUND)

    def send(self, files):
        """Put files there; None takes one away."""
        for name, content in files.items():
            path = self.folder / name
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def run(self, command, *options, folder=None, columns=80):
        source = folder or self.folder
        if command == "check":
            return stewardship("check", source, *options, columns=columns)
        words = ("demo", "--omop", source, "--only-build", "-f", self.system)
        return stewardship(*words, *options, columns=columns)

    def refused(self, command, *options, folder=None):
        """What it said, once it has been seen that it said just that and left nothing."""
        ended = self.run(command, *options, folder=folder)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "Traceback" not in ended.stderr
        (sentence,) = mistakes(ended.stderr)
        assert not snapshots(self.workspace)
        assert not list(self.scratch.iterdir())
        return sentence

    def found(self, command, *options, columns=80):
        """What it printed, once it has been seen that it went well."""
        ended = self.run(command, *options, columns=columns)
        assert ended.returncode == 0, ended.stderr
        assert mistakes(ended.stderr) == []
        return ended.stdout


@pytest.fixture
def partner(tmp_path, monkeypatch):
    return Partner(tmp_path, monkeypatch)


def row_of(printed, file):
    """Read, loaded and set aside of a file, as printed."""
    (line,) = [line for line in printed.splitlines() if re.match(rf"{re.escape(file)} +\w+ +[\d,]+ ", line)]
    return tuple(int(number.replace(",", "")) for number in line.split()[-3:])


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "files, said",
    [
        pytest.param(
            {"PERSON.csv": None, "PERSON.csv.gz": gzip.compress(PERSON.encode() * 200)[:-12]},
            "PERSON.csv.gz is cut short: it ends in the middle of its packed content; send it again.",
            id="a truncated gzip",
        ),
        pytest.param(
            {"PERSON.csv": PERSON.replace(",", "^")},
            "PERSON.csv has no column person_id. "
            "It has: person_id^gender_concept_id^year_of_birth^month_of_birth^day_of_birth.",
            id="a wrong delimiter",
        ),
        pytest.param(
            {"CONDITION_OCCURRENCE.csv": VISIT},
            "CONDITION_OCCURRENCE.csv has no columns condition_occurrence_id, condition_start_date. It has: "
            "visit_occurrence_id, person_id, visit_concept_id, visit_start_date, visit_end_date.",
            id="a file of the wrong table",
        ),
        pytest.param(
            {"PERSON.csv": None},
            "There is no PERSON table: every OMOP feed needs one. Found: visit_occurrence.",
            id="a folder with no PERSON",
        ),
        pytest.param(
            {"PERSON.csv": ""},
            "PERSON.csv is empty: it has no headings and no rows; send it again.",
            id="a PERSON of no bytes",
        ),
    ],
)
def test_a_feed_that_cannot_be_trusted_is_refused_in_one_sentence(partner, command, files, said):
    partner.send(files)
    assert partner.refused(command) == said


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_does_not_exist(partner, command):
    nowhere = partner.folder / "nowhere"
    said = partner.refused(command, folder=nowhere)
    assert said == f"There is no folder {nowhere}: give the folder that holds the files."


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("written", ["31/02/2020", "2020-02-31", "soon"])
def test_an_as_of_that_is_not_a_day(partner, command, written):
    said = partner.refused(command, "--as-of", written)
    assert said == f"--as-of {written} is not a day: write year, month and day, for example 2026-03-31."


@pytest.mark.parametrize("written", ["0001-01-01", "9999-12-31"])
def test_an_as_of_no_figures_can_be_made_for(partner, written):
    said = partner.refused("demo", "--as-of", written)
    assert said == f"--as-of {written} is not a day of 1900 to 2199, for which figures can be made."


def test_a_folder_of_places_without_look_ups(partner, tmp_path):
    said = partner.refused("demo", "--places", tmp_path / "here")
    assert said.startswith("here holds no file that places are read from; supply lsoa21_lookup.csv")


def test_a_folder_of_places_that_does_not_exist(partner):
    assert "There is no folder nowhere" in partner.refused("demo", "--places", "nowhere")


def test_a_folder_that_holds_something_else_is_left_alone(partner):
    partner.system.write_text("mine")
    assert "is a file. Nothing was changed" in partner.refused("demo")
    assert partner.system.read_text() == "mine"


def test_a_feed_of_nobody_is_not_built_but_may_be_checked(partner):
    partner.send({"PERSON.csv": PERSON.splitlines()[0] + "\n"})
    assert "holds nobody: no row of PERSON could be loaded, so nothing was built." in partner.refused("demo")
    assert "0 people." in partner.found("check")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "files, file, counts, told",
    [
        pytest.param(
            {"CONDITION_OCCURRENCE.csv": CONDITION + "1,1,201826,2020-02-01\n2,1,201826,31/02/2020\n"},
            "CONDITION_OCCURRENCE.csv", (2, 1, 1),
            "1 of 2 Rows set aside: the date is not a day: write it as 2020-02-28. "
            "They count in no figure. The first is row 2, column condition_start_date.",
            id="a date like 31/02/2020",
        ),
        pytest.param(
            {"PERSON.csv": PERSON + "1,8507,1950,3,4\n"}, "PERSON.csv", (3, 2, 1),
            "1 of 3 Rows set aside: the person is in the file more than once: the first row is kept. "
            "They count in no figure. The first is row 3, column person_id.",
            id="a person twice",
        ),
        pytest.param(
            {"CONDITION_OCCURRENCE.csv": CONDITION + "1,777,201826,2020-02-01\n"},
            "CONDITION_OCCURRENCE.csv", (1, 0, 1),
            "1 of 1 Rows set aside: the person is not in PERSON, or was set aside there. "
            "They count in no figure. The first is row 1, column person_id.",
            id="a condition of nobody",
        ),
    ],
)  # fmt: skip
def test_faulty_rows_are_set_aside_and_counted(partner, command, files, file, counts, told):
    partner.send(files)
    printed = partner.found(command)
    assert row_of(printed, file) == counts
    assert told in joined(printed)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_table_is_a_table_of_no_rows(partner, command):
    partner.send({"CONDITION_OCCURRENCE.csv": CONDITION})
    assert row_of(partner.found(command), "CONDITION_OCCURRENCE.csv") == (0, 0, 0)


@pytest.mark.parametrize("command", COMMANDS)
def test_headings_in_another_order_and_letter_case_make_no_difference(partner, command):
    usual = partner.found(command)
    if command == "demo":  # what was found, without when it was built and what was before
        usual = usual.partition("\nfeed\n")[2].partition("\nDiabetes:")[0]
    turned = [",".join(reversed(line.split(","))) for line in PERSON.splitlines()]
    partner.send({"PERSON.csv": "\n".join([turned[0].upper(), *turned[1:], ""])})
    assert usual
    assert usual in partner.found(command)


def test_a_check_writes_nothing_that_stays(partner):
    before = {path: path.read_bytes() for path in partner.folder.iterdir()}
    partner.found("check")
    assert {path: path.read_bytes() for path in partner.folder.iterdir()} == before
    assert not list(partner.here.iterdir())
    assert not list(partner.scratch.iterdir())


def test_a_demonstration_writes_to_its_folder_alone(partner):
    partner.found("demo")
    assert not list(partner.here.iterdir())
    assert not list(partner.scratch.iterdir())
    assert len(snapshots(partner.workspace)) == 1


@pytest.mark.parametrize("columns", [80, 140])
def test_a_summary_is_plain_text_that_can_be_sent_on(partner, columns):
    many = "".join(f"{n},1,201826,2020-02-01\n" for n in range(1, 1235))
    partner.send({"CONDITION_OCCURRENCE.csv": CONDITION + many, "README.md": "", "NOTE.csv": "note_id\n1\n"})
    lines = partner.found("check", columns=columns).splitlines()
    assert all(len(line) <= columns and line == line.rstrip() for line in lines)
    assert all(ord(character) < 0x2500 for line in lines for character in line), "no frames"
    assert "CONDITION_OCCURRENCE.csv  condition  1,234   1,234          0" in lines
    assert "PERSON.csv                person         2       2          0" in lines
    assert lines.index("To look into") < lines.index("Good to know")
    assert re.search(r"^\d+ other checks found nothing wrong\.$", "\n".join(lines), re.MULTILINE)
    files = [line for line in lines[lines.index("Good to know") :] if line.endswith(".csv")]
    assert files == sorted(files, key=lambda file: list(SOUND).index(file) if file in SOUND else 9)


def test_a_table_not_sent_is_named_once(partner):
    assert "Not sent: CONCEPT, LOCATION, CARE_SITE, OBSERVATION_PERIOD," in partner.found("check")


@pytest.mark.parametrize(
    "words, said",
    [
        ((), "init build check serve demo snapshots rollback new-key add-administrator"),
        (("init",), "FOLDER --username --display-name --password-file"),
        (("build",), "--system --as-of --anonymised --summary"),
        (
            ("demo",),
            "--omop --places --spread-over-places --residents --as-of --folder --port --only-build",
        ),
        (("check",), "FOLDER --as-of --future-days --system"),
        (("serve",), "--system --host --port"),
        (("snapshots",), "--system"),
        (("rollback",), "ID --system"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_help_names_every_choice_in_lines_that_fit(words, said):
    helped = stewardship(*words, "--help")
    assert helped.returncode == 0
    assert not [word for word in said.split() if word not in helped.stdout]
    assert all(len(line) <= 80 for line in helped.stdout.splitlines())
    assert "..." not in helped.stdout.replace("[ARGS]...", ""), "no sentence is cut off"


def test_the_version_is_told():
    assert re.fullmatch(r"stewardship \d+\.\d+.*\n", stewardship("--version").stdout)


@pytest.mark.parametrize("words", [("serve",), ("build",), ("check",), ("snapshots",)], ids=" ".join)
def test_where_there_is_no_system_it_says_what_to_do(tmp_path, words):
    ended = stewardship(*words, "-s", tmp_path / "empty")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        f"There is no system.toml in {tmp_path / 'empty'}: name a system's folder with --system, or make one with "
        "`stewardship init FOLDER`.\n"
    )
    assert not (tmp_path / "empty").exists()


def test_a_port_that_is_taken_is_said_in_a_sentence(partner):
    partner.found("demo")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = stewardship("serve", "-s", partner.system, "--port", port)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"Nothing can be served on 127.0.0.1, port {port} (")
    assert ended.stderr.endswith("Give another --port, or 0 for any free one.\n")
