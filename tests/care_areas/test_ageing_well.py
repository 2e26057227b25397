"""Ageing well asks what it says it asks: worked residents, one for each side of each rule."""

import pytest

from stewardship.care_areas import vocabulary as v
from stewardship.care_areas.ageing_well import AT_RISK, FRAIL_IN_HOSPITAL, IN_NEED, care_area
from support.evaluator import answer
from support.one_resident import ON, by_id, counted, resident, stay

MEASURES = by_id(care_area)
FRAIL = (v.FRAILTY, "2024-05-01")
AUTUMN = "2025-10-01"


def test_all_numbered_measures_stand_once():
    assert list(MEASURES) == [f"AGE{number:02}" for number in range(1, 10)]


@pytest.mark.parametrize("who, in_need, at_risk", [
    (resident(conditions=[FRAIL]), True, False),
    (resident(conditions=[(v.DEMENTIA, "2010-01-01")]), True, False),
    (resident(conditions=[(v.PALLIATIVE_CARE, "2026-01-01")]), True, False),
    (resident(conditions=[FRAIL], born="1961-04-01"), False, False),  # 64
    (resident(conditions=[FRAIL], born="1961-03-31"), True, False),  # 65 today
    (resident(conditions=[(v.MILD_FRAILTY, "2020-01-01")]), False, True),
    (resident(conditions=[(v.HISTORY_OF_FALLS, "2020-01-01")]), False, True),
    (resident(conditions=[(v.HISTORY_OF_FALLS, "2020-01-01"), FRAIL]), True, False),
    (resident(), False, False),
])  # fmt: skip
def test_who_is_in_need_and_who_at_risk(who, in_need, at_risk):
    assert (answer(IN_NEED, who, ON), answer(AT_RISK, who, ON)) == (in_need, at_risk)


@pytest.mark.parametrize("stays, falls, hips", [
    ([stay(AUTUMN, "S009", "W190")], 1, 0),
    ([stay(AUTUMN, "S720", "W010")], 1, 1),
    ([stay(AUTUMN, "S722")], 0, 1),  # no fall coded
    ([stay(AUTUMN, "S723", "W010")], 1, 0),  # of the shaft, not the hip
    ([stay(AUTUMN, "S009", "W260")], 0, 0),  # by a knife
    ([stay(AUTUMN, "J181", "S720")], 0, 0),  # a hip fracture, but not what brought them in
    ([stay(AUTUMN, "S720", "W010", point="planned_admission")], 0, 0),
    ([stay("2025-03-31", "S720", "W010")], 0, 0),  # the year before
    ([stay(AUTUMN, "S720", "W010"), stay("2026-01-05", "S720", "W190")], 2, 2),
])  # fmt: skip
def test_falls_and_hip_fractures_are_counted_by_admission(stays, falls, hips):
    who = resident(stays=stays)
    assert counted(MEASURES["AGE01"], who) == (True, falls)
    assert counted(MEASURES["AGE02"], who) == (True, hips)


@pytest.mark.parametrize("conditions, readings, expected", [
    ([FRAIL], [(v.ADVANCE_CARE_PLAN, AUTUMN)], (True, 1)),
    ([FRAIL], [(v.ADVANCE_CARE_PLAN, "2025-03-31")], (True, 0)),  # the year before
    ([FRAIL], [], (True, 0)),
    ([(v.PALLIATIVE_CARE, "2025-05-01")], [(v.ADVANCE_CARE_PLAN, AUTUMN)], (True, 1)),
    ([(v.DEMENTIA, "2025-05-01")], [(v.ADVANCE_CARE_PLAN, AUTUMN)], (False, 0)),  # on neither register
])  # fmt: skip
def test_advance_care_plans(conditions, readings, expected):
    assert counted(MEASURES["AGE05"], resident(conditions=conditions, readings=readings)) == expected


@pytest.mark.parametrize("died, born, expected", [
    ((AUTUMN, "F03", "Home"), "1940-01-01", (True, 1)),
    ((AUTUMN, "F03", "Care home"), "1940-01-01", (True, 1)),
    ((AUTUMN, "F03", "Hospital"), "1940-01-01", (True, 0)),
    ((AUTUMN, "F03", "Hospice"), "1940-01-01", (True, 0)),
    ((AUTUMN, "F03", None), "1940-01-01", (True, 0)),
    ((AUTUMN, "I219", "Home"), "1970-01-01", (False, 0)),
    (("2025-03-01", "F03", "Home"), "1940-01-01", (False, 0)),  # died the year before
    (None, "1940-01-01", (False, 0)),
])  # fmt: skip
def test_where_people_died(died, born, expected):
    assert MEASURES["AGE06"].during  # nobody who died is there at the year's end
    assert counted(MEASURES["AGE06"], resident(died=died, born=born)) == expected


# Of the Hospital Frailty Risk Score: F00 7.1, G81 4.4, R29 3.6, S51 0.5.
@pytest.mark.parametrize("stays, born, frail", [
    ([stay("2025-01-01", "R074", "F009")], "1945-01-01", True),
    ([stay("2025-01-01", "R074", "G819", "S510")], "1945-01-01", False),  # 4.9
    ([stay("2025-01-01", "R074", "G819"), stay(AUTUMN, "R296")], "1945-01-01", True),  # 8.0 of two stays
    ([stay("2024-03-31", "R074", "F009")], "1945-01-01", False),  # over two years ago
    ([stay("2025-01-01", "R074", "F009", point="planned_admission")], "1945-01-01", False),
    ([stay("2025-01-01", "R074", "F009")], "1951-04-01", False),  # 74
])  # fmt: skip
def test_frailty_is_told_by_the_diagnoses_of_emergency_stays(stays, born, frail):
    assert answer(FRAIL_IN_HOSPITAL, resident(stays=stays, born=born), ON) is frail


def test_nights_after_emergency_admissions_are_counted():
    stays = [stay("2025-09-28", "J181", "F009", end="2025-10-05"), stay(AUTUMN, "H269", point="day_case")]
    assert counted(MEASURES["AGE08"], resident(stays=stays, born="1940-01-01")) == (True, 7)


@pytest.mark.parametrize("admitted, expected", [
    (["2025-07-03", "2025-08-01", "2025-09-30"], (True, 1)),  # the first 90 days before
    (["2025-07-02", "2025-08-01", "2025-09-30"], (True, 0)),
    (["2025-08-01", "2025-09-30"], (True, 0)),
])  # fmt: skip
def test_three_emergency_admissions_in_the_last_90_days(admitted, expected):
    who = resident(stays=[stay(day, "J181") for day in admitted], died=(AUTUMN, "J181", "Hospital"))
    assert counted(MEASURES["AGE09"], who) == expected


def test_admissions_of_the_year_before_count_if_death_followed_within_90_days():
    days = ("2025-02-10", "2025-03-01", "2025-03-20")
    who = resident(stays=[stay(day, "J181") for day in days], died=("2025-04-20", "J181", "Hospital"))
    assert counted(MEASURES["AGE09"], who) == (True, 1)
