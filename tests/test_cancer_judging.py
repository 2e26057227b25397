"""`stewardship cancer judge`: a table in, a table out, or one sentence and nothing."""

import csv
import io
import sys
from typing import NamedTuple

import pytest

from stewardship.cli import main
from stewardship.rules.cancer.table import COLUMNS, CONCLUSIONS
from support.cancer_worked import Worked, cancer, told
from support.cancer_worked_treated import GROUPS
from support.command import joined, stewardship

SOUND = cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-04")


def table(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    """Rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def row(name: str, /, happened: dict[str, str] = SOUND, **changes: str) -> dict[str, str]:
    return Worked(name, "", happened | changes).row()


class Ended(NamedTuple):
    """How the command ended, and what it wrote."""

    returncode: object
    stdout: str
    stderr: str


@pytest.fixture
def judged(tmp_path, monkeypatch, capsys):
    """The command in this process, which starts much faster than one of its own."""

    def run(text: str | bytes) -> Ended:
        file = tmp_path / "cases.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.setattr(sys, "argv", ["stewardship", "cancer", "judge", str(file)])
        with pytest.raises(SystemExit) as ended:
            main()
        return Ended(ended.value.code, *capsys.readouterr())

    return run


def test_every_worked_case_is_judged_in_order_under_the_names_of_the_conclusions(judged):
    cases = [case for cases in GROUPS.values() for case in cases]
    found = judged(table(*(case.row() for case in cases)))
    assert (found.returncode, found.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(found.stdout)))
    assert list(rows[0]) == list(CONCLUSIONS)
    assert [each["case_id"] for each in rows] == [case.title for case in cases]
    assert [f"{each['fds_days']} {each['fds_result']}".strip() for each in rows] == [
        case.fds for case in cases
    ]


def test_columns_come_in_any_order_with_others_beside_them(judged):
    columns = ("title", *reversed(COLUMNS), "exp_fds_days")
    found = judged("\ufeff" + table(row("one") | {"title": "A title, with a comma"}, columns=columns))
    assert found.stdout.splitlines()[1].startswith("one,0,0,24,MET,27,MET,2025-03-03,62,MET,SOLO,,1,0,0,0")


@pytest.mark.parametrize("reason", ["8", "08", " 8 "])
def test_the_reason_of_a_pause_may_have_a_0_before_it(judged, reason):
    paused = row("one", pause_from="2025-04-10", pause_to="2025-04-12", pause_reason=reason)
    assert judged(table(paused)).stdout.splitlines()[1].startswith("one,0,2,24,MET,25,MET,2025-03-03,60,MET")


def test_what_a_spreadsheet_does_to_a_table_changes_nothing(judged):
    plain = table(
        row("one"), row("two", first_seen_org="rz901", treating_org="RZ955", investigating_org="RZ901")
    )
    head, *lines = plain.splitlines()
    blank = "," * (len(COLUMNS) - 1)
    spoiled = "\r\n".join((head.upper(), *lines, blank, "", blank, "")).encode("utf-8-sig")
    found = judged(spoiled)
    assert found == judged(plain)
    assert "\r" not in found.stdout


def test_spaces_and_small_letters_change_nothing(judged):
    spaced = {name: f"  {cell} " if cell else cell for name, cell in row("one").items()}
    spaced |= {"route": " usc ", "icd10": " c18.7 "}
    assert judged(table(spaced)).stdout == judged(table(row("one"))).stdout


def test_a_table_without_rows_gives_a_table_without_rows(judged):
    assert judged(table()).stdout == ",".join(CONCLUSIONS) + "\n"


def test_the_name_of_an_event_may_hold_anything(judged):
    named = row("named", other_events="CT/MRI: not attended (2nd) : 2025-03-10/2025-03-12; note:2025-03-11")
    assert judged(table(named)).stdout == judged(table(row("named"))).stdout


@pytest.mark.parametrize(
    ("event", "leaves"),
    [
        ("died", True), ("Patient_died", True), ("death", True), ("date of death", True), ("went_private", True),
        ("private care", True), ("emergency_admission", True), ("private_scan", False), ("death of husband", False),
        ("emergency_attendance", False), ("deadline", False),
    ],
)  # fmt: skip
def test_only_leaving_ends_the_wait(judged, event, leaves):
    waits = {"route": "USC", "referral_received": "2025-06-02", "snapshot_date": "2025-07-31"}
    found = judged(table(row("one", waits, other_events=f"{event}:2025-06-05")))
    (line,) = csv.DictReader(io.StringIO(found.stdout))
    assert line["d62_result"] == ("NOT_APPLICABLE" if leaves else "OPEN")
    assert line["adj_first_seen_days"] == "0"


def test_codes_may_have_lost_their_first_0_in_a_spreadsheet(judged):
    short = row("short", treatment_event_type="1", fds_end_reason="1", referral_type="7")
    assert judged(table(short)).stdout == judged(table(row("short"))).stdout


CANNOT_BE = [
    ({"treatment_start": "2025-03-02"}, "treatment_start",
     "treatment started on 2 March 2025, before the referral was received on 3 March 2025"),
    ({"fds_end_date": "2025-03-01"}, "fds_end_date", "before the referral was received"),
    ({"snapshot_date": "2025-03-02"}, "snapshot_date", "it is before the day the referral was received"),
    ({"dna_rebooked_date": "2025-03-04", "first_appt_dna_date": "2025-03-05"}, "dna_rebooked_date", "before"),
    ({"treatment_start": "4 May 2025"}, "treatment_start", "that is not a day"),
    ({"treatment_start": "2025-02-30"}, "treatment_start", "that is not a day"),
    ({"treatment_start": "20250504"}, "treatment_start", "that is not a day"),
    ({"route": "TWW"}, "route", "that is no route"),
    ({"route": ""}, "route", "that is no route"),
    ({"route": "UPGRADE"}, "upgrade_date", "an upgrade needs the day"),
    ({"referral_received": ""}, "referral_received", "needs the day its referral was received"),
    ({"treatment_modality": "77"}, "treatment_modality", "that is no code of it"),
    ({"icd10": "bowel"}, "icd10", "that is no code of ICD-10"),
    ({"morphology_flag": "SCC"}, "morphology_flag", "it can be BCC or empty"),
    ({"other_events": "holiday"}, "other_events", "write events as name:2026-03-31"),
    ({"other_events": "holiday:2025-03-09/2025-03-08"}, "other_events", "ends before it begins"),
    ({"case_id": " "}, "case_id", "it is empty"),
    ({"case_id": "one"}, "case_id", "the same name stands in a row above"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "column", "words"), CANNOT_BE, ids=lambda value: str(value)[:40])
def test_a_row_that_cannot_be_is_named_and_the_others_are_judged(judged, changes, column, words):
    found = judged(table(row("one"), row("two", **changes), row("three")))
    assert found.returncode == 2
    assert found.stdout == judged(table(row("one"), row("three"))).stdout
    sentence = joined(found.stderr)
    assert sentence.startswith(f"cases.csv, row 2, column {column}: ")
    assert words in sentence
    assert len(found.stderr.splitlines()) == 1


def test_each_row_that_cannot_be_has_a_sentence_of_its_own(judged):
    found = judged(table(row("one", route="X"), row("two"), row("three", icd10="bowel")))
    first, second = found.stderr.splitlines()
    assert "row 1, column route" in first
    assert second.startswith("cases.csv, row 3, column icd10: ")


HALF = table(row("one"), row("two"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HALF[: HALF.rindex("C18.7")], "cases.csv, row 2, column morphology_flag: the row ends before it"),
        (HALF.rstrip() + ',"half a', "cases.csv, row 2, cannot be read as CSV"),
        (HALF.replace("USC", "USC,", 1), "cases.csv, row 1, has 27 cells for 26 columns"),
        ("", "cases.csv has no column case_id"),
        (table(row("one"), columns=COLUMNS[:-1]), "cases.csv has no column snapshot_date"),
        ("route," + HALF, "cases.csv has the column route twice"),
        (table(row("one")).encode("utf-16"), "cases.csv, row 1, cannot be read as CSV in UTF-8"),
    ],
    ids=[
        "half a row",
        "an open quotation",
        "a cell too many",
        "nothing",
        "no column",
        "a column twice",
        "UTF-16",
    ],
)
def test_a_half_written_file_is_refused_whole(judged, text, words):
    found = judged(text)
    assert (found.returncode, found.stdout) == (2, "")
    assert joined(found.stderr).startswith(words)


def test_no_value_of_a_row_is_repeated_in_a_sentence(judged):
    found = judged(
        table(row("one", told("2025-06-02", "2025-06-20"), fds_end_reason="Ann Example, 999 000 0000"))
    )
    assert "Ann" not in found.stderr
    assert "column fds_end_reason" in found.stderr


def test_the_installed_command_writes_a_table_that_can_be_piped_on(tmp_path):
    file = tmp_path / "cases.csv"
    file.write_text(table(row("one")), encoding="utf-8")
    found = stewardship("cancer", "judge", file)
    assert (found.returncode, found.stderr) == (0, "")
    assert [len(line.split(",")) for line in found.stdout.splitlines()] == [len(CONCLUSIONS)] * 2


def test_a_file_that_is_not_there_is_named(tmp_path):
    found = stewardship("cancer", "judge", tmp_path / "none.csv")
    assert found.returncode == 2
    assert "none.csv cannot be used" in found.stderr
