"""A build publishes the boundaries of places with its figures; a broken file stops it before it starts."""

import json
from datetime import UTC, datetime

import pytest

from stewardship.build import build, check_supplied, rollback
from stewardship.measures.published import Published
from stewardship.records.boundaries.kept import file_of, read_boundaries
from stewardship.records.engine import Engine
from stewardship.records.files import SourceError
from stewardship.records.places import invented_places
from stewardship.records.snapshot import latest_snapshot
from stewardship.system.settings import BoundarySettings
from support.omop_feed import PERSON, VISIT
from support.squares import geojson, squares
from support.systems import IDENTITIES, system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
LATER = datetime(2026, 7, 2, 6, 30, tzinfo=UTC)
NEIGHBOURHOODS = sorted(
    row["code"] for row in invented_places().place.to_pylist() if row["level"] == "neighbourhood"
)


@pytest.fixture
def system(tmp_path):
    """Two people; boundaries of all neighbourhoods but the last, and of a place of elsewhere."""
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "PERSON.csv").write_text(PERSON)
    (tmp_path / "feed" / "VISIT_OCCURRENCE.csv").write_text(VISIT)
    file = geojson(tmp_path / "wards.geojson", squares([*NEIGHBOURHOODS[:-1], "ELSEWHERE"]))
    return system_of(
        tmp_path / "workspace",
        tmp_path / "feed",
        boundaries=(BoundarySettings("neighbourhood", file, "code"),),
    )


def results(system):
    return latest_snapshot(system.workspace) / "results"


def test_they_are_published_with_the_figures_and_what_was_found_in_the_file_is_told(system):
    made = build(system, now=NOW, identities=IDENTITIES)
    assert list(read_boundaries(results(system), "neighbourhood")) == NEIGHBOURHOODS[:-1]
    assert [each.source for each in made.supplied] == ["boundaries"]
    told = Published(results(system)).snapshot
    assert "wards.geojson" in {file["file"] for file in told.files}
    found = {each["check"]: each["outcome"] for each in told.findings if each["source"] == "boundaries"}
    assert found["Boundaries of no place here"] == "fail"
    assert found["Places without a boundary (neighbourhood)"] == "fail"
    assert found["Boundaries that cross themselves"] == "pass"


def test_a_snapshot_returned_to_has_its_own(system):
    first = build(system, now=NOW, identities=IDENTITIES).snapshot.id
    geojson(system.boundaries[0].file, squares(NEIGHBOURHOODS[:2]))
    build(system, now=LATER, identities=IDENTITIES)
    assert len(read_boundaries(results(system), "neighbourhood")) == 2
    rollback(system, first, now=LATER.replace(hour=9), identities=IDENTITIES)
    assert len(read_boundaries(results(system), "neighbourhood")) == len(NEIGHBOURHOODS) - 1


def test_a_broken_file_stops_the_build_in_one_sentence_and_nothing_is_half_written(system):
    build(system, now=NOW, identities=IDENTITIES)
    before = latest_snapshot(system.workspace)
    system.boundaries[0].file.write_text('{"features": [')
    with pytest.raises(
        SourceError, match=r"^The file of boundaries wards\.geojson is not JSON in UTF-8: [^\n]+\.$"
    ):
        build(system, now=LATER, identities=IDENTITIES)
    assert latest_snapshot(system.workspace) == before
    assert list((system.workspace / "snapshots").iterdir()) == [before]
    assert json.loads((before / "results" / file_of("neighbourhood")).read_text())


def test_a_check_finds_what_a_build_finds_and_keeps_nothing(system, tmp_path):
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=1)
    (found,) = check_supplied(system, engine, today=NOW.date())
    assert (found.source, found.files[0].read, found.files[0].quarantined) == (
        "boundaries", len(NEIGHBOURHOODS), 1,
    )  # fmt: skip
    assert list((tmp_path / "scratch").iterdir()) == []
    system.boundaries[0].file.write_text("[]")
    with pytest.raises(SourceError, match="is not GeoJSON"):
        check_supplied(system, engine, today=NOW.date())
    engine.close()
