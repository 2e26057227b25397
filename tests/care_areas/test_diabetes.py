"""The diabetes care area asks what it says it asks: worked residents, one for each side of each rule."""

from datetime import date

import pytest

from stewardship.care_areas import vocabulary
from stewardship.care_areas.diabetes import AT_RISK, DIAGNOSED_LAST_YEAR, TYPE_1, TYPE_2, care_area
from stewardship.measures.measure import Measure
from support.drawn_residents import counts, numbered
from support.evaluator import Resident, answer, number

ON = date(2026, 3, 31)
MEASURES: dict[str, Measure] = {measure.name: measure for _, measure in care_area.measures()}


def first_code(codes):
    """A code of the list, as a record would carry it."""
    rule = next(rule for rule in codes.rules if rule.match != "range")
    return {"system": rule.system, "code": rule.code}


def resident(*, conditions=(), readings=(), medicines=(), born="1960-07-01"):
    """conditions: (list, day). readings: (list, day, value, in the list's unit). medicines: (list, day)."""
    return Resident(
        birth_date=date.fromisoformat(born),
        conditions=[{**first_code(codes), "start": date.fromisoformat(day)} for codes, day in conditions],
        observations=[
            {
                **first_code(codes),
                "date": date.fromisoformat(day),
                "value": value,
                "unit": codes.unit,
                "event_id": n,
            }
            for n, (codes, day, value) in enumerate(readings)
        ],
        medications=[
            {**first_code(codes), "date": date.fromisoformat(day), "cost_pence": None}
            for codes, day in medicines
        ],
    )


DM, T1, T2 = vocabulary.DIABETES, vocabulary.TYPE_1_DIABETES, vocabulary.TYPE_2_DIABETES
NDH, HBA1C = vocabulary.NON_DIABETIC_HYPERGLYCAEMIA, vocabulary.HBA1C


@pytest.mark.parametrize("who, expected", [
    (resident(conditions=[(T2, "2019-01-01")]), (False, True)),
    (resident(conditions=[(T1, "2019-01-01")]), (True, False)),
    (resident(conditions=[(T1, "2019-01-01"), (T2, "2021-01-01")]), (True, False)),  # both recorded: type 1
    (resident(), (False, False)),
])  # fmt: skip
def test_type_1_and_type_2_never_hold_together(who, expected):
    assert (answer(TYPE_1, who, ON), answer(TYPE_2, who, ON)) == expected


@pytest.mark.parametrize("who, expected", [
    (resident(readings=[(HBA1C, "2025-05-01", 42)]), True),
    (resident(readings=[(HBA1C, "2025-05-01", 47)]), True),
    (resident(readings=[(HBA1C, "2025-05-01", 48)]), False),
    (resident(readings=[(HBA1C, "2025-05-01", 41)]), False),
    (resident(readings=[(HBA1C, "2019-05-01", 44), (HBA1C, "2025-05-01", 40)]), False),  # the latest counts
    (resident(conditions=[(NDH, "2015-01-01")]), True),
    (resident(conditions=[(NDH, "2015-01-01"), (T2, "2020-01-01")]), False),  # no longer at risk but ill
])  # fmt: skip
def test_at_risk_of_diabetes(who, expected):
    assert answer(AT_RISK, who, ON) is expected


@pytest.mark.parametrize("day, expected", [
    ("2024-03-31", False),
    ("2024-04-01", True),
    ("2025-03-31", True),
    ("2025-04-01", False),  # this year: there was no year to attend in
])  # fmt: skip
def test_diagnosed_in_the_year_before(day, expected):
    assert answer(DIAGNOSED_LAST_YEAR, resident(conditions=[(T2, day)]), ON) is expected


CHECKS = [
    vocabulary.HBA1C, vocabulary.SYSTOLIC, vocabulary.CHOLESTEROL, vocabulary.BODY_MASS_INDEX,
    vocabulary.KIDNEY_FUNCTION, vocabulary.URINE_ALBUMIN, vocabulary.FOOT_EXAMINATION,
    vocabulary.SMOKING_STATUS,
]  # fmt: skip
EIGHT = MEASURES["All eight care processes, type 2"]


def checked(*lists):
    readings = [(codes, "2025-09-01", None) for codes in lists]
    return resident(conditions=[(T2, "2019-01-01")], readings=readings)


