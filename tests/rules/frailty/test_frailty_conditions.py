"""Who is on which register by codes, since when, and when no longer."""

from datetime import date

import pytest

from stewardship.rules.frailty.conditions import Coded, Condition, Severity, in_diagnosis_rate, recorded

MILD, MODERATE, SEVERE = "925791000000100", "925831000000107", "925861000000102"
DEMENTIA, PALLIATIVE = "52448006", "103735009"
TODAY = date(2026, 3, 31)


def coded(code, day, system="SNOMED"):
    return Coded(date.fromisoformat(day), system, code)


def held(*codes, **more):
    return {each.condition: each for each in recorded(codes, more.pop("as_of", TODAY), **more)}


@pytest.mark.parametrize("codes, severity, since", [
    ([(MILD, "2020-01-05")], Severity.MILD, "2020-01-05"),
    ([(MILD, "2020-01-05"), (SEVERE, "2022-01-05")], Severity.SEVERE, "2020-01-05"),
    ([(SEVERE, "2020-01-05"), (MILD, "2022-01-05")], Severity.MILD, "2020-01-05"),      # the latest wins
    ([(MILD, "2020-01-05"), (MODERATE, "2020-01-05")], Severity.MODERATE, "2020-01-05"),  # of a day, the more severe
    ([(SEVERE, "2026-04-01"), (MILD, "2020-01-05")], Severity.MILD, "2020-01-05"),      # not recorded yet
])  # fmt: skip
def test_the_latest_severity_of_frailty_stands(codes, severity, since):
    found = held(*(coded(*each) for each in codes))[Condition.FRAILTY]
    assert (found.severity, found.since) == (severity, date.fromisoformat(since))


def test_dementia_under_65_is_on_the_register_and_not_in_the_diagnosis_rate():
    assert Condition.DEMENTIA in held(coded(DEMENTIA, "2024-05-01"))  # whatever the age
    assert Condition.DEMENTIA in held(coded("F009", "2024-05-01", "ICD10"))
    assert [in_diagnosis_rate(age) for age in (64, 65)] == [False, True]


@pytest.mark.parametrize("codes, ended, since", [
    (["2025-01-10"], [], "2025-01-10"),
    (["2008-03-31"], [], None),          # before the register began
    (["2008-04-01"], [], "2008-04-01"),
    (["2025-01-10"], ["2025-06-01"], None),
    (["2025-01-10"], ["2025-01-10"], "2025-01-10"),          # the same day stays on
    (["2025-01-10", "2025-06-01"], ["2025-06-01"], "2025-01-10"),
    (["2025-01-10", "2025-09-01"], ["2025-06-01"], "2025-09-01"),  # on again
    (["2025-01-10"], ["2026-04-01"], "2025-01-10"),          # not recorded yet
])  # fmt: skip
def test_palliative_care_stands_until_it_is_no_longer_indicated(codes, ended, since):
    days = [date.fromisoformat(day) for day in ended]
    found = held(*(coded(PALLIATIVE, day) for day in codes), no_longer=days).get(Condition.END_OF_LIFE)
    assert (found and found.since) == (since and date.fromisoformat(since))


def test_one_person_may_be_on_all_three_and_death_ends_all():
    codes = [coded(MODERATE, "2024-01-01"), coded(DEMENTIA, "2023-01-01"), coded(PALLIATIVE, "2025-01-01")]
    assert set(held(*codes)) == set(Condition)
    assert not held(*codes, left=TODAY)
    assert set(held(*codes, left=date(2026, 4, 1))) == set(Condition)


def test_a_diagnosis_of_anything_else_puts_nobody_on_a_register():
    assert not held(coded("44054006", "2024-01-01"), coded(DEMENTIA, "2024-01-01", "ICD10"))
