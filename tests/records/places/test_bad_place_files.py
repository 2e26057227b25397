from pathlib import Path

import pytest

from stewardship.records.places import PlacesError, read_places

LOOKUP = (
    "lsoa21_code,lsoa21_name,ward24_code,ward24_name,ltla24_code,ltla24_name,sicbl24_code_nhs\n"
    "E01000001,One,E05000001,Ward,E07000001,District,06Q\n"
    "E01000002,Two,E05000001,Ward,E07000001,District,06Q\n"
)
IMD = "lsoa21_code,IMD_rank,IMD_decile\nE01000001,10,1.0\nE01000002,20000,6.0\n"
AGES = "lsoa21_code,age_group,usual_residents\nE01000001,Young,700.0\nE01000001,Old,300\nE01000002,All,500\n"
PRACTICES = (
    "EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PCN_CODE,PCN_NAME,CCG_CODE\n"
    "01Jan2022,F80001,THE FIRST SURGERY,U00001,FIRST PCN,06Q\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "places"
    folder.mkdir()
    (folder / "lsoa21_lookup.csv").write_text(LOOKUP)
    (folder / "imd2025_lsoa21.csv").write_text(IMD)
    (folder / "census2021_residents_age6_lsoa21.csv").write_text(AGES)
    (folder / "practices_pcn_map_2022-01.csv").write_text(PRACTICES)
    return folder


def message(folder: Path) -> str:
    with pytest.raises(PlacesError) as error:
        read_places([folder])
    said = str(error.value)
    assert str(folder.parent) not in said, "a message names files, not where they are"
    return said


def test_small_files_are_enough(folder):
    places = read_places([folder])
    assert places.residents == {"E01000001": 1000, "E01000002": 500}
    assert places.fifths == {"E01000001": 1, "E01000002": 3}


def test_residents_come_from_another_census_table_if_ages_are_not_there(folder):
    (folder / "census2021_residents_age6_lsoa21.csv").unlink()
    (folder / "census2021_disability_lsoa21.csv").write_text(
        "lsoa21_code,disability,n\nE01000001,Yes,100\nE01000001,No,900\n"
    )
    assert read_places([folder]).residents == {"E01000001": 1000}


def test_residents_are_unknown_where_no_census_table_is_there(folder):
    (folder / "census2021_residents_age6_lsoa21.csv").unlink()
    places = read_places([folder])
    assert places.residents == {}
    assert places.small_areas == {"E01000001", "E01000002"}


def test_a_rank_may_be_empty(folder):
    path = folder / "imd2025_lsoa21.csv"
    path.write_text(path.read_text().replace("20000,6.0", ","))
    assert read_places([folder]).fifths == {"E01000001": 1, "E01000002": None}


def test_a_needed_file_that_is_not_there_is_named_with_what_there_is(folder):
    (folder / "imd2025_lsoa21.csv").unlink()
    said = message(folder)
    assert said.startswith("places has no imd2025_lsoa21.csv")
    assert "lsoa21_lookup.csv" in said


def test_a_folder_without_places_says_what_to_supply(tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    assert "lsoa21_lookup.csv" in message(folder)


def test_no_folder_at_all_is_said():
    with pytest.raises(PlacesError, match="No folder of places was named"):
        read_places([])


def test_registrations_need_the_lookup_from_2011_to_2021(folder):
    (folder / "gp_registrations_by_lsoa11_2022-07.csv").write_text(
        "practice_code,lsoa11_code,patients\nF80001,E01000001,5\n"
    )
    assert message(folder).startswith("places has no lsoa11_to_lsoa21.csv")


def test_a_split_small_area_shares_its_patients_out_by_residents(folder):
    (folder / "gp_registrations_by_lsoa11_2022-07.csv").write_text(
        "practice_code,lsoa11_code,patients\nF80001,E01000009,10\nF80001,NO2011,3\n"
    )
    (folder / "lsoa11_to_lsoa21.csv").write_text(
        "lsoa11_code,lsoa21_code\nE01000009,E01000001\nE01000009,E01000002\n"
    )
    shares = {row["small_area"]: row["patients"] for row in read_places([folder]).patients.to_pylist()}
    assert shares == {"E01000001": 7, "E01000002": 3, None: 3}


def test_a_folder_that_is_not_there_is_said(tmp_path):
    assert (
        message(tmp_path / "nowhere")
        == "There is no folder nowhere; name a folder that holds files of places."
    )


DEPRIVATION, AREAS, MAP = "imd2025_lsoa21.csv", "lsoa21_lookup.csv", "practices_pcn_map_2022-01.csv"
BAD = [
    (DEPRIVATION, "IMD_rank", "IMD_rang", 
     "{} has no column IMD_rank; it has: lsoa21_code, IMD_rang, IMD_decile;"),
    (DEPRIVATION, "20000", "high", "Row 2 of {}: IMD_rank is 'high', which is not a whole number"),
    (DEPRIVATION, "20000", "inf", "Row 2 of {}: IMD_rank is 'inf', which is not a whole number"),
    (DEPRIVATION, "E01000002,20000,6.0\n", "", "{} has no row for E01000002"),
    (AREAS, "Two,E05000001", "Two,", "Row 2 of {} has no ward24_code"),
    (AREAS, "E01000002", "E01000001", "Row 2 of {} repeats the small area E01000001 of row 1"),
    (AREAS, "Two,E05000001,Ward,E07000001", "Two,E05000001,Ward,E07000002",
     "Row 2 of {} puts E05000001 in E07000002, but row 1"),
    (AREAS, "District,06Q\nE01000002", "District,ZZ9\nE01000002",
     "Row 1 of {}: sicbl24_code_nhs is ZZ9, which lies in no alliance"),
    (AREAS, "E05000001", "E07000001",
     "The code E07000001 is used for a neighbourhood and for a local authority"),
    (MAP, "F80001,THE", "F80001,THE\n01Jan2022,F80001,THE",
     "Row 2 of {} repeats the practice F80001 of row 1"),
]  # fmt: skip


@pytest.mark.parametrize("file, old, new, said", BAD, ids=[said[:50] for *_, said in BAD])
def test_a_wrong_file_is_one_sentence_that_names_it(folder, file, old, new, said):
    path = folder / file
    path.write_text(path.read_text().replace(old, new))
    found = message(folder)
    assert found.startswith(said.format(file))
    assert found.endswith(".") and "\n" not in found


def test_bytes_that_are_not_text_are_said(folder):
    (folder / "imd2025_lsoa21.csv").write_bytes(b"lsoa21_code,IMD_rank,IMD_decile\n\xff\xfe\x00,1,1\n")
    assert message(folder).startswith("imd2025_lsoa21.csv could not be read as UTF-8 CSV")


def test_dates_that_are_no_dates_are_said(folder):
    (folder / "epcn_core_partners.csv").write_text(
        "Partner Organisation Code,PCN Code,PCN Name,PCN Parent Sub ICB Loc Code,"
        "Practice to PCN Relationship Start Date,Practice to PCN Relationship End Date\n"
        "F80001,U00001,FIRST PCN,06Q,2019-13-01,\n"
    )
    assert "is '2019-13-01', which is not a date" in message(folder)


def test_a_system_can_bring_its_own_alliances(folder):
    (folder / "alliances.csv").write_text(
        "sub_icb,alliance_code,alliance,system_code,system\n06Q,the-north,The North,Q99,Everywhere\n"
    )
    tops = {row["code"]: row["name"] for row in read_places([folder]).place.to_pylist() if not row["parent"]}
    assert tops == {"Q99": "Everywhere"}
