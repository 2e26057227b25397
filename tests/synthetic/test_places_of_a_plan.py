"""Places of a made system: as many as its residents fill, as deprived as real ones, and none that is real."""

from dataclasses import replace

import numpy as np
import pyarrow.csv as pa_csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stewardship.records.places import memberships, read_places
from stewardship.synthetic.listed import LISTED_FOR_A_RESIDENT, Listed, listed_of
from stewardship.synthetic.lives import NEVER
from stewardship.synthetic.place_files import places_sent
from stewardship.synthetic.places import fifth_shares, places_of, shared_out
from stewardship.synthetic.population import batches_of, people_of
from support.synthetic_lives import FULL, SMALL

BATCHES = [people_of(SMALL, places_of(SMALL), number) for number in range(batches_of(SMALL))]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The places of a small system, as they are read back from its files."""
    folder = tmp_path_factory.mktemp("places")
    places = places_of(SMALL)
    listed = Listed.nobody(places)
    for people in BATCHES:
        listed += listed_of(SMALL, places, people)
    for sent in places_sent(SMALL, places, listed):
        pa_csv.write_csv(sent.rows, folder / f"{sent.kind}.csv")
    return read_places([folder])


def test_the_full_system_has_four_alliances_27_networks_and_about_145_practices():
    places = places_of(FULL)
    assert len(places.alliances) == 4
    assert len(places.networks.code) == 27
    assert len(places.authorities.code) == 9
    assert 143 <= len(places.practices.code) <= 147
    assert 700 <= len(places.areas.code) <= 740


@pytest.mark.parametrize("residents", [2_000, 60_000, 150_000])
def test_a_small_system_has_every_network_with_two_practices_and_four_small_areas(residents):
    places = places_of(replace(SMALL, residents=residents))
    assert len(places.networks.code) == 27
    assert np.bincount(places.practices.network, minlength=27).min() >= 2
    assert np.bincount(places.areas.network, minlength=27).min() >= 4


def test_small_areas_are_as_deprived_as_those_of_the_real_system():
    found = np.bincount(places_of(FULL).areas.fifth, minlength=6)[1:] / len(places_of(FULL).areas.code)
    assert found == pytest.approx(np.array([83, 140, 161, 155, 181]) / 720, abs=0.01)


def test_networks_differ_in_deprivation():
    areas = places_of(FULL).areas
    means = [areas.tenth[areas.network == network].mean() for network in range(27)]
    assert min(means) < 3.5
    assert max(means) > 8.5


def test_no_code_can_be_real_and_none_is_given_twice():
    places = places_of(FULL)
    small = [*places.areas.code, *places.neighbourhoods.code, *places.authorities.code]
    bodies = [
        *places.networks.code,
        *places.practices.code,
        *places.organisations.code,
        *places.localities.code,
    ]
    assert all(code.startswith("X") for code in small)
    assert all(code.startswith("ZZ") for code in bodies)
    assert len({*small, *bodies}) == len(small) + len(bodies)


def test_no_two_places_of_a_kind_have_one_name():
    places = places_of(FULL)
    for kind in (places.areas, places.neighbourhoods, places.authorities, places.networks, places.practices):
        assert len(set(kind.name)) == len(kind.name)


def test_a_practice_closes_within_the_years_and_another_open_one_takes_its_people():
    practices = places_of(FULL).practices
    (closed,) = np.flatnonzero(practices.closed < NEVER)
    assert FULL.first < practices.closed[closed] < FULL.last
    assert practices.network[practices.successor[closed]] == practices.network[closed]
    assert practices.closed[practices.successor[closed]] == NEVER


def test_the_files_are_read_as_the_places_they_were_written_from(read):
    places = places_of(SMALL)
    rows = memberships(read.place, SMALL.last_day)
    parents = {row["code"]: row["parent"] for row in rows if row["hierarchy"] == "residence"}
    wards = [places.neighbourhoods.code[place] for place in places.areas.neighbourhood]
    assert [parents[code] for code in places.areas.code] == wards
    networks = {row["code"]: row["parent"] for row in rows if row["level"] == "network"}
    alliances = [
        places.alliance_codes[places.localities.alliance[place]] for place in places.networks.locality
    ]
    assert [networks[code] for code in places.networks.code] == alliances
    assert read.fifths == dict(zip(places.areas.code, places.areas.fifth, strict=True))
    assert sum(read.residents.values()) == pytest.approx(SMALL.residents / LISTED_FOR_A_RESIDENT, rel=0.02)


def test_lists_of_practices_hold_everybody_who_is_registered_on_the_last_day(read):
    places = places_of(SMALL)
    practice = np.concatenate(
        [each.practice[(each.end > SMALL.last) & (each.death > SMALL.last)] for each in BATCHES]
    )
    lists = read.patients.group_by("practice").aggregate([("patients", "sum")]).to_pydict()
    counted = np.bincount(practice, minlength=len(places.practices.code))
    assert dict(zip(lists["practice"], lists["patients_sum"], strict=True)) == {
        code: many for code, many in zip(places.practices.code, counted.tolist(), strict=True) if many
    }
    assert sum(lists["patients_sum"]) == pytest.approx(SMALL.residents, rel=0.01)


def test_the_network_that_a_practice_was_in_before_is_read_with_its_days(read):
    practices = places_of(SMALL).practices
    (moved,) = np.flatnonzero(practices.formerly >= 0)
    spells = [row for row in read.place.to_pylist() if row["code"] == practices.code[moved]]
    assert [row["parent"] for row in spells] == [
        places_of(SMALL).networks.code[practices.formerly[moved]],
        places_of(SMALL).networks.code[practices.network[moved]],
    ]
    assert (spells[1]["start"] - spells[0]["end"]).days == 1


def test_the_same_plan_has_the_same_places_and_another_seed_has_others():
    again = places_of.__wrapped__(SMALL)
    assert (again.areas.tenth == places_of(SMALL).areas.tenth).all()
    other = places_of(replace(SMALL, seed=8))
    assert (other.areas.tenth != places_of(SMALL).areas.tenth).any()


def test_shares_of_fifths_add_up():
    assert fifth_shares().sum() == pytest.approx(1)


@settings(max_examples=50)
@given(st.integers(0, 5_000), st.lists(st.floats(0.01, 100), min_size=1, max_size=20))
def test_what_is_shared_out_adds_up(total, weights):
    parts = shared_out(total, np.array(weights))
    assert parts.sum() == total
    assert (np.abs(parts - total * np.array(weights) / sum(weights)) < 1).all()
