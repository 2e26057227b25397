"""The code lists are well formed, and find the right people in third-party data.

Check digits: SNOMED CT and dm+d by Verhoeff, LOINC by its mod-10 rule (SNOMED CT Technical Implementation
Guide; LOINC Users' Guide). Expected counts of people come from a search of each data set by the names of its
concepts, not by the codes.
"""

import csv
import gzip
import os
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "src" / "stewardship" / "care_areas" / "codelists"
DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
NAMES = sorted(path.stem for path in FOLDER.glob("*.csv"))
ABOUT = tomllib.loads((FOLDER / "codelists.toml").read_text(encoding="utf-8"))

SHAPES = {
    "SNOMED": r"\d{6,18}",
    "DMD": r"\d{6,18}",
    "ICD10": r"[A-Z][0-9][0-9A-Z]{0,2}",
    "OPCS4": r"[A-Z][0-9]{2}[0-9]?",
    "LOINC": r"\d{3,5}-\d",
    "RXNORM": r"\d{2,8}",
    "BNF": r"\d{2,8}([A-Z0-9]{0,7})",
    "CVX": r"\d{2,3}",
    "TFC": r"\d{3}",
    "LOCAL": r".+",
}
MEASURED = {
    "hba1c": "mmol/mol",
    "systolic-blood-pressure": "mm[Hg]",
    "diastolic-blood-pressure": "mm[Hg]",
    "cholesterol": "mmol/L",
    "body-mass-index": "kg/m2",
    "serum-creatinine-or-egfr": "mL/min/{1.73_m2}",
    "urine-albumin": "mg/mmol",
    "cardiovascular-risk-score": "%",
}

Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    """The rows of a list, as text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes_of(name: str, *systems: str) -> set[str]:
    """The codes of a list in these systems."""
    return {row["code"] for row in rows_of(name) if row["system"] in systems}


def verhoeff_holds(digits: str) -> bool:
    """Whether the last digit is the Verhoeff check digit, worked in the dihedral group of the pentagon."""

    def times(a: int, b: int) -> int:
        turn = a % 5 + b % 5 if a < 5 else a % 5 - b % 5
        return turn % 5 + 5 * ((a < 5) != (b < 5))

    step = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
    check = 0
    for place, digit in enumerate(reversed(digits)):
        moved = int(digit)
        for _ in range(place % 8):
            moved = step[moved]
        check = times(check, moved)
    return check == 0


def loinc_digit_holds(code: str) -> bool:
    """Whether the digit after the hyphen is the mod-10 check digit of those before it."""
    body, check = code.split("-")
    doubled = "".join(str(int(d) * (2 if place % 2 == 0 else 1)) for place, d in enumerate(reversed(body)))
    return (10 - sum(map(int, doubled)) % 10) % 10 == int(check)


@pytest.mark.parametrize("code, holds", [
    ("73211009", True), ("44054006", True), ("999791000000106", True), ("10939881000119105", True),
    ("73211008", False), ("44504006", False), ("10939881000119104", False),
])  # fmt: skip
def test_the_check_digit_of_snomed_finds_a_slip(code: str, holds: bool) -> None:
    assert verhoeff_holds(code) is holds


@pytest.mark.parametrize(
    "code, holds", [("4548-4", True), ("33914-3", True), ("4548-5", False), ("4584-4", False)]
)
def test_the_check_digit_of_loinc_finds_a_slip(code: str, holds: bool) -> None:
    assert loinc_digit_holds(code) is holds


def test_every_list_is_described_and_every_description_has_a_list() -> None:
    assert sorted(ABOUT) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_a_title_a_dated_version_and_a_source(name: str) -> None:
    about = ABOUT[name]
    assert about["title"] and about["source"].endswith(".")
    assert date.fromisoformat(about["version"]) <= date(2100, 1, 1)
    assert set(about) <= {"title", "version", "source", "unit", "note"}


def test_measured_quantities_and_no_others_have_a_unit() -> None:
    assert {name: about["unit"] for name, about in ABOUT.items() if "unit" in about} == MEASURED


@pytest.mark.parametrize("name", NAMES)
def test_names_are_lower_case_words_joined_by_hyphens(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_has_the_four_columns_and_no_blanks_or_doubles(name: str) -> None:
    rows = rows_of(name)
    assert rows, f"{name}.csv is empty"
    assert list(rows[0]) == ["system", "code", "term", "match"]
    assert all(value and value == value.strip() for row in rows for value in row.values())
    keys = [(row["system"], row["code"]) for row in rows]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", NAMES)
def test_every_code_has_the_shape_of_its_system(name: str) -> None:
    for row in rows_of(name):
        ends = row["code"].split("-") if row["match"] == "range" else [row["code"]]
        assert all(re.fullmatch(SHAPES[row["system"]], end) for end in ends), row


@pytest.mark.parametrize("name", NAMES)
def test_ranges_are_ordered_and_only_classifications_match_by_prefix(name: str) -> None:
    for row in rows_of(name):
        assert row["match"] in ("exact", "prefix", "range"), row
        if row["match"] == "range":
            start, end = row["code"].split("-")
            assert len(start) == len(end) and start < end, row
        if row["match"] != "exact":
            assert row["system"] in ("ICD10", "OPCS4", "BNF"), row


@pytest.mark.parametrize("name", NAMES)
def test_every_check_digit_holds(name: str) -> None:
    assert [code for code in codes_of(name, "SNOMED", "DMD") if not verhoeff_holds(code)] == []
    assert [code for code in codes_of(name, "LOINC") if not loinc_digit_holds(code)] == []


@pytest.mark.parametrize("part, whole", [
    ("diabetes-type-1", "diabetes"),
    ("diabetes-type-2", "diabetes"),
    ("diabetic-eye-disease", "diabetes"),
    ("diabetic-kidney-disease", "diabetes"),
    ("diabetic-neuropathy", "diabetes"),
    ("major-lower-limb-amputation", "lower-limb-amputation"),
    ("insulin", "diabetes-medicines"),
    ("atherosclerotic-cardiovascular-disease", "cardiovascular-disease"),
    ("hypertension", "cardiovascular-disease"),
    ("cataract", "eye-conditions"),
    ("current-smoker", "smoking-status"),
    ("eczema", "skin-conditions"),
    ("fragility-fracture", "musculoskeletal-conditions"),
    ("glaucoma", "eye-conditions"),
    ("macular-degeneration", "eye-conditions"),
    ("non-smoker", "smoking-status"),
    ("osteoarthritis", "musculoskeletal-conditions"),
    ("psoriasis", "skin-conditions"),
    ("skin-cancer", "skin-conditions"),
])  # fmt: skip
def test_a_kind_is_within_the_whole(part: str, whole: str) -> None:
    systems = ("SNOMED", "RXNORM", "OPCS4")
    assert codes_of(part, *systems) <= codes_of(whole, *systems)


@pytest.mark.parametrize("one, other", [
    ("diabetes-type-1", "diabetes-type-2"),
    ("diabetes", "gestational-diabetes"),
    ("diabetes", "non-diabetic-hyperglycaemia"),
    ("diabetes", "diabetes-resolved"),
    ("systolic-blood-pressure", "diastolic-blood-pressure"),
    ("cholesterol", "hba1c"),
    ("current-smoker", "non-smoker"),
    ("glaucoma", "cataract"),
    ("learning-disability", "autism"),
    ("severe-mental-illness", "learning-disability"),
    ("eczema", "psoriasis"),
    ("stroke", "transient-ischaemic-attack"),
    ("frailty-mild", "frailty-moderate-or-severe"),
    ("coronary-heart-disease", "heart-failure"),
    ("short-acting-reliever-inhaler", "lipid-lowering-medicines"),
])  # fmt: skip
def test_lists_that_exclude_each_other_share_no_code(one: str, other: str) -> None:
    assert codes_of(one, *SHAPES).isdisjoint(codes_of(other, *SHAPES))


PEOPLE_IN_1130 = [
    ("CONDITION_OCCURRENCE", "diabetes", 69),
    ("CONDITION_OCCURRENCE", "diabetes-type-2", 69),
    ("CONDITION_OCCURRENCE", "diabetes-type-1", 0),
    ("CONDITION_OCCURRENCE", "non-diabetic-hyperglycaemia", 310),
    ("CONDITION_OCCURRENCE", "diabetic-kidney-disease", 31),
    ("CONDITION_OCCURRENCE", "diabetic-neuropathy", 21),
    ("CONDITION_OCCURRENCE", "diabetic-eye-disease", 18),
    ("CONDITION_OCCURRENCE", "hypertension", 299),
    ("CONDITION_OCCURRENCE", "atherosclerotic-cardiovascular-disease", 129),
    ("CONDITION_OCCURRENCE", "asthma", 30),
    ("CONDITION_OCCURRENCE", "atrial-fibrillation", 41),
    ("CONDITION_OCCURRENCE", "cancer", 32),
    ("CONDITION_OCCURRENCE", "chronic-obstructive-pulmonary-disease", 34),
    ("CONDITION_OCCURRENCE", "coronary-heart-disease", 74),
    ("CONDITION_OCCURRENCE", "dementia", 38),
    ("CONDITION_OCCURRENCE", "heart-failure", 8),
    ("CONDITION_OCCURRENCE", "hip-fracture", 10),
    ("CONDITION_OCCURRENCE", "depression", 3),
    ("CONDITION_OCCURRENCE", "eczema", 20),
    ("CONDITION_OCCURRENCE", "epilepsy", 23),
    ("CONDITION_OCCURRENCE", "fragility-fracture", 12),
    ("CONDITION_OCCURRENCE", "musculoskeletal-conditions", 135),
    ("CONDITION_OCCURRENCE", "osteoarthritis", 86),
    ("CONDITION_OCCURRENCE", "osteoporosis", 52),
    ("CONDITION_OCCURRENCE", "rheumatoid-arthritis", 2),
    ("CONDITION_OCCURRENCE", "stroke", 67),
    ("MEASUREMENT", "hba1c", 348),
    ("MEASUREMENT", "systolic-blood-pressure", 1118),
    ("MEASUREMENT", "diastolic-blood-pressure", 1118),
    ("MEASUREMENT", "cholesterol", 707),
    ("MEASUREMENT", "body-mass-index", 1091),
    ("MEASUREMENT", "serum-creatinine-or-egfr", 540),
    ("MEASUREMENT", "urine-albumin", 66),
    ("MEASUREMENT", "smoking-status", 1120),
    ("DRUG_EXPOSURE", "statin", 161),
    ("DRUG_EXPOSURE", "diabetes-medicines", 63),
    ("DRUG_EXPOSURE", "insulin", 29),
]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The third-party data beside the checkout; if missing, a failure on the build machine, else a skip."""
    if not DATA.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "The folder shared/data is not beside the checkout."
        )
    return DATA


