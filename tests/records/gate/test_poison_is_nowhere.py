"""A build whose feeds hold people who opted out publishes nothing of them: no path of it leads round the gate."""

import json
from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest

from stewardship.build import build
from stewardship.records.identity import Identities
from stewardship.records.snapshot import latest_snapshot
from stewardship.rules.nhs_number import check_digit
from stewardship.system.settings import (
    NHS_NUMBERS,
    Identifier,
    OptOutSettings,
    SourceSettings,
    System,
    UseSettings,
)

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
KEYED = Identities(b"a key of a test")
BY_NUMBER = Identifier("nhs number", NHS_NUMBERS, "person_source_value")
DIABETES, POISON = "44054006", "POISON99"  # a code that counts, and one that nobody else has
POISONED_PRACTICE = "Y99999"

ORDINARY = range(1, 121)
NATIONAL, TYPE_1 = range(121, 161), range(161, 201)


def number_of(person: int) -> str:
    """Somebody's NHS number, of the range that is kept for tests."""
    stem = next(s for n in range(9) if check_digit(s := f"999{person:05}{n}") is not None)
    return f"{stem}{check_digit(stem)}"


def write_feed(folder, people):
    """An OMOP feed of these people: all have diabetes if they opted out, and a third of the others."""
    folder.mkdir()
    opted_out = {n for n in people if n not in ORDINARY}
    tables = {
        "PERSON": "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,person_source_value,"
        "care_site_id",
        "CARE_SITE": "care_site_id,care_site_name,care_site_source_value,place_of_service_concept_id",
        "OBSERVATION_PERIOD": "observation_period_id,person_id,observation_period_start_date,"
        "observation_period_end_date",
        "CONDITION_OCCURRENCE": "condition_occurrence_id,person_id,condition_concept_id,condition_start_date",
        "VISIT_OCCURRENCE": "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date",
        "CONCEPT": "concept_id,concept_name,vocabulary_id,concept_code",
    }
    rows = {
        "PERSON": [f"{n},8507,{1930 + n % 60},1,1,{number_of(n)},{1 + (n in opted_out)}" for n in people],
        "CARE_SITE": ["1,Mill,M85001,0", f"2,Poisoned,{POISONED_PRACTICE},0"],
        "OBSERVATION_PERIOD": [f"{n},{n},2015-01-01,2026-03-31" for n in people],
        "CONDITION_OCCURRENCE": [f"{n},{n},1,2020-01-01" for n in people if n in opted_out or n % 3 == 0]
        + [f"{1000 + n},{n},2,2020-01-01" for n in opted_out],
        "VISIT_OCCURRENCE": [f"{n},{n},{9203 if n in opted_out else 9202},2025-06-30,2025-06-30" for n in people],
        "CONCEPT": [f"1,Type 2 diabetes,SNOMED,{DIABETES}", f"2,Poison,SNOMED,{POISON}"],
    }  # fmt: skip
    for name, heading in tables.items():
        (folder / f"{name}.csv").write_text("\n".join([heading, *rows[name], ""]))


def built(folder, of_practice, of_hospital, choices):
    """The results of a build of two feeds with these people in them, under section 251."""
    folder.mkdir()
    write_feed(folder / "gp", of_practice)
    write_feed(folder / "hospital", of_hospital)
    listed = "".join(f"{number_of(n)},{kind}\n" for n, kind in choices.items())
    (folder / "choices.csv").write_text("person_source_value,kind\n" + listed)
    system = System(
        folder, "Tests", folder / "workspace",
        (SourceSettings("gp", "omop", folder / "gp", "general practice", BY_NUMBER),
         SourceSettings("hospital", "omop", folder / "hospital", "hospital", BY_NUMBER)),
        uses=(UseSettings("planning-results", 5, "in words", "A. Lead", NOW.date()),),
        opt_outs=OptOutSettings(folder / "choices.csv", NOW.date(), 21, BY_NUMBER),
        as_of=date(2026, 3, 31),
    )  # fmt: skip
    build(system, now=NOW, identities=KEYED)
    return latest_snapshot(folder / "workspace")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """The snapshots of a world with opt-outs, and of one in which nobody of them was ever sent."""
    folder = tmp_path_factory.mktemp("worlds")
    everyone = [*ORDINARY, *NATIONAL, *TYPE_1]
    choices = {**dict.fromkeys(NATIONAL, "national"), **dict.fromkeys(TYPE_1, "type 1")}
    poisoned = built(folder / "poisoned", everyone, everyone, choices)
    clean = built(folder / "clean", [*ORDINARY], [*ORDINARY, *TYPE_1], {})
    return poisoned, clean


# Rows and columns of what was received, rounded: they tell of files, not of people.
RECEIVED = ("files", "findings")


def test_everything_published_of_people_is_that_of_a_world_without_them(worlds):
    poisoned, clean = (folder / "results" for folder in worlds)
    names = sorted(path.relative_to(clean).as_posix() for path in clean.rglob("*") if path.is_file())
    assert names == sorted(
        path.relative_to(poisoned).as_posix() for path in poisoned.rglob("*") if path.is_file()
    )
    assert "diabetes.parquet" in names
    for name in names:
        if name == "snapshot.json":
            told = [json.loads((folder / name).read_text(encoding="utf-8")) for folder in (poisoned, clean)]
            for each in told:
                for key in RECEIVED:
                    del each[key]
            assert told[0] == told[1]
        else:
            assert (poisoned / name).read_bytes() == (clean / name).read_bytes(), name


def test_of_what_was_received_no_count_of_people_is_published(worlds):
    told = json.loads((worlds[0] / "results" / "snapshot.json").read_text(encoding="utf-8"))
    assert [source["people"] for source in told["sources"]] == [120, 160]
    assert told["findings"]
    assert not [each for each in told["findings"] if each["check"].startswith("People ") or each["of_people"]]


def test_nothing_of_the_poison_is_anywhere_in_the_results(worlds):
    needles = [POISON, POISONED_PRACTICE, "Poisoned", *map(number_of, [*NATIONAL, *TYPE_1])]
    needles += map(str, KEYED.person_ids(NHS_NUMBERS, map(number_of, [*NATIONAL, *TYPE_1])))
    for path in (worlds[0] / "results").rglob("*"):
        if path.is_file():
            unpacked = str(pq.read_table(path).to_pydict()) if path.suffix == ".parquet" else ""
            text = path.read_bytes().decode("latin-1") + unpacked
            assert not [needle for needle in needles if needle in text], path.name


def test_the_poison_is_in_the_records(worlds):
    """The search above would find it if it were published."""
    records = worlds[0] / "records" / "sources"
    assert POISON in pq.read_table(records / "gp" / "condition.parquet")["code"].to_pylist()
    people = set(pq.read_table(records / "hospital" / "person.parquet")["person_id"].to_pylist())
    assert set(KEYED.person_ids(NHS_NUMBERS, map(number_of, NATIONAL))) <= people
