"""Candidates of the frailty register found at the command line, and who is missing, on a small made-up system."""

import csv
import re
import sqlite3

import pyarrow.parquet as pq
import pytest

from stewardship.measures.frailty.gap import GAP
from support.command import joined, stewardship
from support.people import row_of, written


@pytest.fixture(scope="module")
def system(tmp_path_factory):
    """A demonstration, in whose vault is everybody but one in three."""
    folder = tmp_path_factory.mktemp("frail") / "demo"
    built = stewardship("demo", "--folder", folder, "--residents", 2000, "--years", 2, "--only-build")
    assert built.returncode == 0, built.stderr
    people = pq.read_table(folder / "extracts" / "general-practice" / "patients.parquet")[
        "NHSNumber"
    ].to_pylist()
    known = [row_of(place, number) for place, number in enumerate(sorted(set(people))) if place % 3]
    loaded = stewardship("vault", "load", written(folder / "people.csv", known), "--system", folder)
    assert loaded.returncode == 0, loaded.stderr
    return folder


def find(system):
    done = stewardship("frailty", "find", "--system", system, columns=300)
    assert done.returncode == 0, done.stderr
    return [
        int(number.replace(",", ""))
        for number in re.findall(r"([\d,]+)(?=[;.]| more have)", joined(done.stdout))
    ]


def entries(system):
    with sqlite3.connect(system / "workspace" / "stewardship.sqlite3") as database:
        rows = database.execute("SELECT state, COUNT(*) FROM frailty_entry GROUP BY state").fetchall()
    return dict(rows)


def test_whoever_is_found_waits_once_and_nobody_is_on_the_register(system):
    new, again, more, known, unknown, gone, back = find(system)
    assert new > 20
    assert unknown > 5
    assert (again, more, known, gone, back) == (0, 0, 0, 0, 0)
    assert entries(system) == {"to_confirm": new}
    assert find(system) == [0, 0, 0, new, unknown, 0, 0]
    assert entries(system) == {"to_confirm": new}


def test_a_system_that_does_not_name_the_use_finds_nobody(system):
    settings = system / "system.toml"
    before = settings.read_text(encoding="utf-8")
    use = before[before.index("[uses.case-finding]") : before.index("national_opt_out")]
    try:
        settings.write_text(
            before.replace(use, "").replace('national_opt_out = "does not apply"\n', ""), encoding="utf-8"
        )
        done = stewardship("frailty", "find", "--system", system)
    finally:
        settings.write_text(before, encoding="utf-8")
    assert done.returncode == 2
    assert "system.toml does not name this use. Add [uses.case-finding]" in joined(done.stderr)


def test_who_is_missing_is_told_by_place_and_written_as_a_file(system):
    file = system / "missing.csv"
    done = stewardship(
        "frailty", "missing", "--level", "system", "--csv", file, "--system", system, columns=300
    )
    assert re.search(r"recorded, \d+ expected, \d+ missing; \d+ of 100 found", done.stdout)
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert list(rows[0]) == GAP.names
    assert {row["level"] for row in rows} == {"system", "alliance", "network", "practice"}
    assert {row["condition"] for row in rows} == {"frailty", "dementia", "end_of_life"}
    hidden = [row for row in rows if row["state"] != "shown"]
    assert hidden
    assert all(row["recorded"] == row["expected"] == row["missing"] == "" for row in hidden)


def test_another_level_is_refused_with_those_that_there_are(system):
    done = stewardship("frailty", "missing", "--level", "street", "--system", system)
    assert done.returncode == 2
    assert "--level street is none of the levels: system, alliance, network, practice." in joined(done.stderr)
