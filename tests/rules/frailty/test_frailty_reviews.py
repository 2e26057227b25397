"""Reviews of people on the register: due, overdue, never held, cancelled."""

from datetime import date, timedelta

import pytest

from stewardship.rules.frailty.conditions import Severity, Stage
from stewardship.rules.frailty.intervals import Subject, in_force, intervals, intervals_of, months_after
from stewardship.rules.frailty.reviews import (
    Happened,
    Held,
    ReviewState,
    Situation,
    next_review,
    review_standings,
)

SINCE = date(2025, 1, 10)


def day(text):
    return date.fromisoformat(text)


def plan_of(situation, *held, as_of):
    found = [each for each in review_standings(situation, held, day(as_of)) if each.subject is Subject.PLAN]
    return found[0]


@pytest.mark.parametrize("given, due, why", [
    ({"severity": Severity.SEVERE}, "2025-07-10", "severe-frailty"),
    ({"severity": Severity.MODERATE}, "2026-01-10", "moderate-frailty"),
    ({"severity": Severity.MILD}, "2026-01-10", "mild-frailty"),
    ({"cfs": 7}, "2025-07-10", "severe-frailty"),
    ({"cfs": 8}, "2025-07-10", "severe-frailty"),
    ({"cfs": 6}, "2026-01-10", "moderate-frailty"),
    ({"cfs": 5}, "2026-01-10", "mild-frailty"),
    ({"cfs": 8, "severity": Severity.MILD}, "2026-01-10", "mild-frailty"),
    ({"stage": Stage.YEARS}, "2025-04-10", "end-of-life-A"),
    ({"stage": Stage.MONTHS}, "2025-02-10", "end-of-life-B"),
    ({"stage": Stage.WEEKS}, "2025-01-17", "end-of-life-C"),
    ({"stage": Stage.DAYS}, "2025-01-11", "end-of-life-D"),
    ({"stage": Stage.YEARS, "severity": Severity.SEVERE}, "2025-04-10", "end-of-life-A"),  # the shortest counts
])  # fmt: skip
def test_a_plan_is_reviewed_by_the_shortest_interval_that_applies(given, due, why):
    found = plan_of(Situation(since=SINCE, **given), Held(on=SINCE), as_of="2025-01-10")
    assert (found.due, found.why.key) == (day(due), why)


@pytest.mark.parametrize("as_of, state, words", [
    ("2025-07-09", ReviewState.NOT_YET_DUE, "due 10 July 2025"),
    ("2025-07-10", ReviewState.DUE, "due 10 July 2025, today"),
    ("2025-07-11", ReviewState.DUE, "due 10 July 2025, 1 day ago"),
    ("2025-08-07", ReviewState.DUE, "due 10 July 2025, 28 days ago"),          # the last day that is not overdue
    ("2025-08-08", ReviewState.OVERDUE, "overdue: due 10 July 2025, 29 days ago"),
])  # fmt: skip
def test_a_review_is_due_and_after_28_days_overdue(as_of, state, words):
    found = plan_of(Situation(since=SINCE, severity=Severity.SEVERE), Held(on=SINCE), as_of=as_of)
    assert (found.state, found.words) == (state, words)


@pytest.mark.parametrize("as_of", ["2025-01-10", "2025-07-10", "2026-07-10"])
def test_never_reviewed_is_told_apart_from_overdue(as_of):
    found = plan_of(Situation(since=SINCE, severity=Severity.SEVERE), as_of=as_of)
    assert found.state is ReviewState.NEVER_REVIEWED
    assert found.words == "never reviewed: on the register since 10 January 2025"
    assert found.due == day("2025-07-10")


def test_death_cancels_whatever_was_due():
    happened = (Happened(what="admission", on=day("2025-06-01")),)
    alive = Situation(
        since=SINCE, severity=Severity.SEVERE, dementia=True, respect_on=SINCE, happened=happened
    )
    dead = Situation(
        since=SINCE, severity=Severity.SEVERE, dementia=True, respect_on=SINCE, happened=happened,
        left=day("2026-02-01"), why_left="died on 1 February 2026",
    )  # fmt: skip
    overdue = {each.state for each in review_standings(alive, [Held(on=SINCE)], day("2026-06-01"))}
    assert overdue == {ReviewState.OVERDUE, ReviewState.NEVER_REVIEWED}
    found = review_standings(dead, [Held(on=SINCE)], day("2026-06-01"))
    assert {each.state for each in found} == {ReviewState.CANCELLED}
    assert {each.words for each in found} == {"cancelled: died on 1 February 2026"}
    assert not any(each.days_late for each in found)
    assert next_review(dead, [], day("2026-06-01")) is None
    # before the day of the death they were not cancelled
    assert next_review(dead, [Held(on=SINCE)], day("2026-01-31")).state is not ReviewState.CANCELLED


