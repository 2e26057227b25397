"""The same feed in every layout a partner may send gives the same canonical tables."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from stewardship.records.engine import Engine, quoted, read_from
from stewardship.records.files import SourceError
from stewardship.records.model import OF_SOURCES, TABLES
from stewardship.records.omop import read_omop
from support.omop_feed import BUILD_DAY, PERSON, VISIT, Feed, finding, options

CONDITION = (
    "condition_occurrence_id,person_id,condition_source_value,condition_start_date,visit_occurrence_id\n"
    "5,1,44054006,2024-02-03,10\n9007199254740993,2,44054006,2023-12-31,\n"
)
TABLES_SENT = {"PERSON": PERSON, "VISIT_OCCURRENCE": VISIT, "CONDITION_OCCURRENCE": CONDITION}


def contents(feed: Feed) -> dict[str, list[tuple[object, ...]]]:
    """Every canonical table but for the names of the files."""
    return {
        path.stem: feed.engine.rows(f"SELECT * EXCLUDE (source_file) FROM '{path}'")
        for path in sorted(feed.into.glob("*.parquet"))
        if path.stem in TABLES
    }


@pytest.fixture
def expected(tmp_path):
    (tmp_path / "plain").mkdir()
    feed = Feed(tmp_path / "plain")
    for name, text in TABLES_SENT.items():
        feed.write(f"{name}.csv", text)
    feed.read()
    return contents(feed)


def reversed_columns(text: str) -> str:
    return "\n".join(",".join(reversed(line.split(","))) for line in text.splitlines())


@pytest.mark.parametrize(
    "name, change",
    [
        ("{}.csv.gz", lambda text: text),
        ("{}.CSV.GZ", lambda text: text),
        ("{}.tsv", lambda text: text.replace(",", "\t")),
        ("{}.csv", lambda text: text.replace(",", "\t")),
        ("{}.csv", lambda text: text.replace(",", ";")),
        ("{}.txt", lambda text: text.replace(",", "|")),
        ("{}.csv", lambda text: text.replace("\n", "\r\n")),
        ("{}.csv", lambda text: "\ufeff" + text),
        ("{}.csv", lambda text: text.rstrip("\n")),
        ("{}.csv", lambda text: text + "\n\n"),
        ("{}.csv", lambda text: text.replace("_id,", "_ID ,", 1).replace("person", "Person", 1)),
        ("{}.csv", reversed_columns),
        (
            "{}.csv",
            lambda text: "\n".join(",".join(f'"{v}"' for v in row.split(",")) for row in text.splitlines()),
        ),
        (
            "{}.csv",
            lambda text: text.replace("2024-06-30", "2024-06-30 00:00:00").replace("2024-02-03", "20240203"),
        ),
    ],
)
def test_text_of_every_kind(tmp_path, expected, name, change):
    feed = Feed(tmp_path)
    for table, text in TABLES_SENT.items():
        feed.write(name.format(table.lower() if "txt" in name else table), change(text).encode())
    feed.read()
    assert contents(feed) == expected


def test_parquet(tmp_path, expected):
    feed = Feed(tmp_path)
    for table, text in TABLES_SENT.items():
        (tmp_path / f"{table}.csv").write_text(text)
        feed.engine.run(
            f"COPY (FROM read_csv('{tmp_path / table}.csv')) TO '{feed.folder / table.title()}.Parquet' "
            "(FORMAT parquet)"
        )
    feed.read()
    assert contents(feed) == expected


def test_parquet_whose_whole_numbers_were_written_as_fractions(tmp_path, expected):
    feed = Feed(tmp_path)
    for table, text in TABLES_SENT.items():
        (tmp_path / f"{table}.csv").write_text(text)
        ids = "person_id::DOUBLE AS person_id"
        ids += ", visit_occurrence_id::DOUBLE AS visit_occurrence_id" if "visit_occurrence_id" in text else ""
        feed.engine.run(
            f"COPY (SELECT * REPLACE ({ids}) FROM read_csv('{tmp_path / table}.csv')) "
            f"TO '{feed.folder / table}.parquet' (FORMAT parquet)"
        )
    feed.read()
    assert contents(feed) == expected


def test_a_duckdb_file_with_tables_in_a_schema_of_its_own(tmp_path, expected):
    feed = Feed(tmp_path)
    feed.folder = tmp_path / "records.duckdb"
    feed.engine.run(f"ATTACH '{feed.folder}' AS made")
    feed.engine.run('CREATE SCHEMA made."cdm 54"')
    for table, text in TABLES_SENT.items():
        (tmp_path / f"{table}.csv").write_text(text)
        feed.engine.run(f"CREATE TABLE made.\"cdm 54\".{table} AS FROM read_csv('{tmp_path / table}.csv')")
    feed.engine.run("DETACH made")
    reading = feed.read()
    assert contents(feed) == expected
    assert {count.file for count in reading.files if not count.absent} == set(TABLES_SENT)


def test_a_view_of_a_duckdb_file_is_not_run(tmp_path):
    """It would be the partner's SQL, and might read what stands here."""
    feed = Feed(tmp_path)
    feed.folder = tmp_path / "records.duckdb"
    (tmp_path / "stewardship.env").write_text("SECRET=words")
    feed.engine.run(f"ATTACH '{feed.folder}' AS made")
    feed.engine.run("CREATE TABLE made.person AS SELECT 1 AS person_id, 1960 AS year_of_birth")
    feed.engine.run(
        "CREATE VIEW made.care_site AS SELECT 1 AS care_site_id, 'A' AS care_site_source_value, "
        f"content AS care_site_name FROM read_text('{tmp_path}/stewardship.env')"
    )
    feed.engine.run("DETACH made")
    with pytest.raises(SourceError, match=r"^care_site of records\.duckdb is a view: send it as a table\.$"):
        feed.read()
    assert feed.engine.rows("SELECT 1 FROM duckdb_databases() WHERE database_name = 'partner_file'") == []


