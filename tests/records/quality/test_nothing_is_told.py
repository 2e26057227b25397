"""What tells who somebody is, planted in every column of every file, is searched for in every byte that is told."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

from stewardship.build import build
from stewardship.records.identity import Identities, Naming
from stewardship.records.model import OF_SOURCES, SHARED
from stewardship.records.omop.cdm import READ
from support.command import stewardship
from support.omop_feed import Feed
from support.systems import IDENTITIES, system_of

PLANTED = {
    "an NHS number with a wrong check digit": "9434765918",
    "an NHS number": "9434765919",
    "an NHS number written 3-3-4": "943 476 5919",
    "a date of birth": "04/03/1950",
    "a day of birth as a database writes it": "1950-03-04",
    "a day of birth with its time": "1950-03-04 02:15:00",
    "a postcode": "SS1 1QQ",
    "a name": "Ermintrude Smythe",
    "a number too long": "94347659189434765918",
    "words": "Seen with her neighbour Zebedee, who rang",
}
NEEDLES = ("9434765918", "9434765919", "943 476 5919", "04/03/1950", "1950-03-04", "1950, 3, 4", "4 March 1950",
           "SS1 1QQ", "Ermintrude", "Smythe", "Zebedee", "02:15")  # fmt: skip
SOUND = {"integer": "1", "number": "1", "day": "2024-06-01", "text": "x1", "code": "x1"}


def planted_feed(folder):
    """A feed in which each row has one of the planted values in one of its columns, and is sound otherwise."""
    feed = Feed(folder)
    for table in READ.values():
        columns = table.columns
        rows = [[SOUND[column.kind] for column in columns]]
        for position, _ in enumerate(columns):
            for value in PLANTED.values():
                row = [SOUND[column.kind] for column in columns]
                row[0], row[position] = str(len(rows) + 1), value
                rows.append(row)
        rows.append([*rows[0], PLANTED["a name"]])  # a field too many
        text = [",".join(f'"{cell}"' for cell in row) for row in rows]
        text.append(f'1,"{PLANTED["a name"]}" {PLANTED["a postcode"]},"')  # a quotation mark in the midst
        heading = ",".join(column.name for column in columns)
        feed.write(f"{table.name}.csv", "\n".join([heading, *text[:-1]]) + "\n")
    broken = f'1,"{PLANTED["a name"]}" and {PLANTED["a postcode"]}",2024-06-01\n'
    return feed.write("NOTE.csv", f"note_id,note_text\n1,{PLANTED['words']}\n{broken}")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Everything that reading the feed tells, by where it is told."""
    folder = tmp_path_factory.mktemp("planted")
    feed = planted_feed(folder)
    reading = feed.read(naming=Naming(Identities(b"a key of tests"), "tests", "person_id"))
    said = stewardship("check", feed.folder, columns=500)
    assert said.returncode == 0, said.stderr
    aside = pq.read_table(feed.into / "quarantine.parquet")
    return {
        "quarantine": str(aside.to_pydict()),
        "quarantine's bytes": (feed.into / "quarantine.parquet").read_bytes().decode("latin-1"),
        "reading": json.dumps(asdict(reading), default=str, ensure_ascii=False),
        "output": said.stdout,
        "errors": said.stderr,
    }, aside


@pytest.mark.parametrize("where", ["quarantine", "quarantine's bytes", "reading", "output", "errors"])
def test_nothing_that_tells_who_somebody_is_is_told(told, where):
    assert [needle for needle in NEEDLES if needle in told[0][where]] == []


def test_the_search_would_find_it(told):
    """Hundreds of rows were set aside, from every file, each with a reason: there was much to tell."""
    _, aside = told
    assert aside.num_rows > 300
    assert set(aside["file"].to_pylist()) == {f"{name}.csv" for name in READ}
    assert "the value (10 digits) is not a whole number" not in set(aside["reason"].to_pylist())
    assert "the date (written 99/99/9999) is not a day: write it as 2020-02-28" in set(
        aside["reason"].to_pylist()
    )
    assert "Rows set aside" in told[0]["output"]


def test_a_build_writes_it_nowhere_but_in_the_tables_of_people(tmp_path):
    feed = planted_feed(tmp_path)
    system = system_of(tmp_path / "workspace", feed.folder)
    now = datetime(2026, 7, 1, tzinfo=UTC)
    build(system, now=now, identities=IDENTITIES)
    written = [path for path in (tmp_path / "workspace").rglob("*") if path.is_file()]
    beside = [path for path in written if path.stem not in {*OF_SOURCES, *SHARED, *READ}]
    names = {path.name for path in beside}
    assert {"quarantine.parquet", "reading.json", "snapshot.json", "checked.json", "needs.json"} <= names
    for path in beside:
        content = path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet":
            content += str(pq.read_table(path).to_pydict())
        assert [needle for needle in NEEDLES if needle in content] == [], path.name


def test_a_file_that_cannot_be_read_at_all_is_told_without_what_it_holds(tmp_path):
    feed = Feed(tmp_path).with_people()
    feed.write(
        "CONDITION_OCCURRENCE.csv", f'condition_occurrence_id,"{PLANTED["a name"]}\n1,{PLANTED["a postcode"]}'
    )
    said = stewardship("check", feed.folder, columns=500)
    assert said.returncode == 2
    assert [needle for needle in NEEDLES if needle in said.stdout + said.stderr] == []