@pytest.mark.parametrize("left_out", [None, *CHECKS], ids=lambda codes: codes.name if codes else "none")
def test_all_eight_care_processes_are_wanted(left_out):
    who = checked(*(codes for codes in CHECKS if codes is not left_out))
    assert number(vocabulary.EIGHT_CARE_PROCESSES, who, ON) == (8 if left_out is None else 7)
    assert answer(EIGHT.numerator, who, ON) is (left_out is None)
    assert answer(EIGHT.who, who, ON)


def test_a_check_of_the_year_before_is_too_old():
    old = resident(readings=[(codes, "2025-03-31", None) for codes in CHECKS])
    assert number(vocabulary.EIGHT_CARE_PROCESSES, old, ON) == 0


TARGETS = MEASURES["Three treatment targets, type 2"].numerator


def treated(hba1c=58, systolic=140, diastolic=80, statin=True, born="1960-07-01", arterial=False):
    return resident(
        born=born,
        readings=[
            (vocabulary.HBA1C, "2025-09-01", hba1c), (vocabulary.SYSTOLIC, "2025-09-01", systolic),
            (vocabulary.DIASTOLIC, "2025-09-01", diastolic),
        ],
        medicines=[(vocabulary.STATIN, "2025-09-01")] if statin else [],
        conditions=[(vocabulary.ATHEROSCLEROTIC_DISEASE, "2020-01-01")] if arterial else [],
    )  # fmt: skip


@pytest.mark.parametrize("who, expected", [
    (treated(), True),
    (treated(hba1c=59), False),
    (treated(systolic=141), False),
    (treated(diastolic=81), False),
    (treated(statin=False), False),
    (treated(statin=False, born="1986-04-01"), True),  # 39, without arterial disease: no statin wanted
    (treated(statin=False, born="1986-03-31"), False),  # 40 today
    (treated(statin=False, born="1986-04-01", arterial=True), False),
    (treated(hba1c=None), False),  # not measured is not at target
])  # fmt: skip
def test_three_treatment_targets(who, expected):
    assert answer(TARGETS, who, ON) is expected


def test_the_area_has_all_five_parts():
    assert {part for part, _ in care_area.measures()} == {
        "population", "resources", "activity", "burden", "outcomes",
    }  # fmt: skip
    assert any(measure.headline for measure in care_area.outcomes)


NUMBERED = numbered(care_area.measures())


@pytest.mark.parametrize("measure, who, expected", [
    ("DIA04", "has TYPE_2_DIABETES 2019-01-01\ndone MAJOR_LOWER_LIMB_AMPUTATION 2025-06-01", (1, 1)),
    ("DIA04", "done MAJOR_LOWER_LIMB_AMPUTATION 2025-06-01", (0, 0)),
    ("DIA05", "has TYPE_1_DIABETES 2019-01-01\n"
              "in emergency_admission 2025-06-01 first KETOACIDOSIS_OR_HYPOGLYCAEMIA", (1, 1)),
    ("DIA05", "has TYPE_1_DIABETES 2019-01-01\n"
              "in emergency_admission 2025-06-01 then KETOACIDOSIS_OR_HYPOGLYCAEMIA", (1, 0)),
    ("DIA06", "has TYPE_2_DIABETES 2024-06-01\nread STRUCTURED_EDUCATION 2025-01-01", (1, 1)),
    ("DIA06", "has TYPE_2_DIABETES 2019-06-01\nread STRUCTURED_EDUCATION 2025-01-01", (0, 0)),  # long known
    ("DIA07", "has TYPE_1_DIABETES 2019-01-01\nitem CONTINUOUS_GLUCOSE_MONITORING 2025-06-01", (1, 1)),
    ("DIA07", "has TYPE_2_DIABETES 2019-01-01\nitem CONTINUOUS_GLUCOSE_MONITORING 2025-06-01", (0, 0)),
    ("DIA08", "has NON_DIABETIC_HYPERGLYCAEMIA 2019-01-01\nread DIABETES_PREVENTION_REFERRAL 2020-01-01", (1, 1)),
    ("DIA08", "read HBA1C 2025-06-01 44", (1, 0)),
    ("DIA08", "has TYPE_2_DIABETES 2019-01-01\nread DIABETES_PREVENTION_REFERRAL 2018-01-01", (0, 0)),
    ("DIA09", "has TYPE_2_DIABETES 2019-01-01", (1, 1)),
    ("DIA09", "has TYPE_2_DIABETES 2019-01-01\nborn 2009-04-01", (0, 0)),  # 16
])  # fmt: skip
def test_who_counts(measure, who, expected):
    assert counts(NUMBERED[measure], who, ON) == expected


def test_every_number_stands_once():
    assert sorted(NUMBERED) == [f"DIA{n:02}" for n in range(1, 10)]
