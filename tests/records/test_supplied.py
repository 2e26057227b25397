"""Ledgers and published figures are read row by row: a bad row is set aside, told and counted; the others stand."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from stewardship.records.engine import Engine
from stewardship.records.files import SourceError
from stewardship.records.model import TABLES
from stewardship.records.supplied import FIGURES, LEDGERS, read_supply

TODAY = date(2026, 7, 1)
PLACES = {"ZZS"}
LEDGER = "Organisation,Sector,Programme,PointOfDelivery,Month,AmountPence,BudgetPence,Basis"
SOUND_LINE = "ZZT01,acute,04A,outpatient,2026-04-01,120000,110000,actual"
FIGURE = "Measure,PlaceCode,PeriodStart,PeriodEnd,Value,LowerLimit,UpperLimit,Source,PublishedDate"
SOUND_FIGURE = "Life expectancy,ZZS,2021-01-01,2023-12-31,79.1,78.8,79.4,National statistics,2025-02-01"


@pytest.fixture
def read(tmp_path):
    """Reads files, given as lines by name; the reading, and the rows of the table."""
    folder, into = tmp_path / "sent", tmp_path / "table.parquet"
    folder.mkdir()
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=2)

    def reading(supply, **files):
        for name, lines in files.items():
            (folder / f"{name}.csv").write_text("\n".join([*lines, ""]))
        found = read_supply(
            supply, folder, into, tmp_path / "aside.parquet", engine=engine, today=TODAY, places=PLACES
        )
        return found, pq.read_table(into).to_pylist()

    yield reading
    engine.close()


def test_a_line_of_a_ledger_is_money_of_a_month(read):
    found, rows = read(LEDGERS, ledger=[LEDGER, SOUND_LINE])
    assert rows == [
        {
            "organisation": "ZZT01", "sector": "acute", "programme": "04A", "point_of_delivery": "outpatient",
            "month": date(2026, 4, 1), "amount_pence": 120_000, "budget_pence": 110_000, "basis": "actual",
            "source": "finance", "source_file": "ledger.csv", "source_row": 1,
        }
    ]  # fmt: skip
    assert (found.present, found.findings, found.people) == (frozenset({"spend"}), [], 0)


def test_a_published_figure_has_its_limits_and_its_day(read):
    _, rows = read(FIGURES, figures=[FIGURE, SOUND_FIGURE])
    told = ("measure", "place", "start", "end", "value", "lower", "upper", "publisher", "published")
    assert [tuple(row[each] for each in told) for row in rows] == [
        ("Life expectancy", "ZZS", date(2021, 1, 1), date(2023, 12, 31), 79.1, 78.8, 79.4, "National statistics",
         date(2025, 2, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize("line, column, reason", [
    ("ZZT01,acute,04A,outpatient,2026-04-01,12.50,,actual", "AmountPence", "the value is not a whole number"),
    ("ZZT01,acute,04A,outpatient,2026-04-01,,,actual", "AmountPence", "AmountPence is empty"),
    ("ZZT01,acute,04A,clinic,2026-04-01,1,,actual", "PointOfDelivery", "PointOfDelivery is not one of: "),
    ("ZZT01,acute,04A,,2026-04-02,1,,actual", "Month", "Month is not the first day of a month"),
    ("ZZT01,acute,04A,,April,1,,actual", "Month", "the date is not a day: write it as 2020-02-28"),
    ("ZZT01,acute,04A,,2026-08-01,1,,actual", "Month", "the date lies after the last day of the data"),
    ("ZZT01,acute,04A,,2026-04-01,1,,guessed", "Basis", "Basis is not one of: actual, apportioned, estimated"),
    (",acute,04A,,2026-04-01,1,,actual", "Organisation", "Organisation is empty"),
])  # fmt: skip
def test_a_bad_line_is_set_aside_with_its_row_and_column(read, line, column, reason):
    found, rows = read(LEDGERS, ledger=[LEDGER, SOUND_LINE, line])
    assert len(rows) == 1
    (told,) = found.findings
    assert told.check.startswith(f"Rows set aside: {reason}")
    assert (told.count, told.examined, told.first) == (1, 2, f"The first is row 2, column {column}.")
    assert [(each.read, each.loaded, each.quarantined) for each in found.files] == [(2, 1, 1)]


def test_a_figure_of_a_place_that_is_not_known_is_set_aside_in_a_sentence(read):
    found, rows = read(FIGURES, figures=[FIGURE, SOUND_FIGURE, SOUND_FIGURE.replace("ZZS", "E99999999")])
    assert [row["place"] for row in rows] == ["ZZS"]
    assert found.findings[0].check == "Rows set aside: PlaceCode is the code of no place known here"


def test_a_figure_that_ends_before_it_begins_is_set_aside(read):
    found, rows = read(FIGURES, figures=[FIGURE, SOUND_FIGURE.replace("2023-12-31", "2020-12-31")])
    assert (rows, found.present) == ([], frozenset())
    assert found.findings[0].check == "Rows set aside: PeriodEnd is before PeriodStart"


def test_money_below_nothing_corrects_other_money(read):
    _, rows = read(LEDGERS, ledger=[LEDGER, SOUND_LINE.replace(",120000,", ",-500,")])
    assert rows[0]["amount_pence"] == -500


def test_of_one_line_sent_twice_the_latest_file_and_within_it_the_first_counts(read):
    found, rows = read(
        LEDGERS,
        **{
            "ledger_2025-04_2026-03": [LEDGER, SOUND_LINE],
            "ledger_2026-04": [LEDGER, SOUND_LINE.replace("120000", "7"), SOUND_LINE.replace("120000", "8")],
        },
    )
    assert [(row["amount_pence"], row["source_file"]) for row in rows] == [(7, "ledger_2026-04.csv")]
    assert [(each.read, each.loaded) for each in found.files] == [(1, 0), (2, 1)]
    assert {each.check for each in found.findings} == {
        "Rows set aside: a later file has this row anew",
        "Rows set aside: the row is in the file more than once: the first is kept",
    }


def test_other_files_are_told_and_left(read):
    found, _ = read(LEDGERS, ledger=[LEDGER, SOUND_LINE], budget=["a", "1"])
    assert [(each.table, each.check) for each in found.findings] == [
        ("budget.csv", "Files that nothing is read from")
    ]


@pytest.mark.parametrize("files, said", [
    ({}, "has no file whose name begins with ledger, such as ledger.csv"),
    ({"ledger": ["Organisation,Month"]}, "ledger.csv has no columns amountpence, basis. It has: organisation, month."),
])  # fmt: skip
def test_a_folder_that_cannot_be_read_is_refused_in_a_sentence(read, files, said):
    with pytest.raises(SourceError, match=said):
        read(LEDGERS, **files)


def test_without_a_folder_the_table_is_empty(tmp_path):
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=2)
    into = tmp_path / "spend.parquet"
    aside = tmp_path / "aside.parquet"
    assert read_supply(LEDGERS, None, into, aside, engine=engine, today=TODAY, places=PLACES) is None
    engine.close()
    written = pq.read_table(into)
    assert (written.num_rows, written.schema.names) == (0, TABLES["spend"].schema.names)
