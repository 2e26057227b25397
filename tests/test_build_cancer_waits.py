"""A build publishes cancer waits of others beside its own figures; a broken file stops it before it starts."""

from datetime import UTC, datetime

import pytest

from stewardship.build import build, check_supplied, rollback
from stewardship.measures.published import Published
from stewardship.records.cancer_waits.figures import Shown
from stewardship.records.cancer_waits.kept import CANCER_NATIONAL, read_national
from stewardship.records.engine import Engine
from stewardship.records.files import SourceError
from stewardship.records.snapshot import latest_snapshot
from stewardship.system.settings import CancerWaitsSettings
from support.national_workbook import NationalWorkbook
from support.omop_feed import PERSON, VISIT
from support.systems import IDENTITIES, system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
LATER = datetime(2026, 7, 2, 6, 30, tzinfo=UTC)


@pytest.fixture
def system(tmp_path):
    """Two people, and both workbooks of a month."""
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "PERSON.csv").write_text(PERSON)
    (tmp_path / "feed" / "VISIT_OCCURRENCE.csv").write_text(VISIT)
    (tmp_path / "waits").mkdir()
    for basis in ("provider", "commissioner"):
        NationalWorkbook(basis).save(tmp_path / "waits" / f"{basis}.xlsx")
    return system_of(
        tmp_path / "workspace",
        tmp_path / "feed",
        cancer_waits=CancerWaitsSettings(tmp_path / "waits", Shown(("ZZT01",), ("ZZS",))),
    )


def results(system):
    return latest_snapshot(system.workspace) / "results"


def test_they_are_published_with_the_figures_and_what_was_found_is_told(system):
    workbook = NationalWorkbook()
    row = workbook.row_of("62-DAY (BY CANCER)", "ZZT02")
    workbook.sheet("62-DAY (BY CANCER)")[f"F{row}"] = "many"
    workbook.save(system.cancer_waits.folder / "provider.xlsx")
    made = build(system, now=NOW, identities=IDENTITIES)
    own = read_national(
        results(system), {"belongs": "own", "standard": "62-day", "cancer": "ALL", "modality": "ALL"}
    )
    assert [(w.basis, w.organisation, w.route, w.total, w.within) for w in own if w.route == "ALL"] == [
        ("commissioner", "ZZS", "ALL", 61.0, 40.0), ("provider", "ZZT01", "ALL", 61.0, 40.0),
    ]  # fmt: skip
    assert {w.name for w in read_national(results(system), {"belongs": "England"})} == {
        "ALL ENGLISH PROVIDERS", "ALL ENGLISH COMMISSIONERS",
    }  # fmt: skip
    assert [each.source for each in made.supplied] == ["cancer-waits"]
    told = Published(results(system)).snapshot
    assert {"commissioner.xlsx", "provider.xlsx"} <= {file["file"] for file in told.files}
    found = {each["check"]: each for each in told.findings if each["source"] == "cancer-waits"}
    aside = found["Rows set aside: there are words where a number of patients has to stand"]
    assert (aside["outcome"], aside["table"]) == ("fail", "provider.xlsx")


def test_without_the_setting_nothing_is_published_of_them(system, tmp_path):
    none = system_of(system.workspace, tmp_path / "feed")
    build(none, now=NOW, identities=IDENTITIES)
    assert not (results(none) / CANCER_NATIONAL).exists()
    assert read_national(results(none)) == ()


def test_a_snapshot_returned_to_has_its_own(system):
    first = build(system, now=NOW, identities=IDENTITIES).snapshot.id
    NationalWorkbook(month="April 2025", written="Apr-25").save(system.cancer_waits.folder / "april.xlsx")
    build(system, now=LATER, identities=IDENTITIES)
    assert len({w.month for w in read_national(results(system))}) == 2
    rollback(system, first, now=LATER.replace(hour=9), identities=IDENTITIES)
    assert len({w.month for w in read_national(results(system))}) == 1


def test_a_broken_file_stops_the_build_in_one_sentence_and_nothing_is_half_written(system):
    build(system, now=NOW, identities=IDENTITIES)
    before = latest_snapshot(system.workspace)
    held = (before / "results" / CANCER_NATIONAL).read_bytes()
    workbook = NationalWorkbook()
    workbook.sheet("62-DAY (ALL CANCER)")["F10"] = "=G10+H10"
    workbook.save(system.cancer_waits.folder / "provider.xlsx")
    with pytest.raises(SourceError, match=r"^The file of cancer waits provider\.xlsx has a formula[^\n]+\.$"):
        build(system, now=LATER, identities=IDENTITIES)
    assert latest_snapshot(system.workspace) == before
    assert list((system.workspace / "snapshots").iterdir()) == [before]
    assert (before / "results" / CANCER_NATIONAL).read_bytes() == held


def test_a_check_finds_what_a_build_finds_and_keeps_nothing(system, tmp_path):
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=1)
    (found,) = check_supplied(system, engine, today=NOW.date())
    assert (found.source, [(f.file, f.read, f.loaded) for f in found.files]) == (
        "cancer-waits", [("commissioner.xlsx", 92, 92), ("provider.xlsx", 69, 69)],
    )  # fmt: skip
    assert list((tmp_path / "scratch").iterdir()) == []
    (system.cancer_waits.folder / "provider.xlsx").write_text("no workbook")
    with pytest.raises(SourceError, match="is no workbook that can be read"):
        check_supplied(system, engine, today=NOW.date())
    engine.close()