def test_dementia_plans_are_reviewed_face_to_face():
    situation = Situation(since=SINCE, dementia=True)
    by_phone = Held(on=day("2025-05-01"), subjects=frozenset({Subject.DEMENTIA}), face_to_face=False)
    seen = Held(on=day("2025-06-01"), subjects=frozenset({Subject.DEMENTIA}))
    (found,) = review_standings(situation, [by_phone], day("2025-07-01"))
    assert found.state is ReviewState.NEVER_REVIEWED
    (found,) = review_standings(situation, [by_phone, seen], day("2025-07-01"))
    assert (found.state, found.due) == (ReviewState.NOT_YET_DUE, day("2026-06-01"))


@pytest.mark.parametrize("what, on, due", [
    ("admission", "2025-06-02", "2025-06-30"),
    ("fall-with-injury", "2025-06-02", "2025-06-30"),
    ("new-care-package", "2025-06-02", "2025-06-30"),
    ("carer-died", "2025-06-02", "2025-06-30"),
    ("new-care-home-resident", "2025-06-02", "2025-06-11"),   # seven working days
    ("new-care-home-resident", "2025-12-22", "2026-01-05"),   # Christmas, Boxing Day and New Year are none
])  # fmt: skip
def test_what_happened_asks_for_a_review_of_its_own(what, on, due):
    situation = Situation(since=SINCE, happened=(Happened(what=what, on=day(on)),))
    (found,) = review_standings(situation, [Held(on=SINCE)], day(on))
    assert (found.why.key, found.due) == (what, day(due))
    assert not review_standings(situation, [Held(on=day(on))], day("2026-01-06"))
    assert not review_standings(situation, [], day(on) - timedelta(days=1))


def test_an_emergency_plan_is_looked_at_every_year_and_when_something_changed():
    changed = (Happened(what="respect-changed", on=day("2025-06-02")),)
    made = Situation(since=SINCE, respect_on=day("2025-03-01"), happened=changed)
    found = review_standings(made, [], day("2025-06-02"))
    assert [(each.why.key, each.due) for each in found] == [
        ("respect-changed", day("2025-06-02")), ("respect", day("2026-03-01")),
    ]  # fmt: skip
    again = Situation(since=SINCE, respect_on=day("2025-06-02"), happened=changed)
    assert [each.why.key for each in review_standings(again, [], day("2025-06-02"))] == ["respect"]
    looked = Held(on=day("2025-07-01"), subjects=frozenset({Subject.RESPECT}))
    (found,) = review_standings(made, [looked], day("2025-08-01"))
    assert found.due == day("2026-07-01")


def test_intervals_are_those_of_their_day():
    row = {"key": "mild-frailty", "words": "w", "subject": "plan"}
    written = {
        "overdue": {"after_days": 0}, "out_of_date": {"plan_months": 12, "respect_months": 12}, "after": [],
        "regular": [
            row | {"months": 12, "from": date(2022, 4, 1), "until": date(2025, 3, 31)},
            row | {"months": 6, "from": date(2025, 4, 1)},
        ],
    }  # fmt: skip
    known = intervals_of(written)
    situation = Situation(since=date(2020, 1, 1), severity=Severity.MILD)
    dues = [
        review_standings(situation, [Held(on=day(on))], day("2025-12-31"), configured=known)[0]
        for on in ("2025-03-31", "2025-04-01")
    ]
    assert [each.due for each in dues] == [day("2026-03-31"), day("2025-10-01")]
    assert dues[1].state is ReviewState.OVERDUE
    assert in_force(known.regular, "mild-frailty", date(2019, 1, 1)).months == 12
    assert in_force(known.regular, "severe-frailty", date(2024, 1, 1)) is None


def test_a_month_later_is_the_last_day_of_a_shorter_month():
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2025, 12, 31), 6) == date(2026, 6, 30)
    assert months_after(date(2026, 3, 31), -13) == date(2025, 2, 28)


def test_what_is_not_configured_is_an_error():
    with pytest.raises(KeyError, match="no-such-thing"):
        review_standings(
            Situation(since=SINCE, happened=(Happened(what="no-such-thing", on=SINCE),)), [], SINCE
        )
    assert intervals().overdue_after == 28
