"""Public OMOP sets that nobody here made, from files to published figures, against SQL written by hand."""

import json
import os
from datetime import date
from pathlib import Path

import duckdb
import pytest

from stewardship.care_areas.diabetes import WITH_DIABETES
from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts, facts_in
from stewardship.measures.published import Published
from stewardship.people.periods import years_ending
from stewardship.people.table import people_table
from stewardship.records.engine import Engine
from stewardship.records.snapshot import latest_snapshot
from support.command import joined, stewardship
from support.small_records import opened

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
LARGE, SMALL = "omop_synthea_1130", "omop_synthea27nj_v54"
GEOGRAPHY, PRACTICES = "mse_geography", "mse_primary_care"
YEAR = "BETWEEN DATE '2018-01-10' AND DATE '2019-01-09'"

# the SNOMED codes that the large set uses
TYPE_2 = "'44054006'"
EYE = "'422034002', '1551000119108', '97331000119101', '1501000119109', '60951000119105'"
KIDNEY = "'127013003', '90781000119102', '157141000119108'"
NERVE = "'368581000119106'"
ANY_DIABETES = f"{TYPE_2}, {EYE}, {KIDNEY}, {NERVE}"
IMPAIRED_GLUCOSE_TOLERANCE = "'9414007'"


def shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{folder} is not here")
    return folder


class Built:
    """A set built by the command into a system of its own."""

    def __init__(self, system: Path, omop: Path, *places: str) -> None:
        options = [word for name in places for word in ("--places", shared(name))]
        self.run = stewardship(
            "demo", "--omop", omop, *options, "--spread-over-places", "--only-build", "-f", system
        )
        assert self.run.returncode == 0, self.run.stderr
        self.folder = latest_snapshot(system / "workspace")
        self.published = Published(self.folder / "results")
        self.snapshot = self.published.snapshot
        (read,) = (self.folder / "records" / "sources").glob("*/reading.json")
        self.read = json.loads(read.read_text(encoding="utf-8"))

    def figure(self, measure):
        """The system's figure for everyone in the latest year."""
        place = self.published.system.code
        return self.published.figures("diabetes", measure=measure, place=place, by="everyone")[-1]

    def finding(self, check, table):
        (found,) = [f for f in self.read["findings"] if f["check"] == check and f["table"] == table]
        return found["count"], found["examined"]


class Raw:
    """The files as they came, open to SQL."""

    def __init__(self, folder: Path) -> None:
        self.duckdb = duckdb.connect()
        for path in folder.glob("*.csv*"):
            if not path.name.startswith("DEVICE_EXPOSURE"):
                table = path.name.split(".")[0]
                self.duckdb.execute(f"CREATE VIEW {table} AS FROM read_csv('{path}', header = true)")
        self.duckdb.execute(
            "CREATE VIEW diagnosed AS SELECT person_id, concept_code "
            "FROM CONDITION_OCCURRENCE JOIN CONCEPT ON concept_id = condition_concept_id"
        )

    def one(self, sql):
        ((value,),) = self.duckdb.execute(sql).fetchall()
        return value

    def people_with(self, codes, more=""):
        """People of whom one of the codes is recorded, observed at some time by the set's last day."""
        return self.one(
            f"SELECT count(DISTINCT person_id) FROM diagnosed WHERE concept_code IN ({codes}) "
            "AND person_id IN (SELECT person_id FROM OBSERVATION_PERIOD "
            f"WHERE observation_period_start_date <= DATE '2019-01-09') {more}"
        )

    def visits(self, concept):
        return self.one(
            f"SELECT count(*) FROM VISIT_OCCURRENCE WHERE visit_concept_id = {concept} "
            f"AND visit_start_date {YEAR} AND person_id IN ({diabetic()})"
        )

    def visitors(self, concept):
        return self.one(
            f"SELECT count(DISTINCT person_id) FROM VISIT_OCCURRENCE WHERE visit_concept_id = {concept} "
            f"AND visit_start_date {YEAR} AND person_id IN ({diabetic()})"
        )

    def person_years(self):
        days = self.one(
            "SELECT sum(DATE '2019-01-09' - greatest(DATE '2018-01-10', observation_period_start_date) + 1) "
            f"FROM OBSERVATION_PERIOD WHERE person_id IN ({diabetic()})"
        )
        return round(days / 365.25)


def diabetic() -> str:
    return f"SELECT person_id FROM diagnosed WHERE concept_code IN ({ANY_DIABETES})"


