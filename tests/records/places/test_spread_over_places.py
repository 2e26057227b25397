from collections import Counter
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.records.engine import Engine
from stewardship.records.model import ADDRESS, PERSON, REGISTRATION, UNDATED_HOME
from stewardship.records.places import Places, PlacesError, invented_places, spread_over_places
from stewardship.records.places.patients import shared
from stewardship.records.places.spread import chance, homes_by_chance, practices_by_chance

FROM = {"source": "test", "source_file": "test", "source_row": 1}


@pytest.fixture
def engine(tmp_path):
    engine = Engine(scratch=tmp_path / "scratch", threads=2)
    yield engine
    engine.close()


def records(folder, people, *, parts=False):
    folder.mkdir()
    person = [
        {"person_id": n, "birth_date": date(1960, 1, 1), "birth_precision": "day", "sex": "female",
         "ethnic_group": "White", **FROM}
        for n in people
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(person, schema=PERSON.schema), folder / "person.parquet")
    registered = [{"person_id": n, "start": date(2000 + n % 3, 1, 1), **FROM} for n in people]
    path = folder / "registration.parquet"
    if parts:
        path.mkdir()
        path = path / "part-0.parquet"
    pq.write_table(pa.Table.from_pylist(registered, schema=REGISTRATION.schema), path)
    pq.write_table(ADDRESS.empty(), folder / "address.parquet")
    return folder


def spread(folder):
    return pq.read_table(folder / "address.parquet"), pq.read_table(folder / "registration.parquet")


def test_everybody_gets_a_home_and_a_practice_of_people_who_live_there(tmp_path, engine):
    places = invented_places()
    folder = records(tmp_path / "records", range(1, 1131))
    said = spread_over_places(folder, places, seed=1, engine=engine)
    addresses, registrations = spread(folder)
    assert addresses.schema == ADDRESS.schema
    assert registrations.schema == REGISTRATION.schema
    assert addresses["person_id"].to_pylist() == list(range(1, 1131))
    assert set(addresses["start"].to_pylist()) == {UNDATED_HOME}
    pairs = {(row["practice"], row["small_area"]) for row in places.patients.to_pylist()}
    assert (
        set(zip(registrations["practice"].to_pylist(), addresses["small_area"].to_pylist(), strict=True))
        <= pairs
    )
    assert said == (
        "Homes and practices are not real: 1,130 people were spread over small areas by chance (seed 1), in "
        "proportion to population, so comparisons between places show nothing real."
    )


def test_the_same_person_gets_the_same_place_whatever_the_order_the_others_and_the_threads(tmp_path, engine):
    places = invented_places()
    many = records(tmp_path / "many", range(1, 501))
    few = records(tmp_path / "few", [7, 300, 2, 499], parts=True)
    spread_over_places(many, places, seed=3, engine=engine)
    spread_over_places(few, places, seed=3, engine=Engine(scratch=tmp_path / "other", threads=1))
    (all_homes, all_lists), (some_homes, some_lists) = spread(many), spread(few)
    for whole, part, column in ((all_homes, some_homes, "small_area"), (all_lists, some_lists, "practice")):
        known = dict(zip(whole["person_id"].to_pylist(), whole[column].to_pylist(), strict=True))
        assert [known[n] for n in part["person_id"].to_pylist()] == part[column].to_pylist()


def test_spreading_twice_gives_the_same_bytes_and_another_seed_other_homes(tmp_path, engine):
    places = invented_places()
    folder = records(tmp_path / "records", range(1, 201))
    spread_over_places(folder, places, seed=1, engine=engine)
    first = (folder / "address.parquet").read_bytes()
    spread_over_places(folder, places, seed=1, engine=engine)
    assert (folder / "address.parquet").read_bytes() == first
    spread_over_places(folder, places, seed=2, engine=engine)
    assert (folder / "address.parquet").read_bytes() != first


def test_homes_are_in_proportion_to_population():
    places = invented_places()
    people = np.arange(1, 200_001)
    found = Counter(homes_by_chance(people, places, 1))
    expected = {
        code: n * len(people) / sum(places.residents.values()) for code, n in places.residents.items()
    }
    chi_square = sum((found[code] - n) ** 2 / n for code, n in expected.items())
    assert chi_square < 98  # 59 degrees of freedom: one in a thousand is above


def test_practices_are_in_proportion_to_the_patients_of_the_small_area():
    places = invented_places()
    people = np.arange(1, 100_001)
    homes = np.full(len(people), "X01000001", dtype=object)
    found = Counter(practices_by_chance(people, homes, places.patients, 1))
    patients = {
        r["practice"]: r["patients"] for r in places.patients.to_pylist() if r["small_area"] == "X01000001"
    }
    for practice, number in patients.items():
        share = number / sum(patients.values())
        assert abs(found[practice] / len(people) - share) < 4 * np.sqrt(share * (1 - share) / len(people))


def test_nobody_is_given_a_practice_where_nobody_is_registered():
    patients = invented_places().patients
    homes = np.array(["X01000001", "elsewhere"], dtype=object)
    practices = practices_by_chance(np.array([1, 2]), homes, patients, 1)
    assert practices[0] is not None and practices[1] is None


def test_without_small_areas_only_practices_are_given(tmp_path, engine):
    known = invented_places()
    places = Places(place=known.place.slice(0, 0), small_area=known.small_area.slice(0, 0),
                    organisation=known.organisation, patients=known.patients)  # fmt: skip
    folder = records(tmp_path / "records", range(1, 51))
    said = spread_over_places(folder, places, seed=1, engine=engine)
    addresses, registrations = spread(folder)
    assert len(addresses) == 0
    assert None not in registrations["practice"].to_pylist()
    assert said.startswith("Practices are not real: 50 people were spread over practices by chance")


def test_small_areas_without_population_are_refused(tmp_path, engine):
    known = invented_places()
    places = Places(known.place, known.small_area.slice(0, 0), known.organisation, deprivation_edition=2025)
    with pytest.raises(PlacesError, match="no population"):
        spread_over_places(records(tmp_path / "records", [1]), places, seed=1, engine=engine)


def test_nobody_at_all_is_spread_without_complaint(tmp_path, engine):
    folder = records(tmp_path / "records", [])
    assert "0 people" in spread_over_places(folder, invented_places(), seed=1, engine=engine)


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=20), st.integers(0, 2**40))
def test_chance_lies_between_nought_and_one(people, seed):
    drawn = chance(np.array(people, dtype=np.int64), seed, 1)
    assert np.all((drawn >= 0) & (drawn < 1))


def test_chance_is_even_and_its_draws_are_unlike_each_other():
    people = np.arange(100_000)
    drawn = {(seed, draw): chance(people, seed, draw) for seed in (1, 2) for draw in (1, 2)}
    for values in drawn.values():
        counts = np.histogram(values, bins=20, range=(0, 1))[0]
        assert ((counts - 5_000) ** 2 / 5_000).sum() < 44  # 19 degrees of freedom: one in a thousand is above
    assert np.abs(np.corrcoef(list(drawn.values())) - np.eye(4)).max() < 0.02


@given(st.integers(0, 10_000), st.lists(st.integers(0, 5_000), min_size=1, max_size=8))
def test_a_number_shared_out_adds_up_and_is_within_one_of_its_proportion(total, weights):
    parts = shared(total, weights)
    assert sum(parts) == total
    even = weights if sum(weights) else [1] * len(weights)
    assert all(abs(part - total * w / sum(even)) < 1 for part, w in zip(parts, even, strict=True))
