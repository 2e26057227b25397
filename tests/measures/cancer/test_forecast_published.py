"""Forecasts as they are published: rounded, hidden where few wait, one for each change that can be chosen."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from stewardship.measures.cancer.courses import NEVER
from stewardship.measures.cancer.forecast import WEEKS
from stewardship.measures.cancer.forecast_changes import AS_TODAY, every_change
from stewardship.measures.cancer.forecast_published import (
    FEW,
    FORECAST,
    SMALLEST,
    forecast_table,
    latest_is_shown,
    moves_of,
)
from stewardship.measures.cancer.published import BACKLOG, read_cancer, write_cancer
from stewardship.measures.cancer.weekly import weeks_of
from stewardship.synthetic.lives import Plan
from support.cancer_weeks import courses_of
from support.cancer_weeks import moves_of as moves_of_plan

PLAN = Plan(60_000, 3, 11, date(2026, 3, 31))
WEEKS_KNOWN = weeks_of(date(2023, 4, 8), date(2026, 3, 31))
LIMITS = ("lower80", "lower50", "middle", "upper50", "upper80")


@pytest.fixture(scope="module")
def courses():
    return courses_of(PLAN)


@pytest.fixture(scope="module")
def published(courses, tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    write_cancer(folder, "forecast", forecast_table(courses, WEEKS_KNOWN, shown=True))
    return read_cancer(folder, "forecast")


def of(published, **planned):
    wanted = {**vars(AS_TODAY), **planned}
    return [row for row in published if all(row[name] == value for name, value in wanted.items())]


def test_every_change_is_forecast_for_26_sundays(published):
    assert len(published) == WEEKS * len(list(every_change()))
    today = of(published)
    assert [row["week"].isoweekday() for row in today] == [7] * WEEKS
    assert today[0]["week"] == date(2026, 4, 5)


def test_numbers_are_rounded_to_five_and_none_under_twenty_is_shown(published):
    numbers = [row[limit] for row in published for limit in LIMITS if row[limit] is not None]
    assert min(numbers) >= SMALLEST == 20
    assert {number % 5 for number in numbers} == {0}


def test_limits_are_in_their_order(published):
    for row in published:
        numbers = [row[limit] or 0 for limit in LIMITS]
        assert numbers == sorted(numbers)


def mean(rows, limit="upper80"):
    return np.mean([row[limit] or 0 for row in rows[13:]])


def test_each_change_that_helps_makes_the_backlog_smaller(published):
    today = of(published)
    assert mean(of(published, treatments=5)) < mean(today)
    assert mean(of(published, fewer_referrals=10)) < mean(today)
    assert mean(of(published, kind="endoscopy", tests=24)) <= mean(today)
    assert mean(of(published, kind="skin", tests=24, treatments=5, fewer_referrals=10)) < mean(
        of(published, treatments=5)
    )


def test_a_change_that_begins_in_the_thirteenth_week_leaves_the_weeks_before_as_they_are(published):
    assert [row["upper80"] for row in of(published, treatments=5, from_week=13)[:12]] == [
        row["upper80"] for row in of(published)[:12]
    ]


def test_where_the_backlog_of_the_latest_week_is_hidden_nothing_is_forecast(courses, tmp_path):
    write_cancer(tmp_path, "forecast", forecast_table(courses, WEEKS_KNOWN, shown=False))
    rows = read_cancer(tmp_path, "forecast")
    assert [(row["state"], row["reason"], row["middle"]) for row in rows] == [("suppressed", FEW, None)]


def test_with_few_weeks_it_is_said_why_nothing_is_forecast(courses):
    rows = forecast_table(courses, WEEKS_KNOWN[-9:], shown=True).to_pylist()
    assert [(row["state"], row["reason"]) for row in rows] == [
        ("missing", "only 9 weeks of pathways are known, and it takes 13")
    ]


@pytest.mark.parametrize(("latest", "shown"), [("shown", True), ("suppressed", False)])
def test_the_forecast_is_shown_where_the_latest_backlog_is(latest, shown):
    states = {date(2026, 3, 22): "shown", date(2026, 3, 29): latest}
    rows = [
        {"week": week, "by": by, "group": by, "band": band, "count": None, "reason": "",
         "state": state if (by, band) == ("everyone", "over 62") else "shown"}
        for week, state in states.items()
        for by in ("everyone", "provider")
        for band in ("all", "over 62")
    ]  # fmt: skip
    assert latest_is_shown(pa.Table.from_pylist(rows, schema=BACKLOG)) is shown


def test_weeks_of_courses_are_those_of_the_pathways(courses):
    assert (
        moves_of(courses, WEEKS_KNOWN).over_62.tolist()
        == moves_of_plan(PLAN).over_62[-len(WEEKS_KNOWN) :].tolist()
    )


def test_who_is_not_in_the_headline_count_is_not_in_the_forecast():
    nobody = courses_of(Plan(2_000, 3, 11, date(2026, 3, 31)), headline=False)
    rows = forecast_table(nobody, WEEKS_KNOWN, shown=True).to_pylist()
    assert {row[limit] for row in rows for limit in LIMITS} == {None}


def test_a_decision_to_treat_counts_as_being_told(courses):
    some = courses.taken(np.flatnonzero(courses.cancer)[:40])
    early = moves_of(some, WEEKS_KNOWN)
    untold = type(some)(**{**vars(some), "told": np.full(len(some), NEVER)})
    assert (moves_of(untold, WEEKS_KNOWN).moved == early.moved).all()


def test_the_table_has_the_columns_that_are_documented(courses):
    assert forecast_table(courses, WEEKS_KNOWN, shown=False).schema.equals(FORECAST)
    assert pa.types.is_date32(FORECAST.field("week").type)
