"""The invented folder goes the way of a partner's data, and the checks find what is wrong with it."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from stewardship.records.engine import Engine
from stewardship.records.omop.read import read_omop
from stewardship.records.places import invented_places
from support.omop_feed import options


@pytest.fixture(scope="module")
def read(folder, tmp_path_factory):
    base = tmp_path_factory.mktemp("read")
    into = base / "records"
    into.mkdir()
    engine = Engine(scratch=base / "scratch", threads=2)
    reading, _ = read_omop(
        folder.path,
        into,
        options(not_after=date(2026, 6, 30), small_areas=invented_places().small_areas),
        engine=engine,
    )
    engine.close()
    return reading, into


def test_it_is_read_up_to_its_last_day(read):
    reading, _ = read
    assert reading.as_of == date(2026, 3, 31)
    assert reading.people == 6_001


def test_only_rows_that_are_wrong_on_purpose_are_set_aside(read):
    reading, _ = read
    aside = {count.file: count.quarantined for count in reading.files if count.quarantined}
    assert aside == {
        "PERSON.parquet": 2,
        "VISIT_OCCURRENCE.parquet": 2,
        "CONDITION_OCCURRENCE.parquet": 3,
        "MEASUREMENT.parquet": 2,
    }


def test_all_homes_are_in_the_invented_places_and_all_practices_are_known(read):
    _, into = read
    places = invented_places()
    homes = set(pq.read_table(into / "address.parquet")["small_area"].to_pylist())
    assert homes <= places.small_areas
    practices = set(pq.read_table(into / "registration.parquet")["practice"].to_pylist())
    assert practices <= set(places.organisation["code"].to_pylist())


def test_points_of_delivery_and_costs_arrive_whole(read, folder):
    _, into = read
    activity = pq.read_table(into / "activity.parquet")
    assert "other_contact" not in activity["point_of_delivery"].to_pylist()
    read_pence = sum(pence or 0 for pence in activity["cost_pence"].to_pylist())
    sent = folder.value("""
        SELECT sum(total_paid * 100)::BIGINT FROM COST
        JOIN VISIT_OCCURRENCE ON visit_occurrence_id = cost_event_id
        WHERE cost_domain_id = 'Visit' AND visit_end_date >= visit_start_date
    """)
    assert read_pence == sent