def test_a_duckdb_file_with_changes_beside_it_is_not_read(tmp_path):
    feed = Feed(tmp_path)
    feed.folder = tmp_path / "records.duckdb"
    feed.engine.run(f"ATTACH '{feed.folder}' AS made")
    feed.engine.run("CREATE TABLE made.person AS SELECT 1 AS person_id, 1960 AS year_of_birth")
    feed.engine.run("DETACH made")
    (tmp_path / "records.duckdb.wal").write_bytes(b"changes")
    with pytest.raises(SourceError, match=r"^records\.duckdb\.wal beside records\.duckdb holds changes"):
        feed.read()


@pytest.mark.parametrize(
    "name", ["feed?", "feed*", "feed[12]", "a[b]", "it's a feed", 'the "feed"', "100% {é}"]
)
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_folder_may_have_any_name_and_its_neighbours_stay_unread(tmp_path, name, kind):
    engine = Engine(scratch=tmp_path / name / "scratch", threads=2)
    for folder, person in ((name, 1), ("feed1", 7), ("feed2", 8)):
        (tmp_path / folder).mkdir(exist_ok=True)
        row = f"SELECT {person} AS person_id, 1960 AS year_of_birth"
        path = quoted(tmp_path / folder / f"PERSON.{kind}")
        engine.run(f"COPY ({row}) TO {path} (FORMAT {kind})")
    into = tmp_path / name / "canonical"
    reading, _ = read_omop(tmp_path / name, into, options(as_of=BUILD_DAY), engine=engine)
    assert reading.people == 1
    assert pq.ParquetFile(into / "person.parquet").read()["person_id"].to_pylist() == [1]
    people = engine.ibis.read_parquet(read_from(into / "person.parquet"))
    assert engine.ibis.to_pyarrow(people)["person_id"].to_pylist() == [1]


def test_every_table_the_reader_owns_is_written_with_the_models_columns_and_types(tmp_path):
    feed = Feed(tmp_path).with_people()
    feed.read()
    written = {path.stem: pq.read_schema(path) for path in feed.into.glob("*.parquet")}
    assert set(written) == {*OF_SOURCES, "organisation", "quarantine", "identities"}
    for name, schema in written.items():
        if name in TABLES:
            assert [(f.name, f.type) for f in schema] == [(f.name, f.type) for f in TABLES[name].schema]


def test_a_table_with_headings_and_no_rows_is_not_filled(tmp_path):
    feed = Feed(tmp_path).with_people()
    feed.write("DEATH.csv", "person_id,death_date\n").write("DRUG_EXPOSURE.csv", "")
    reading = feed.read()
    assert reading.present == {"person", "activity"}
    absent = {count.file for count in reading.files if count.absent}
    assert {"DRUG_EXPOSURE", "MEASUREMENT"} <= absent
    assert "DEATH" not in absent


def test_files_that_are_not_used_are_named(tmp_path):
    feed = Feed(tmp_path).with_people()
    feed.write("Note.csv", "note_id\n1\n").write("spend.csv", "a,b\n1,2\n").write("read me.pdf", b"%PDF")
    reading = feed.read()
    unused = finding(reading, "Tables of the common data model that are not used")
    assert unused.consequence == "Nothing was read from Note.csv."
    others = finding(reading, "Files that are no table of the common data model")
    assert others.consequence == "Nothing was read from read me.pdf, spend.csv."


def test_a_check_finds_the_same_and_leaves_nothing(tmp_path):
    feed = Feed(tmp_path).with_people().write("DEATH.csv", "person_id,death_date\n9,2024-01-01\n")
    before = sorted(tmp_path.rglob("*"))
    checked = feed.check()
    assert sorted(tmp_path.rglob("*")) == before
    assert checked == feed.read()


def test_the_same_feed_gives_the_same_bytes_whatever_the_threads(tmp_path):
    rows = "".join(
        f"{n},{n % 2 + 1},44054006,20{n % 20 + 10 - 6 * (n % 20 > 14)}-01-01,\n" for n in range(300_000)
    )
    bytes_of = []
    for threads in (1, 2):
        folder = tmp_path / str(threads)
        folder.mkdir()
        feed = (
            Feed(folder)
            .with_people()
            .write("CONDITION_OCCURRENCE.csv", CONDITION.split("\n")[0] + "\n" + rows)
        )
        feed.engine = Engine(scratch=folder / "own", threads=threads)
        feed.read()
        bytes_of.append({path.name: path.read_bytes() for path in feed.into.glob("*.parquet")})
    assert bytes_of[0] == bytes_of[1]


def test_progress_is_told_in_words_and_shares(tmp_path):
    feed, told = Feed(tmp_path).with_people(), []
    read_omop(
        feed.folder, feed.into, options(not_after=date(2026, 1, 1)), engine=feed.engine,
        progress=lambda doing, done: told.append((doing, done)),
    )  # fmt: skip
    assert ("Reading PERSON", pytest.approx(1 / 13)) in told
    assert all(0 <= done <= 1 for _, done in told)
    assert Path(feed.into / "person.parquet").exists()


def test_nothing_of_a_reading_stays_in_the_engine(tmp_path):
    feed = Feed(tmp_path).with_people().write("LOCATION.csv", b"location_id\n1\n\xff\xff\n")
    feed.read()
    tables = "SELECT table_name FROM duckdb_tables()"
    views = "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    assert feed.engine.rows(f"{tables} UNION ALL {views}") == []