def to_5(count: int) -> int:
    return (count + 2) // 5 * 5


@pytest.fixture(scope="module")
def raw():
    return Raw(shared(LARGE))


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return Built(tmp_path_factory.mktemp("large"), shared(LARGE), GEOGRAPHY)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Built(tmp_path_factory.mktemp("small"), shared(SMALL), GEOGRAPHY)


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    return Built(tmp_path_factory.mktemp("placed"), shared(LARGE), GEOGRAPHY, PRACTICES)


def test_figures_stand_at_the_sets_own_last_day(large):
    assert large.snapshot.as_of == date(2019, 1, 9)
    assert large.snapshot.periods[-1] == (date(2018, 1, 10), date(2019, 1, 9))
    assert "1,129 people. Figures stand at 9 January 2019." in large.run.stdout


def test_people_with_diabetes_before_disclosure_control_are_those_of_the_raw_files(large, raw, tmp_path):
    engine = Engine(scratch=tmp_path / "scratch", memory="1GB", threads=2)
    records = opened(large.folder, engine)
    periods = years_ending(large.snapshot.as_of)
    people = people_table(records, periods)
    row = with_facts(
        people.filter(people.at_end), Facts(records, facts_in(WITH_DIABETES), periods), [WITH_DIABETES]
    )
    chosen = row.table.filter(row.asked(WITH_DIABETES) & (row.table.period == len(periods) - 1))
    counted = engine.ibis.to_pyarrow(chosen.count()).as_py()
    engine.close()
    assert counted == raw.people_with(ANY_DIABETES) == 69


@pytest.mark.parametrize(
    "measure, codes, more",
    [
        ("people-with-type-2-diabetes", TYPE_2, ""),
        ("people-at-risk-of-diabetes", IMPAIRED_GLUCOSE_TOLERANCE, f"AND person_id NOT IN ({diabetic()})"),
    ],
)
def test_other_counts_of_people_are_rounded(large, raw, measure, codes, more):
    assert large.figure(measure).value == to_5(raw.people_with(codes, more))


def test_the_population_count_is_rounded_beside_that_of_people_aged_17_and_over(large):
    """69 in truth: exact, it would tell how many of them are under 17."""
    assert large.figure("residents-aged-17-and-over-with-diabetes").numerator == 70
    figure = large.figure("people-with-diabetes")
    assert (figure.value, figure.state) == (70, "shown")


@pytest.mark.parametrize(
    "measure, codes",
    [("diabetic-eye-disease", EYE), ("diabetic-kidney-disease", KIDNEY), ("diabetic-nerve-disease", NERVE)],
)
def test_percentages_come_from_rounded_counts(large, raw, measure, codes):
    with_it, everyone = to_5(raw.people_with(codes)), to_5(raw.people_with(ANY_DIABETES))
    figure = large.figure(measure)
    assert (figure.numerator, figure.denominator) == (with_it, everyone)
    assert figure.value == pytest.approx(100 * with_it / everyone)


@pytest.mark.parametrize(
    "measure, visit_concept",
    [
        ("outpatient-attendances-per-1-000-people-with-diabetes", 9202),
        ("emergency-department-attendances-per-1-000-people-with-diabetes", 9203),
    ],
)
def test_rates_are_the_years_visits_over_person_years(large, raw, measure, visit_concept):
    visits, person_years = to_5(raw.visits(visit_concept)), to_5(raw.person_years())
    figure = large.figure(measure)
    if 0 < raw.visitors(visit_concept) < 8:  # few people had them, however many they are
        assert (figure.state, figure.numerator, figure.value) == ("suppressed", None, None)
        return
    assert (figure.numerator, figure.denominator) == (visits, person_years)
    assert figure.value == pytest.approx(1000 * visits / person_years)
    assert figure.lower95 < figure.value < figure.upper95


def test_what_the_set_cannot_tell_is_missing_with_its_reason(large):
    cost = large.figure("cost-of-all-care-of-people-with-diabetes")
    assert (cost.state, cost.reason) == ("missing", "Missing: no costs have been sent with contacts or stays")
    assert "came without a unit" in large.figure("hba1c-58-mmol-mol-or-under").reason


def test_pages_are_told_that_homes_are_by_chance(large):
    (note,) = large.snapshot.notes
    assert "Homes are not real" in note
    assert "by chance" in note
    assert note in joined(large.run.stdout)


