"""Scores in the engine are those of the pure rules, on people drawn by chance."""

import random
from datetime import date, timedelta

import pytest

from stewardship.measures.residents import scores_of
from stewardship.people.periods import months_before, years_ending
from stewardship.people.scores import segments
from stewardship.people.table import people_of
from stewardship.rules.scores.cambridge import CAMBRIDGE, COUNTED_WHEN
from stewardship.rules.scores.charlson import CHARLSON, CHARLSON_2011, with_age
from stewardship.rules.scores.electronic_frailty import ELECTRONIC_FRAILTY, KINDS_OF_MEDICINE, MEDICINES
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY
from stewardship.rules.scores.score import band_of, groups_found, points_of
from stewardship.rules.scores.segments import segment_of
from support.evaluator import Resident, answer, whole_years
from support.small_records import open_records

AS_OF = date(2024, 3, 31)
YEARS = years_ending(AS_OF, 1)
PEOPLE = 250
EVER_CODED = [
    group
    for group in CAMBRIDGE.groups
    if COUNTED_WHEN[group.name].startswith("ever coded") and " and " not in COUNTED_WHEN[group.name]
]


def example(chance, meant):
    """A code that is meant, or one below it."""
    system, code, match = meant
    first = code.split("-")[0]
    return (system, first if match == "exact" else first + chance.choice(["", "0", "9"]))


def codes_to_draw(chance):
    """A code of every group of every score, and codes of none."""
    scores = (CHARLSON, HOSPITAL_FRAILTY, ELECTRONIC_FRAILTY)
    groups = [group for score in scores for group in score.groups if group.codes] + EVER_CODED
    return [example(chance, meant) for group in groups for meant in group.codes] + [
        ("ICD10", "Z000"), ("SNOMED", "54150009"), ("LOCAL", "F009"),
    ]  # fmt: skip


def day(chance):
    return AS_OF - timedelta(days=chance.randint(-60, 1500))


@pytest.fixture(scope="module")
def drawn():
    chance = random.Random(5)
    conditions = codes_to_draw(chance)
    diagnoses = [(system, code) for system, code in conditions if system == "ICD10"]
    medicines = [code for group in KINDS_OF_MEDICINE.groups for _, code, _ in group.codes]
    people = []
    for number in range(PEOPLE):
        who = Resident(birth_date=date(1925 + number % 90, 1 + number % 12, 1 + number % 28))
        who.conditions = [
            {"event_id": 1000 * number + i, "system": s, "code": c, "start": day(chance)}
            for i, (s, c) in enumerate(chance.choices(conditions, k=chance.choice([0, 1, 3, 8, 20])))
        ]
        who.medications = [
            {"event_id": 1000 * number + i, "system": "BNF", "code": f"{c}00A0", "date": day(chance)}
            for i, c in enumerate(chance.choices(medicines, k=chance.choice([0, 10, 150])))
        ]
        for i in range(chance.choice([0, 0, 1, 2, 4])):
            start = day(chance)
            contact = {
                "activity_id": 10 * number + i, "start": start, "end": start, "specialty": None, "cost_pence": None,
                "point_of_delivery": chance.choice(["emergency_admission", "planned_admission", "outpatient"]),
            }  # fmt: skip
            who.activities.append(contact)
            who.activity_codes += [
                {"event_id": 1000 * number + 20 * i + k, "activity_id": contact["activity_id"], "kind": "diagnosis",
                 "system": s, "code": c, "position": k + 1, "date": start}
                for k, (s, c) in enumerate(chance.choices(diagnoses, k=chance.choice([1, 6, 25])))
            ]  # fmt: skip
        people.append(who)
    return people


@pytest.fixture(scope="module")
def scored(drawn, tmp_path_factory):
    rows = {
        "person": [],
        "registration": [],
        "condition": [],
        "medication": [],
        "activity": [],
        "activity_code": [],
    }
    for number, who in enumerate(drawn):
        of = {"person_id": number}
        rows["person"].append({**of, "birth_date": who.birth_date})
        rows["registration"].append({**of, "start": who.birth_date})
        for name, its in (
            ("condition", who.conditions), ("medication", who.medications), ("activity", who.activities),
            ("activity_code", who.activity_codes),
        ):  # fmt: skip
            rows[name] += [{**of, **row} for row in its]
    records = open_records(tmp_path_factory.mktemp("agree"), rows)
    table = records.engine.ibis.to_pyarrow(scores_of(people_of(records, YEARS), records, YEARS))
    records.engine.close()
    return sorted(table.to_pylist(), key=lambda row: row["person_id"])


