"""Two public OMOP sets, read whole; the counts are those of their own READMEs."""

import os
from datetime import date
from pathlib import Path

import pytest

from stewardship.records.engine import Engine
from stewardship.records.omop import read_omop
from support.omop_feed import finding, options

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"


class Whole:
    """One set, read."""

    def __init__(self, name, scratch):
        folder = SHARED / name
        if not folder.is_dir():
            (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{folder} is not here")
        self.into = scratch / "canonical"
        self.engine = Engine(scratch=scratch / "scratch")
        self.reading, _ = read_omop(folder, self.into, options(), engine=self.engine)

    def one(self, sql):
        (row,) = self.engine.rows(sql.replace("{", f"'{self.into}/").replace("}", ".parquet'"))
        return row[0]

    def count(self, file):
        (count,) = [c for c in self.reading.files if c.file.split(".")[0] == file]
        return count.read, count.loaded, count.quarantined


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return Whole("omop_synthea_1130", tmp_path_factory.mktemp("large"))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Whole("omop_synthea27nj_v54", tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize(
    "file, counts",
    [
        ("CONCEPT", (754, 754, 0)),
        ("LOCATION", (20, 20, 0)),
        ("PERSON", (1130, 1129, 1)),
        ("OBSERVATION_PERIOD", (1126, 1126, 0)),
        ("VISIT_OCCURRENCE", (32153, 32153, 0)),
        ("CONDITION_OCCURRENCE", (7900, 7900, 0)),
        ("MEASUREMENT", (199514, 199514, 0)),
        ("OBSERVATION", (8518, 8518, 0)),
        ("DRUG_EXPOSURE", (29518, 29518, 0)),
        ("PROCEDURE_OCCURRENCE", (17333, 17333, 0)),
        ("DEATH", (142, 0, 142)),
    ],
)
def test_large_every_row_is_loaded_or_set_aside(large, file, counts):
    assert large.count(file) == counts


def test_large_stands_at_its_last_day_of_activity_not_of_a_death(large):
    assert large.reading.as_of == date(2019, 1, 9)


def test_large_people_with_type_2_diabetes(large):
    people = "SELECT count(DISTINCT person_id) FROM {condition} WHERE system = 'SNOMED' AND code = '44054006'"
    assert large.one(people) == 69


def test_large_deaths_after_the_data_are_set_aside_and_the_person_born_in_2099(large):
    assert large.reading.present == {
        "person", "address", "registration", "condition", "observation", "medication", "activity",
        "activity_code",
    }  # fmt: skip
    assert large.one("SELECT count(*) FROM {quarantine} WHERE \"column\" = 'death_date'") == 142
    born = 'SELECT reason FROM {quarantine} WHERE "column" = \'year_of_birth\' AND "row" = 265'
    assert large.one(born) == "the date lies after the last day of the data, 9 January 2019"


def test_large_people_in_no_observation_period(large):
    found = finding(large.reading, "People in no observation period")
    assert (found.outcome, found.count, found.examined) == ("fail", 4, 1130)


def test_large_periods_that_end_at_the_last_contact_stay_open(large):
    found = finding(large.reading, "Observation periods that end on the person's last contact")
    assert (found.outcome, found.count, found.examined) == ("fail", 1117, 1126)
    assert large.one('SELECT count(*) FROM {registration} WHERE "end" IS NULL') == 1126


def test_large_homes_are_scottish_danish_or_none(large):
    assert finding(large.reading, "People with no home").count == 161
    assert large.one("SELECT count(DISTINCT small_area) FROM {address}") == 17
    assert large.one("SELECT count(*) FROM {address} WHERE small_area NOT LIKE 'S0101%'") == 0


def test_large_results_have_no_units(large):
    found = finding(large.reading, "HbA1c results without a unit")
    assert (found.outcome, found.count, found.consequence) == (
        "fail", 3499, "They count as done; their values are not compared."
    )  # fmt: skip
    assert large.one("SELECT count(*) FROM {observation} WHERE unit IS NOT NULL") == 0


def test_large_slipped_columns_of_a_table_not_used_are_noticed(large):
    found = finding(large.reading, "Rows with 19 fields under 15 headings")
    assert (found.table, found.count, found.examined) == ("DEVICE_EXPOSURE.csv.gz", 4995, 4995)


def test_small_is_read_whole(small):
    assert small.reading.people == 28
    assert small.reading.as_of == date(2022, 10, 10)
    assert small.one("SELECT count(DISTINCT person_id) FROM {condition}") == 26
    assert small.one("SELECT count(*) FROM {death}") == 3
    assert small.one("SELECT count(*) FROM {quarantine}") == 0
    assert small.count("MEASUREMENT") == (10040, 10040, 0)
    assert small.count("COST") == (0, 0, 0)
    assert not small.reading.present & {"address", "organisation"}


def test_small_hba1c_comes_in_per_cent_and_is_compared_in_mmol_per_mol(small):
    units = small.engine.rows(
        f"SELECT DISTINCT unit FROM '{small.into}/observation.parquet' WHERE code = '4548-4'"
    )
    assert units == [("mmol/mol",)]


def test_small_names_the_26_tables_not_used(small):
    assert finding(small.reading, "Tables of the common data model that are not used").count == 26