def test_rows_read_are_those_of_the_files_and_all_loaded_or_set_aside(large, raw):
    sent = [file for file in large.read["files"] if not file["absent"]]
    assert len(sent) == 11
    for file in sent:
        assert file["read"] == raw.one(f"SELECT count(*) FROM {file['file'].split('.')[0]}"), file
        assert file["read"] == file["loaded"] + file["quarantined"], file


@pytest.mark.parametrize(
    "check, table, counted",
    [
        ("Rows with 19 fields under 15 headings", "DEVICE_EXPOSURE.csv.gz", (4995, 4995)),
        ("People in no observation period", "OBSERVATION_PERIOD.csv.gz", (4, 1130)),
        ("People with no home", "LOCATION.csv.gz", (161, 1129)),
        ("HbA1c results without a unit", "MEASUREMENT.csv.gz", (3499, 3499)),
    ],
)
def test_the_sets_traps_are_counted_findings(large, check, table, counted):
    assert large.finding(check, table) == counted


@pytest.mark.parametrize("table, counted", [("PERSON.csv.gz", (1, 1130)), ("DEATH.csv.gz", (142, 142))])
def test_a_birth_in_2099_and_deaths_after_the_data_are_set_aside(large, table, counted):
    (aside,) = [
        f for f in large.read["findings"] if f["table"] == table and f["check"].startswith("Rows set aside")
    ]
    assert (aside["count"], aside["examined"]) == counted
    assert "lies after the last day of the data, 9 January 2019" in aside["check"]


def test_a_set_of_28_people_is_built_and_nearly_all_hidden(small):
    assert small.snapshot.sources[0]["people"] == 30, "rounded, as every count is"
    assert small.figure("people-with-diabetes").state == "suppressed"
    assert small.figure("people-with-diabetes").value is None
    figures = small.published.table("diabetes").to_pylist()
    assert {f["state"] for f in figures} == {"shown", "suppressed", "missing"}
    small_numbers = {f[column] for f in figures for column in ("numerator", "denominator")} & set(range(1, 8))
    assert not small_numbers


def test_with_practices_there_are_both_ways_of_belonging(placed):
    levels = {(place.level, place.basis) for place in placed.snapshot.places}
    assert levels == {
        ("system", ""), ("alliance", "by GP practice"), ("network", "by GP practice"),
        ("practice", "by GP practice"), ("local_authority", "by home"), ("neighbourhood", "by home"),
    }  # fmt: skip
    assert sum(place.level == "practice" for place in placed.snapshot.places) > 100
    assert placed.figure("people-with-diabetes").value == 70
    assert "Homes and practices are not real" in placed.snapshot.notes[0]


def test_everybody_belongs_to_a_published_alliance_by_the_practice_they_were_given(placed):
    alliances = [place.code for place in placed.snapshot.places if place.level == "alliance"]
    people = [
        placed.published.figures("diabetes", measure="residents-aged-17-and-over-with-diabetes", place=code,
                                 by="everyone")[-1].denominator
        for code in alliances
    ]  # fmt: skip
    adults = placed.figure("residents-aged-17-and-over-with-diabetes").denominator
    assert sum(people) == pytest.approx(adults, abs=2.5 * (len(people) + 1))


def as_parquet(folder: Path, into: Path) -> Path:
    into.mkdir()
    for path in folder.glob("*.csv.gz"):
        if not path.name.startswith("DEVICE_EXPOSURE"):
            table = path.name.removesuffix(".csv.gz").lower()
            duckdb.sql(f"FROM read_csv('{path}', header = true)").write_parquet(
                str(into / f"{table}.parquet")
            )
    return into


def as_database(folder: Path, into: Path) -> Path:
    with duckdb.connect(str(into)) as database:
        for path in folder.glob("*.csv.gz"):
            if not path.name.startswith("DEVICE_EXPOSURE"):
                table = path.name.removesuffix(".csv.gz")
                database.execute(f"CREATE TABLE {table} AS FROM read_csv('{path}', header = true)")
    return into


@pytest.mark.parametrize("written, name", [(as_parquet, "parquet"), (as_database, "feed.duckdb")])
def test_the_same_set_in_another_form_gives_the_same_figures(large, tmp_path, written, name):
    other = Built(tmp_path / "system", written(shared(LARGE), tmp_path / name), GEOGRAPHY)
    assert other.published.table("diabetes").equals(large.published.table("diabetes"))
    assert other.snapshot.as_of == large.snapshot.as_of