def by_then(who):
    return [(row["system"], row["code"]) for row in who.conditions if row["start"] <= AS_OF]


def in_hospital(who, points, since=date(1900, 1, 1)):
    stays = {
        a["activity_id"] for a in who.activities if a["point_of_delivery"] in points and since < a["start"] <= AS_OF
    }  # fmt: skip
    return [(c["system"], c["code"]) for c in who.activity_codes if c["activity_id"] in stays]


def each(drawn, scored):
    assert [row["person_id"] for row in scored] == list(range(PEOPLE))
    return [(who, row, whole_years(who.birth_date, AS_OF)) for who, row in zip(drawn, scored, strict=True)]


def test_hospital_frailty_is_that_of_the_rule(drawn, scored):
    found = set()
    for who, row, age in each(drawn, scored):
        told = in_hospital(who, ("emergency_admission",), months_before(AS_OF, 24))
        points = points_of(HOSPITAL_FRAILTY, groups_found(HOSPITAL_FRAILTY, told))
        band = band_of(HOSPITAL_FRAILTY, points, age)
        assert (row["hospital_frailty"], row["hospital_frailty_band"]) == (points, band and band.name)
        found.add(row["hospital_frailty_band"])
    assert found == {None, "low", "intermediate", "high"}


def test_charlson_is_that_of_the_rule(drawn, scored):
    for who, row, age in each(drawn, scored):
        told = by_then(who) + in_hospital(who, ("emergency_admission", "planned_admission"))
        points = points_of(CHARLSON, groups_found(CHARLSON, told))
        assert (row["charlson"], row["charlson_with_age"]) == (points, with_age(points, age))
        assert row["charlson_2011"] == points_of(CHARLSON_2011, groups_found(CHARLSON_2011, told))


def test_electronic_frailty_is_that_of_the_rule(drawn, scored):
    found = set()
    for who, row, age in each(drawn, scored):
        taken = [
            (m["system"], m["code"]) for m in who.medications if months_before(AS_OF, 3) < m["date"] <= AS_OF
        ]
        polypharmacy = points_of(KINDS_OF_MEDICINE, groups_found(KINDS_OF_MEDICINE, taken)) >= MEDICINES
        points = points_of(ELECTRONIC_FRAILTY, groups_found(ELECTRONIC_FRAILTY, by_then(who))) + polypharmacy
        band = band_of(ELECTRONIC_FRAILTY, points, age)
        assert (row["electronic_frailty"], row["electronic_frailty_band"]) == (points, band and band.name)
        found |= {row["electronic_frailty_band"], polypharmacy}
    assert found >= {None, "fit", "mild", "moderate", True, False}


def test_cambridge_holds_all_that_counts_once_it_is_coded(drawn, scored):
    for who, row, _ in each(drawn, scored):
        coded = groups_found(CAMBRIDGE, by_then(who)) & {group.name for group in EVER_CODED}
        assert row["cambridge"] >= points_of(CAMBRIDGE, coded)
        if not who.medications and coded == groups_found(CAMBRIDGE, by_then(who)):
            assert row["cambridge"] == points_of(CAMBRIDGE, coded)


def test_everybody_is_in_the_one_segment_of_the_rule(drawn, scored):
    found = set()
    for who, row, _ in each(drawn, scored):
        applies = {key for key, held in segments.ANSWERS.items() if answer(held, who, AS_OF)}
        assert row["segment"] == segment_of(applies).key
        assert row["acutely_ill"] == ("acutely_ill" in applies and row["segment"] == "generally_well")
        found.add(row["segment"])
    assert {
        "frailty_dementia",
        "organ_failure",
        "disability",
        "long_term_conditions",
        "generally_well",
    } <= found
