"""An analyst asks the current snapshot, at the command line and from Python."""

import csv
import json
import re
import sqlite3
import subprocess
import sys

import pytest

from support.command import LIMIT, environment, joined, stewardship

ACCOUNTS = """
from pathlib import Path
from stewardship.system.opened import open_system
from stewardship.site import serve
serve.migrate(open_system(Path({folder!r})).workspace)
from stewardship.site.demonstration import passes
passes()
"""
FROM_PYTHON = """
import json
from stewardship.ask import count
from stewardship.care_areas.vocabulary import DIABETES
from stewardship.people.language import aged, has
found = count({expression}, by="alliance", system={folder!r}, member="analyst")
print(json.dumps([[group.name, group.people] for group in found.groups]))
"""


def python(text):
    done = subprocess.run(
        [sys.executable, "-c", text],
        capture_output=True,
        text=True,
        timeout=LIMIT,
        env=environment(),
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked") / "demo"
    built = stewardship("demo", "--folder", folder, "--residents", 5000, "--years", 2, "--only-build")
    assert built.returncode == 0, built.stderr
    python(ACCOUNTS.format(folder=str(folder)))
    return folder


def ask(system, expression, *options, member="analyst"):
    return stewardship("count", expression, "--member", member, "--system", system, *options, columns=200)


def counts(printed):
    rows = re.findall(r"^  (.+?)  +([\d,]+|hidden)$", printed, re.MULTILINE)
    return {name.strip(): None if shown == "hidden" else int(shown.replace(",", "")) for name, shown in rows}


def events(system):
    """What the access log holds, oldest first; the question is closed to all but the log's key."""
    with sqlite3.connect(system / "workspace" / "access.sqlite3") as log:
        log.row_factory = sqlite3.Row
        rows = log.execute("SELECT * FROM access_event ORDER BY sequence").fetchall()
    return [dict(row) for row in rows]


def test_counts_are_fit_to_be_shown_unless_exact_ones_are_asked_for(system):
    exact = counts(ask(system, "has(DIABETES) & aged(65)", "--by", "alliance", "--exact").stdout)
    shown = counts(ask(system, "has(DIABETES) & aged(65)", "--by", "alliance").stdout)
    assert exact["everyone"] == sum(exact.values()) / 2 > 0
    assert list(shown) == list(exact)
    for name, people in shown.items():
        assert people is None or people == 5 * round(exact[name] / 5 + 1e-9)


def test_python_answers_as_the_command_line_does(system):
    at_command_line = counts(ask(system, "has(DIABETES) & aged(65)", "--by", "alliance").stdout)
    for expression in ("has(DIABETES) & aged(65)", "'has(DIABETES) & aged(65)'"):
        answer = json.loads(python(FROM_PYTHON.format(expression=expression, folder=str(system))))
        assert dict(answer) == at_command_line


def test_the_answer_says_what_was_asked_of_when_and_under_which_rule(system):
    told = joined(ask(system, "has(DIABETES) & aged(65)").stdout)
    assert (
        "Residents on 31 March 2026: diabetes mellitus of any type recorded at any time, and aged 65 or over."
        in told
    )
    assert "Counts of 1 to 7 are hidden and others rounded to 5" in told
    assert re.search(r"Snapshot \d{8}T\d{6}Z", told)


def test_a_file_says_the_same_with_hidden_counts_left_empty(system, tmp_path):
    printed = counts(
        ask(system, "aged(90) & has(DIABETES)", "--by", "ethnic group", "--csv", tmp_path / "x.csv").stdout
    )
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["ethnic group"]: int(row["people"]) if row["people"] else None for row in rows} == printed
    assert {row["state"] for row in rows if not row["people"]} <= {"suppressed"}
    assert {row["as of"] for row in rows} == {"2026-03-31"}


def test_every_question_is_logged_and_nobody_but_the_log_can_read_it(system):
    before = len(events(system))
    ask(system, "has(DIABETES) & aged(67)", "--by", "sex")
    (event,) = events(system)[before:]
    assert (event["did"], event["role"], event["result"], event["via"]) == (
        "count",
        "analyst",
        "allowed",
        "command",
    )
    assert event["shown"] == 4
    assert "aged(67)" not in str(event["reason"])
    assert "DIABETES" not in str(event["reason"])


def test_who_is_no_analyst_is_refused_and_the_refusal_is_logged(system):
    before = len(events(system))
    refused = ask(system, "aged(65)", member="steward")
    assert refused.returncode == 2
    assert "steward holds no role that may count residents" in refused.stderr
    assert not refused.stdout
    (event,) = events(system)[before:]
    assert (event["did"], event["result"]) == ("count", "refused")


def test_who_is_nobody_is_refused(system):
    refused = ask(system, "aged(65)", member="stranger")
    assert refused.returncode == 2
    assert "There is no member called stranger" in refused.stderr


@pytest.mark.parametrize(
    ("expression", "options", "told"),
    [
        ("has(DIABTES)", (), "Did you mean DIABETES?"),
        ("aged(65)", ("--by", "postcode"), "Count by one of: sex, age band"),
    ],
)
def test_a_mistake_is_one_sentence(system, expression, options, told):
    refused = ask(system, expression, *options)
    assert refused.returncode == 2
    assert told in refused.stderr
    assert "Traceback" not in refused.stderr


def test_where_the_log_cannot_be_written_there_is_no_answer(system):
    log = system / "workspace" / "access-log.head"
    away = log.with_suffix(".away")
    log.rename(away)
    log.mkdir()  # nothing can take its place
    try:
        refused = ask(system, "aged(65)")
    finally:
        log.rmdir()
        away.rename(log)
    assert refused.returncode == 2
    assert not counts(refused.stdout)


def test_what_can_be_written_is_listed(system):
    listed = stewardship("count", "--words", "--system", system).stdout
    assert {"has", "DIABETES", "months"} <= set(re.findall(r"\w+", listed))


def test_a_measure_is_explained_in_words_with_its_code_lists_and_reads(system):
    told = joined(
        stewardship("explain", "all eight care processes, type 2", "--system", system, columns=200).stdout
    )
    assert "type 2 diabetes recorded at any time, and not (type 1 diabetes recorded at any time)" in told
    assert "hba1c, version" in told
    assert "Read for it: condition, observation, activity_code; each once" in told


def test_a_measure_is_explained_without_any_system_with_every_code(tmp_path):
    told = stewardship(
        "explain", "people-with-type-1-diabetes", "--codes", "--system", tmp_path, columns=200
    ).stdout
    assert "ICD10 E10 (prefix)" in told


def test_a_measure_that_is_not_there_is_said_with_those_that_are(tmp_path):
    refused = stewardship("explain", "care", "--system", tmp_path)
    assert refused.returncode == 2
    assert "Several measures are called like" in joined(refused.stderr)
