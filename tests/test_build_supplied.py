"""A build reads ledgers and published figures beside its sources, and keeps them with the snapshot."""

from datetime import UTC, datetime

import pytest

from stewardship.build import build, check_supplied, rollback
from stewardship.measures.published import Published
from stewardship.records.engine import Engine
from stewardship.records.snapshot import latest_snapshot
from support.omop_feed import PERSON, VISIT
from support.small_records import opened
from support.systems import IDENTITIES, system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
LATER = datetime(2026, 7, 2, 6, 30, tzinfo=UTC)


@pytest.fixture
def system(tmp_path):
    """Two people and their visits; a ledger of two lines, one of them bad; one published figure."""
    for name in ("feed", "finance", "published"):
        (tmp_path / name).mkdir()
    (tmp_path / "feed" / "PERSON.csv").write_text(PERSON)
    (tmp_path / "feed" / "VISIT_OCCURRENCE.csv").write_text(VISIT)
    (tmp_path / "finance" / "ledger.csv").write_text(
        "Organisation,Sector,Programme,PointOfDelivery,Month,AmountPence,BudgetPence,Basis\n"
        "ZZT01,acute,04A,outpatient,2026-04-01,120000,110000,actual\n"
        "ZZT01,acute,04A,outpatient,2026-05-01,much,110000,actual\n"
    )
    (tmp_path / "published" / "figures.csv").write_text(
        "Measure,PlaceCode,PeriodStart,PeriodEnd,Value,LowerLimit,UpperLimit,Source,PublishedDate\n"
        "Life expectancy,ZZS,2021-01-01,2023-12-31,79.1,78.8,79.4,National statistics,2025-02-01\n"
    )
    return system_of(
        tmp_path / "workspace",
        tmp_path / "feed",
        finance=tmp_path / "finance",
        published_figures=tmp_path / "published",
    )


def supplied(system, tmp_path):
    """The rows that a use may see, by table; and what the pages tell of the files."""
    folder = latest_snapshot(system.workspace)
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=1)
    records = opened(folder, engine)
    rows = {
        name: engine.ibis.to_pyarrow(records.table(name)).to_pylist()
        for name in ("spend", "published_figure")
    }
    present = records.present
    engine.close()
    return rows, present, Published(folder / "results").snapshot


def test_they_stand_in_the_snapshot_and_are_told_on_its_pages(system, tmp_path):
    made = build(system, now=NOW, identities=IDENTITIES)
    assert [each.source for each in made.supplied] == ["finance", "published-figures"]
    rows, present, told = supplied(system, tmp_path)
    assert [row["amount_pence"] for row in rows["spend"]] == [120_000]
    assert [row["value"] for row in rows["published_figure"]] == [79.1]
    assert {"spend", "published_figure"} <= present
    assert {"ledger.csv", "figures.csv"} <= {file["file"] for file in told.files}
    (bad,) = [each for each in told.findings if each["source"] == "finance"]
    assert (bad["check"], bad["table"]) == ("Rows set aside: the value is not a whole number", "ledger.csv")


def test_a_check_finds_what_a_build_finds_and_keeps_nothing(system, tmp_path):
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=1)
    found = check_supplied(system, engine, today=NOW.date())
    engine.close()
    assert {each.source: each.files[0].quarantined for each in found} == {
        "finance": 1,
        "published-figures": 0,
    }
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_snapshot_returned_to_has_its_own(system, tmp_path):
    first = build(system, now=NOW, identities=IDENTITIES).snapshot.id
    (system.finance / "ledger.csv").unlink()
    (system.finance / "ledger.csv").write_text(
        "Organisation,Sector,Programme,PointOfDelivery,Month,AmountPence,BudgetPence,Basis\n"
    )
    build(system, now=LATER, identities=IDENTITIES)
    rows, present, _ = supplied(system, tmp_path)
    assert (rows["spend"], "spend" in present) == ([], False)
    rollback(system, first, now=LATER.replace(hour=9), identities=IDENTITIES)
    rows, present, told = supplied(system, tmp_path)
    assert len(rows["spend"]) == 1
    assert [each["table"] for each in told.findings if each["source"] == "finance"] == ["ledger.csv"]