def people_by_code(path: Path, person: str, code: str) -> dict[str, set[str]]:
    """For each code of a file, the people who have it."""
    found: dict[str, set[str]] = {}
    for row in read(path):
        found.setdefault(row[code], set()).add(row[person])
    return found


def read(path: Path) -> Iterator[Row]:
    """The rows of a file, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def people_found(name: str, by_code: dict[str, set[str]]) -> set[str]:
    """The people whom the list's exact codes find."""
    return {
        person for code in codes_of(name, "SNOMED", "LOINC", "RXNORM") for person in by_code.get(code, ())
    }


@pytest.fixture(scope="session")
def omop_1130(shared_data: Path) -> dict[str, dict[str, set[str]]]:
    """For each table of the set of 1,130, the people by source value."""
    values = {"CONDITION_OCCURRENCE": "condition", "MEASUREMENT": "measurement", "DRUG_EXPOSURE": "drug"}
    folder = shared_data / "omop_synthea_1130"
    return {
        table: people_by_code(folder / f"{table}.csv.gz", "person_id", f"{value}_source_value")
        for table, value in values.items()
    }


@pytest.mark.parametrize("table, name, people", PEOPLE_IN_1130)
def test_the_lists_find_the_people_of_the_omop_set(
    omop_1130: dict[str, dict[str, set[str]]], table: str, name: str, people: int
) -> None:
    assert len(people_found(name, omop_1130[table])) == people


