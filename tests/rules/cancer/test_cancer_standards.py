"""Limits and thresholds hold from their day on, each with its source; routes come from the coded fields."""

from datetime import date

import pytest

from stewardship.rules.cancer.backlog import band_of
from stewardship.rules.cancer.codes import Route
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.judgement import Band, Result, Standard
from stewardship.rules.cancer.pathway import Pathway
from stewardship.rules.cancer.route import route_of
from stewardship.rules.cancer.standards import IN_FORCE, read_standards


@pytest.mark.parametrize(
    ("standard", "day", "standing", "ambition"),
    [
        (Standard.FASTER_DIAGNOSIS, "2023-10-01", 0.75, 0.75),
        (Standard.FASTER_DIAGNOSIS, "2024-03-31", 0.75, 0.75),
        (Standard.FASTER_DIAGNOSIS, "2024-04-01", 0.75, 0.77),
        (Standard.FASTER_DIAGNOSIS, "2026-03-31", 0.75, 0.80),
        (Standard.FASTER_DIAGNOSIS, "2026-04-01", 0.80, 0.80),
        (Standard.DECISION_TO_TREATMENT, "2025-06-01", 0.96, None),
        (Standard.DECISION_TO_TREATMENT, "2026-11-22", 0.96, 0.94),
        (Standard.DECISION_TO_TREATMENT, "2028-01-01", 0.96, 0.96),
        (Standard.REFERRAL_TO_TREATMENT, "2023-12-01", 0.85, None),
        (Standard.REFERRAL_TO_TREATMENT, "2025-03-31", 0.85, 0.70),
        (Standard.REFERRAL_TO_TREATMENT, "2025-04-01", 0.85, 0.75),
        (Standard.REFERRAL_TO_TREATMENT, "2026-11-22", 0.85, 0.80),
        (Standard.REFERRAL_TO_TREATMENT, "2029-03-31", 0.85, 0.85),
    ],
)
def test_a_threshold_holds_from_its_day(standard, day, standing, ambition):
    found = IN_FORCE.threshold_on(standard, date.fromisoformat(day))
    assert (found.standard, found.ambition) == (standing, ambition)


def test_before_october_2023_there_were_other_standards():
    assert IN_FORCE.threshold_on(Standard.FASTER_DIAGNOSIS, date(2023, 9, 30)) is None


def test_every_figure_of_policy_has_its_source_and_stands_in_order_of_dates():
    for rows in (IN_FORCE.limits, *IN_FORCE.thresholds.values()):
        assert all(row.source for row in rows)
        assert [row.since for row in rows] == sorted({row.since for row in rows})


CHANGED = """
[[limits]]
from = 2023-10-01
faster_diagnosis = 28
decision_to_treatment = 31
referral_to_treatment = 62
investigating = 38
treating = 24
bands = [28, 62, 104]
source = "one"

[[limits]]
from = 2027-04-01
faster_diagnosis = 21
decision_to_treatment = 31
referral_to_treatment = 56
investigating = 35
treating = 21
bands = [21, 56, 104]
source = "another"

[pauses]
any_setting_from = 2020-07-01

[[faster_diagnosis]]
from = 2023-10-01
standard = 0.75
source = "one"
[[decision_to_treatment]]
from = 2023-10-01
standard = 0.96
source = "one"
[[referral_to_treatment]]
from = 2023-10-01
standard = 0.85
source = "one"
"""


@pytest.mark.parametrize(
    ("as_of", "told", "result"),
    [
        ("2027-03-31", "2027-03-28", Result.MET),
        ("2027-04-30", "2027-03-28", Result.MET),
        ("2027-04-30", "2027-04-01", Result.BREACH),
    ],
)
def test_a_wait_is_judged_by_the_limit_of_the_day_it_ended(tmp_path, as_of, told, result):
    file = tmp_path / "standards.toml"
    file.write_text(CHANGED, encoding="utf-8")
    day = date.fromisoformat(told)
    pathway = Pathway(route=Route.URGENT, received=date(2027, 3, 1), told=day, end_reason="02")
    found = judge(pathway, as_of=date.fromisoformat(as_of), standards=read_standards(file))
    assert found.faster_diagnosis.result is result


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "0-28"), (28, "0-28"), (29, "29-62"), (62, "29-62"), (63, "63-104"), (104, "63-104"), (105, ">104")],
)
def test_the_last_day_of_a_band_is_in_it(days, band):
    assert band_of(days, IN_FORCE.limits[-1]) is Band(band)


@pytest.mark.parametrize(
    ("priority", "source", "kind", "upgraded", "route"),
    [
        ("3", "03", "07", False, Route.URGENT),
        ("3", "", "17", False, Route.URGENT),
        ("3", "03", "16", False, Route.BREAST_SYMPTOMATIC),
        ("2", "17", "07", False, Route.SCREENING),
        ("2", "17", "", True, Route.SCREENING),
        ("1", "03", "", True, Route.UPGRADE),
        ("3", "03", "07", True, Route.UPGRADE),
        ("3", "17", "07", True, Route.NONE),
        ("3", "17", "07", False, Route.NONE),
        ("1", "03", "07", False, Route.NONE),
        ("2", "03", "07", False, Route.NONE),
        ("", "", "", False, Route.NONE),
    ],
)
def test_a_route_comes_from_the_coded_fields(priority, source, kind, upgraded, route):
    assert (
        route_of(priority=priority, source_of_referral=source, referral_type=kind, upgraded=upgraded) is route
    )
