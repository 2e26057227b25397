from collections import Counter
from datetime import date

import pyarrow.parquet as pq
import pytest

from stewardship.records.model import ORGANISATION, PLACE, SMALL_AREA
from stewardship.records.places import memberships, read_places

MAP_DATE = date(2022, 1, 1)


@pytest.fixture(scope="module")
def both(public_folder):
    return read_places([public_folder("mse_geography"), public_folder("mse_primary_care")])


@pytest.fixture(scope="module")
def homes(public_folder):
    return read_places([public_folder("mse_geography")])


@pytest.fixture(scope="module")
def practices(public_folder):
    return read_places([public_folder("mse_primary_care")])


def levels(rows):
    return Counter((row["hierarchy"], row["level"]) for row in rows)


RESIDENCE = {
    ("residence", "small_area"): 720, ("residence", "neighbourhood"): 157,
    ("residence", "local_authority"): 9, ("residence", "alliance"): 4, ("residence", "system"): 1,
}  # fmt: skip
REGISTRATION = {
    ("registration", "practice"): 150, ("registration", "network"): 27, ("registration", "alliance"): 4,
    ("registration", "system"): 1,
}  # fmt: skip


@pytest.mark.parametrize("day", [MAP_DATE, date(2026, 3, 31)])
def test_both_hierarchies_are_whole(both, day):
    assert levels(memberships(both.place, day)) == RESIDENCE | REGISTRATION


def test_either_folder_alone_works(homes, practices):
    assert levels(memberships(homes.place, MAP_DATE)) == RESIDENCE
    assert levels(memberships(practices.place, MAP_DATE)) == REGISTRATION
    assert homes.patients is None
    assert practices.small_areas == frozenset()
    assert practices.deprivation_edition is None


def test_deprivation_of_2025_has_83_small_areas_in_the_most_deprived_fifth(homes):
    assert homes.deprivation_edition == 2025
    assert Counter(homes.fifths.values()) == {1: 83, 2: 140, 3: 161, 4: 155, 5: 181}


def test_deprivation_of_2019_is_kept_as_an_edition_of_its_own(homes):
    older = [row for row in homes.small_area.to_pylist() if row["deprivation_edition"] == 2019]
    assert len(older) == 705
    assert sum(row["deprivation_fifth"] == 1 for row in older) == 69
    assert sum(row["population"] for row in older) == 1_199_296  # mid-2020


def test_populations_add_up_to_the_census(homes):
    assert set(homes.residents) == homes.small_areas
    assert sum(homes.residents.values()) == 1_199_554


@pytest.mark.parametrize(
    "authority, alliance",
    [
        ("Braintree", "mid-essex"),
        ("Thurrock", "thurrock"),
        ("Brentwood", "basildon-and-brentwood"),
        ("Rochford", "south-east-essex"),
        ("Southend-on-Sea", "south-east-essex"),
    ],
)
def test_local_authorities_lie_in_their_alliances(homes, authority, alliance):
    rows = [row for row in homes.place.to_pylist() if row["level"] == "local_authority"]
    assert [row["parent"] for row in rows if row["name"] == authority] == [alliance]


def test_every_place_leads_up_to_the_system(both):
    for hierarchy in ("registration", "residence"):
        parents = {
            r["code"]: r["parent"] for r in memberships(both.place, MAP_DATE) if r["hierarchy"] == hierarchy
        }
        for code in parents:
            while parents[code] is not None:
                code = parents[code]
            assert code == "QH8"


def test_practices_in_no_network_lie_in_their_alliance(practices):
    parents = {row["code"]: row["parent"] for row in memberships(practices.place, MAP_DATE)}
    assert parents["F81700"] == "south-east-essex"
    assert parents["Y06389"] == "mid-essex"
    assert "U" not in parents


def spells(places, code):
    rows = [row for row in places.place.to_pylist() if row["code"] == code]
    return [(row["parent"], row["start"], row["end"]) for row in rows]


def test_a_practice_that_changed_network_has_a_dated_spell_in_each(practices):
    assert spells(practices, "F81031") == [
        ("U15488", date(2019, 10, 1), date(2021, 3, 31)),
        ("U55146", date(2021, 4, 1), None),
    ]


def test_a_practice_that_left_its_network_lies_in_its_alliance_from_the_next_day(practices):
    assert spells(practices, "F81223") == [
        ("U02453", date(2019, 10, 1), date(2022, 3, 31)),
        ("south-east-essex", date(2022, 4, 1), None),
    ]


def test_a_network_that_closed_has_its_last_day(practices):
    assert spells(practices, "U52827") == [("south-east-essex", date(2019, 10, 1), date(2021, 3, 31))]


def test_closed_practices_are_organisations_but_not_places(practices):
    closed = {row["code"]: row["end"] for row in practices.organisation.to_pylist() if row["end"]}
    assert closed["F81074"] == date(2020, 11, 30)
    assert "F81074" not in practices.place["code"].to_pylist()


def test_names_in_capitals_are_written_as_names(both):
    names = set(both.place["name"].to_pylist())
    assert {"SS9 PCN", "Stanford-le-Hope PCN", "Phoenix (Mid Essex) PCN", "St Luke's Health Centre"} <= names


def test_patients_are_carried_to_small_areas_of_2021_and_add_up(both):
    rows = both.patients.to_pylist()
    assert sum(row["patients"] for row in rows) == 1_255_429
    assert sum(row["patients"] for row in rows if row["small_area"]) == 1_247_520
    assert {row["small_area"] for row in rows if row["small_area"]} == both.small_areas


def test_patients_are_known_by_practice_alone_where_homes_are_not_read(practices):
    assert len(practices.patients) == 149
    assert set(practices.patients["small_area"].to_pylist()) == {None}
    assert sum(practices.patients["patients"].to_pylist()) == 1_255_429


def test_what_is_written_has_the_canonical_schemas(both, tmp_path):
    both.write(tmp_path)
    for table in (PLACE, SMALL_AREA, ORGANISATION):
        written = pq.read_table(tmp_path / f"{table.name}.parquet")
        assert written.schema == table.schema
        keys = list(zip(*(written[name].to_pylist() for name in table.key), strict=True))
        assert len(set(keys)) == len(keys)


def test_organisations_of_other_sources_stay(both, tmp_path):
    other = {"code": "RXX", "name": "A provider", "role": "provider", "source": "omop", "source_file": "f"}
    theirs = {**other, "code": "QH8", "role": "system"}
    rows = [{**row, "source_row": number} for number, row in enumerate((other, theirs), start=1)]
    pq.write_table(
        ORGANISATION.empty().from_pylist(rows, schema=ORGANISATION.schema), tmp_path / "organisation.parquet"
    )
    both.write(tmp_path)
    written = {
        row["code"]: row["source"] for row in pq.read_table(tmp_path / "organisation.parquet").to_pylist()
    }
    assert written["RXX"] == "omop"
    assert written["QH8"] == "places"
