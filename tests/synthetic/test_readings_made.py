"""Readings, care processes and assessments of a synthetic system."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import stewardship.care_areas
from stewardship.records.codes import define_snomed_check
from stewardship.records.engine import Engine
from stewardship.synthetic.care.assessments import TOOLS, assessments
from stewardship.synthetic.care.beside_published import added, care_counted, compared_with_published
from stewardship.synthetic.care.kinds import kinds, positions
from stewardship.synthetic.care.medications import medications, prescribing
from stewardship.synthetic.care.readings import READINGS_A_YEAR, measuring, readings
from stewardship.synthetic.care.stays import stay_of
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.health.of_people import health_of
from stewardship.synthetic.lives import Health, People, Plan
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of

CODE_LISTS = Path(stewardship.care_areas.__file__).with_name("codelists")
PLAN = Plan(residents=60_000, years=5, seed=12, last_day=date(2026, 3, 31))
EIGHT = (
    ("hba1c",), ("systolic",), ("cholesterol",), ("body_mass_index",), ("creatinine",), ("urine_albumin",),
    ("foot_examination",), ("never_smoked", "ex_smoker", "smoker"),
)  # fmt: skip


@cache
def lives(batch: int) -> tuple[People, Health]:
    people = people_of(PLAN, places_of(PLAN), batch)
    return people, health_of(PLAN, people)


@cache
def made(batch: int) -> Extract:
    return readings(PLAN, *lives(batch), measuring(PLAN, *lives(0)))


def columns(extract: Extract) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rows = extract.rows
    return (
        rows["NHSNumber"].combine_chunks().indices.to_numpy(),
        rows["SNOMEDConceptID"].combine_chunks().indices.to_numpy(),
        rows["EventDate"].cast("int32").to_numpy(),
        rows["NumericValue"].to_numpy(zero_copy_only=False),
    )


def recorded(batch: int, keys: tuple[str, ...], first: int, last: int) -> np.ndarray:
    who, kind, day, _ = columns(made(batch))
    found = np.zeros(len(lives(batch)[0]), dtype=bool)
    found[who[np.isin(kind, [positions()[key] for key in keys]) & (day >= first) & (day <= last)]] = True
    return found


def eight_of_fifths(year: int) -> list[float]:
    """Share of people with type 2 diabetes in whom all eight were recorded in a year, by deprivation fifth."""
    last = PLAN.last - 365 * (PLAN.years - 1 - year)
    counts = np.zeros((2, 5))
    for batch in (0, 1, 2):
        people, health = lives(batch)
        there = (people.end > last) & (people.start < last - 365) & health.has("type_2_diabetes", last - 365)
        all_eight = np.all([recorded(batch, keys, last - 364, last) for keys in EIGHT], axis=0)
        for fifth in range(1, 6):
            of = there & (people.fifth == fifth)
            counts[:, fifth - 1] += (all_eight & of).sum(), of.sum()
    return (counts[0] / counts[1]).tolist()


def test_a_person_year_has_as_many_readings_as_sizes_of_data_say() -> None:
    years = stay_of(PLAN, lives(1)[0]).years.sum()
    assert len(made(1).rows) / years == pytest.approx(READINGS_A_YEAR, rel=0.03)


def test_a_batch_of_readings_is_the_same_whenever_it_is_made() -> None:
    assert readings(PLAN, *lives(1), measuring(PLAN, *lives(0))).rows.equals(made(1).rows)


def test_care_agrees_with_what_is_published() -> None:
    counts = []
    for batch in (0, 1, 2):
        items, _ = medications(PLAN, *lives(batch), prescribing(PLAN, *lives(0)), -1, "")
        counts.append(care_counted(PLAN, *lives(batch), items, made(batch)))
    rows = compared_with_published(PLAN, added(counts))
    assert len(rows) >= 12
    assert [row.figure for row in rows if abs(row.apart) > 1.5 * row.tolerance] == []


def test_about_half_have_all_eight_care_processes_in_a_year() -> None:
    assert 0.44 < np.mean(eight_of_fifths(4)) < 0.58


def test_the_gap_in_care_processes_narrows_over_the_years() -> None:
    first, last = eight_of_fifths(0), eight_of_fifths(4)
    assert first[4] - first[0] > 0.15
    assert 0 < last[4] - last[0] < first[4] - first[0]


def test_values_are_those_a_person_may_have_and_notes_have_none() -> None:
    _, kind, _, value = columns(made(0))
    for place, each in enumerate(kinds()):
        of_kind = value[kind == place]
        if each.spread is None:
            assert np.isnan(of_kind).all(), each.key
        else:
            assert (of_kind >= each.least).all(), each.key
            assert (of_kind <= each.most).all(), each.key
            assert np.allclose(of_kind, np.round(of_kind, each.digits)), each.key


def test_control_of_diabetes_is_as_audits_find_it() -> None:
    who, kind, day, value = columns(made(0))
    people, health = lives(0)
    latest = np.full(len(people), np.nan)
    rows = np.flatnonzero((kind == positions()["hba1c"]) & (day > PLAN.last - 365))
    rows = rows[np.argsort(day[rows], kind="stable")]
    latest[who[rows]] = value[rows]
    for condition, low, high in (("type_2_diabetes", 0.58, 0.72), ("type_1_diabetes", 0.2, 0.4)):
        known = health.has(condition, PLAN.last - 365) & (people.end > PLAN.last) & ~np.isnan(latest)
        assert low < (latest[known] <= 58).mean() < high


@pytest.mark.parametrize(
    "codes, keys",
    [
        ("hba1c", ("hba1c",)),
        ("systolic-blood-pressure", ("systolic",)),
        ("diastolic-blood-pressure", ("diastolic",)),
        ("cholesterol", ("cholesterol",)),
        ("body-mass-index", ("body_mass_index",)),
        ("serum-creatinine-or-egfr", ("creatinine", "filtration_rate")),
        ("urine-albumin", ("urine_albumin",)),
        ("foot-examination", ("foot_examination",)),
        ("retinal-screening", ("retinal_screening",)),
        ("smoking-status", ("never_smoked", "ex_smoker", "smoker")),
        ("structured-education-attended", ("education_attended",)),
        ("diabetes-prevention-referral", ("prevention_referral",)),
        ("alanine-aminotransferase", ("liver_test",)),
        ("alcohol-consumption", ("alcohol",)),
        ("blood-count", ("haemoglobin",)),
        ("current-smoker", ("smoker",)),
        ("non-smoker", ("never_smoked", "ex_smoker")),
        ("learning-disability-health-check", ("learning_disability_check",)),
        ("mmr-vaccination", ("mmr_vaccine",)),
        ("advance-care-plan", ("care_plan",)),
        ("asthma-control-assessed", ("asthma_control",)),
        ("asthma-review", ("asthma_review",)),
        ("bowel-cancer-screening", ("bowel_screening",)),
        ("breathlessness-grade-3-or-more", ("breathlessness_3", "breathlessness_4", "breathlessness_5")),
        ("cancer-care-review", ("cancer_care_review",)),
        ("influenza-vaccination", ("influenza_vaccine",)),
        ("inhaler-technique-checked", ("inhaler_technique",)),
        ("pulmonary-rehabilitation", ("pulmonary_rehabilitation",)),
        ("spirometry", ("spirometry",)),
    ],
)
def test_what_care_areas_measure_is_recorded_by_their_codes(codes: str, keys: tuple[str, ...]) -> None:
    with (CODE_LISTS / f"{codes}.csv").open(encoding="utf-8") as file:
        listed = {row["code"] for row in csv.DictReader(file) if row["system"] == "SNOMED"}
    _, kind, _, _ = columns(made(0))
    for key in keys:
        assert kinds()[positions()[key]].code in listed
        assert (kind == positions()[key]).any(), key


def test_retinas_are_screened_of_people_with_diabetes_only() -> None:
    who, kind, day, _ = columns(made(0))
    _, health = lives(0)
    since = np.minimum(health.onset["type_1_diabetes"], health.onset["type_2_diabetes"])
    screened = kind == positions()["retinal_screening"]
    assert (since[who[screened]] <= day[screened]).all()


def test_vaccination_against_influenza_is_in_autumn_and_winter() -> None:
    _, kind, day, _ = columns(made(0))
    months = day[kind == positions()["influenza_vaccine"]].astype("datetime64[D]").astype("datetime64[M]")
    assert set(months.astype(int) % 12 + 1) <= {9, 10, 11, 12}


def test_pulmonary_rehabilitation_is_offered_to_who_is_breathless() -> None:
    who, kind, day, _ = columns(made(0))
    breathless = [positions()[f"breathlessness_{grade}"] for grade in (3, 4, 5)]
    offered = set(
        zip(*(column[kind == positions()["pulmonary_rehabilitation"]] for column in (who, day)), strict=True)
    )
    graded = set(zip(*(column[np.isin(kind, breathless)] for column in (who, day)), strict=True))
    assert 0.4 < len(offered & graded) / len(graded) < 0.7
    assert len(offered & graded) / len(offered) > 0.9


def test_assessments_grow_with_frailty_and_stay_on_their_scales() -> None:
    extract = assessments(PLAN, *lives(0))
    tools, scores = (np.array(extract.rows[name].to_pylist()) for name in ("Tool", "Score"))
    assert set(tools) == set(TOOLS)
    for tool, most in {
        "Electronic Frailty Index": 1,
        "Clinical Frailty Scale": 9,
        "Oxford Hip Score": 48,
    }.items():
        assert 0 <= scores[tools == tool].min() <= scores[tools == tool].max() <= most
    people, health = lives(0)
    who = extract.rows["NHSNumber"].combine_chunks().indices.to_numpy()
    index = tools == "Electronic Frailty Index"
    assert (people.age(PLAN.last)[who[index]] >= 65).all()
    assert np.corrcoef(health.deficits[who[index]], scores[index])[0, 1] > 0.9


def test_codes_are_snomed_concepts_and_each_stands_for_one_kind(tmp_path: Path) -> None:
    engine = Engine(scratch=tmp_path)
    define_snomed_check(engine)
    for each in kinds():
        assert engine.rows(f"SELECT is_snomed_concept('{each.code}')") == [(True,)], each.key
    assert len({each.code for each in kinds()}) == len(kinds())
