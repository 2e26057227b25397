"""The page and the file that say what can be measured; thresholds of today change them without a build."""

import csv
import io
import os

import pytest

from support.site import signed_in, workspace

PAGE, FILE, FINDINGS = "/what-can-be-measured/", "/what-can-be-measured.csv", "/findings/"
THRESHOLD = """
[[threshold]]
check = "{check}"
source = "acute"
at_most = {at_most}
author = "A. Name, head of data quality"
reason = "Known fault of the extract until its next release"
date = 2026-03-31
"""
SOURCES = '[[source]]\nkey = "acute"\n'


@pytest.fixture
def steward():
    from stewardship.site.roles import Steward

    return signed_in(Steward)


@pytest.fixture
def thresholds(tmp_path):
    """Writes a system's thresholds, where the site looks for them."""
    from django.test import override_settings

    def write(text):
        path = tmp_path / "system.toml"
        path.write_text(SOURCES + text, encoding="utf-8")
        changed = path.stat().st_mtime_ns + write.times
        os.utime(path, ns=(changed, changed))
        write.times += 1

    write.times = 1
    with override_settings(SYSTEM=str(tmp_path)):
        yield write


def text(answer):
    return " ".join(answer.content.decode().split())


def rows(answer):
    found = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    return found[found.index([]) + 2 :]


def test_the_page_says_what_can_be_used_and_what_would_unlock_the_rest(steward):
    page = text(steward.get(PAGE))
    assert "18 of 19 measures can be used, 4 with caution" in page
    assert "Sending units with HbA1c results would unlock 1 measure in Diabetes" in page
    assert "2 failed checks make measures doubtful" in page
    assert "RXX: December 2025; RYY: December 2025" in page
    assert "Figures by ethnic group: people whose ethnic group is not known, of gp (20,000 of 64,000)" in page


def test_the_file_has_a_row_for_every_measure(steward):
    found = rows(steward.get(FILE))
    assert len({tuple(row[:3]) for row in found}) == 19
    (hba1c,) = [row for row in found if row[2] == "HbA1c at 58 mmol/mol or under"]
    assert hba1c[3:] == [
        "Not yet", "3,500 results of HbA1c came without a unit", "Sending units with HbA1c results",
        "Columns value and unit of observation; wanted: mmol/mol.", "observation", "gp, laboratory",
        "Something more in rows that are sent already", "1",
    ]  # fmt: skip
    falls = [row for row in found if row[2] == "Admissions after a fall"]
    assert [row[4] for row in falls] == [
        "Rows dated after the person's death: 55 of 1,080",
        "Rows short of the provider's usual month: RXX: December 2025; RYY: December 2025",
    ]


def test_a_threshold_changed_in_the_settings_changes_the_pages_without_a_build(steward, thresholds):
    built = sorted(path.stat().st_mtime_ns for path in (workspace() / "snapshots").rglob("*"))
    thresholds("")
    assert "4 with caution" in text(steward.get(PAGE))
    thresholds(
        THRESHOLD.format(check="after-death", at_most=0.06) + THRESHOLD.format(check="coverage", at_most=1)
    )
    assert "18 of 19 measures can be used </h1>".replace(" <", "<") in text(steward.get(PAGE)).replace(
        " <", "<"
    )
    findings = text(steward.get(FINDINGS))
    assert (
        "6%: known fault of the extract until its next release (set by A. Name, head of data quality, 31 March 2026)"
        in findings
    )
    thresholds(THRESHOLD.format(check="after-death", at_most=0.05))
    assert "4 with caution" in text(steward.get(PAGE))
    assert built == sorted(path.stat().st_mtime_ns for path in (workspace() / "snapshots").rglob("*"))


def test_settings_that_cannot_be_read_leave_the_thresholds_of_the_build_and_are_told(steward, thresholds):
    thresholds(THRESHOLD.format(check="after-death", at_most=6))
    page = text(steward.get(PAGE))
    assert "The thresholds are those of the build, because the settings cannot be read." in page
    assert "system.toml, line " in page
    assert "4 with caution" in page


def test_a_threshold_of_no_check_is_told(steward, thresholds):
    thresholds(THRESHOLD.format(check="after-deth", at_most=0.5))
    page = text(steward.get(PAGE))
    assert "system.toml, line 5: check" in page
    assert "after-death" in page


def test_the_findings_tell_each_check_with_its_outcome(steward):
    page = text(steward.get(FINDINGS))
    assert "3 of 6 checks across rows failed" in page
    for said in ("Passed", "Failed", "Could not run", "Not applicable", "No deaths have been sent."):
        assert said in page


def test_results_of_a_build_that_kept_no_checks_say_so(steward, tmp_path):
    from django.test import override_settings

    from support.snapshots import publish

    results = publish(tmp_path)
    (results / "needs.json").unlink()
    with override_settings(SNAPSHOTS=tmp_path / "snapshots"):
        assert "Build, then look here again." in text(steward.get(PAGE))
        assert steward.get(FILE).status_code == 404
        (results / "checked.json").unlink()
        assert "checks across rows" not in text(steward.get(FINDINGS))
    with override_settings(SNAPSHOTS=tmp_path / "none"):
        assert "Build, then look here again." in text(steward.get(PAGE))
        assert steward.get(FILE).status_code == 404


def test_what_was_found_is_taken_along_file_by_file(steward, tmp_path):
    from django.test import override_settings

    answer = steward.get("/findings.csv")
    found = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert "what-was-found.csv" in answer["Content-Disposition"]
    assert ["", "DEATH.csv", "death", "no", "", "", ""] in found
    assert ["", "PERSON.csv", "person", "yes", "64003", "64000", "3"] in found
    assert found[-1][2] == "Births after the as-of date"
    with override_settings(SNAPSHOTS=tmp_path / "none"):
        assert steward.get("/findings.csv").status_code == 404
