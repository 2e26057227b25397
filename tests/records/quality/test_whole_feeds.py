"""The checks on whole feeds: what was planted in the invented one is found to the row, and a public set's traps."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from stewardship.records.engine import Engine
from stewardship.records.manifest import SourceEntry, write_manifest
from stewardship.records.omop import read_omop
from stewardship.records.places import invented_places
from stewardship.records.quality.checking import cards, check_records
from stewardship.records.quality.counts import Checked
from stewardship.records.quality.judging import judged
from support.invented_omop import write_invented_omop
from support.omop_feed import options
from support.small_records import opened

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "omop_synthea_1130"


@dataclass
class Fed:
    """A feed that was read, and what the checks counted in it."""

    outcomes: list
    reads: dict

    def of(self, check, table):
        return [each for each in self.outcomes if (each.card.key, each.counted.table) == (check, table)]

    def one(self, check, table):
        (found,) = self.of(check, table)
        return found.outcome, found.counted.count, found.counted.examined


def fed(feed, folder, **how):
    engine, places = Engine(scratch=folder / "scratch", threads=2), invented_places()
    source = folder / "records" / "sources" / "test"
    reading, _ = read_omop(feed, source, options(**how), engine=engine)
    places.write(folder / "records" / "shared")
    entry = SourceEntry("test", "linked", "test", reading.present, reading.as_of)
    write_manifest(folder / "records", [entry])
    records = opened(folder, engine)
    counts = check_records(records, places=places, as_of=reading.as_of)
    engine.close()
    return Fed(judged(Checked(cards(), tuple(counts))), dict(records.reads))


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invented")
    write_invented_omop(folder / "feed", places=invented_places())
    areas = invented_places().small_areas
    return fed(folder / "feed", folder, not_after=date(2026, 6, 30), small_areas=areas)


@pytest.mark.parametrize("check, table, counted", [
    ("after-death", "observation", 1),  # a reading after the person's death
    ("sex", "person", 1),  # nothing known of a person
    ("costs", "activity", 1),  # at a care site that is not there: its cost was not invented
    ("before-birth", "observation", 0),
    ("nobody", "condition", 0),  # rows of nobody were set aside as they were read
    ("keys", "observation", 0),  # and so was the reading that came twice
    ("practices", "registration", 0),
    ("small-areas", "address", 0),
    ("no-activity", "activity_code", 0),
    ("diagnoses", "activity_code", 0),
])  # fmt: skip
def test_what_was_planted_in_the_invented_feed_is_found_to_the_row(invented, check, table, counted):
    assert invented.one(check, table)[1] == counted


def test_nothing_else_is_wrong_with_the_invented_feed(invented):
    assert {each.card.key for each in invented.outcomes if each.outcome == "fail"} == set()


def test_invented_residents_are_a_sample_of_the_places(invented):
    for check in ("residents", "practice-lists"):
        ((outcome, *_),) = [invented.one(check, "registration")]
        assert outcome == "could not run"


def test_no_table_is_read_once_for_every_check(invented):
    assert invented.reads["observation"] == invented.reads["medication"] == 2
    assert invented.reads["condition"] == 3  # once more for the codes that occur, which measures need as well
    assert max(invented.reads.values()) <= 6, invented.reads


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    if not SHARED.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{SHARED} is not here")
    return fed(SHARED, tmp_path_factory.mktemp("public"))


def raw(sql):
    return duckdb.sql(sql.replace("@", f"{SHARED}/")).fetchall()[0][0]


def test_deaths_after_the_last_day_are_set_aside_so_nothing_is_after_death(public):
    assert public.one("after-death", "activity")[0] == "could not run"
    assert public.one("keys", "death")[0] == "not applicable"


def test_rows_before_birth_are_those_of_the_raw_files(public):
    found = raw(
        "SELECT count(*) FROM '@VISIT_OCCURRENCE.csv.gz' v JOIN '@PERSON.csv.gz' p USING (person_id) "
        "WHERE visit_start_date < birth_datetime::DATE - 1 AND year_of_birth < 2020"
    )
    assert public.one("before-birth", "activity")[1] == found


def test_pregnancies_and_prostates_are_of_the_sex_that_can_have_them(public):
    outcome, wrong, examined = public.one("other-sex", "condition")
    assert (outcome, wrong) == ("pass", 0)
    assert examined > 100


def test_a_set_without_costs_practices_or_areas_says_which_checks_do_not_apply_or_could_not_run(public):
    assert public.one("costs", "activity")[0] == "not applicable"
    assert public.one("practices", "registration")[0] == "not applicable"
    assert public.one("residents", "registration")[0] == "could not run"
    assert public.one("registered", "registration")[0] == "fail"