@pytest.mark.parametrize("folder, file, name, people", [
    ("synthea_csv_27", "conditions.csv", "non-diabetic-hyperglycaemia", 5),
    ("synthea_csv_27", "conditions.csv", "hypertension", 6),
    ("synthea_csv_27", "observations.csv", "hba1c", 5),
    ("synthea_csv_27", "medications.csv", "statin", 4),
    ("synthea_csv_107", "medications.csv", "statin", 11),
    ("synthea_pair_11_csv_fhir/csv", "conditions.csv", "diabetes", 2),
    ("synthea_pair_11_csv_fhir/csv", "observations.csv.gz", "urine-albumin", 2),
    ("synthea_pair_11_csv_fhir/csv", "medications.csv", "diabetes-medicines", 2),
])  # fmt: skip
def test_the_lists_find_the_people_of_the_synthea_files(
    shared_data: Path, folder: str, file: str, name: str, people: int
) -> None:
    by_code = people_by_code(shared_data / folder / file, "PATIENT", "CODE")
    assert len(people_found(name, by_code)) == people


def test_retired_source_codes_and_the_concepts_omop_maps_them_to_are_both_listed(shared_data: Path) -> None:
    concepts = {row["concept_code"] for row in read(shared_data / "omop_synthea_1130" / "CONCEPT.csv.gz")}
    assert {"9414007", "77147-7", "316672"} <= concepts
    assert {"15777000", "9414007"} <= codes_of("non-diabetic-hyperglycaemia", "SNOMED")
    assert {"33914-3", "77147-7"} <= codes_of("serum-creatinine-or-egfr", "LOINC")
    assert {"314231", "316672"} <= codes_of("statin", "RXNORM")
