"""Urgent and emergency care asks what it says it asks: worked residents, one for each side of each rule."""

import pytest

from stewardship.care_areas.urgent_and_emergency import care_area
from support.one_resident import by_id, counted, of_events, resident, stay

MEASURES = by_id(care_area)
AUTUMN = "2025-10-01"


def attended(minutes, department="01", day=AUTUMN):
    return stay(day, point="emergency_department", minutes=minutes, department=department)


def test_all_numbered_measures_stand_once():
    assert list(MEASURES) == [f"UEC{number:02}" for number in range(1, 10)]


@pytest.mark.parametrize("attendance, four_hours, twelve_hours", [
    (attended(240), (1, 1), (0, 1)),
    (attended(241), (0, 1), (0, 1)),
    (attended(719), (0, 1), (0, 1)),
    (attended(720), (0, 1), (1, 1)),
    (attended(900, department="03"), (0, 1), (0, 0)),  # no major department
    (attended(None), (0, 1), (0, 1)),  # nobody knows when they left
    (attended(100, day="2025-03-31"), (0, 0), (0, 0)),
])  # fmt: skip
def test_time_in_emergency_departments(attendance, four_hours, twelve_hours):
    who = resident(stays=[attendance])
    assert of_events(MEASURES["UEC01"], who) == four_hours
    assert of_events(MEASURES["UEC02"], who) == twelve_hours


def test_the_response_to_category_2_alone_is_averaged():
    calls = [
        stay(AUTUMN, point="ambulance", urgency=urgency, response_minutes=minutes)
        for urgency, minutes in (("2", 25), ("C2", 35), ("1", 7), ("3", 120))
    ]
    assert of_events(MEASURES["UEC03"], resident(stays=calls)) == (60, 2)


@pytest.mark.parametrize("diagnoses, expected", [
    (("J441",), 1), (("E101",), 1), (("L031",), 1), (("K046",), 1), (("N136",), 1), (("J13",), 1),
    (("J181",), 0), (("N139",), 0), (("S720",), 0), (("S720", "J441"), 0),
])  # fmt: skip
def test_admissions_that_timely_care_can_prevent(diagnoses, expected):
    assert counted(MEASURES["UEC04"], resident(stays=[stay(AUTUMN, *diagnoses)])) == (True, expected)


HOME = stay("2025-10-01", "J181", end="2025-10-11")


@pytest.mark.parametrize("stays, expected", [
    ([HOME], (0, 1)),
    ([HOME, stay("2025-11-10", "S720")], (1, 2)),
    ([HOME, stay("2025-11-11", "S720")], (0, 2)),
    ([HOME, stay("2025-10-20", "H269", point="day_case")], (0, 1)),
    ([stay("2025-10-01", "M169", end="2025-10-04", point="planned_admission"), stay("2025-10-20", "T814")], (1, 2)),
])  # fmt: skip
def test_emergency_readmissions(stays, expected):
    assert of_events(MEASURES["UEC05"], resident(stays=stays)) == expected


@pytest.mark.parametrize("stays, expected", [
    ([stay(AUTUMN, "R074")], (1, 1)),
    ([stay(AUTUMN, "R074", end="2025-10-02")], (0, 1)),
    ([stay(AUTUMN, "H269", point="day_case")], (0, 0)),
])  # fmt: skip
def test_same_day_emergency_care(stays, expected):
    assert of_events(MEASURES["UEC06"], resident(stays=stays)) == expected


@pytest.mark.parametrize("many, expected", [(4, 0), (5, 1), (9, 1)])
def test_frequent_attenders(many, expected):
    assert counted(MEASURES["UEC08"], resident(stays=[attended(100)] * many)) == (True, expected)


def test_nights_after_emergency_admissions_are_counted():
    stays = [
        stay(AUTUMN, "J181", end="2025-10-08"),
        stay(AUTUMN, "M169", end="2025-10-04", point="planned_admission"),
    ]
    assert counted(MEASURES["UEC09"], resident(stays=stays)) == (True, 7)
