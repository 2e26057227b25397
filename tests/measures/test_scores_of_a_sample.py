"""Every resident of a made-up system is scored, and 500 of them as plain Python over their records scores them."""

import time

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from stewardship.measures.residents import ANSWERS, BANDED, POINTS, scores_of
from stewardship.people.periods import years_ending
from stewardship.people.scores import segments
from stewardship.people.table import people_of
from stewardship.records.engine import Engine
from stewardship.rules.scores.charlson import with_age
from stewardship.rules.scores.core20plus5 import PARTS
from stewardship.rules.scores.score import band_of
from stewardship.rules.scores.segments import segment_of
from support.evaluator import Resident, answer, number, whole_years
from support.made_records import LAST_DAY, write_made_records
from support.small_records import opened

RESIDENTS, SAMPLE = 8_000, 500
YEARS = years_ending(LAST_DAY, 1)
HELD = {
    "condition": "conditions",
    "observation": "observations",
    "medication": "medications",
    "activity": "activities",
    "activity_code": "activity_codes",
    "characteristic": "characteristics",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The scores of everybody by person_id, and of a sample what is recorded of each."""
    folder = tmp_path_factory.mktemp("made")
    write_made_records(folder, RESIDENTS)
    records = opened(folder, Engine(scratch=folder / "scratch", memory="1GB", threads=2))
    people = people_of(records, YEARS)
    begun = time.perf_counter()
    table = records.engine.ibis.to_pyarrow(scores_of(people, records, YEARS))
    lasted = time.perf_counter() - begun
    rows = {row["person_id"]: row for row in table.to_pylist()}
    print(f"\nScores of {len(rows):,} residents: {lasted:.1f} s, {1000 * lasted / len(rows):.2f} ms each")
    everyone = sorted(rows)
    chosen = everyone[:: max(len(everyone) // SAMPLE, 1)][:SAMPLE]
    sample = residents(records, people, chosen)
    records.engine.close()
    return rows, sample


def residents(records, people, chosen):
    """What is recorded of each of the chosen, as the evaluator reads it."""
    wanted = pa.array(chosen)

    def rows_of(expression):
        table = records.engine.ibis.to_pyarrow(expression)
        return table.filter(pc.is_in(table["person_id"], wanted)).to_pylist()

    fifths = {row["person_id"]: row["fifth"] for row in rows_of(people.table.select("person_id", "fifth"))}
    found = {
        row["person_id"]: Resident(
            birth_date=row["birth_date"], sex=row["sex"], ethnic_group=row["ethnic_group"] or "Not known",
            fifth=fifths[row["person_id"]],
        )
        for row in rows_of(records.table("person"))
    }  # fmt: skip
    for table, name in HELD.items():
        for row in rows_of(records.table(table)):
            getattr(found[row["person_id"]], name).append(row)
    return found


def test_every_resident_has_every_score(made):
    rows, _ = made
    assert abs(len(rows) - RESIDENTS) < RESIDENTS / 100
    columns = {*POINTS, *ANSWERS, "segment", "charlson_with_age", *(part.key for part in PARTS)}
    for row in rows.values():
        assert all(row[name] is not None for name in columns)


def test_the_sample_is_large_and_much_is_recorded_of_it(made):
    _, sample = made
    assert len(sample) == SAMPLE
    for name in HELD.values():
        assert any(getattr(who, name) for who in sample.values()), name


@pytest.mark.parametrize("name", POINTS)
def test_points_are_those_of_plain_python(made, name):
    rows, sample = made
    expected = {person: number(POINTS[name], who, LAST_DAY) for person, who in sample.items()}
    assert {person: rows[person][name] for person in sample} == expected
    assert len(set(expected.values())) > 2


@pytest.mark.parametrize("name", ANSWERS)
def test_parts_of_core20plus5_are_those_of_plain_python(made, name):
    rows, sample = made
    expected = {person: answer(ANSWERS[name], who, LAST_DAY) for person, who in sample.items()}
    assert {person: rows[person][name] for person in sample} == expected


def test_everybody_is_in_the_segment_of_plain_python(made):
    rows, sample = made
    for person, who in sample.items():
        applies = {key for key, held in segments.ANSWERS.items() if answer(held, who, LAST_DAY)}
        assert rows[person]["segment"] == segment_of(applies).key


def test_bands_and_points_for_age_follow_from_the_points(made):
    rows, sample = made
    for person, who in sample.items():
        row, age = rows[person], whole_years(who.birth_date, LAST_DAY)
        assert row["age"] == age
        assert row["charlson_with_age"] == with_age(row["charlson"], age)
        for name, score in BANDED.items():
            band = band_of(score, row[name], age)
            assert row[f"{name}_band"] == (band and band.name)
